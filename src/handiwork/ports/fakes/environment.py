# SPDX-License-Identifier: Apache-2.0
"""A world on paper: one window of made-up pages that exists only in memory, and a hand that can reach it.

`actuator` is the pointer and keyboard on that paper, `observe` what is written on it. `lose` closes the window as if
someone else had done it.
"""

from dataclasses import dataclass, field
from random import Random

from handiwork.model.errors import BadInput, Lost
from handiwork.model.event import Element
from handiwork.model.geometry import Box
from handiwork.model.step import Observation
from handiwork.ports.environment import Choose, Deed, Press, Verdict, Write

WORDS = ("amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "heath", "inlet", "jetty", "knoll", "larch")
WINDOW = Box(0, 0, 400, 400)
_TASKS = ("press", "fill", "choose")


@dataclass
class _Thing:
    role: str
    name: str
    box: Box
    value: str = ""
    options: tuple[str, ...] = ()


@dataclass
class _Page:
    task: str
    goal: str
    wanted: str
    things: list[_Thing]
    focused: _Thing | None = None
    open_at: int = -1
    """Of an open list: the option that would be taken now."""
    verdict: Verdict = field(default_factory=lambda: Verdict(False, 0.0))


class PaperEnvironment:
    """The Environment port. Three tasks: press a button, fill in a field, choose from a list."""

    def __init__(self) -> None:
        self._page: _Page | None = None
        self._open = True
        self._looks = 0
        self.actuator = _PaperHand(self)

    def tasks(self) -> tuple[str, ...]:
        """See the port."""
        return _TASKS

    def reset(self, task: str, seed: int) -> str:
        """See the port."""
        self._require_open()
        if task not in _TASKS:
            raise BadInput(f"There is no task {task!r}.", data="nothing was done.", do="choose another.")
        self._page = _drawn(task, Random(f"{task} {seed}"))
        return self._page.goal

    def state(self) -> Verdict:
        """See the port."""
        self._require_open()
        return self._page.verdict if self._page else Verdict(False, 0.0)

    def cheat(self) -> tuple[Deed, ...]:
        """See the port."""
        self._require_open()
        page = self._page
        if page is None:
            return ()
        if page.task == "press":
            return (Press(next(thing.box for thing in page.things if thing.name == page.wanted)),)
        field_, submit = page.things
        if page.task == "fill":
            return (Write(field_.box, page.wanted), Press(submit.box))
        wanted, selected = (field_.options.index(name) for name in (page.wanted, field_.value))
        return (Choose(field_.box, field_.options, selected, wanted), Press(submit.box))

    def close(self) -> None:
        """See the port."""
        self._open = False

    def lose(self) -> None:
        """The window is gone."""
        self._open = False

    def observe(self) -> Observation | None:
        """The page as a recorder would have kept it."""
        if self._page is None or not self._open:
            return None
        self._looks += 1
        elements = [Element("text", self._page.goal, "", Box(10, 5, 300, 12), (), -1)]
        for thing in self._page.things:
            focused = ("focused",) if thing is self._page.focused else ()
            states = (*focused, "editable") if thing.role == "textbox" else focused
            elements.append(Element(thing.role, thing.name, thing.value, thing.box, states, -1))
            parent = len(elements) - 1
            for option in thing.options:
                chosen = ("selected",) if option == thing.value else ()
                elements.append(Element("option", option, "", thing.box, chosen, parent))
        return Observation(t=self._looks, url="", title="", bounds=WINDOW, elements=tuple(elements), focused=-1)

    def click(self, x: int, y: int) -> None:
        """The paper's own reaction to a press at (x, y)."""
        page = self._page
        thing = next((thing for thing in page.things if thing.box.contains(x, y)), None) if page else None
        if page is None or thing is None or page.verdict.done:
            return
        page.focused = thing
        page.open_at = thing.options.index(thing.value) if thing.options else -1
        if thing.role == "button":
            right = thing.name == page.wanted if page.task == "press" else page.things[0].value == page.wanted
            page.verdict = Verdict(True, 1.0 if right else -1.0)

    def write(self, text: str) -> None:
        """Text arrives at whatever has the keyboard."""
        focused = self._page.focused if self._page else None
        if focused is not None and focused.role == "textbox":
            focused.value += text

    def press(self, key: str) -> None:
        """A key arrives at an open list."""
        page = self._page
        if page is None or page.focused is None or page.open_at < 0:
            return
        last = len(page.focused.options) - 1
        page.open_at = min(last, max(0, page.open_at + {"Down": 1, "Up": -1}.get(key, 0)))
        if key == "Return":
            page.focused.value, page.open_at = page.focused.options[page.open_at], -1

    def _require_open(self) -> None:
        if not self._open:
            raise Lost("The paper is gone.", data="nothing was done.", do="take another sheet.")


class _PaperHand:
    """The Actuator port, on paper."""

    def __init__(self, paper: PaperEnvironment) -> None:
        self._paper, self._at = paper, (0, 0)

    def move(self, x: int, y: int) -> None:
        self._at = (x, y)

    def button(self, button: int, pressed: bool) -> None:
        if button == 1 and not pressed:
            self._paper.click(*self._at)

    def key(self, name: str, pressed: bool) -> None:
        if pressed:
            self._paper.press(name)

    def write(self, text: str, delay_ms: int) -> None:  # noqa: ARG002  (paper needs no time)
        self._paper.write(text)


def _drawn(task: str, random: Random) -> _Page:
    wanted, *others = names = random.sample(WORDS, 4)
    random.shuffle(names)
    submit = _Thing("button", "Submit", Box(20, 300, 80, 30))
    if task == "press":
        buttons = [_Thing("button", name, Box(20, 40 + 50 * row, 90, 30)) for row, name in enumerate(names)]
        return _Page(task, f'Click on the "{wanted}" button.', wanted, buttons)
    if task == "fill":
        box = Box(random.randint(10, 60), random.randint(60, 120), 150, 20)
        goal = f'Enter "{wanted}" into the text field and press Submit.'
        return _Page(task, goal, wanted, [_Thing("textbox", "", box), submit])
    choices = _Thing("combobox", "", Box(20, 80, 150, 20), value=others[0], options=tuple(names))
    return _Page(task, f"Select {wanted} from the list and click Submit.", wanted, [choices, submit])
