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
from tests.live import Worker, allowed, at_work, is_nowhere, policy, stored
from tests.properties.site import field_at, served

from handiwork.adapters.session import VirtualSession
from handiwork.model.event import Event, Key, Typed

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.timeout(170)]


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


def _list(number: int) -> str:
    options = "".join(f"<option>{word}</option>" for word in ("Alder", "Birch", "Larch", "Linden"))
    return f'<select style="left:20px;top:{20 + 40 * number}px;width:200px">{options}</select>'


PAGE = (
    HEARING
    + "<title>Orders</title>"
    + field_at(0)
    + _button(1, "prompt('Name?')")
    + _button(2, "setTimeout(() => alert('Done'), 100)")
    + _button(3, f"this.blur(); {BUSY}")
    + _button(4, "this.blur(); setTimeout(() => prompt('Name?'), 100)")
    + _list(5)
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
    "address bar by a click, from an open list": "wheatear",
    "address bar by keys, from an open list": "whimbrel",
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

    def __init__(self, hands: Worker, recorded: Recorded, page: tuple[int, int]) -> None:
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


def _now() -> int:
    return time.monotonic_ns() // 1_000_000


@pytest.fixture(scope="module")
def recorded(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    out = tmp_path_factory.mktemp("keys") / "out"
    with (
        served({"/": PAGE}) as site,
        at_work(session, out, policy(allowed(site.url, "actions", "balanced"))) as worker,
        worker.chromium(site.url + "/"),
    ):
        made = Recorded(worker.device)
        worker.wake_up(site, row=0)
        visit = Visit(worker, made, site.origins["/"])
        _in_the_page(visit, made)
        _in_the_browser(visit)
        worker.stop()
        ahead = time.time_ns() // 1_000_000 - _now()
        made.heard = [one - ahead for one in site.heard]
        made.events = [event for segment in stored(worker.device) for event in segment.events]
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
    visit.hands.chord("Control_L", "l")
    visit.attack("address bar by keys")
    visit.close("Escape", "Escape")
    visit.click(200, -25)
    visit.attack("address bar by a click")
    visit.close("Escape", "Escape")
    visit.hands.chord("F6")
    visit.attack("address bar by F6")
    visit.close("Escape", "Escape")
    visit.hands.chord("Control_L", "f")
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
    _from_an_open_list(visit)
    visit.hands.chord("F12")
    time.sleep(2.5)
    visit.attack("developer tools")


def _from_an_open_list(visit: Visit) -> None:
    """The list's popup takes the first click beside it for itself, and every key for as long as it is up."""
    for way in ("click", "keys"):
        visit.click(100, 30 + 40 * 5)
        time.sleep(0.8)
        if way == "click":
            visit.click(200, -25)
            time.sleep(0.3)
            visit.click(200, -25)
        else:
            visit.hands.chord("Control_L", "l")
        visit.attack(f"address bar by {'a ' * (way == 'click')}{way}, from an open list")
        visit.close("Escape", "Escape")


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
    is_nowhere(recorded.device, ATTACKS[name])
