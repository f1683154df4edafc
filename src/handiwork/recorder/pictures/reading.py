# SPDX-License-Identifier: Apache-2.0
"""Reads the screen beside the recorder's loop: in one thread, what is new in each frame, and never anything twice.

The loop hands over a frame as it is taken and asks for what was read of it when the frame is judged. What was not read
by then is not waited for: it stays masked, and is counted. All of it is in memory only and dropped with the segment.
"""

import os
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np

from handiwork.model.errors import MissingPiece
from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame
from handiwork.ports.ocr import Ocr
from handiwork.rules.redaction.clean import is_print
from handiwork.rules.redaction.lines import Line, LineFinder, cut_out
from handiwork.rules.redaction.reading import Reading, ReadLine

REMEMBERED = 4_000
"""Lines whose reading is kept: some forty full screens, about 4 MB."""

FRAMES = 3
"""Frames that may wait to be judged; those that never are, are pushed out by later ones."""

NO_MODEL = "no model"
"""For the ledger: pixels that stay masked since nothing can read them."""

_NICE = 10
"""Reading gives way to whatever else runs on the machine."""


@dataclass(frozen=True)
class Seen:
    """What was read of a frame in time, and how many of its lines were not."""

    lines: tuple[ReadLine, ...]
    unread: int


@dataclass
class _Known:
    """A line's reading, None while there is none, and since when the line has been on the screen."""

    since_ms: int
    reading: Reading | None = None


@dataclass
class _Memory:
    """What a segment's reading has gathered. A new segment has a new one: what is still being read finds no way in."""

    lines: OrderedDict[bytes, _Known] = field(default_factory=OrderedDict)
    found: list[tuple[RawFrame, dict[Line, int]]] = field(default_factory=list)
    """The lines of frames that wait to be judged, each with the time since when it has stood where it stands."""
    standing: dict[Line, int] = field(default_factory=dict)
    """Those of the newest frame."""
    finder: LineFinder = field(default_factory=LineFinder)


class ScreenReader:
    """One thread with one Ocr. All methods are for the recorder's loop, and return at once."""

    def __init__(self, ocr: Ocr) -> None:
        self._ocr = ocr
        self._news = threading.Condition()
        self._next: RawFrame | None = None
        self._typing_since_ms: int | None = None
        self._memory = _Memory()
        self._thread: threading.Thread | None = None
        self._closed = False
        self.trouble = ""
        """Why nothing can be read any more: a fixed word, or "" if nothing speaks against it."""

    @property
    def version(self) -> str:
        """Names the model that reads."""
        return self._ocr.version

    def look(self, frame: RawFrame, typing_since_ms: int | None = None) -> None:
        """Begins to read a frame. One that comes before the last was read through takes its place.

        While somebody is typing, lines that came since are not read: they change with every key, and wait anyway.
        """
        with self._news:
            if self._closed or self.trouble:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="screen reader", daemon=True)
                self._thread.start()
            self._next, self._typing_since_ms = frame, typing_since_ms
            self._news.notify_all()

    def seen(self, frame: RawFrame, before_ms: int | None = None, *, standing: bool = False) -> Seen | None:
        """What is known of a frame now, None if its lines were not even found. Ask once: then it is let go.

        With `before_ms`, lines that first came on the screen at that time or later are left out: what somebody is
        typing is judged as a whole when the run of typing is over, and not shown before. With `standing`, a line that
        was not there already in the frame before counts as unread: of text that runs along, an edge may hide half.
        """
        with self._news:
            memory = self._memory
            found = next((lines for one, lines in memory.found if one is frame), None)
            memory.found = [(one, lines) for one, lines in memory.found if one.time_ms > frame.time_ms]
            if found is None:
                return None
            known = [(line, memory.lines.get(line.key), since) for line, since in found.items()]
        settled = [
            (line, None if state is None or (standing and since == frame.time_ms) else state.reading)
            for line, state, since in known
            if before_ms is None or state is None or state.since_ms < before_ms
        ]
        read = tuple(ReadLine(line.box, reading) for line, reading in settled if reading is not None)
        return Seen(read, len(settled) - len(read))

    def forget(self) -> None:
        """Drops everything that was read."""
        with self._news:
            self._memory, self._next = _Memory(), None

    def close(self) -> None:
        """Ends the thread, after the line that it is reading. May be called twice."""
        with self._news:
            self._closed, self._next = True, None
            self._memory = _Memory()
            self._news.notify_all()
        if self._thread is not None:
            self._thread.join()

    def settle(self, timeout_s: float) -> bool:
        """Waits until everything handed over is read. For tests and one-off readings, not for the loop."""
        with self._news:
            return self._news.wait_for(lambda: self._next is None or bool(self.trouble), timeout_s)

    def _work(self) -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        try:
            while self._serve():
                pass
        except MissingPiece:
            self._give_up(NO_MODEL)
        finally:
            if not self._closed and not self.trouble:  # whatever ended the thread: from here on nothing is read
                self._give_up("reading failed")

    def _serve(self) -> bool:
        """Reads the next frame. Of its own, so that a thread that waits holds on to nothing of the last one."""
        given = self._take()
        if given is None:
            return False
        frame, memory = given
        self._read(frame, memory)
        with self._news:
            if self._next is frame:
                self._next = None
            self._news.notify_all()
        return True

    def _take(self) -> tuple[RawFrame, _Memory] | None:
        with self._news:
            self._news.wait_for(lambda: self._closed or (self._next is not None and not self.trouble))
            return None if self._closed or self._next is None else (self._next, self._memory)

    def _read(self, frame: RawFrame, memory: _Memory) -> None:
        lines = memory.finder.lines(frame)
        with self._news:
            _note(memory, frame, lines)
        for line in lines:
            known = memory.lines.get(line.key)
            if known is None or known.reading is not None:
                continue
            if self._typing_since_ms is not None and known.since_ms >= self._typing_since_ms:
                continue
            if self._next is not frame or self._memory is not memory:
                return  # a newer frame is more urgent; what it still shows of this one is read then
            known.reading = self._reading(frame, line.box)

    def _reading(self, frame: RawFrame, box: Box) -> Reading:
        ink = cut_out(frame, box)
        if ink is None or not is_print(ink):
            return Reading()
        channels = np.ascontiguousarray(ink).view(np.uint8).reshape(*ink.shape, 4)
        return self._ocr.read(np.ascontiguousarray(channels[:, :, 2::-1]))

    def _give_up(self, why: str) -> None:
        with self._news:
            self.trouble, self._next = why, None
            self._news.notify_all()


def _note(memory: _Memory, frame: RawFrame, lines: tuple[Line, ...]) -> None:
    """Remembers the lines of a frame; the longest unseen are forgotten first."""
    memory.standing = {line: memory.standing.get(line, frame.time_ms) for line in lines}
    memory.found = [*memory.found[-FRAMES + 1 :], (frame, memory.standing)]
    for line in lines:
        if line.key in memory.lines:
            memory.lines.move_to_end(line.key)
        else:
            memory.lines[line.key] = _Known(frame.time_ms)
    while len(memory.lines) > REMEMBERED:
        memory.lines.popitem(last=False)
