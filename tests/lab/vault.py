# SPDX-License-Identifier: Apache-2.0
"""A small hub in memory, with real cryptography and a real log: sealed segments, releases, withdrawals."""

from collections.abc import Sequence

import numpy as np

from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.sealing.cryptography_ import CryptographySealing, PrivateSigner, Verifier, x25519_public
from handiwork.lab.dataset import Room
from handiwork.lab.grants import Grant, granted, new_job
from handiwork.model.codec import canonical_json
from handiwork.model.errors import BadInput
from handiwork.model.event import Acted, Button, Element, Event, Frame, Moved, Note, Observed, Tile, Typed
from handiwork.model.geometry import Box
from handiwork.model.grant import Job, LogProof
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.logged import ReleaseLogged
from handiwork.model.policy import Purpose
from handiwork.model.segment import Closing, Header
from handiwork.ports.hub import HubIdentity, Release
from handiwork.ports.sealed import encode_header, join, seal_closing, seal_events, wrapping_info
from handiwork.rules import merkle
from handiwork.rules.checkpoint import Checkpoint, signed_text
from handiwork.rules.proof import entry_for

OFFICERS = ("ada", "grace")
WINDOW = Box(100, 50, 320, 240)
GO = Element("button", "Go", "", Box(200, 150, 80, 30), (), -1)
NAME = Element("textbox", "Name", "", Box(200, 100, 80, 30), ("editable",), -1)


def work(goal: str, text: str = "hello", cuts: tuple[str, ...] = (), t: int = 1000) -> list[Event]:
    """The events of one small task: type into a field, press a button."""
    pixels = np.random.default_rng(7).integers(0, 255, (WINDOW.h, WINDOW.w, 3)).astype(np.uint8)
    tile = Tile(WINDOW, "0" * 16, WebpPictures().encode(pixels))
    seen = dict(url="http://shop/", title="Shop", bounds=WINDOW, elements=(GO, NAME), truncated=False)
    return [
        Note(t=t, kind="goal", text=goal),
        Observed(t=t + 10, focused=-1, **seen),  # type: ignore[arg-type]
        Frame(t=t + 20, region=WINDOW, tiles=(tile,), masked_share=0.1, why="settled"),
        *_click(t + 600, NAME),
        Observed(t=t + 800, focused=1, **seen),  # type: ignore[arg-type]
        Typed(t=t + 1200, t_end=t + 1600, text=text, keystrokes=len(text), cuts=cuts),
        *_click(t + 2500, GO),
        Note(t=t + 3000, kind="done", text=""),
    ]


def _click(t: int, target: Element) -> list[Event]:
    x, y = target.bounds.centre
    return [
        Moved(t=t, path=((0, x - 40, y), (60, x - 10, y), (120, x, y))),
        Button(t=t + 150, x=x, y=y, button=1, pressed=True, synthetic=False),
        Button(t=t + 200, x=x, y=y, button=1, pressed=False, synthetic=False),
        Acted(t=t + 202, what="click", element=target),
    ]


class Vault:
    """Seals what people did, and releases keys to a job. Is the lab's Archive."""

    def __init__(self) -> None:
        self.sealing = CryptographySealing()
        self._private = self.sealing.new_key()
        self._log = PrivateSigner(self.sealing.new_key())
        self.content: dict[SegmentId, bytes] = {}
        self.keys: dict[SegmentId, bytes] = {}
        self.gone: list[SegmentId] = []
        self.fetched: list[SegmentId] = []
        self.identity = HubIdentity(
            origin="log.example/handiwork",
            log_key=self._log.public_key().hex(),
            receipt_key="0" * 64,
            keeper_key="0" * 64,
        )

    def add(
        self,
        events: Sequence[Event],
        person: int = 1,
        epoch: str = "2026-01-02",
        purposes: tuple[Purpose, ...] = ("agent-training",),
        consent: int = 1,
    ) -> SegmentId:
        """Seals a segment of these events."""
        name = SegmentId(f"{len(self.keys) + 1:032x}")
        key = self.keys[name] = self.sealing.new_key()
        header = Header(
            segment_id=name, participant=Participant(f"{person:016x}"),
            consent_id=ConsentId(f"{person:016x}{consent:016x}"),
            consent_version=1, notice_digest=Digest("c" * 64), policy_digest=Digest("d" * 64), policy_name="work",
            policy_revision=1, purposes=purposes, recorder_version="1", redactor_version="1", epoch=epoch,
            wrapped_for_device="",
        )  # fmt: skip
        text = encode_header(header)
        closing = Closing(
            chunks=1, events=len(events), first_t=events[0].t, last_t=events[-1].t, wall_offset_ms=0, recovered=False
        )
        chunk = seal_events(self.sealing, key, text, 0, list(events))
        self.content[name] = join(text, [chunk, seal_closing(self.sealing, key, text, closing)])
        return name

    def job(self, purpose: str = "agent-training", epochs: Sequence[str] = ()) -> Job:
        return new_job(purpose, epochs, x25519_public(self._private))

    def released(self, job: Job, logged_as: Job | None = None) -> list[Release]:
        """Releases of every key, each in the log; `logged_as` logs another job than the one they are for."""
        details = [ReleaseLogged(segment_id=name, job=logged_as or job, officers=OFFICERS) for name in self.keys]
        leaves = [canonical_json(entry_for("5a", one)) for one in details]
        node = merkle.nodes_over([merkle.leaf_hash(leaf) for leaf in leaves])
        head = Checkpoint(self.identity.origin, len(leaves), merkle.root(node, len(leaves)))
        text = signed_text(head, self._log.public_key(), self._log.sign(head.body.encode()))
        return [
            Release(
                segment_id=name,
                wrapped=self.sealing.wrap(bytes.fromhex(job.recipient), wrapping_info(name, "job"), key).hex(),
                salt="5a",
                proof=LogProof(
                    leaf=leaves[place].decode(),
                    index=place,
                    checkpoint=text,
                    path=tuple(step.hex() for step in merkle.inclusion_path(node, place, len(leaves))),
                ),
            )
            for place, (name, key) in enumerate(self.keys.items())
        ]

    def grant(self, job: Job | None = None) -> Grant:
        wanted = job or self.job()
        return granted(wanted, OFFICERS, self.released(wanted), self.identity, Verifier())

    def room(self) -> Room:
        return Room(self, self.sealing, WebpPictures(), self._private)

    def fetch(self, segment: SegmentId) -> bytes:
        self.fetched.append(segment)
        if segment not in self.content:
            raise BadInput("No such segment.", data="-", do="-")
        return self.content[segment]

    def withdrawn(self) -> Sequence[SegmentId]:
        return list(self.gone)
