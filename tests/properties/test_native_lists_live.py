# SPDX-License-Identifier: Apache-2.0
"""Native lists (<select>), whose popup is a window that no page knows: real recorder, real Chromium, real hands.

One recording for the module: lists operated by mouse and by keyboard on an allowed page, then in the same way on a page
that is not allowed, whose lists stand elsewhere so that every click and popup tells where it came from.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from tests.live import Worker, allowed, at_work, colours_in, found_in_segments, is_nowhere, policy, stored
from tests.properties.site import BLUE, PURPLE, Site, served

from handiwork.adapters.browser.launch import Chromium
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop
from handiwork.cli.demo.stage import wait_until
from handiwork.derive.actions import actions
from handiwork.model.action import Click, Hotkey, Select, Wait
from handiwork.model.event import Acted, Button, Event, Key, Opened, Typed
from handiwork.model.geometry import Box

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.timeout(170)]

LISTS = {
    "Colour": ("Green", "Amber", "Crimson", "Indigo"),
    "Fruit": ("Apple", "Banana", "Cherry", "Damson"),
    "Bird": ("Avocet", "Grebe", "Grouse", "Heron"),
    "Tree": ("Alder", "Birch", "Larch", "Linden"),
}
CHOSEN = {"Colour": "Crimson", "Fruit": "Cherry", "Bird": "Grouse", "Tree": "Linden"}
"""By mouse; from the closed list by Down; by typing on the closed list; by typing and Return in the popup."""
SECRETS = ("Quokka", "Wombat", "Numbat", "Bilby", "Marsupial")

LEFT, ELSEWHERE = 40, 500
"""Where the lists begin in each page, in the page's own pixels."""


def _lists(left: int, lists: Mapping[str, tuple[str, ...]]) -> str:
    style = f"left:{left}px;width:200px;height:30px"
    return f"<style>option {{ background: rgb{PURPLE}; position: static }}</style>" + "".join(
        f'<select aria-label="{name}" style="{style};top:{90 + 60 * row}px">'
        + "".join(f"<option>{option}</option>" for option in options)
        + "</select>"
        for row, (name, options) in enumerate(lists.items())
    )


HEADING = f'<h1 style="left:20px;top:10px;width:380px;color:rgb{BLUE}">Weekly harvest overview</h1>'
WORK = "<title>Work</title>" + HEADING + _lists(LEFT, LISTS)
OTHER = f"<title>{SECRETS[4]}</title>" + _lists(ELSEWHERE, {f"{SECRETS[4]} {row}": SECRETS[:4] for row in range(4)})

E = TypeVar("E", bound=Event)


@dataclass
class Recording:
    """What was stored, and where the popups of the allowed page were."""

    device: Path
    events: list[Event]
    colours: set[tuple[int, ...]]
    popups: list[Box]
    origin: tuple[int, int]
    elsewhere: int
    """The column at which the other page's lists begin."""

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]


class Chooser:
    """Operates lists, and looks where their popups are."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self._desktop = X11Desktop(worker.session.display)
        self._popups: list[Box] = []
        self.seen: list[Box] = []

    def popup(self, up: bool = True) -> Box:
        """Waits until a popup is up, or none is."""

        def is_so() -> bool:
            for desktop in self._desktop.read():
                self._popups = [
                    one.bounds for one in desktop.windows if one.override_redirect and one.app == "chromium"
                ]
            return bool(self._popups) == up

        wait_until(is_so, f"The popup is {'not ' * up}there")
        self.seen += self._popups
        return self._popups[0] if up else Box(0, 0, 0, 0)

    def operate_all(self, x: int, y: int) -> None:
        """Each list in its own way; the first one stands at (x, y) on the screen. Pauses let pictures be taken."""
        self.worker.click(x + 100, y + 15)
        popup = self.popup()
        time.sleep(0.9)
        self.worker.click(popup.x + 60, popup.y + round(popup.h * 2.5 / 4))
        self.popup(up=False)
        time.sleep(0.3)
        self._press("Tab", "Down", "Down")
        self._press("Tab")
        self.worker.actuator.write("grou", 60)
        time.sleep(0.5)
        self._press("Tab", "space")
        self.popup()
        self.worker.actuator.write("li", 60)
        time.sleep(0.4)
        self._press("Return")
        self.popup(up=False)
        time.sleep(0.3)

    def _press(self, *names: str) -> None:
        for name in names:
            self.worker.press(name)
            time.sleep(0.1)


@pytest.fixture(scope="module")
def recording(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recording]:
    out = tmp_path_factory.mktemp("lists") / "out"
    with (
        served({"/": WORK}) as site,
        served({"/": OTHER}) as other,
        at_work(session, out, policy(allowed(site.url))) as worker,
        worker.chromium(site.url + "/") as browser,
    ):
        seen = _work(Chooser(worker), browser, site, other)
        worker.stop()
        segments = stored(worker.device)
        yield Recording(
            worker.device,
            [event for segment in segments for event in segment.events],
            colours_in(segments),
            seen,
            site.origins["/"],
            other.origins["/"][0] + ELSEWHERE,
        )


def _work(chooser: Chooser, browser: Chromium, site: Site, other: Site) -> list[Box]:
    worker = chooser.worker
    worker.await_state("recording")
    x, y = worker.await_page(site)
    worker.click(x + 60, y + 60)  # while browser and accessibility bus wake up, what is uncertain is dropped
    time.sleep(1.5)
    worker.await_state("recording")
    chooser.operate_all(x + LEFT, y + 90)
    seen, chooser.seen = chooser.seen, []
    browser.open(other.url + "/")
    x, y = worker.await_page(other)
    worker.await_state("out of scope")
    chooser.operate_all(x + ELSEWHERE, y + 90)
    assert len(chooser.seen) == 2
    worker.press("Control_L", "w")
    worker.await_state("recording")
    time.sleep(0.8)
    return seen


def test_each_list_that_was_operated_is_one_choice_and_nothing_else_was_done_in_it(recording: Recording) -> None:
    done = actions(recording.events)
    chosen = {
        one.target.name: (one.option, one.target.role, one.target.value) for one in done if isinstance(one, Select)
    }
    assert chosen == {name: (CHOSEN[name], "combobox", options[0]) for name, options in LISTS.items()}
    assert len([one for one in done if isinstance(one, Select)]) == len(LISTS)
    assert [type(one) for one in done if not isinstance(one, Select | Wait)] == [Click, Hotkey, Hotkey, Hotkey]


def test_a_popup_is_told_as_a_list_with_its_own_bounds(recording: Recording) -> None:
    assert len(recording.popups) == 2
    assert [(one.kind, one.bounds) for one in recording.of(Opened)] == [("list", box) for box in recording.popups]


def test_the_clicks_and_keys_in_a_popup_are_kept(recording: Recording) -> None:
    first = recording.popups[0]
    assert [one.pressed for one in recording.of(Button) if first.contains(one.x, one.y)] == [True, False]
    keys = [one.name for one in recording.of(Key) if one.pressed]
    assert keys == ["Tab", "Down", "Down", "Tab", "Tab", "Return"]
    assert "".join(one.text for one in recording.of(Typed)) == "grou li"


def test_the_page_s_own_word_names_each_option_chosen(recording: Recording) -> None:
    told = [one.element.name for one in recording.of(Acted) if one.what == "select"]
    assert [name for name in told if name in CHOSEN.values()] == list(CHOSEN.values())


def test_a_popup_s_pixels_are_in_no_picture(recording: Recording) -> None:
    assert any(blue - max(red, green) > 120 for red, green, blue in recording.colours)
    assert PURPLE not in recording.colours


def test_a_list_on_a_page_that_is_not_allowed_leaves_nothing(recording: Recording) -> None:
    assert recording.elsewhere > recording.origin[0] + LEFT + 200
    assert [one for one in recording.of(Button) if one.x >= recording.elsewhere] == []
    assert [one for one in recording.of(Opened) if one.bounds.x >= recording.elsewhere] == []
    assert found_in_segments(recording.device, CHOSEN["Colour"]) != [], "the search itself fails"
    is_nowhere(recording.device, *SECRETS)
