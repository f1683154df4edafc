# SPDX-License-Identifier: Apache-2.0
"""Keys while no field of the allowed page has the keyboard: the page's are kept, the browser's own are not, not one.

Real recorder, real Chromium, real keys, one recording for the module. The page itself says how many keys came to it:
not one more may be kept, since a single letter would be a leak that a search for the word doesn't find. (A letter that
follows F6 within milliseconds does come to the page: the browser asks the page first whether it wants the F6.)
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.properties.site import field_at, served
from tests.properties.test_recorder_keeps_no_secret import Hands

from handiwork.adapters.browser.bridge import SOCKET_NAME
from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.session import VirtualSession
from handiwork.cli.demo.stage import Stage, wait_until
from handiwork.cli.device import open_device
from handiwork.cli.leaks import leaks_in_files, leaks_in_segments, opened_segments
from handiwork.cli.paths import Home
from handiwork.model.event import Event, Key, Typed
from handiwork.model.geometry import Box
from handiwork.ports.control import Command

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.timeout(120)]

POLICY = """
name = "keys"
revision = 1
purposes = ["agent-training"]
[cost]
cpu_percent = 100.0
[[allow]]
app = "chromium"
site = "{site}"
level = "actions"
words = "balanced"
"""


def _button(number: int, does: str) -> str:
    return f'<button style="left:20px;top:{20 + 40 * number}px" onclick="{does}">Button {number}</button>'


BUSY = "setTimeout(() => { const end = Date.now() + 2500; while (Date.now() < end); }, 100)"
HEARING = """
<script>
addEventListener("keydown", (event) => {
  const heard = Math.round(performance.timeOrigin + event.timeStamp);
  fetch("/where", { method: "POST", body: JSON.stringify({ heard }) });
}, true);
</script>
"""
PAGE = (
    HEARING
    + "<title>Orders</title>"
    + field_at(0)
    + _button(1, "prompt('Name?')")
    + _button(2, "setTimeout(() => alert('Done'), 100)")
    + _button(3, f"this.blur(); {BUSY}")
    + _button(4, "this.blur(); setTimeout(() => prompt('Name?'), 100)")
    + '<p style="left:400px;top:20px;width:380px">Weekly harvest overview</p><div style="top:3000px">end</div>'
)

ATTACKS = {
    "address bar by keys": "ptarmigan",
    "address bar by a click": "whinchat",
    "address bar by F6": "dotterel",
    "address bar of a busy page": "fieldfare",
    "find bar": "goldcrest",
    "prompt over a button": "nuthatch",
    "prompt over nothing": "redpoll",
    "alert": "siskin",
    "developer tools": "bluethroat",
}
DEAF = frozenset(
    {"address bar by a click", "address bar of a busy page", "prompt over a button", "prompt over nothing", "alert"}
)
"""Here no key at all comes to the page."""

WORD = "brambling"
"""Typed into the page itself, where nothing has the keyboard."""


@dataclass
class Recorded:
    """What was stored, and when what was typed."""

    device: Path
    events: list[Event] = field(default_factory=list)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    heard: list[int] = field(default_factory=list)
    """When a key came to the page, by the page's own script."""

    def during(self, name: str) -> list[Event]:
        """Keys and text that were kept of that time."""
        first, last = self.spans[name]
        return [one for one in self.events if isinstance(one, Key | Typed) and first <= one.t <= last]

    def heard_during(self, name: str) -> int:
        """How many keys the page heard then; the clocks may differ by a little."""
        first, last = self.spans[name]
        return sum(first - 5 <= one <= last + 5 for one in self.heard)


class Visit:
    """A person in front of the page. `page` is where its corner lies on the screen."""

    def __init__(self, hands: Hands, recorded: Recorded, page: tuple[int, int]) -> None:
        self.hands, self._recorded, self._page = hands, recorded, page

    def click(self, x: int, y: int) -> None:
        self.hands.click(self._page[0] + x, self._page[1] + y)

    def nothing(self) -> None:
        """Clicks beside everything, so that nothing of the page has the keyboard."""
        self.click(600, 300)
        time.sleep(0.6)

    def attack(self, name: str) -> None:
        """Types at once: the page has no time to say that it lost the keyboard."""
        began = _now()
        self.hands.actuator.write(ATTACKS[name], 8)
        self.hands.press("Left")
        self._recorded.spans[name] = began, _now()
        time.sleep(0.6)

    def close(self, *names: str) -> None:
        """Leaves the browser's own controls."""
        for name in names:
            self.hands.press(name)
        time.sleep(0.4)
        self.nothing()

    def chord(self, *names: str) -> None:
        """As Hands.press, but with no rest after it."""
        for name in names:
            self.hands.actuator.key(name, True)
        for name in reversed(names):
            self.hands.actuator.key(name, False)


def _now() -> int:
    return time.monotonic_ns() // 1_000_000


@pytest.fixture(scope="module")
def recorded(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    out = tmp_path_factory.mktemp("keys") / "out"
    with Stage(out) as stage, served({"/": PAGE}) as site:
        env = {**session.env, "HANDIWORK_HOME": str(stage.device)}
        policy = out / "policy.toml"
        policy.write_text(POLICY.format(site=site.url), "utf-8")
        stage.run("record", "policy", str(policy), env=env)
        stage.run("record", "consent", "--accept-as", "Key Test", env=env, quiet=True)
        stage.spawn("record", "start", env=env, log="recorder.log")
        socket = stage.device / "run" / SOCKET_NAME
        wait_until(socket.exists, "The recorder did not start")
        with Chromium(session.env, View(site.url + "/", bounds=Box(20, 40, 900, 700)), socket_path=socket):
            hands, made = Hands(session, stage), Recorded(stage.device)
            hands.await_state("recording")
            wait_until(lambda: "/" in site.origins, "The page did not open")
            hands.fill(site, "/", 0, "waking up")
            hands.await_state("recording")
            visit = Visit(hands, made, site.origins["/"])
            _in_the_page(visit, made)
            _in_the_browser(visit)
            ask(stage.device / "run" / "control.sock", Command(do="stop"))
            ahead = time.time_ns() // 1_000_000 - _now()
            made.heard = [one - ahead for one in site.heard]
        with open_device(Home(stage.device)) as device:
            made.events = [event for segment in opened_segments(device) for event in segment.events]
        yield made


def _in_the_page(visit: Visit, made: Recorded) -> None:
    visit.nothing()
    began = _now()
    for chord in (("Next",), ("Prior",), ("Control_L", "c"), ("Escape",)):
        visit.hands.press(*chord)
    made.spans["shortcuts"] = began, _now()
    began = _now()
    visit.hands.actuator.write(WORD, 8)
    time.sleep(1.5)
    made.spans["words"] = began, _now()


def _in_the_browser(visit: Visit) -> None:
    visit.nothing()
    visit.chord("Control_L", "l")
    visit.attack("address bar by keys")
    visit.close("Escape", "Escape")
    visit.click(200, -25)
    visit.attack("address bar by a click")
    visit.close("Escape", "Escape")
    visit.chord("F6")
    visit.attack("address bar by F6")
    visit.close("Escape", "Escape")
    visit.chord("Control_L", "f")
    visit.attack("find bar")
    visit.close("Escape")
    for number, name in ((1, "prompt over a button"), (4, "prompt over nothing"), (2, "alert")):
        visit.click(100, 34 + 40 * number)
        time.sleep(0.8)
        visit.attack(name)
        visit.close("Escape")
    visit.click(100, 34 + 40 * 3)
    visit.click(200, -25)
    visit.attack("address bar of a busy page")
    time.sleep(2.5)
    visit.close("Escape", "Escape")
    visit.chord("F12")
    time.sleep(2.5)
    visit.attack("developer tools")


def test_shortcuts_of_the_page_are_kept_while_nothing_has_the_keyboard(recorded: Recorded) -> None:
    kept = [(one.name, one.modifiers) for one in recorded.during("shortcuts") if isinstance(one, Key)]
    assert [one for one in kept if one[0] != "Control_L"] == [
        ("Next", ()), ("Prior", ()), ("c", ("ctrl",)), ("Escape", ()),
    ]  # fmt: skip


def test_the_page_hears_the_keys_that_come_to_it(recorded: Recorded) -> None:
    assert recorded.heard_during("words") == len(WORD)


def test_words_typed_while_nothing_has_the_keyboard_are_cut_as_content(recorded: Recorded) -> None:
    (typed,) = (one for one in recorded.during("words") if isinstance(one, Typed))
    assert (typed.keystrokes, typed.cuts) == (len(WORD), ("content",))
    assert WORD not in typed.text


@pytest.mark.parametrize("name", ATTACKS)
def test_of_what_is_typed_into_the_browser_itself_not_one_key_is_kept(recorded: Recorded, name: str) -> None:
    kept = sum(one.keystrokes if isinstance(one, Typed) else 1 for one in recorded.during(name))
    assert kept <= recorded.heard_during(name) < len(ATTACKS[name])
    if name in DEAF:
        assert kept == recorded.heard_during(name) == 0
    with open_device(Home(recorded.device)) as device:
        assert leaks_in_segments(device, [ATTACKS[name]]) == []
    assert leaks_in_files(recorded.device, [ATTACKS[name]]) == []
