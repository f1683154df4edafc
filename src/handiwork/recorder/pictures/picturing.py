# SPDX-License-Identifier: Apache-2.0
"""When the screen is looked at, and when it is left alone: wishes, budgets, and the picture owed after a secret.

Knows nothing of what a picture shows, nor of what becomes of it.
"""

from handiwork.model.policy import Policy
from handiwork.model.raw import Raw, RawButton, RawFrame, RawKey, RawMove, RawPage, RawWheel
from handiwork.recorder.kept.keeping import Keeping
from handiwork.recorder.pictures.clock import SETTLE_MS, FrameClock
from handiwork.recorder.shedding import REASON, Shedding
from handiwork.recorder.skips import SkipCounter
from handiwork.recorder.world import World
from handiwork.rules.cost import Shed


class Picturing:
    """Takes frames of the allowed window, as far as the policy's budgets go."""

    def __init__(self, world: World, policy: Policy, keeping: Keeping, skips: SkipCounter) -> None:
        self._world, self._keeping, self._skips = world, keeping, skips
        self.wishes = FrameClock(policy.frames)
        self.shedding = Shedding(policy, world.meter, world.delay, world.clock.monotonic_ms())

    def revise(self, policy: Policy) -> None:
        """Other budgets, from now on."""
        self.wishes.revise(policy.frames)
        self.shedding.policy = policy

    def leaves_out(self, raw: Raw) -> bool:
        """Whether an input event is left out to save cost: moves alone ever are. If so, it is counted."""
        if not isinstance(raw, RawMove) or not self._keeping.watch.timeline.now().allowed:
            return False
        left_out = self.shedding.leaves_out_paths()
        if left_out:
            self._skips.count("pointer", REASON)
        return left_out

    def input(self, raw: Raw) -> None:
        """What a person does makes the screen worth a look: as it begins, and after it has settled."""
        decision = self._keeping.watch.timeline.now()
        self.wishes.page.tells = bool(decision.site) and self._world.browser.connected() > 0
        if isinstance(raw, RawMove):
            self.wishes.moved(raw.time_ms)
        else:
            self.wishes.acted(raw.time_ms)
        if isinstance(raw, RawButton) and not raw.pressed:
            self.wishes.want(raw.time_ms + 2 * SETTLE_MS, "after")
        if isinstance(raw, RawKey | RawWheel) and not decision.site:  # a page tells when it has changed by that
            self.wishes.settled(raw.time_ms + SETTLE_MS)

    def page_told(self, told: RawPage, now_ms: int) -> None:
        """A page says what it shows. One beside what is in front is in no picture."""
        decision = self._keeping.watch.timeline.now()
        if not told.xid and (decision.site or not decision.allowed):
            self.wishes.page_told(told.time_ms, max(now_ms, told.time_ms + SETTLE_MS))

    def judged(self, raw: Raw, now_ms: int, *, anew: bool) -> None:
        """What was told or taken has been judged, and whether it brought anything new."""
        if isinstance(raw, RawPage) and not raw.xid:
            self.wishes.page_judged(raw.time_ms, now_ms, anew=anew)
        elif isinstance(raw, RawFrame):
            self.wishes.pictured(self._keeping.outcome())
            if self._keeping.is_unread():
                self.wishes.unread(now_ms)

    def take(self, now_ms: int) -> RawFrame | None:
        """A frame, if one is wanted and may be taken now. One that is left out to save cost is counted."""
        decision, window = self._keeping.watch.timeline.now(), self._keeping.watch.active_window()
        if (wish := self._keeping.fresh.wish_ms(decision, now_ms)) is not None:
            self.wishes.want(wish, "resumed")
        why = self.wishes.take(now_ms)
        if not (why and decision.allowed and decision.level == "full" and window is not None):
            return None
        if self.shedding.leaves_out_frames():
            self._skips.count("pixels", REASON)
            return None
        self._world.delay.beside()
        frame = self._world.screen.grab(window.bounds)
        frame.why = why
        if decision.site:  # what the page does not vouch for before it is judged is not kept
            frame.question = self._world.browser.ask()
        self._keeping.look(frame, decision)
        return frame

    def look_at_cost(self, now_ms: int) -> None:
        """Measures, now and then. When frames come back, one is taken at once, and it is whole."""
        if self.shedding.look(now_ms):
            self._keeping.frames_come_back()
            self.wishes.want(now_ms, "resumed")
        self._keeping.has_pictures = self.shedding.shed < Shed.FRAMES
