# SPDX-License-Identifier: Apache-2.0
"""The recorder's loop: read the world, let raw events wait, judge them, keep what may be kept.

It never touches a network, and it can't run unseen: the indicator is drawn before the first event is read, and if it
can't be drawn, nothing is recorded.
"""

import os
import selectors
from collections.abc import Callable, Iterable
from contextlib import ExitStack

from handiwork.model.policy import Policy
from handiwork.model.raw import Raw, RawActed, RawButton, RawKey, RawMove, RawNote, RawPage, RawTab
from handiwork.ports.control import Command, Status
from handiwork.ports.journal import consent_in_force
from handiwork.recorder.frames import SETTLE_MS, FrameClock
from handiwork.recorder.keeping import Keeping
from handiwork.recorder.skips import SkipCounter, stream_of
from handiwork.recorder.waiting import Waiting
from handiwork.recorder.watch import ScopeWatch
from handiwork.recorder.world import World
from handiwork.rules.gate import HOLD_MS
from handiwork.rules.participation import Participation, shown_state

PAUSE_KEY = "Pause"
"""One key, always: stops recording at once, and starts it again."""

FLUSH_MS = 1_000
"""Half of the two seconds that may be lost when the recorder is killed; waiting and writing take the rest."""


class Recorder:
    """One person's recording session."""

    def __init__(
        self, world: World, policy: Policy, person: Participation, keeping: Keeping, skips: SkipCounter
    ) -> None:
        self._world = world
        self._policy = policy
        self._person = person
        self._keeping = keeping
        self._skips = skips
        self._watch: ScopeWatch = keeping.watch
        self._waiting = Waiting()
        self._frames = FrameClock(policy.frames)
        self._selector = selectors.DefaultSelector()
        # A signal handler only writes here: waiting would otherwise go on after it (PEP 475).
        self._wake_end, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._selector.register(self._wake_end, selectors.EVENT_READ)
        self._watched: set[int] = set()
        self._stopping = False
        self._shown = ""
        self._started_ms = world.clock.monotonic_ms()
        self._next_flush_ms = self._started_ms + FLUSH_MS

    def run(self) -> Status:
        """Records until told to stop; gives the final account. Whatever ends it, the open segment is closed whole."""
        try:
            self._show("out of scope")
            self._allow_sites()
            self._watch.reconsider(self._now(), self._person)
            while not self._stopping:
                self.turn()
        finally:
            self._finish()
        return self.status()

    def stop(self) -> None:
        """Ends the loop after its present turn. Safe to call from a signal handler."""
        if not self._stopping:  # once is enough, and when the recorder is finishing, the pipe may be closed
            self._stopping = True
            os.write(self._waker, b".")

    def turn(self) -> None:
        """One round: wait for news, take it in, judge what is due, write what is ready."""
        self._wait()
        known_ms = self._now()
        self._read_world()
        self._take_frame()
        self._judge(known_ms)
        now = self._now()
        self._keeping.tick(now)
        if now >= self._next_flush_ms:
            self._flush(now)
        self._update_person(self._person.at(now))
        self._show(shown_state(self._person, self._watch.timeline.now()))

    def status(self) -> Status:
        """What is going on and what it has cost. No content."""
        decision = self._watch.timeline.now()
        return Status(
            state="stopped" if self._stopping else shown_state(self._person, decision),
            reason=decision.reason,
            segment=self._keeping.segment_id(),
            events=self._keeping.events,
            lost=self._world.input.lost() + self._waiting.overflowed,
            skipped=self._skips.total,
            stored_bytes=sum(segment.size for segment in self._world.store.segments()),
            seconds=(self._now() - self._started_ms) / 1000,
            cpu_seconds=self._world.meter.cpu_seconds(),
            peak_memory_bytes=self._world.meter.peak_memory_bytes(),
            browsers=self._world.browser.connected(),
        )

    def _now(self) -> int:
        return self._world.clock.monotonic_ms()

    def _wait(self) -> None:
        world = self._world
        wanted = {
            world.input.fileno(),
            world.desktop.fileno(),
            world.surroundings.fileno(),
            world.secrets.fileno(),
            *world.browser.filenos(),
            *world.control.filenos(),
        }
        for number in self._watched - wanted:
            self._selector.unregister(number)
        for number in wanted - self._watched:
            self._selector.register(number, selectors.EVENT_READ)
        self._watched = wanted
        moments: Iterable[int | None] = (
            self._waiting.next_due_ms(),
            self._frames.next_ms(),
            self._keeping.next_ms(),
            self._person.resume_at_ms,
            self._next_flush_ms if self._keeping.is_open() or self._skips.pending() else None,
        )
        next_ms = min((moment for moment in moments if moment is not None), default=None)
        self._selector.select(None if next_ms is None else max(0.0, (next_ms - self._now()) / 1000))

    def _read_world(self) -> None:
        for told in self._read_scope():
            if isinstance(told, RawPage):
                self._frames.want(max(self._now(), told.time_ms + SETTLE_MS), "settled")
            self._waiting.put(told)
        for raw in self._world.input.read():
            self._input_event(raw)
        for command, answer in self._world.control.read():
            self._obey(command, answer)

    def _read_scope(self) -> list[RawPage | RawActed]:
        """Takes in all news of what is in front; gives what of it is also an event."""
        events: list[RawPage | RawActed] = []
        for desktop in self._world.desktop.read():
            self._watch.desktop_changed(desktop, self._person)
        for surroundings in self._world.surroundings.read():
            self._keeping.surroundings.add(surroundings)
        for focus in self._world.secrets.read():
            self._watch.secret_focus_changed(focus, self._person)
        for told in self._world.browser.read():
            if isinstance(told, RawTab):
                self._watch.tab_changed(told, self._person)
                continue
            if isinstance(told, RawPage):
                self._watch.page_changed(told, self._person)
            events.append(told)
        return events

    def _input_event(self, raw: Raw) -> None:
        if isinstance(raw, RawKey) and raw.name == PAUSE_KEY:
            if raw.pressed and not raw.repeat:
                self._pause_key(raw.time_ms)
            return
        if isinstance(raw, RawMove):
            self._frames.moved(raw.time_ms)
        elif isinstance(raw, RawButton) and not raw.pressed:
            self._frames.want(raw.time_ms + 2 * SETTLE_MS, "after")
        self._waiting.put(raw)

    def _pause_key(self, time_ms: int) -> None:
        """A pause holds from the key's own time, however late it is read; what follows it, from now at the earliest."""
        if self._person.paused:
            self._update_person(self._person.resume())
        else:
            self._update_person(self._person.pause(None), min(time_ms, self._now()))

    def _take_frame(self) -> None:
        now = self._now()
        why = self._frames.take(now)
        decision, window = self._watch.timeline.now(), self._watch.active_window()
        if why and decision.allowed and decision.level == "full" and window is not None:
            frame = self._world.screen.grab(window.bounds)
            frame.why = why
            self._waiting.put(frame)

    def _judge(self, known_ms: int) -> None:
        """Judges what had waited long enough at `known_ms`, before the world was read.

        Were it now instead, a recorder that the system held up while it read would judge keys by windows of long ago.
        """
        for raw in self._waiting.due(known_ms):
            decision = self._watch.timeline.verdict(raw.time_ms)
            if decision.allowed:
                self._keeping.keep(raw, decision)
            else:
                self._skips.count(stream_of(raw), decision.reason)
                self._keeping.denied(decision.reason)

    def _flush(self, now: int) -> None:
        self._next_flush_ms = now + FLUSH_MS
        self._keeping.flush(now)
        self._skips.flush(self._world.store, self._world.clock.unix_ms())
        self._shown = ""  # shown again below: a mark that something took away stops the recorder
        self._watch.timeline.forget_before(now)
        if consent_in_force(self._world.store) is None:
            self._stopping = True  # withdrawn at the desk: from here on nothing is kept

    def _obey(self, command: Command, answer: Callable[[Status], None]) -> None:
        match command.do:
            case "pause":
                self._update_person(
                    self._person.pause(self._now() + command.seconds * 1000 if command.seconds else None)
                )
            case "resume":
                self._update_person(self._person.resume())
            case "stop":
                self._settle()
                self._stopping = True
            case "note":
                self._keeping.note(RawNote(self._now(), command.kind, command.text))
            case "status":
                pass
        answer(self.status())

    def _update_person(self, person: Participation, since_ms: int | None = None) -> None:
        if person == self._person:
            return
        self._person = person
        self._allow_sites()
        self._watch.reconsider(self._now() if since_ms is None else since_ms, person)
        self._show(shown_state(person, self._watch.timeline.now()))

    def _allow_sites(self) -> None:
        """While nothing may be kept, the browser is told to watch nothing."""
        sites = [rule.site for rule in self._policy.allow if rule.site]
        self._world.browser.allow([] if self._person.refusal() else sites)

    def _show(self, state: str) -> None:
        if state != self._shown:
            self._world.indicator.show(state)  # type: ignore[arg-type]
            self._shown = state

    def _settle(self) -> None:
        """Lets what is still waiting be judged by the same rule as everything else, before an orderly stop."""
        deadline = self._now() + HOLD_MS + 50
        while len(self._waiting) and self._now() < deadline:
            self._wait()
            known_ms = self._now()
            self._read_scope()  # what else happens from here on comes after the stop
            self._world.input.read()
            self._judge(known_ms)

    def _finish(self) -> None:
        """Every part of it is done even if one fails: on a full disk, neither segment nor counts can be written."""
        self._stopping = True
        for _ in range(self._waiting.clear()):
            self._skips.count("waiting", "stopped")
        with ExitStack() as steps:
            steps.callback(os.close, self._waker)
            steps.callback(os.close, self._wake_end)
            steps.callback(self._selector.close)
            steps.callback(lambda: self._skips.flush(self._world.store, self._world.clock.unix_ms()))
            self._keeping.end(self._now())
