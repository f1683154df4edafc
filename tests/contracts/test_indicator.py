# SPDX-License-Identifier: Apache-2.0
"""The Indicator contract, against a real X server and against the fake."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import get_args

import pytest

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop, X11Indicator
from handiwork.model.errors import Lost
from handiwork.ports.fakes.indicator import RecordedIndicator
from handiwork.ports.indicator import Indicator, State

pytestmark = pytest.mark.desktop


@dataclass
class Mark:
    """An indicator, what a person reads on the screen ("" if there is nothing), and a way to end the screen."""

    indicator: Indicator
    words: Callable[[], str]
    end: Callable[[], None]


def _words_on(display: str) -> Callable[[], str]:
    def words() -> str:
        desktop = X11Desktop(display)
        windows = desktop.read()[-1].windows
        desktop.close()
        return next((window.title for window in windows if window.app == "handiwork"), "")

    return words


def _words_of(fake: RecordedIndicator) -> Callable[[], str]:
    def words() -> str:
        why = f" ({fake.why})" if fake.why else ""
        return f"Handiwork: {fake.history[-1]}{why}" if fake.visible else ""

    return words


@pytest.fixture(params=["fake", "x11"])
def mark(request: pytest.FixtureRequest) -> Iterator[Mark]:
    if request.param == "fake":
        fake = RecordedIndicator()
        yield Mark(fake, _words_of(fake), fake.hang_up)
        return
    with VirtualSession(window_manager=False) as session:
        real = X11Indicator(session.display)
        yield Mark(real, _words_on(session.display), session.close)
        real.close()


def test_every_state_is_on_screen_in_words_when_show_returns(mark: Mark) -> None:
    states: tuple[State, ...] = get_args(State)
    for state in states:
        mark.indicator.show(state)
        assert mark.words() == f"Handiwork: {state}"


def test_the_reason_is_on_screen_too_and_goes_with_its_state(mark: Mark) -> None:
    mark.indicator.show("paused", "outside hours")
    assert mark.words() == "Handiwork: paused (outside hours)"
    mark.indicator.show("recording")
    assert mark.words() == "Handiwork: recording"


def test_after_closing_it_is_gone(mark: Mark) -> None:
    mark.indicator.show("recording")
    mark.indicator.close()
    assert mark.words() == ""
    mark.indicator.close()


def test_where_it_cannot_be_shown_show_fails(mark: Mark) -> None:
    mark.indicator.show("recording")
    mark.end()
    with pytest.raises(Lost):
        mark.indicator.show("recording")


def test_after_closing_show_fails(mark: Mark) -> None:
    mark.indicator.close()
    with pytest.raises(Lost):
        mark.indicator.show("recording")
