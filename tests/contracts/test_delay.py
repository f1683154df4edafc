# SPDX-License-Identifier: Apache-2.0
"""The DelayProbe contract, against a real X server and against the fake."""

import signal
import time
from collections.abc import Callable, Iterator

import pytest
from tests.windows import Program, x_server

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import requests as x
from handiwork.adapters.x11.probe import X11DelayProbe
from handiwork.cli.demo.stage import wait_until
from handiwork.model.geometry import Box
from handiwork.ports.delay import Delay, DelayProbe
from handiwork.ports.fakes.delay import ScriptedDelay

pytestmark = pytest.mark.desktop


@pytest.fixture(params=["fake", "x11"])
def probe(request: pytest.FixtureRequest) -> Iterator[DelayProbe]:
    if request.param == "fake":
        yield ScriptedDelay()
        return
    session: VirtualSession = request.getfixturevalue("session")
    real = X11DelayProbe(session.display)
    yield real
    real.close()


def measured(probe: DelayProbe, ask: Callable[[], None], count: int = 12) -> Delay:
    """So many measurements, one after the other."""
    for _ in range(count):
        ask()
        time.sleep(0.01)
    return probe.delay()


def test_before_anything_was_measured_it_tells_zeros(probe: DelayProbe) -> None:
    assert probe.delay() == Delay()


def test_asking_never_blocks_and_closing_may_happen_twice(probe: DelayProbe) -> None:
    for _ in range(200_000 if isinstance(probe, ScriptedDelay) else 5_000):
        probe.rest()
        probe.beside()
    probe.close()
    probe.close()
    probe.rest()


def test_an_idle_server_is_measured_in_both_ways(session: VirtualSession) -> None:
    probe = X11DelayProbe(session.display)
    wait_until(lambda: measured(probe, probe.rest).rest_p99 > 0, "Nothing was measured")
    assert probe.delay().beside_p50 == 0.0
    wait_until(lambda: measured(probe, probe.beside).beside_p99 > 0, "Nothing was measured beside work")
    found = probe.delay()
    assert found.rest_p50 <= found.rest_p99
    assert found.beside_p50 <= found.beside_p99
    probe.close()


def test_a_server_that_stands_still_beside_our_work_shows_as_delay_that_we_add() -> None:
    with VirtualSession(window_manager=False) as session:
        probe = X11DelayProbe(session.display)
        wait_until(lambda: measured(probe, probe.rest).rest_p50 > 0, "Nothing was measured")
        server = x_server(session.display)
        for _ in range(12):
            signal.pidfd_send_signal(server, signal.SIGSTOP)
            probe.beside()
            time.sleep(0.05)
            signal.pidfd_send_signal(server, signal.SIGCONT)
            time.sleep(0.02)
        wait_until(lambda: probe.delay().beside_p50 > 0, "Nothing was measured beside it")
        assert probe.delay().beside_p50 >= 20
        assert probe.delay().added_ms >= 10
        probe.close()


def test_a_server_that_is_gone_leaves_a_probe_that_tells_what_it_knew() -> None:
    with VirtualSession(window_manager=False) as session:
        probe = X11DelayProbe(session.display)
        wait_until(lambda: measured(probe, probe.rest).rest_p50 > 0, "Nothing was measured")
    measured(probe, probe.rest)
    assert probe.delay().rest_p50 > 0
    probe.close()


def test_its_window_is_never_on_screen(session: VirtualSession) -> None:
    from handiwork.adapters.x11 import X11Desktop

    probe = X11DelayProbe(session.display)
    desktop = X11Desktop(session.display)
    assert not [window for window in desktop.read()[-1].windows if window.bounds == Box(-9, -9, 1, 1)]
    desktop.close()
    probe.close()


def test_who_watches_the_windows_of_the_screen_is_not_woken_by_a_measurement(session: VirtualSession) -> None:
    """The recorder itself does: else it would take a whole turn upon each second's measurement."""
    probe, watching = X11DelayProbe(session.display), Program(session.display)
    root = watching.link.screen.root
    tree = x.read_tree(watching.link.ask(x.query_tree(root)))
    for window in (root, *tree[1]):
        watching.link.send(x.change_attributes(window, [(x.EVENT_MASK, x.SUBSTRUCTURE | x.PROPERTY_CHANGE)]))
    watching.link.sync()
    wait_until(lambda: measured(probe, probe.rest).rest_p99 > 0, "Nothing was measured")
    watching.link.sync()
    assert watching.link.events() == []
    probe.close()
    watching.close()
