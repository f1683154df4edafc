# SPDX-License-Identifier: Apache-2.0
"""What is kept of a picture whose scope was allowed: the window's visible parts, masked, where nothing was changing."""

from handiwork.model.event import Frame
from handiwork.model.geometry import Box
from handiwork.model.raw import RawDesktop, RawFrame, RawPage
from handiwork.ports.pictures import Pictures
from handiwork.recorder.pictures.clock import SETTLE_MS, Outcome
from handiwork.recorder.pictures.reading import NO_MODEL, ScreenReader
from handiwork.recorder.pictures.tiles import TileStore
from handiwork.recorder.scope.file_dialogs import asks_for_file
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.recorder.skips import SkipCounter
from handiwork.rules.redaction.reading import ReadLine, is_worth_reading, may_be_shown
from handiwork.rules.redaction.redactor import Redactor
from handiwork.rules.scope import Decision
from handiwork.rules.visible import visible_parts

COPY_MS = 20
"""How long copying a window may take, and the browser's clock differ: a page that changed later isn't in the copy."""

UNANSWERED = "page did not answer"
"""A page too busy to say what it shows may show anything: by then, what it told last may be another page."""


class KeptPictures:
    """The pictures of one segment: each as what changed since the one before."""

    def __init__(
        self,
        redactor: Redactor,
        watch: ScopeWatch,
        pictures: Pictures,
        skips: SkipCounter,
        reader: ScreenReader | None,
    ) -> None:
        self._redactor, self._watch, self._pictures = redactor, watch, pictures
        self._skips, self._reader = skips, reader
        self._tiles = TileStore(pictures)
        self.unread = False
        """Whether the last one had lines that were not read in time, or a page that did not answer: try once more."""
        self.outcome: Outcome = "failed"
        """What became of the last one."""

    def begin_anew(self) -> None:
        """The next one is whole."""
        self._tiles = TileStore(self._pictures)

    def forget(self) -> None:
        """Drops what was read."""
        if self._reader is not None:
            self._reader.forget()

    def keep(self, raw: RawFrame, decision: Decision, typing_since_ms: int | None) -> list[Frame]:
        """The picture as it may be kept; none if nothing is new, or with the reason counted."""
        page = self._page_of(raw, decision)
        self.unread, self.outcome = False, "failed"
        if reason := self._flaw(raw, decision, page):
            self.unread = reason == UNANSWERED
            self._skips.count("pixels", reason)
            return []
        desktop = self._watch.desktops.at(raw.time_ms)
        visible = _visible(desktop, decision) if desktop is not None else []
        lines = self._lines(raw, decision, page, typing_since_ms)
        masked = self._redactor.frame(raw, visible, page, lines)
        frame = self._tiles.changes(raw.time_ms, raw.region, masked, raw.why)
        if not self.unread:
            self.outcome = "nothing new" if frame is None else "new"
        return [] if frame is None else [frame]

    def _page_of(self, raw: RawFrame, decision: Decision) -> RawPage | None:
        return self._watch.pages_of(decision).at(raw.time_ms)

    def _flaw(self, raw: RawFrame, decision: Decision, page: RawPage | None) -> str:
        """Why nothing of it can be kept (a fixed word), or ""."""
        desktop = self._watch.desktops.at(raw.time_ms)
        if decision.level != "full" or desktop is None:
            return "level"
        if raw.question:
            since_ms = self._watch.answers.since_ms(raw.question)
            if since_ms is None or raw.time_ms - since_ms < SETTLE_MS:
                return UNANSWERED
        after = self._watch.pages_of(decision).next_after(raw.time_ms)
        if page is not None and raw.time_ms - page.time_ms < SETTLE_MS:
            return "page was changing"
        if after is not None and after.changed_ms <= raw.time_ms + COPY_MS:
            return "page was changing"
        # A window that came during the copy is in it; one that just went may still be seen until others repaint.
        visible = _visible(desktop, decision)
        around = self._watch.desktops.during(raw.time_ms - SETTLE_MS, raw.time_ms + COPY_MS)
        changed = any(_visible(other, decision) != visible for other in around)
        return "windows were changing" if changed else ""

    def _lines(
        self, raw: RawFrame, decision: Decision, page: RawPage | None, typing_since_ms: int | None
    ) -> tuple[ReadLine, ...]:
        """What was read of it and may be judged. What was not read in time is counted, and stays masked."""
        if asks_for_file(self._watch.desktops.at(raw.time_ms), decision, self._watch.view_at(decision, raw.time_ms)):
            return ()
        if not is_worth_reading(decision, page):
            return ()
        if self._reader is None:
            self._skips.count("pixels", NO_MODEL)
            return ()
        seen = self._reader.seen(raw, typing_since_ms, standing=page is not None)
        self.unread = seen is None or seen.unread > 0
        if self.unread:
            self._skips.count("pixels", self._reader.trouble or "not read in time")
        return () if seen is None else tuple(line for line in seen.lines if may_be_shown(line, decision, page))


def _visible(desktop: RawDesktop, decision: Decision) -> list[Box]:
    """What of the picture may be shown at all. A browser's popups are not told apart: some show what it remembers."""
    return visible_parts(desktop, decision.xid, with_popups=not decision.site)
