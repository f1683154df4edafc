# SPDX-License-Identifier: Apache-2.0
"""Names of things, as types: an id of one kind can't be passed for another."""

from typing import NewType

SegmentId = NewType("SegmentId", str)
"""32 lower-case hex digits, random, made when a segment is opened."""

ConsentId = NewType("ConsentId", str)
"""32 lower-case hex digits, random, made when a notice is accepted."""

Participant = NewType("Participant", str)
"""A pseudonym: the first 16 hex digits of SHA-256 of the person's Ed25519 public key."""

Digest = NewType("Digest", str)
"""SHA-256 as 64 lower-case hex digits."""
