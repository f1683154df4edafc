# SPDX-License-Identifier: Apache-2.0
"""The Power contract, against logind's interface on a real bus and against the fake."""

import os
import select
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.logind import AFAR, OTHER, OWN, PrivateBus, StandInLogind

from handiwork.adapters.power.logind import LogindPower
from handiwork.ports.fakes.power import ScriptedPower
from handiwork.ports.power import News, Power


@dataclass
class Machine:
    """A power port, and how to make things happen to its machine."""

    power: Power
    happen: Callable[[News], None]
    let_sleep_seen: Callable[[], bool]
    leave: Callable[[], None]


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[PrivateBus]:
    with PrivateBus(tmp_path) as started:
        yield started


@pytest.fixture
def logind(bus: PrivateBus) -> Iterator[StandInLogind]:
    made = StandInLogind(bus.address)
    yield made
    made.close()


@pytest.fixture(params=["fake", "logind"])
def machine(request: pytest.FixtureRequest) -> Iterator[Machine]:
    if request.param == "fake":
        fake = ScriptedPower()
        yield Machine(fake, fake.put, lambda: fake.asleep > 0, fake.leave)
        fake.close()
        return
    standin: StandInLogind = request.getfixturevalue("logind")
    bus: PrivateBus = request.getfixturevalue("bus")
    real = LogindPower(bus.address)
    assert standin.was_asked(1)
    doings: dict[News, Callable[[], None]] = {
        "sleep": lambda: standin.prepare_for_sleep(True),
        "wake": lambda: standin.prepare_for_sleep(False),
        "lock": lambda: standin.lock(True),
        "unlock": lambda: standin.lock(False),
    }
    yield Machine(real, lambda news: doings[news](), lambda: standin.let_go(0), lambda: standin.end(OWN))
    real.close()


def news_of(power: Power, count: int = 1, seconds: float = 10) -> list[News]:
    """What comes, until there is so much of it."""
    found: list[News] = []
    until = time.monotonic() + seconds
    while len(found) < count and (left := until - time.monotonic()) > 0:
        select.select([power.fileno()], [], [], left)
        found += power.read()
    return found


def test_nothing_happens_until_it_does(machine: Machine) -> None:
    assert machine.power.read() == []


@pytest.mark.parametrize(("begins", "ends"), [("sleep", "wake"), ("lock", "unlock")])
def test_what_happens_is_told_in_order(machine: Machine, begins: News, ends: News) -> None:
    machine.happen(begins)
    assert news_of(machine.power) == [begins]
    machine.happen(ends)
    assert news_of(machine.power) == [ends]


def test_it_waits_to_be_let_sleep(machine: Machine) -> None:
    machine.happen("sleep")
    assert news_of(machine.power) == ["sleep"]
    machine.power.let_sleep()
    assert machine.let_sleep_seen()


def test_the_time_slept_never_shrinks(machine: Machine) -> None:
    first = machine.power.slept_ms()
    assert first >= 0
    assert machine.power.slept_ms() >= first - 1


def leaves(power: Power, seconds: float = 10) -> bool:
    """Whether the person is told to leave, within that time."""
    until = time.monotonic() + seconds
    while not (leaving := power.is_leaving()) and time.monotonic() < until:
        time.sleep(0.02)
    return leaving


def test_a_person_who_logs_out_is_leaving(machine: Machine) -> None:
    assert not machine.power.is_leaving()
    machine.leave()
    assert leaves(machine.power)


def test_a_session_that_still_closes_is_left_and_a_machine_that_goes_off_is(
    bus: PrivateBus, logind: StandInLogind
) -> None:
    power = LogindPower(bus.address)
    logind.goes_off = True
    assert power.is_leaving()
    logind.goes_off = False
    assert not power.is_leaving()
    logind.close_session()
    assert power.is_leaving()
    power.close()
    assert not power.is_leaving()


def test_the_end_of_another_person_s_session_or_of_one_from_afar_leaves_nothing(
    bus: PrivateBus, logind: StandInLogind
) -> None:
    power = LogindPower(bus.address)
    logind.end(OTHER)
    logind.end(AFAR)
    logind.hint(True)  # so that both have arrived
    assert news_of(power) == ["lock"]
    assert not power.is_leaving()
    power.close()


def test_it_can_be_closed_twice(machine: Machine) -> None:
    machine.power.close()
    machine.power.close()


def test_logind_is_asked_to_delay_sleep_and_again_after_each(bus: PrivateBus, logind: StandInLogind) -> None:
    power = LogindPower(bus.address)
    assert logind.was_asked(1)
    logind.prepare_for_sleep(True)
    assert news_of(power) == ["sleep"]
    assert logind.asked == [("sleep", "Handiwork", "pausing the recording", "delay")]
    assert not logind.let_go(0, seconds=0)
    power.let_sleep()
    assert logind.let_go(0)
    logind.prepare_for_sleep(False)
    assert news_of(power) == ["wake"]
    assert logind.was_asked(2)
    logind.prepare_for_sleep(True)
    assert news_of(power) == ["sleep"]
    power.close()
    assert logind.let_go(1)


def test_a_desktop_s_own_word_on_its_lock_counts_once_and_another_person_s_does_not(
    bus: PrivateBus, logind: StandInLogind
) -> None:
    power = LogindPower(bus.address)
    logind.lock(True, OTHER)
    logind.hint(True, OTHER)
    logind.hint(True)
    logind.lock(True)
    logind.hint(False)
    assert news_of(power, 2) == ["lock", "unlock"]
    power.close()


LATER = "/org/freedesktop/login1/session/_33"


def test_a_session_that_began_later_is_seen_to_lock_and_its_end_unlocks_it(
    bus: PrivateBus, logind: StandInLogind
) -> None:
    power = LogindPower(bus.address)
    logind.begin(LATER, os.getuid())
    logind.hint(True, LATER)
    assert news_of(power) == ["lock"]
    logind.end(LATER)
    assert news_of(power) == ["unlock"]
    power.close()


def test_until_it_is_known_whose_a_later_session_is_its_lock_counts_as_one_s_own(
    bus: PrivateBus, logind: StandInLogind
) -> None:
    power = LogindPower(bus.address)
    logind.begin(LATER, os.getuid() + 1)
    logind.hint(True, LATER)
    told = news_of(power, 2, seconds=2)
    assert told in ([], ["lock", "unlock"])  # by which came first
    logind.hint(True, LATER)
    logind.hint(True)
    assert news_of(power) == ["lock"]
    logind.hint(False)
    assert news_of(power) == ["unlock"]
    power.close()


def test_what_was_locked_before_is_told_first(bus: PrivateBus) -> None:
    logind = StandInLogind(bus.address, locked=True)
    power = LogindPower(bus.address)
    assert power.read() == ["lock"]
    power.close()
    logind.close()


def test_without_a_bus_or_without_logind_nothing_fails_and_nothing_is_told(tmp_path: Path, bus: PrivateBus) -> None:
    for address in (f"unix:path={tmp_path}/nowhere", bus.address):
        power = LogindPower(address)
        assert not power.is_told
        assert power.read() == []
        assert select.select([power.fileno()], [], [], 0)[0] == []
        power.let_sleep()
        power.close()


def test_a_bus_that_goes_means_awake_and_leaves_a_lock_as_it_was(bus: PrivateBus) -> None:
    logind = StandInLogind(bus.address)
    power = LogindPower(bus.address)
    logind.lock(True)
    logind.prepare_for_sleep(True)
    assert news_of(power, 2) == ["lock", "sleep"]
    bus.kill()
    assert news_of(power) == ["wake"]
    assert power.read() == []
    power.close()
