# SPDX-License-Identifier: Apache-2.0
"""A segment: a sealed run of events of one person, one scope, one consent. The unit of review, deletion and upload.

On disk and on the wire a segment is:

    b"HWSEG1\n" | u32 length | header JSON | chunk*      chunk = u32 length | AES-256-GCM ciphertext with tag

Lengths are big-endian. Chunk i uses the nonce u96(last << 32 | i) and the associated data
SHA-256(header JSON) | u32 i | u8 last, under a key used for this one segment only, so that no chunk opens under another
header, in another place, or with the end cut off. `last` is 0 for events, 1 for the Closing, 2 for a Closing that
recovery wrote. A chunk's plaintext is a MessagePack list of events, as a zlib stream (RFC 1950) where that is shorter;
the last chunk's is a Closing in MessagePack.
"""

import msgspec

from handiwork.model.event import Event
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.policy import Purpose

MAGIC = b"HWSEG1\n"


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Everything that a segment says about itself in the clear; the associated data of its encryption.

    A field with a default came later: left out where it says nothing, so that older headers stay the bytes they were.
    """

    segment_id: SegmentId
    participant: Participant
    consent_id: ConsentId
    consent_version: int
    notice_digest: Digest
    policy_digest: Digest
    policy_name: str
    policy_revision: int
    purposes: tuple[Purpose, ...]
    recorder_version: str
    redactor_version: str
    ocr_model: str = ""
    """What read the screen: name and version, "none" if nothing could, "" in segments older than this field."""
    language_model: str = ""
    """What read sentences, in the same way."""
    epoch: str
    """The UTC day on which it was opened, YYYY-MM-DD: all that outsiders learn of its time."""
    wrapped_for_device: str
    """The segment key, sealed by HPKE to the person's own device key (hex)."""


class Closing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The last chunk: proves that nothing was cut off, and pins monotonic time to the wall clock."""

    chunks: int
    """Chunks of events before this one."""
    events: int
    first_t: int
    last_t: int
    wall_offset_ms: int
    """Add it to an event's `t` to get Unix time in milliseconds."""
    recovered: bool
    """True if the recorder was killed and this was closed at its next start."""


class OpenSegment(msgspec.Struct, frozen=True):
    """A segment after decryption and checking: the header it was opened under, its events in time order, its end."""

    header: Header
    events: tuple[Event, ...]
    closing: Closing
