# SPDX-License-Identifier: Apache-2.0
"""How a recording ends, and what is told of it afterwards: as the person wished, by itself, or with their session.

At a logout the screen, the buses and this process are taken away in any order, within seconds. What was lost then ended
nothing by itself: the person did. So a loss is judged only after a while, in which the mark says that recording has
ended, by what else comes: a signal, or logind's word that their session is over. Nothing is recorded meanwhile.
"""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from handiwork.adapters.system.clock import SystemClock
from handiwork.model.errors import HandiworkError, Lost, NoSpace
from handiwork.ports.control import Status
from handiwork.ports.ended import keep_end
from handiwork.ports.journal import Ledger
from handiwork.ports.paused import keep_pause
from handiwork.recorder.daemon import Recorder
from handiwork.recorder.world import World

TROUBLE_SHOWN_S = 4.0

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def told_if_it_ends(ledger: Ledger) -> Iterator[None]:
    """If it ends by itself, or can't even begin, the ledger says why, for whoever wasn't looking."""
    try:
        yield
    except HandiworkError as error:
        with suppress(Lost, NoSpace):  # the journal itself may be what is gone, or full
            keep_end(ledger, SystemClock().unix_ms(), error)
        raise


def run(recorder: Recorder, world: World, received: list[int]) -> Status:
    """Its account."""
    try:
        with told_if_it_ends(world.store):
            account = recorder.run()
    except HandiworkError as error:
        if not _was_the_person_s(recorder, world, received, error):
            raise
        print("recording has ended with your session; what was kept is whole", file=sys.stderr)
        account = recorder.status()
    keep_end(world.store, world.clock.unix_ms(), None)
    if signal.SIGINT in received:
        keep_pause(world.store, None)  # as `record stop`: the person ended it
    return account


def _was_the_person_s(recorder: Recorder, world: World, received: list[int], error: HandiworkError) -> bool:
    """Whether what was lost went since the person ended the recording or their session. Else the mark says for a while
    that recording has ended by itself, before it goes: words in a log may go unread."""
    lost = isinstance(error, Lost)
    if lost and (received or recorder.told_to_stop):
        return True
    until = time.monotonic() + TROUBLE_SHOWN_S
    while time.monotonic() < until and not received:
        if lost and world.power.is_leaving():
            return True
        with suppress(Lost):  # the screen itself may be what is gone
            world.indicator.show("trouble", "recording has ended")
            world.tray.show("trouble", "recording has ended")
        time.sleep(0.1)
    return lost and bool(received)


@contextmanager
def stopping_on_signals(recorder: Recorder) -> Iterator[list[int]]:
    """Ctrl-C, SIGTERM and a terminal that goes end the loop in order, instead of tearing it apart. Gives what came."""
    received: list[int] = []

    def stop(number: int, _: object) -> None:
        received.append(number)
        recorder.stop()

    heard = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]  # nohup keeps its meaning
    before = [signal.signal(number, stop) for number in heard]
    try:
        yield received
    finally:
        for number, handler in zip(heard, before, strict=True):
            signal.signal(number, handler)
