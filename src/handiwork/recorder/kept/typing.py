# SPDX-License-Identifier: Apache-2.0
"""Runs of typing: from allowed keys to redacted text. What is typed waits here, in memory, until the run is over.

A run ends when the person leaves the field, presses a key that isn't text, clicks, or pauses; only then is the whole
of it judged, so that a secret typed in pieces is seen in one piece.
"""

from handiwork.model.event import Event, Key, Typed
from handiwork.model.policy import Level
from handiwork.model.raw import RawComposed, RawElement, RawKey
from handiwork.rules.redaction.keystrokes import KeystrokeBuffer, Outcome, Run
from handiwork.rules.redaction.redactor import Redactor
from handiwork.rules.scope import keeps_text

PAUSE_MS = 1_000
"""So long without a key ends a run."""

LONG_MS = 1_500
"""A run longer than this is closed in part, where that is safe."""


_FINISHING = frozenset({"Return", "KP_Enter", "Tab", "ISO_Left_Tab"})
"""Keys that say that what was typed is done. Without one, a run may have been left amid a word."""

_UNDOING = frozenset({"z", "y"})
"""With Ctrl, whatever else is held: they take back, or bring back, nobody here knows how much."""

_CORRECTING = frozenset({"BackSpace", "Delete", "KP_Delete"})


class TypingRun:
    """The run under way, if any."""

    def __init__(self) -> None:
        self._buffer = KeystrokeBuffer()
        self._field: RawElement | None = None
        self._field_identity: tuple[object, ...] | None = None
        self._synthetic = False
        self._corrections = 0
        self._doubtful_until = -1

    def key(self, raw: RawKey, field: RawElement | None, redactor: Redactor, level: Level) -> list[Event]:
        """One allowed key press, in that field. Gives what may be written down now."""
        events: list[Event] = []
        identity = _identity(field)
        if identity != self._field_identity:
            events += self.close(redactor, level)
            self._field_identity = identity
        self._field = field if field is not None else self._field
        outcome = self._buffer.feed(raw)
        if outcome is Outcome.ABSORBED:
            self._synthetic |= raw.synthetic
            self._corrections += raw.name in _CORRECTING
            if raw.time_ms <= self._doubtful_until:
                self._buffer.doubt()
            return events
        if outcome is Outcome.CLOSES:
            if "ctrl" in raw.modifiers and raw.name.lower() in _UNDOING:
                self._buffer.doubt()
            events += self.close(redactor, level, finished=raw.name in _FINISHING)
        if outcome is not Outcome.IGNORED:
            events.append(key_of(raw))
        return events

    def composed(self, raw: RawComposed, redactor: Redactor, level: Level) -> list[Event]:
        """What an input method wrote into the field, in place of the keys that it took.

        Composed text without a key in this run is dropped: nobody knows that a person typed it.
        """
        if self._field is not None and not _is_same_place(self._field, raw.element):
            return self.close(redactor, level)
        self._buffer.compose(raw.text, raw.time_ms)
        return []

    def doubt(self, until_ms: int) -> None:
        """Keys went missing, the last at `until_ms`: the run they fell in, or that follows at once, can't be judged."""
        self._doubtful_until = max(self._doubtful_until, until_ms + PAUSE_MS)
        if self._buffer.keystrokes and until_ms >= self._buffer.started_ms - PAUSE_MS:
            self._buffer.doubt()

    def early(self, now_ms: int, redactor: Redactor, level: Level) -> list[Event]:
        """A long run's beginning, where it can be closed with no risk of cutting through a secret.

        So a recorder that is killed amid a long text loses little of it.
        """
        if not self._buffer.keystrokes or now_ms - self._buffer.started_ms < LONG_MS:
            return []
        length = self._buffer.safe_prefix(lambda text: not redactor.words(text).cuts)
        if not length:
            return []
        run = self._buffer.take(length)
        event = self._judged(run, redactor, level, finished=True)
        self._corrections = 0
        return [event]

    def pause_is_over(self, now_ms: int) -> bool:
        """Whether the person has stopped typing for a while."""
        return self._buffer.keystrokes > 0 and now_ms - self._buffer.last_ms >= PAUSE_MS

    def since_ms(self) -> int | None:
        """When the run under way began, None if there is none."""
        return self._buffer.started_ms if self._buffer.keystrokes else None

    def next_ms(self) -> int | None:
        """When the run would end by a pause."""
        return self._buffer.last_ms + PAUSE_MS if self._buffer.keystrokes else None

    def so_far(self) -> str:
        """What the run under way has written, "" if there is none. Never to be kept as it is."""
        return self._buffer.text if self._buffer.keystrokes else ""

    def close(self, redactor: Redactor, level: Level, *, finished: bool = False) -> list[Event]:
        """Ends the run: its text after redaction, or nothing if there was none."""
        buffer = self._buffer
        if not buffer.keystrokes:
            self._field = None  # a key that types nothing was pressed there: what is typed next may go elsewhere
            return []
        run = Run(buffer.text, buffer.keystrokes, buffer.started_ms, buffer.last_ms)
        event = self._judged(run, redactor, level, finished=finished)
        buffer.clear()
        self._field, self._synthetic, self._corrections = None, False, 0
        return [event]

    def _judged(self, run: Run, redactor: Redactor, level: Level, *, finished: bool) -> Typed:
        cleared = redactor.typed(run.text, self._field, finished=finished)
        keeps = keeps_text(level)
        return Typed(
            t=run.started_ms,
            t_end=run.ended_ms,
            text=cleared.text if keeps else f"<content {len(run.text)} chars>",
            keystrokes=run.keystrokes,
            cuts=cleared.cuts if keeps else ("content",),
            synthetic=self._synthetic,
            corrections=self._corrections,
        )


def _is_same_place(one: RawElement, other: RawElement) -> bool:
    return one.role == other.role and (one.bounds.x, one.bounds.y) == (other.bounds.x, other.bounds.y)


def key_of(raw: RawKey) -> Key:
    """A key that types no text, as it is."""
    return Key(
        t=raw.time_ms,
        name=raw.name,
        modifiers=tuple(sorted(raw.modifiers)),
        pressed=True,
        repeat=raw.repeat,
        synthetic=raw.synthetic,
        repaired=raw.repaired,
    )


def _identity(field: RawElement | None) -> tuple[object, ...] | None:
    if field is None:
        return None
    return (field.role, field.name, field.bounds.x, field.bounds.y, field.hints)
