# SPDX-License-Identifier: Apache-2.0
"""Floods of input: what of it is lost without a mark, and how late the recorder reads it.

Everything that was sent must be found again: kept, skipped with a reason, or counted as lost. What is in none of these
is missing, and that is what must not be.
"""

import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise

import msgspec

from bench.capture.desk import POLICY, SCREEN, Recorder, folder
from bench.capture.flood import Order, Sent, place
from bench.capture.timed import RESULT, Read
from bench.report import Report, at_most
from handiwork.adapters.session import VirtualSession
from handiwork.cli.leaks import opened_segments
from handiwork.model.event import Key, Moved, Typed

SECONDS = 4.0
CALM = (1_000, 200)
STORM = (6_700, 1_300)
"""Moves and key events a second: 8,000 in all."""


class Account(msgspec.Struct, frozen=True):
    """Of one flood: what became of it. `lost` is what the recorder counted itself."""

    sent: Sent
    kept_moves: int
    kept_presses: int
    skipped: int
    lost: int
    cpu_us_per_event: float

    @property
    def events(self) -> int:
        """Moves, presses and releases."""
        return self.sent.moves + 2 * self.sent.presses

    @property
    def unmarked(self) -> int:
        """Moves and presses that nobody knows of: neither kept, nor skipped with a reason, nor counted as lost."""
        found = self.kept_moves + self.kept_presses + self.skipped + self.lost
        return max(0, self.sent.moves + self.sent.presses - found)


def measure() -> Report:
    """About half a minute."""
    calm, storm = _flooded(*CALM, busy=False), _flooded(*STORM, busy=True)
    delays = _delays()
    figures = {
        "latency_p50_ms": statistics.median(delays),
        "latency_p99_ms": statistics.quantiles(delays, n=100)[98],
    }
    for name, account in (("1k", calm), ("8k_busy", storm)):
        figures |= {
            f"sent_{name}": float(account.events),
            f"sent_{name}_per_s": account.events / account.sent.seconds,
            f"skipped_{name}": float(account.skipped),
            f"marked_lost_{name}": float(account.lost),
            f"unmarked_{name}": float(account.unmarked),
            f"cpu_us_per_event_{name}": account.cpu_us_per_event,
        }
    targets = {
        "unmarked_losses_1k": at_most(0, calm.unmarked),
        "unmarked_losses_8k_busy": at_most(0, storm.unmarked),
        "latency_p50_ms": at_most(0.3, figures["latency_p50_ms"]),
        "latency_p99_ms": at_most(8, figures["latency_p99_ms"]),
    }
    return Report(bench="capture_input", figures=figures, peers={}, ratios={}, targets=targets)


def _flooded(moves: int, keys: int, *, busy: bool) -> Account:
    with ExitStack() as stack:
        out = stack.enter_context(folder())
        session = stack.enter_context(VirtualSession(*SCREEN))
        recorder = Recorder(out, session.env, POLICY.format(site="https://nowhere.example", words="open"))
        stack.callback(recorder.close)
        if busy:
            stack.enter_context(busy_cores())
        before = recorder.status().cpu_seconds
        sent = _send(session, Order(session.display, moves, keys, SECONDS))
        account = recorder.stop()
        with recorder.opened() as device:
            events = [event for segment in opened_segments(device) for event in segment.events]
            # What reached the recorder outside the flood is the pointer's way to its beginning: one move at most.
            skipped = sum(count for _, stream, _, count in device.store.skips() if stream in ("pointer", "keys"))
    return Account(
        sent=sent,
        kept_moves=sum(len(event.path) for event in events if isinstance(event, Moved)),
        kept_presses=sum(event.keystrokes for event in events if isinstance(event, Typed))
        + sum(isinstance(event, Key) for event in events),
        skipped=skipped,
        lost=account.lost,
        cpu_us_per_event=1e6 * (account.cpu_seconds - before) / (sent.moves + 2 * sent.presses),
    )


def _delays() -> list[float]:
    """Milliseconds from injection to the recorder's reading, of each move at a thousand a second."""
    with ExitStack() as stack:
        out = stack.enter_context(folder())
        session = stack.enter_context(VirtualSession(*SCREEN))
        result = out / "read.json"
        policy = POLICY.format(site="https://nowhere.example", words="open")
        env = {**session.env, RESULT: str(result)}
        recorder = Recorder(out, env, policy, module="bench.capture.timed")
        stack.callback(recorder.close)
        sent = _send(session, Order(session.display, *CALM, SECONDS))
        recorder.stop()
        read = msgspec.json.decode(result.read_bytes(), type=list[Read])
    expected = {place(number + 1): ns for number, ns in enumerate(sent.move_ns)}
    delays = [(one.ns - expected[one.x, one.y]) / 1e6 for one in read if (one.x, one.y) in expected]
    assert len(delays) > 0.9 * sent.moves, "most moves must have been read, or the delay means nothing"
    assert all(a.ns <= b.ns for a, b in pairwise(read))
    return delays


def _send(session: VirtualSession, order: Order) -> Sent:
    sender = subprocess.run(
        [sys.executable, "-m", "bench.capture.flood"],
        env=dict(session.env), input=msgspec.json.encode(order), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return msgspec.json.decode(sender.stdout, type=Sent)


@contextmanager
def busy_cores() -> Iterator[None]:
    """Two processes that take all the time they get."""
    command = ["setpriv", "--pdeathsig", "KILL", "--", sys.executable, "-c", "while True: pass"]
    spinning = [subprocess.Popen(command) for _ in range(2)]
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.wait()
