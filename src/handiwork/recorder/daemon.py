# SPDX-License-Identifier: Apache-2.0
"""The recorder's loop: read the world, let raw events wait, judge them, keep what may be kept.

It never touches a network, and it can't run unseen: the indicator is drawn before the first event is read, and if it
can't be drawn, nothing is recorded.
"""

from collections.abc import Callable
from contextlib import ExitStack

import msgspec

from handiwork.model.policy import Policy
from handiwork.model.raw import Raw, RawButton, RawKey, RawLost, RawNote, RawPage
from handiwork.ports.control import Command, Status
from handiwork.ports.journal import consent_in_force
from handiwork.ports.second_look import SecondLook
from handiwork.recorder.account import account
from handiwork.recorder.kept.keeping import Keeping
from handiwork.recorder.looking_again import LookingAgain
from handiwork.recorder.news import News
from handiwork.recorder.pausing import KeptPause
from handiwork.recorder.person import Person
from handiwork.recorder.pictures.picturing import Picturing
from handiwork.recorder.scope.native import NativeAsking
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.recorder.skips import SkipCounter
from handiwork.recorder.terms import TermsSource
from handiwork.recorder.waiting import Waiting
from handiwork.recorder.wakeup import Wakeup
from handiwork.recorder.world import World
from handiwork.rules.gate import HOLD_MS
from handiwork.rules.participation import Participation, shown_reason, shown_state
from handiwork.rules.policy import denied_sites, watch_list

PAUSE_KEY = "Pause"
"""One key, always: stops recording at once, and starts it again."""

FLUSH_MS = 1_000
"""Half of the two seconds that may be lost when the recorder is killed; waiting and writing take the rest.

With nothing to write, what else is done then (is the consent still in force?) waits for the next turn: see Keeping."""

TOGETHER_MS = 200
"""What comes within such a time is taken in at once, but judged and written together: each turn has its price."""

ALONE_MS = 1_000
"""So long what pages told may wait while nobody does anything: a clock in a page takes one turn then, not two.

Of that, up to 2.3 seconds may be lost when the recorder is killed."""

APART_MS = 30
"""What one deed brings comes in pieces: windows, page and browser each say theirs. A turn for each would cost more."""


class Recorder:
    """One person's recording session."""

    def __init__(
        self,
        world: World,
        policy: Policy,
        person: Participation,
        keeping: Keeping,
        skips: SkipCounter,
        terms: TermsSource,
        audits: SecondLook | None = None,
    ) -> None:
        """`policy` and `person` as they stand in `terms`, which is read again whenever it changes."""
        self._world = world
        self._policy = policy
        self._terms = terms
        self._pause = KeptPause(world.store, world.clock)
        person = self._pause.goes_on(person)
        self._person = Person(person, policy.hours, world.clock, world.calendar, world.power, self._person_changed)
        self._keeping = keeping
        self._skips = skips
        self._watch: ScopeWatch = keeping.watch
        self._native = NativeAsking(world.interface)
        self._waiting = Waiting()
        self._picturing = Picturing(world, policy, keeping, skips)
        self._news = News(world, keeping, self._native, self._person)
        self._wakeup = Wakeup()
        self._stopping = False
        self.told_to_stop = False
        """Somebody said so, whatever ended it then."""
        self._shown = ("", "")
        self._started_ms = world.clock.monotonic_ms()
        self._again = LookingAgain(audits, world.store, self._started_ms) if audits is not None else None
        self._next_flush_ms = self._started_ms + FLUSH_MS
        self._turned_ms = self._started_ms

    def run(self) -> Status:
        """Records until told to stop; gives the final account. Whatever ends it, the open segment is closed whole."""
        try:
            self._world.indicator.show("out of scope")
            self._person.look()
            self._person_changed(self._now())
            while not self._stopping:
                self.turn()
        finally:
            self._finish()
        return self.status()

    def stop(self) -> None:
        """Ends the loop after its present turn. Safe to call from a signal handler."""
        if not self._stopping:  # once is enough, and when the recorder is finishing, the pipe may be closed
            self._stopping = True
            self._wakeup.wake()

    def turn(self) -> None:
        """One round: wait for news, take it in, judge what is due, write what is ready."""
        self._let_gather(self._take_input_alone(self._wait()))
        known_ms = self._now()
        self._person.look()
        self._read_world()
        if (frame := self._picturing.take(self._now())) is not None:
            self._waiting.put(frame)
        self._judge(known_ms)
        now = self._now()
        self._keeping.tick(now)
        self._picturing.look_at_cost(now)
        if self._again is not None:
            self._again.look(now, self._world.clock.unix_ms(), bool(self._picturing.shedding.shed))
        if now >= self._next_flush_ms:
            self._flush(now)
        if self._person.falls_asleep():
            self._flush(now)
            self._world.power.let_sleep()
        self._show()
        self._turned_ms = self._now()

    def status(self) -> Status:
        """What is going on and what it has cost. No content."""
        lost = self._world.input.lost() + self._waiting.overflowed
        told = account(
            self._world, self._person.now, self._keeping, self._picturing.shedding, self._skips.total, lost,
            self._started_ms,
        )  # fmt: skip
        return msgspec.structs.replace(told, state="stopped") if self._stopping else told

    def _now(self) -> int:
        return self._world.clock.monotonic_ms()

    def _wait(self) -> set[int]:
        due_ms = self._waiting.next_due_ms()
        moments = (
            None if due_ms is None else due_ms + (ALONE_MS if self._waiting.are_pages() else TOGETHER_MS),
            self._picturing.wishes.next_ms(),
            self._keeping.next_ms(),
            self._native.next_ms(),
            self._news.next_ms(),
            self._person.next_ms(),
            self._again.next_ms() if self._again is not None else None,
            self._keeping.flush_by_ms(self._next_flush_ms, self._skips),
        )
        return self._wakeup.wait(self._news.filenos(), moments, self._now())

    def _take_input_alone(self, ready: set[int]) -> set[int]:
        """While nothing but input has news, takes it in and does nothing else, for TOGETHER_MS at most. Gives who has.

        A mouse may report a thousand times a second; a whole turn for each report would cost more than all else.
        Nothing is judged meanwhile. Each key makes programs note it at their windows, and say that their text changed.
        """
        alone = {self._world.input.fileno(), *self._news.talkers()}
        until = self._now() + TOGETHER_MS
        while ready and ready <= alone and (now := self._now()) < until:
            if self._picturing.wishes.is_due(now) or self._news.glance(ready, now):
                break
            self._read_input()
            ready = self._wakeup.wait_more(until - now)
        return ready

    def _let_gather(self, ready: set[int]) -> None:
        """Soon after a turn, what nobody waits for an answer to is read a little later, with what else comes."""
        if ready and ready <= self._news.patient():
            picture = self._picturing.wishes.next_ms()
            until = self._turned_ms + APART_MS if picture is None else min(self._turned_ms + APART_MS, picture)
            self._wakeup.rest(until - self._now())

    def _read_world(self) -> None:
        for told in self._news.read():
            if isinstance(told, RawPage):
                self._picturing.page_told(told, self._now())
            self._waiting.put(told)
        for used in self._world.clipboard.read():
            self._waiting.put(used)
        self._read_input()
        for clicked_ms in self._world.tray.read():
            self._person.toggle(clicked_ms)
        for command, answer in self._world.control.read():
            self._obey(command, answer)

    def _read_input(self) -> None:
        for raw in self._world.input.read():
            self._input_event(raw)

    def _input_event(self, raw: Raw) -> None:
        if self._again is not None:
            self._again.somebody_works(self._now())
        if isinstance(raw, RawKey) and raw.name == PAUSE_KEY:
            if raw.pressed and not raw.repeat:
                self._person.toggle(raw.time_ms)
            return
        if self._picturing.leaves_out(raw):
            return
        self._picturing.input(raw)
        self._news.input(raw, self._now())
        self._native.input(raw, self._flaw(raw) if isinstance(raw, RawButton) else "", self._now())
        self._waiting.put(raw)

    def _flaw(self, raw: RawButton) -> str:
        return self._watch.pointer_flaw(self._watch.timeline.now(), raw.time_ms, raw.x, raw.y)

    def _judge(self, known_ms: int) -> None:
        """Judges what had waited long enough at `known_ms`, before the world was read.

        Were it now instead, a recorder that the system held up while it read would judge keys by windows of long ago.
        """
        for raw in self._waiting.due(known_ms):
            decision = self._watch.verdict(raw)
            if isinstance(raw, RawLost):
                self._keeping.missing(raw, decision)
            elif decision.allowed:
                self._picturing.judged(raw, self._now(), anew=self._keeping.keep(raw, decision))
            else:
                self._skips.count(raw.stream, decision.reason)
                self._keeping.denied(decision.reason)

    def _flush(self, now: int) -> None:
        self._next_flush_ms = now + FLUSH_MS
        self._keeping.left_out(self._picturing.shedding.take_untold(), now)
        self._keeping.flush(now)
        self._skips.flush(self._world.store, self._world.clock.unix_ms())
        self._shown = ("", "")  # shown again below: a mark that something took away stops the recorder
        self._watch.timeline.forget_before(now)
        if consent_in_force(self._world.store) is None:
            self._stopping = True  # withdrawn at the desk: from here on nothing is kept
        elif self._terms.changed():  # whoever changed them could not tell us
            self._revise()

    def _obey(self, command: Command, answer: Callable[[Status], None]) -> None:
        match command.do:
            case "pause":
                self._person.pause(command.seconds)
            case "resume":
                self._person.resume()
            case "stop":
                self.told_to_stop = True
                self._settle()
                self._pause.forget()
                self._stopping = True
            case "note" if "outside hours" in self._person.now.held:
                self._skips.count("text", "outside hours")
            case "note":
                self._keeping.note(RawNote(self._now(), command.kind, command.text))
            case "never":
                self._keeping.end(self._now())  # the next segment begins under the person's new list of words
            case "policy":
                self._revise()
            case "status":
                pass
        answer(self.status())

    def _revise(self) -> None:
        """Other terms, from now on. What waits was seen under the former ones: dropped. What is kept stays theirs."""
        now, terms = self._now(), self._terms.read()
        for _ in range(self._waiting.clear()):
            self._skips.count("waiting", "policy changed")
        self._policy = terms.policy
        self._keeping.revise(terms.policy, terms.header, now)
        self._watch.revise(terms.policy)
        self._picturing.revise(terms.policy)
        self._person.revise(not terms.flaw, terms.policy.hours)
        self._person_changed(now)
        self._person.look()  # other hours hold from now on, not from the next minute

    def _person_changed(self, since_ms: int) -> None:
        """While nothing may be kept, the browser is told to watch nothing."""
        person = self._person.now
        if person.refusal():
            self._world.browser.allow([])
        else:
            self._world.browser.allow(watch_list(self._policy), denied_sites(self._policy))
        self._watch.reconsider(since_ms, person)
        self._show()
        self._pause.keep(person)

    def _show(self) -> None:
        person, decision = self._person.now, self._watch.timeline.now()
        told = self._again.words if self._again is not None else ""
        shown = shown_state(person, decision), shown_reason(person, decision) or told
        if shown != self._shown:
            self._world.indicator.show(*shown)
            self._world.tray.show(*shown)
            self._shown = shown

    def _settle(self) -> None:
        """Lets what is still waiting be judged by the same rule as everything else, before an orderly stop."""
        stopped_ms = self._now()
        deadline = stopped_ms + HOLD_MS + 2 * TOGETHER_MS
        self._up_to_the_end(stopped_ms)
        while not self._waiting.is_empty and self._now() < deadline:
            self._wakeup.wait(self._news.filenos(), (self._waiting.next_due_ms(), deadline), self._now())
            known_ms = self._now()
            self._person.look()
            self._news.read()  # what else happens from here on comes after the stop
            self._world.clipboard.read()
            self._up_to_the_end(stopped_ms)
            self._judge(known_ms)

    def _up_to_the_end(self, stopped_ms: int) -> None:
        """What was done before the stop may only come now, where the recorder had to wait. The rest is after it."""
        for raw in self._world.input.read():
            if isinstance(raw, RawLost) or raw.time_ms <= stopped_ms:
                self._input_event(raw)

    def _finish(self) -> None:
        """Every part of it is done even if one fails: on a full disk, neither segment nor counts can be written."""
        self._stopping = True
        self._skips.count("waiting", "stopped", self._waiting.clear())
        for lost in self._waiting.marks():
            self._keeping.missing(lost, self._watch.timeline.verdict(lost.time_ms))
        with ExitStack() as steps:
            steps.callback(self._wakeup.close)
            if self._again is not None:
                steps.callback(self._again.end)
            steps.callback(lambda: self._skips.flush(self._world.store, self._world.clock.unix_ms()))
            self._keeping.end(self._now())
