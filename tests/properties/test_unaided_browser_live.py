# SPDX-License-Identifier: Apache-2.0
"""Real Chromium without the extension, under the real recorder: clicks in the allowed site are kept, nothing else is.

The other site has the allowed one's title. Tabs are switched at speed, it gets a window at the allowed one's place,
and the allowed address is typed into its tab while the server doesn't answer. The person types into both pages: of keys
nothing may be kept at all.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.live import WINDOW, Worker, allowed, is_nowhere, policy, stored
from tests.properties.site import Site, field_at, middle_of, served

from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop
from handiwork.cli.demo.stage import Stage, wait_until
from handiwork.cli.device import open_device
from handiwork.cli.paths import Home
from handiwork.model.event import Button, Event, Frame, Typed, Wheel

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.timeout(170)]

SECRETS = ("quokkaword", "Wombatheadline", "bilbyword")
PLACES = range(500, 520)
"""Columns in which the person acts while the other site, a refused browser or a password is in front, nowhere else."""

WORK = '<title>Work</title><h1 style="left:400px;top:20px">Weekly harvest</h1>' + field_at(0) + field_at(2, "password")
OTHER = f'<title>Work</title><h1 style="left:400px;top:20px">{SECRETS[1]}</h1>' + field_at(0).replace(
    "<input", "<input autofocus"
)
RULES = '{"IncognitoModeAvailability": 1, "BrowserGuestModeEnabled": false}'
UNTOLD = "private windows not ruled out"


class Pages(dict[str, str]):
    """Of which one doesn't come until the test is over."""

    def __init__(self, body: str) -> None:
        super().__init__({"/": body})
        self.awaited, self.over = threading.Event(), threading.Event()

    def get(self, path: str, default: str = "") -> str:  # type: ignore[override]
        if path == "/never":
            self.awaited.set()
            self.over.wait(60)
        return super().get(path, default)


@dataclass
class Recording:
    device: Path
    events: list[Event]
    reasons: set[str]
    said: str


class Unaided(Worker):
    """Whose recorder looks for the machine's policies in a folder of the test's, and whose browser has no extension."""

    def __init__(self, session: VirtualSession, stage: Stage, policies: Path) -> None:
        super().__init__(session, stage)
        self.policies = policies
        self.env["TEST_POLICIES"] = str(policies)

    def chromium(self, url: str) -> Chromium:
        return Chromium(self.session.env, View(url, bounds=WINDOW), socket_path=None)

    def active(self) -> int:
        """The window that has the keyboard, as the X server says."""
        desktop = X11Desktop(self.session.display)
        try:
            return desktop.read()[-1].active
        finally:
            desktop.close()

    def press_in(self, column: int) -> None:
        for step in range(4):
            self.actuator.move(column + step, 430)
            time.sleep(0.01)
        self.actuator.button(1, True)
        self.actuator.button(1, False)


@pytest.fixture(scope="module")
def recording(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recording]:
    work, policies = Pages(WORK), tmp_path_factory.mktemp("machine") / "managed"
    policies.mkdir(mode=0o755)
    for folder in policies.parents[:2]:
        folder.chmod(0o755)
    with (
        Stage(tmp_path_factory.mktemp("unaided") / "out") as stage,
        served(work) as site,
        served({"/": OTHER}) as other,
    ):
        worker = Unaided(session, stage, policies)
        worker.put_policy(policy(allowed(site.url)))
        worker.agree()
        worker.record(Path(__file__).with_name("unaided_recorder.py"))
        try:
            said = _before_the_policy(worker, site.url)
            with worker.chromium(site.url + "/") as browser:
                worker.await_state("recording")
                wait_until(lambda: _is_kept(worker), "No click was kept")
                wait_until(lambda: _is_left_out(worker), "No key was counted while the page was certain")
                browser.open(other.url + "/")
                worker.await_page(other)
                _switch_about(worker)
                _switch_while_the_browser_is_held_up(worker, browser, other)
                _work_in_two_windows(worker, browser, other)
                _turn_the_wheel_in_a_password_field(worker, site, other)
                _type_the_allowed_address(worker, site.url, work)
                work.over.set()
        finally:
            work.over.set()
            worker.stop()
            worker.actuator.close()
        with open_device(Home(worker.device)) as device:
            reasons = {reason for _, _, reason, _ in device.store.skips()}
        events = [event for segment in stored(worker.device) for event in segment.events]
        yield Recording(worker.device, events, reasons, said)


def _is_kept(worker: Unaided) -> bool:
    """Clicks twice: while browser and accessibility bus wake up, what is uncertain is dropped.

    One of the two may only have met the page, which is an event of its own.
    """
    counts = [worker.status().events]
    for _ in range(2):
        worker.press_in(600)
        time.sleep(0.7)
        counts.append(worker.status().events)
    return counts[0] < counts[1] < counts[2]


def _is_left_out(worker: Unaided) -> bool:
    """Types once: where the machine is busy, an answer comes late, and the keys fall to what is uncertain."""
    worker.actuator.write(SECRETS[2], 8)
    time.sleep(1.5)  # counts are written once a second
    return "not in the page" in worker.handiwork("record", "skips")


def _before_the_policy(worker: Unaided, url: str) -> str:
    """A browser that began before private windows were switched off may have some; what the person is told of it."""
    with worker.chromium(url + "/"):
        wait_until(lambda: worker.status().reason == UNTOLD, "The browser was not refused")
        rules = worker.policies / "ours.json"
        rules.write_text(RULES, "utf-8")
        rules.chmod(0o644)
        worker.press_in(PLACES[0])
        time.sleep(0.6)
        said = worker.handiwork("record", "status")
    time.sleep(2.1)  # when a browser began is known to the second
    return said


def _switch_about(worker: Unaided) -> None:
    """Twelve visits to each tab, some too short to draw. Begins and ends in the other one."""
    for number in range(12):
        rest = (0.01, 0.05, 0.15, 0.9)[number % 4]
        worker.chord("Control_L", "Shift_L", "Tab")
        worker.press_in(600)
        time.sleep(rest)
        worker.press_in(640)
        time.sleep(rest)
        worker.chord("Control_L", "Tab")
        worker.press_in(PLACES[0])
        worker.actuator.write(SECRETS[0], 4)
        time.sleep(rest)


def _switch_while_the_browser_is_held_up(worker: Unaided, browser: Chromium, other: Site) -> None:
    """As on a busy machine: when it goes on it tells of the former page before it takes the keys in.

    The titles are the same, and nothing is done after the switch. Begins in the other tab, ends in the allowed one.
    """
    for _ in range(3):
        _switched(worker, browser, "Control_L", "Shift_L", "Tab")
        worker.await_state("recording")
        _switched(worker, browser, "Control_L", "Tab", column=PLACES[0])
        _shown_anew(other)
        worker.await_state("out of scope")
    worker.chord("Control_L", "Shift_L", "Tab")


def _switched(worker: Unaided, browser: Chromium, *keys: str, column: int | None = None) -> None:
    """These keys, and a press there, while the browser stands still."""
    os.kill(browser.pid, signal.SIGSTOP)
    worker.chord(*keys)
    if column is not None:
        worker.press_in(column)
    time.sleep(0.25)  # longer than an answer may take
    os.kill(browser.pid, signal.SIGCONT)


def _shown_anew(site: Site) -> None:
    """A page that is shown says so ten times a second."""
    site.origins.clear()
    wait_until(lambda: "/" in site.origins, "The page was not shown")


def _work_in_two_windows(worker: Unaided, browser: Chromium, other: Site) -> None:
    """The other site in a window of its own, at the same place and under the same title; then the allowed one again."""
    worker.await_state("recording")
    first = worker.active()
    browser.open(other.url + "/", "--new-window")
    wait_until(lambda: worker.active() not in (0, first), "The second window did not come up")
    _shown_anew(other)
    for _ in range(6):
        worker.press_in(PLACES[0])
        time.sleep(0.3)
    worker.chord("Control_L", "w")
    wait_until(lambda: worker.active() == first, "The second window did not go")
    worker.await_state("recording")


def _turn_the_wheel_in_a_password_field(worker: Unaided, site: Site, other: Site) -> None:
    """In the allowed site: nothing of it while a password field has the keyboard. Ends in the other tab."""
    (left, top), (x, y) = site.origins["/"], middle_of(2)
    worker.click(left + x, top + y)
    worker.await_state("sign-in")
    worker.actuator.move(PLACES[0], 430)
    for _ in range(4):
        for pressed in (True, False):
            worker.actuator.button(5, pressed)
        time.sleep(0.3)
    worker.chord("Control_L", "Tab")
    _shown_anew(other)


def _type_the_allowed_address(worker: Unaided, site: str, work: Pages) -> None:
    """The bar says the allowed site's address, without having the keyboard any more; the other page is still shown."""
    worker.chord("Control_L", "l")
    time.sleep(0.3)
    worker.actuator.write(site.removeprefix("http://") + "/never", 8)
    worker.chord("Return")
    assert work.awaited.wait(20), "the address was not asked for"
    for _ in range(6):
        worker.press_in(PLACES[0])
        time.sleep(0.4)


def test_clicks_in_the_allowed_site_are_kept_with_their_places(recording: Recording) -> None:
    clicks = {event.x for event in recording.events if isinstance(event, Button) and event.pressed}
    assert clicks & set(range(600, 620))
    assert clicks & set(range(640, 660)), "those of the long visits, too"


def test_no_click_in_the_other_site_in_a_refused_browser_or_beside_a_password_is_kept(recording: Recording) -> None:
    assert [event for event in recording.events if isinstance(event, Button | Wheel) and event.x in PLACES] == []


def test_no_key_and_no_picture_is_kept_whatever_the_level(recording: Recording) -> None:
    assert [event for event in recording.events if isinstance(event, Typed | Frame)] == []
    assert "not in the page" in recording.reasons


def test_nothing_that_was_typed_or_shown_is_anywhere(recording: Recording) -> None:
    is_nowhere(recording.device, *SECRETS)


def test_the_person_is_told_why_nothing_of_the_browser_was_kept_and_what_to_do(recording: Recording) -> None:
    assert UNTOLD in recording.reasons
    assert UNTOLD in recording.said
    assert "handiwork browser install" in recording.said
