# SPDX-License-Identifier: Apache-2.0
"""Wires a leak audit: the person's store and keys, their words and the policy's, and whoever reads pictures here."""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache

from handiwork.adapters import language
from handiwork.adapters.ocr import PaddleOcr
from handiwork.adapters.ocr.models import is_installed
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.cli.consent import parse_stored, policy_in_force
from handiwork.cli.device import Device, open_device
from handiwork.cli.paths import Home
from handiwork.derive.frames import Pixels
from handiwork.derive.leaks.names import names_by
from handiwork.desk.audit import Audited, Helpers, LeakAudit
from handiwork.model.codec import digest_of
from handiwork.model.errors import BadInput, Damaged, HandiworkError, NotAllowed
from handiwork.model.event import Foreground
from handiwork.model.ids import SegmentId
from handiwork.model.segment import OpenSegment
from handiwork.ports.journal import POLICY, Store
from handiwork.ports.language import LONGEST as LONGEST_READ
from handiwork.ports.language import NameReader
from handiwork.ports.leak_audit import audited, wished_every_s
from handiwork.ports.ocr import LARGEST, TALLEST, Ocr
from handiwork.ports.own_words import OWN_WORDS, own_words
from handiwork.rules.audit_times import DAY_S, asked_s

_ASKED = 500
"""Times that the language model is asked for one text, before it counts as unread: half a minute at most."""

SAMPLE_SECONDS = 20
"""Of processor time, at the lowest priority: what an audit that nobody asked for may take."""

DUE_AFTER_S, DUE_FROM_BYTES = DAY_S, 1 << 20
"""By itself an audit begins when something unread is a day old (or as the person wishes), or so much is unread."""


@contextmanager
def leak_audit(device: Device, helpers: Helpers) -> Iterator[LeakAudit]:
    """An audit of this device; NotAllowed while another one runs."""
    handle = os.open(device.home.sockets / "audit.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        _take(handle)
        own = own_words(device.store, device.sealing, device.device_key)
        never = (*_of_policy(device.store), *own)
        yield LeakAudit(
            device.store, device.sealing, device.device_key, WebpPictures(), never, lists_digest(device.store), helpers,
            _is_open_under(device.store),
        )  # fmt: skip
    except BlockingIOError:
        raise NotAllowed(
            "Another leak audit is under way on this device",
            data="it goes on; nothing was changed.",
            do="wait until it has ended, or see what the last one found: `handiwork audit leaks --last`.",
        ) from None
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    """The lock; whoever merely asks whether one is running holds it for an instant."""
    for _ in range(20):
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _of_policy(store: Store) -> tuple[str, ...]:
    try:
        return policy_in_force(store).never
    except BadInput:  # none yet, or one of another version: the person's own words are looked for all the same
        return ()


def _is_open_under(store: Store) -> Callable[[OpenSegment], bool]:
    """Whether a segment was recorded under the policy in force, and all of it where that lets free words be kept."""
    try:
        policy = policy_in_force(store)
    except BadInput:
        return lambda _: False
    digest = digest_of(policy)
    allowed = {(rule.app, rule.site) for rule in policy.allow}
    surfaces = allowed - {(rule.app, rule.site) for rule in policy.allow if rule.words != "open"}

    def is_open(segment: OpenSegment) -> bool:
        shown = {(event.app, event.site) for event in segment.events if isinstance(event, Foreground)}
        return segment.header.policy_digest == digest and (shown or allowed) <= surfaces

    return is_open


def lists_digest(store: Store) -> str:
    """Changes with either list. Of the person's own it sees only the sealed form, so it tells nothing of the words."""
    parts = (store.value(POLICY) or b"", store.value(OWN_WORDS) or b"")
    return hashlib.sha256(b"|".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:16]


@contextmanager
def helpers(sample: bool = False) -> Iterator[Helpers]:
    """What this machine has for an audit beyond the recorder's own detectors.

    A sample, which nobody asked for, does without the language model: its 330 MB would be felt.
    """
    ocr = PaddleOcr() if is_installed() else None
    names = language.SpacyNames() if language.is_installed() and not sample else None
    try:
        yield Helpers(
            read=None if ocr is None else lambda picture: _lines(ocr, picture),
            reader="" if ocr is None else ocr.version,
            names=None if names is None else names_by(lambda text: _read(names, text), LONGEST_READ),
            namer="" if names is None else names.version,
        )
    finally:
        if names is not None:
            names.close()


def _read(names: NameReader, text: str) -> Sequence[tuple[int, int]] | None:
    """An audit can wait: the model's first answer takes seconds, each later one some hundredths."""
    for _ in range(_ASKED):
        if (seen := names.names(text)) is not None:
            return seen
        time.sleep(0.03)
    return None


def _lines(ocr: Ocr, picture: Pixels) -> Iterator[str]:
    """A picture larger than the reader searches at once is read in strips, which share a line's height."""
    rows = max(2 * TALLEST, LARGEST // max(1, picture.shape[1]))
    for top in range(0, picture.shape[0], rows - TALLEST):
        yield from (line.reading.text for line in ocr.lines(picture[top : top + rows]))


def read_all(
    audit: LeakAudit, segments: Iterable[SegmentId], budget_s: float = float("inf")
) -> Iterator[tuple[SegmentId, Audited | HandiworkError]]:
    """Each segment's report, or why it has none. Stops before the first one that begins after the budget is spent."""
    began = time.process_time()
    for segment in segments:
        if time.process_time() - began > budget_s:
            return
        try:
            yield segment, audit.read(segment, now())
        except Damaged as error:
            yield segment, error
        except BadInput:  # deleted meanwhile
            continue


def now() -> str:
    """RFC 3339, UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def audit_every_s(store: Store) -> int:
    """How often an audit may begin by itself, in seconds; 0: never. By the person's wish, else by the policy."""
    wished = wished_every_s(store)
    return _asked_s(store.value(POLICY)) if wished is None else wished


@lru_cache(maxsize=2)
def _asked_s(policy: bytes | None) -> int:
    known = parse_stored(policy) if policy else None
    return DAY_S if known is None else asked_s(known.audit)


def is_due(store: Store, unix_s: float) -> bool:
    """Whether enough was recorded, or long enough ago, that nobody has read again."""
    every_s, known = audit_every_s(store), audited(store)
    unread = [
        one for one in store.segments() if one.state in ("closed", "uploaded") and one.header.segment_id not in known
    ]
    old = any(unix_s - datetime.fromisoformat(one.opened_at).timestamp() >= every_s for one in unread)
    return every_s > 0 and (old or sum(one.size for one in unread) >= DUE_FROM_BYTES)


def begin_sample(home: Home) -> None:
    """Begins an audit of a sample in a process of its own, if one is due. It outlives this one and bothers nobody."""
    with suppress(HandiworkError, OSError):  # what can't be begun now is due again next time
        with open_device(home) as device:
            if not is_due(device.store, time.time()):
                return
        begin(home, "--sample")


def begin(home: Home, *options: str) -> None:
    """Begins an audit in a process of its own, which outlives this one and gives way to whatever else runs."""
    started(home, *options)


def started(home: Home, *options: str) -> "subprocess.Popen[bytes]":
    """The process itself, for who must look after it."""
    return subprocess.Popen(
        ["nice", "-n", "19", sys.executable, "-m", "handiwork.cli.main", "audit", "leaks", *options],
        env={**os.environ, "HANDIWORK_HOME": str(home.root)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def is_running(home: Home) -> bool:
    """Whether an audit holds its lock now."""
    try:
        handle = os.open(home.sockets / "audit.lock", os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def step_back() -> None:
    """The lowest priority there is, for this process from now on."""
    os.nice(19)
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
