# SPDX-License-Identifier: Apache-2.0
"""From judged events to sealed segments: one segment for each stretch of work on one allowed surface."""

from collections.abc import Callable

import msgspec

from handiwork.model.event import Event, Gap, Note, Skips, Surroundings
from handiwork.model.policy import Policy
from handiwork.model.raw import Raw, RawFrame, RawLost, RawNote, RawSurroundings
from handiwork.model.segment import Header
from handiwork.ports.language import NameReader
from handiwork.ports.pictures import Pictures
from handiwork.recorder.kept.plain import surroundings_of
from handiwork.recorder.kept.segment_writer import SegmentWriter
from handiwork.recorder.kept.streams import Streams
from handiwork.recorder.pictures.clock import Outcome
from handiwork.recorder.pictures.fresh import WAITING, FreshPicture
from handiwork.recorder.pictures.reading import ScreenReader
from handiwork.recorder.scope.history import History
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.recorder.skips import SkipCounter
from handiwork.rules.participation import PROTECTED
from handiwork.rules.redaction.reading import is_worth_reading
from handiwork.rules.redaction.redactor import Redactor
from handiwork.rules.scope import Decision

AWAY_MS = 60_000
"""Away from the surface this long ends its segment."""

SWITCH_MS = 5_000
"""So soon after the last event on one surface, work on another is a switch from it."""

PATIENCE_MS = 1_000
"""An open segment without news is seen to so much later at most: a page that only ticks brings turns enough."""


class Keeping:
    """Opens, fills and closes segments."""

    def __init__(
        self,
        policy: Policy,
        watch: ScopeWatch,
        pictures: Pictures,
        skips: SkipCounter,
        writer: SegmentWriter,
        own_words: Callable[[], tuple[str, ...]] = tuple,
        reader: ScreenReader | None = None,
        names: NameReader | None = None,
    ) -> None:
        """`own_words` tells the person's own words never to be kept, as they are now."""
        self.watch = watch
        self.surroundings: History[RawSurroundings] = History()
        """Held back like everything else: only what was in force when something was kept is ever written."""
        self.events = 0
        self._policy = policy
        self._pictures = pictures
        self._skips = skips
        self._writer = writer
        self._own_words = own_words
        self._reader = reader
        self._names = names
        self._streams: Streams | None = None
        self._last_t = 0
        self._gap_reason = ""
        self._is_new = False
        self.fresh = FreshPicture()
        self.has_pictures = True
        """Whether frames are taken at all, now."""
        self._notes: list[RawNote] = []
        self._told: Surroundings | None = None
        """The surroundings that the open segment knows of."""

    def is_open(self) -> bool:
        """Whether a segment is being written."""
        return self._streams is not None

    def segment_id(self) -> str:
        """The open segment's id, or ""."""
        return self._writer.segment or ""

    def missing(self, lost: RawLost, decision: Decision) -> None:
        """Input went missing: always counted, and marked in the open segment if it would have belonged there."""
        self._skips.count(lost.stream, "lost", lost.count)
        streams = self._streams
        here = streams is not None and decision.rule == streams.decision.rule
        moves = lost.moves if decision.level == "full" else 0  # at other levels no move is kept, so none is missed
        if decision.allowed and streams is not None and here and not self.fresh.owed and moves + lost.deeds:
            self._write(streams.missing(RawLost(lost.time_ms, lost.t_end, moves, lost.deeds)))

    def keep(self, raw: Raw, decision: Decision) -> bool:
        """An event whose scope was allowed throughout; whether it brought anything that was written down.

        At the level counts it is counted, and nothing else is done.
        """
        if decision.level == "counts":
            self._skips.count(raw.stream, "counted only")
            self.denied("counted only")
            return False
        if self.fresh.owed and decision.level == "full":
            return self._keep_if_fresh(raw, decision)
        return self._take(raw, decision)

    def _keep_if_fresh(self, raw: Raw, decision: Decision) -> bool:
        """Something secret was in front: a whole new picture comes first, or the word that none could be had."""
        if reason := self.fresh.given_up(raw.time_ms, self.has_pictures):
            self._gap_reason = reason
            return self._take(raw, decision)
        if not isinstance(raw, RawFrame):
            self._skips.count(raw.stream, WAITING)
            return False
        streams = self._streams_for(raw.time_ms, decision)
        if whole := streams.whole(raw, decision):
            self.fresh.arrived()
            self._go_on(raw.time_ms, decision)
            self._write(whole)
            self._last_t = max(self._last_t, raw.time_ms)
        return bool(whole)

    def _take(self, raw: Raw, decision: Decision) -> bool:
        streams = self._go_on(raw.time_ms, decision)
        events = streams.take(raw, decision)
        self._write(events)
        self._last_t = max(self._last_t, raw.time_ms)
        return bool(events)

    def _streams_for(self, time_ms: int, decision: Decision) -> Streams:
        """Of this surface: those of the open segment, or of one that begins."""
        if self._streams is None or decision.rule != self._streams.decision.rule:
            before = self._came_from(time_ms)
            self.end(time_ms)
            return self._begin(time_ms, decision, before)
        return self._streams

    def _came_from(self, time_ms: int) -> str:
        """The surface that is left for another one, if nothing secret was between them and no long time."""
        left = self._streams.decision if self._streams is not None else None
        if left is None or self._gap_reason in PROTECTED or time_ms - self._last_t > SWITCH_MS:
            return ""
        return left.site or left.app

    def _go_on(self, time_ms: int, decision: Decision) -> Streams:
        """Before the first event, and the first after a gap: the mark that says so, and what the page shows."""
        streams = self._streams_for(time_ms, decision)
        if self._gap_reason:
            self._write([Gap(t=self._last_t, t_end=time_ms, reason=self._gap_reason)])
        if self._gap_reason or self._is_new:
            self._write(streams.resume(time_ms))
        self._gap_reason, self._is_new = "", False
        return streams

    def look(self, frame: RawFrame, decision: Decision) -> None:
        """Begins to read a frame that was just taken, where pixels must be read. It is judged later, like all else."""
        page = self.watch.pages_of(decision).at(frame.time_ms)
        if self._reader is not None and is_worth_reading(decision, page):
            self._reader.look(frame, self._streams.typing_since_ms() if self._streams is not None else None)

    def is_unread(self) -> bool:
        """Whether the last frame judged had text that was not read in time."""
        return self._streams is not None and self._streams.pictures.unread

    def outcome(self) -> Outcome:
        """What became of the last frame judged."""
        return self._streams.pictures.outcome if self._streams is not None else "failed"

    def denied(self, reason: str) -> None:
        """Something in between was not allowed; the next kept event is preceded by a mark that says so."""
        self.fresh.denied(reason)
        if self._streams is not None and (reason in PROTECTED or self._gap_reason not in PROTECTED):
            self._gap_reason = reason  # of several, the secret one is told

    def frames_come_back(self) -> None:
        """After frames were left out for a while, the next one is whole."""
        if self._streams is not None:
            self._streams.pictures.begin_anew()

    def left_out(self, counts: dict[str, int], now_ms: int) -> None:
        """Says in the open segment what was left out of it to save cost."""
        if self._streams is not None and counts:
            self._write([Skips(t=now_ms, counts=counts)])

    def revise(self, policy: Policy, template: Header, now_ms: int) -> None:
        """Closes the open segment under the policy that it was recorded under; later ones belong to another."""
        self.end(now_ms)
        self._policy = policy
        self._writer.revise(template)

    def note(self, note: RawNote) -> None:
        """The person's own words. Without an open segment they wait for the next one."""
        if self._streams is None:
            self._notes.append(note)
        else:
            self._write([*self._streams.flush_path(), _cleared(note, self._streams.redactor)])

    def tick(self, now_ms: int) -> None:
        """Ends runs of typing that have paused, and segments that were left."""
        if self._streams is not None:
            self._write(self._streams.tick(now_ms))
            if now_ms - self._last_t > AWAY_MS:
                self.end(now_ms)

    def next_ms(self) -> int | None:
        """When `tick` has something to do."""
        return self._streams.next_ms() if self._streams is not None else None

    def flush_by_ms(self, due_ms: int, skips: SkipCounter) -> int | None:
        """When to flush, due then, though nothing else happens: with nothing to write, a while later."""
        if self._writer.has_unwritten or skips.pending():
            return due_ms
        return due_ms + PATIENCE_MS if self._streams is not None else None

    def flush(self, now_ms: int) -> None:
        """Seals what was gathered since the last flush. When this returns, it is on disk."""
        if self._streams is not None and self._writer.flush(now_ms):
            self._told = None
            self._streams.begin_segment()

    def end(self, now_ms: int) -> None:
        """Closes the open segment, whole."""
        if self._streams is None:
            return
        self._write(self._streams.end())
        self._streams = None
        self._gap_reason = ""
        self._told = None
        self._writer.close(now_ms)

    def _begin(self, time_ms: int, decision: Decision, before: str) -> Streams:
        policy = msgspec.structs.replace(self._policy, never=(*self._policy.never, *self._own_words()))
        streams = Streams(decision, policy, self.watch, self._pictures, self._skips, self._reader, self._names, before)
        self._streams, self._last_t, self._is_new = streams, time_ms, True
        waiting, self._notes = self._notes, []
        self._write([_cleared(note, streams.redactor) for note in waiting])
        return streams

    def _write(self, events: list[Event]) -> None:
        for event in events:
            for due in (*self._surroundings_at(event.t), event):
                self._writer.add(due)
                self.events += 1

    def _surroundings_at(self, time_ms: int) -> list[Surroundings]:
        """What is in force, at a segment's beginning and whenever it has changed since this segment was last told."""
        # A run of typing is written when it ends, under its beginning's time: what was told since then stays told.
        time_ms = max(time_ms, self._told.t if self._told is not None else time_ms)
        raw = self.surroundings.at(time_ms) or self.surroundings.next_after(time_ms)
        if raw is None:
            return []
        now = surroundings_of(raw, time_ms)
        if self._told is not None and msgspec.structs.replace(now, t=self._told.t) == self._told:
            return []
        self._told = now
        return [now]


def _cleared(note: RawNote, redactor: Redactor) -> Note:
    cleared = redactor.words(note.text)
    return Note(t=note.time_ms, kind=note.kind, text=cleared.text, cuts=cleared.cuts)
