# SPDX-License-Identifier: Apache-2.0
"""Measures what recording costs, and says what to leave out. The rule itself is in rules/cost.py."""

from collections import Counter, deque

from handiwork.model.policy import Policy
from handiwork.ports.delay import DelayProbe
from handiwork.ports.meter import Meter
from handiwork.rules.cost import RECENT_MS, WINDOW_MS, Load, Shed, next_shed

MEASURE_MS = 1_000

REASON = "over budget"
"""For the ledger and the gaps."""


class Shedding:
    """Looks at the meter once a second while there is work; what is left out is counted until it is told."""

    def __init__(self, policy: Policy, meter: Meter, probe: DelayProbe, now_ms: int) -> None:
        self.policy = policy
        self.shed = Shed.NOTHING
        self.load = Load(percent=0.0, recent_percent=0.0)
        self._meter, self._probe = meter, probe
        self._since_ms = self._measured_ms = now_ms
        self._samples = deque([(now_ms, meter.cpu_seconds())])
        self._untold: Counter[str] = Counter()

    def words(self) -> str:
        """What is left out now, for the person; "" if nothing is."""
        return ("", "frames", "frames, pointer paths")[self.shed]

    def look(self, now_ms: int) -> bool:
        """Measures if it is time; whether frames have just come back, so that the next one must be whole."""
        if now_ms - self._measured_ms < MEASURE_MS:
            return False
        self._measured_ms = now_ms
        self._probe.rest()
        self._samples.append((now_ms, self._meter.cpu_seconds()))
        while len(self._samples) > 2 and self._samples[1][0] <= now_ms - WINDOW_MS:
            self._samples.popleft()
        self.load = Load(
            percent=self._percent(now_ms, WINDOW_MS),
            recent_percent=self._percent(now_ms, RECENT_MS),
            added_delay_ms=self._probe.delay().added_ms,
        )
        before, self.shed = self.shed, next_shed(self.shed, self.load, self.policy, now_ms - self._since_ms)
        if self.shed != before:
            self._since_ms = now_ms
        return before > self.shed == Shed.NOTHING

    def leaves_out_frames(self) -> bool:
        """Whether a frame that is wanted now is left out; if so, it counts."""
        return self._leaves_out(Shed.FRAMES, "pixels")

    def leaves_out_paths(self) -> bool:
        """Whether a pointer move that comes now is left out; if so, it counts."""
        return self._leaves_out(Shed.PATHS, "paths")

    def take_untold(self) -> dict[str, int]:
        """What was left out since the last call, for the segment."""
        told = {f"{stream}: {REASON}": count for stream, count in self._untold.items()}
        self._untold.clear()
        return told

    def _leaves_out(self, step: Shed, stream: str) -> bool:
        if self.shed < step:
            return False
        self._untold[stream] += 1
        return True

    def _percent(self, now_ms: int, span_ms: int) -> float:
        """Of one core, over that span: time before the first measurement counts as free."""
        first = next((cpu for ms, cpu in reversed(self._samples) if ms <= now_ms - span_ms), self._samples[0][1])
        return 100_000 * (self._samples[-1][1] - first) / span_ms
