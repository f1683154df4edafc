# SPDX-License-Identifier: Apache-2.0
"""What is kept of each stream once the scope decision has said yes: an event or a counted skip, never neither."""

import msgspec

from handiwork.model.event import (
    Acted,
    Event,
    Foreground,
    Lost,
    Moved,
    Observed,
    Opened,
    Skipped,
)
from handiwork.model.policy import Policy
from handiwork.model.raw import (
    Raw,
    RawActed,
    RawButton,
    RawClipboard,
    RawComposed,
    RawFrame,
    RawKey,
    RawLost,
    RawMove,
    RawOpened,
    RawPage,
    RawWheel,
)
from handiwork.ports.language import NameReader
from handiwork.ports.pictures import Pictures
from handiwork.recorder.kept.clipboard import ClipboardUse
from handiwork.recorder.kept.plain import button_of, wheel_of
from handiwork.recorder.kept.typing import TypingRun
from handiwork.recorder.pictures.kept import KeptPictures
from handiwork.recorder.pictures.reading import ScreenReader
from handiwork.recorder.scope.file_dialogs import unseen_field
from handiwork.recorder.scope.front import has_keyboard
from handiwork.recorder.scope.page_keys import takes_text
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.recorder.skips import SkipCounter
from handiwork.rules.native_lists import is_list
from handiwork.rules.redaction.redactor import Redactor
from handiwork.rules.scope import Decision, keeps_text
from handiwork.rules.visible import window_by_id

_LONGEST_PATH = 256


class Streams:
    """The streams of one segment: one allowed surface, one redactor, one frame history."""

    def __init__(
        self,
        decision: Decision,
        policy: Policy,
        watch: ScopeWatch,
        pictures: Pictures,
        skips: SkipCounter,
        reader: ScreenReader | None = None,
        names: NameReader | None = None,
        before: str = "",
    ) -> None:
        """`before` is the surface from which the person came straight to this one (Foreground.before)."""
        self.decision = decision
        self._before = before
        # What was typed also stands in the page: where the level keeps no text, only the interface's words survive.
        words = decision.words if keeps_text(decision.level) else "interface"
        self.redactor = Redactor(words, policy.never, names)
        self._names = names
        self._watch = watch
        self._skips = skips
        self.pictures = KeptPictures(self.redactor, watch, pictures, skips, reader)
        self._typing = TypingRun()
        self._clipboard = ClipboardUse()
        self._path_start = 0
        self._path: list[tuple[int, int, int]] = []
        self._path_is_synthetic = False
        self._xid = 0
        self._told: Observed | None = None
        """What the page showed when it was last written down, but for the time: the same is not written twice."""

    def resume(self, time_ms: int) -> list[Event]:
        """What the page showed when work began, or went on after a gap: it was last told of while nothing was kept."""
        page = self._watch.view_at(self.decision, time_ms)
        if page is not None and page.xid and not self._watch.verdict(page).allowed:
            page = None  # the program was asked before it was known that nothing may be kept of it
        self._told = None
        observed = self.redactor.page(page) if page is not None else None
        if not isinstance(observed, Observed):
            return []
        self._told = msgspec.structs.replace(observed, t=0)
        return [msgspec.structs.replace(observed, t=time_ms)]

    def take(self, raw: Raw, decision: Decision) -> list[Event]:
        """What may be written down of an event whose scope was allowed throughout."""
        events = self._arrive(raw.time_ms, decision) if decision.xid != self._xid else []
        if not isinstance(raw, RawMove):
            events += self.flush_path()
        if isinstance(raw, RawPage | RawActed | RawOpened | RawFrame):
            self.redactor.being_typed(self._typing.so_far())
        match raw:
            case RawMove():
                return events + self._move(raw, decision)
            case RawButton() | RawWheel():
                return events + self._pointer(raw, decision)
            case RawKey():
                return events + self._key(raw, decision)
            case RawPage():
                return events + self._page(raw, decision)
            case RawActed():
                return events + self._acted(raw, decision)
            case RawComposed():
                return events + self._composed(raw, decision)
            case RawOpened():
                return events + self._opened(raw, decision)
            case RawClipboard():
                return events + self._clipboard_told(raw, decision)
            case RawFrame():
                return events + self.pictures.keep(raw, decision, self._typing.since_ms())
            case _:
                return events

    def whole(self, raw: RawFrame, decision: Decision) -> list[Event]:
        """The frame with all its tiles, and what it is of; nothing if it can't be kept."""
        self.pictures.begin_anew()
        self.redactor.being_typed(self._typing.so_far())
        frame = self.pictures.keep(raw, decision, self._typing.since_ms())
        if not frame:
            return []
        arrived = self._arrive(raw.time_ms, decision) if decision.xid != self._xid else []
        return [*arrived, *self.flush_path(), *frame]

    def missing(self, lost: RawLost) -> list[Event]:
        """The mark of what went missing. What was being typed then can't be known: it is cut whole."""
        if lost.deeds:
            self._typing.doubt(lost.t_end)
        return [*self.flush_path(), Lost(t=lost.time_ms, t_end=lost.t_end, count=lost.count, moves=lost.moves)]

    def begin_segment(self) -> None:
        """A new segment on the same surface: its first frame is whole again, and its placeholders start anew."""
        self.pictures.begin_anew()
        self._told = None
        self._forget()

    def tick(self, now_ms: int) -> list[Event]:
        """What the passing of time brings: a run of typing that has paused, a path that is getting old."""
        events = self.flush_path() if self._path and now_ms - self._path_start > 1_000 else []
        if self._typing.pause_is_over(now_ms):
            events += self._typing.close(self.redactor, self.decision.level)
        events += self._typing.early(now_ms, self.redactor, self.decision.level)
        self._count_unread()
        return events

    def next_ms(self) -> int | None:
        """When `tick` has something to do."""
        moments = [self._path_start + 1_001 if self._path else None, self._typing.next_ms()]
        return min((moment for moment in moments if moment is not None), default=None)

    def end(self) -> list[Event]:
        """What is left when the surface is left or recording ends; afterwards the redactor remembers nothing."""
        events = self.flush_path() + self._typing.close(self.redactor, self.decision.level)
        self._forget()
        return events

    def flush_path(self) -> list[Event]:
        """The pointer path gathered so far, as one event."""
        if not self._path:
            return []
        event = Moved(t=self._path_start, path=tuple(self._path), synthetic=self._path_is_synthetic)
        self._path = []
        return [event]

    def _count_unread(self) -> None:
        """Texts that were cut whole for want of a model that reads sentences: absent, or not ready yet."""
        reason = "no language model" if self._names is None else "not read by the language model in time"
        self._skips.count("text", reason, self.redactor.newly_unread())

    def _forget(self) -> None:
        self._count_unread()
        self.redactor.forget()
        self.pictures.forget()

    def _arrive(self, time_ms: int, decision: Decision) -> list[Event]:
        self._xid = decision.xid
        desktop = self._watch.desktops.at(time_ms)
        window = window_by_id(desktop, decision.xid) if desktop else None
        if window is None:
            return []
        before, self._before = self._before, ""
        title = self.redactor.title(window.title).text
        arrived = Foreground(
            t=time_ms, app=decision.app, site=decision.site, title=title, bounds=window.bounds, before=before
        )
        return [arrived]

    def _skip(self, raw: Raw, reason: str) -> list[Event]:
        self._skips.count(raw.stream, reason)
        return []

    def _move(self, raw: RawMove, decision: Decision) -> list[Event]:
        flaw = self._watch.pointer_flaw(decision, raw.time_ms, raw.x, raw.y)
        if flaw or decision.level != "full":
            return self._skip(raw, flaw or "level")
        full = len(self._path) >= _LONGEST_PATH
        events = self.flush_path() if full or raw.synthetic != self._path_is_synthetic else []
        if not self._path:
            self._path_start, self._path_is_synthetic = raw.time_ms, raw.synthetic
        self._path.append((raw.time_ms - self._path_start, raw.x, raw.y))
        return events

    def _pointer(self, raw: RawButton | RawWheel, decision: Decision) -> list[Event]:
        closing = self._typing.close(self.redactor, decision.level)
        if flaw := self._watch.pointer_flaw(decision, raw.time_ms, raw.x, raw.y):
            return closing + self._skip(raw, flaw)
        if isinstance(raw, RawWheel):
            return [*closing, wheel_of(raw)]
        return [*closing, button_of(raw), *self._clipboard.button(raw, self._watch.view_at(decision, raw.time_ms))]

    def _key(self, raw: RawKey, decision: Decision) -> list[Event]:
        if not raw.pressed:
            return []
        desktop, view = self._watch.desktops.at(raw.time_ms), self._watch.view_at(decision, raw.time_ms)
        if not has_keyboard(desktop):
            return self._skip(raw, "keyboard elsewhere")
        field = self._watch.field_at(decision, raw.time_ms) or unseen_field(desktop, decision, view)
        if decision.site and not takes_text(field) and not self._watch.came_to_page(decision, raw):
            # The keyboard may be in the browser's own address bar or a dialog of it, which belong to no site.
            return self._skip(raw, "not in the page")
        return [*self._clipboard.key(raw), *self._typing.key(raw, field, self.redactor, decision.level)]

    def _page(self, raw: RawPage, decision: Decision) -> list[Event]:
        if _is_of_another(raw, decision):
            return self._skip(raw, "other window")
        observed = self.redactor.page(raw)
        if not isinstance(observed, Observed):
            return self._skip(raw, observed.reason)
        told, self._told = self._told, msgspec.structs.replace(observed, t=0)
        return [] if self._told == told else [observed]

    def _acted(self, raw: RawActed, decision: Decision) -> list[Event]:
        if _is_of_another(raw, decision):
            return self._skip(raw, "other window")
        acted = self.redactor.acted(raw)
        if isinstance(acted, Acted):
            return [acted]
        return self._skip(raw, acted.reason)

    def _composed(self, raw: RawComposed, decision: Decision) -> list[Event]:
        if _is_of_another(raw, decision):
            return self._skip(raw, "other window")
        return self._typing.composed(raw, self.redactor, decision.level)

    def _opened(self, raw: RawOpened, decision: Decision) -> list[Event]:
        if raw.element is not None and not decision.site:  # only pages tell of elements that came up
            return self._skip(raw, "other window")
        window_is_menu = raw.element is None and raw.kind == "menu"
        if window_is_menu and is_list(raw.bounds, self._watch.view_at(decision, raw.time_ms)):
            raw = RawOpened(raw.time_ms, "list", raw.bounds)
        opened = self.redactor.opened(raw)
        if isinstance(opened, Opened):
            return [opened]
        return self._skip(raw, opened.reason)

    def _clipboard_told(self, raw: RawClipboard, decision: Decision) -> list[Event]:
        if not raw.owner and not decision.site:
            return self._skip(raw, "other window")  # a page spoke, and no page is in front
        desktop = self._watch.desktops.at(raw.time_ms)
        window = window_by_id(desktop, decision.xid) if desktop else None
        in_page = not decision.site or self._watch.field_at(decision, raw.time_ms) is not None
        used = self._clipboard.told(raw, window.pid if window else 0, in_page)
        return self._skip(raw, used.reason) if isinstance(used, Skipped) else [*used]

    def typing_since_ms(self) -> int | None:
        """Since when somebody is typing, None if nobody is."""
        return self._typing.since_ms()


def _is_of_another(raw: RawPage | RawActed | RawComposed, decision: Decision) -> bool:
    """Whether page or program spoke that the decision is not about: a busy one may speak after the person has left."""
    return raw.xid != (0 if decision.site else decision.xid)
