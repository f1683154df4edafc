# SPDX-License-Identifier: Apache-2.0
"""The tasks of this world, each with its cheat: what a person who sees the page would do. Knows no pointer."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handiwork.adapters.miniwob.server import Seen
from handiwork.model.errors import BadInput
from handiwork.model.geometry import Box
from handiwork.ports.environment import Choose, Deed, Press, Write

SIGN_IN_USER = "maren.hollis"
SIGN_IN_PASSWORD = "kestrel-lantern-4417"
PRIVATE_NOTE = "the surgeon moved it to thursday"
CUSTOMER = (
    "solveig.marquardt@lindqvist.example",
    "+49 30 901820 44",
    "5555 5555 5555 4444",
    "access key AKIAQ3EGRVLK7TPW2MSB",
)
"""What the scripted person types into the order form, an allowed page. All of it is made up."""

Cheat = Callable[[str, Sequence[Seen]], tuple[Deed, ...]]


@dataclass(frozen=True)
class Task:
    """A page of this world. `path` is relative to its origin; `other_origin` marks the one that no rule allows."""

    path: str
    cheat: Cheat
    other_origin: bool = False


def _box(seen: Seen) -> Box:
    return Box(round(seen.x), round(seen.y), max(1, round(seen.w)), max(1, round(seen.h)))


def _press(page: Sequence[Seen], kind: str, name: str) -> Press:
    """A click on the first thing of that kind and name."""
    for seen in page:
        if seen.kind == kind and seen.name == name:
            return Press(_box(seen))
    raise BadInput(f"The page shows no {kind} of that name.", data="nothing was done.", do="choose another seed.")


def _quoted(goal: str) -> str:
    return goal.split('"')[1]


def _to_select(goal: str, end: str) -> str:
    """What stands between "Select " and `end`."""
    found = re.fullmatch(rf"Select (.*) {end}", goal)
    return found[1] if found else ""


def _click_quoted(kind: str) -> Cheat:
    return lambda goal, page: (_press(page, kind, _quoted(goal)),)


def _click_dialog(goal: str, page: Sequence[Seen]) -> tuple[Deed, ...]:
    """The goal calls the dialog's close button "x", which shows a cross and is named Close."""
    label = _quoted(goal)
    return (_press(page, "button", "Close" if label == "x" else label),)


def _click_one(_: str, page: Sequence[Seen]) -> tuple[Deed, ...]:
    return (_press(page, "button", "ONE"),)


def _click_in_turn(_: str, page: Sequence[Seen]) -> tuple[Deed, ...]:
    return (_press(page, "button", "ONE"), _press(page, "button", "TWO"))


def _choose_from_list(goal: str, page: Sequence[Seen]) -> tuple[Deed, ...]:
    wanted = _to_select(goal, "from the list and click Submit.")
    field = next(seen for seen in page if seen.kind == "list")
    submit = _press(page, "button", "Submit")
    index = field.options.index(wanted)
    if index == field.selected:
        return (submit,)
    return (Choose(_box(field), field.options, field.selected, index), submit)


def _enter_text(goal: str, page: Sequence[Seen]) -> tuple[Deed, ...]:
    field = next(seen for seen in page if seen.kind == "textbox")
    return (Write(_box(field), _quoted(goal)), _press(page, "button", "Submit"))


def _check(kind: str) -> Cheat:
    def cheat(goal: str, page: Sequence[Seen]) -> tuple[Deed, ...]:
        names = _to_select(goal, "and click Submit.").split(", ")
        marks = [Press(_box(seen)) for seen in page if seen.kind == kind and seen.name in names and not seen.checked]
        return (*marks, _press(page, "button", "Submit"))

    return cheat


def _sign_in(_: str, page: Sequence[Seen]) -> tuple[Deed, ...]:
    user = next(seen for seen in page if seen.kind == "textbox")
    password = next(seen for seen in page if seen.kind == "password")
    return (
        Write(_box(user), SIGN_IN_USER),
        Write(_box(password), SIGN_IN_PASSWORD),
        _press(page, "button", "Sign in"),
    )


def _place_order(_: str, page: Sequence[Seen]) -> tuple[Deed, ...]:
    fields = [seen for seen in page if seen.kind == "textbox"]
    entries = [Write(_box(field), text) for field, text in zip(fields, CUSTOMER, strict=True)]
    return (*entries, _press(page, "button", "Place order"))


def _keep_note(_: str, page: Sequence[Seen]) -> tuple[Deed, ...]:
    field = next(seen for seen in page if seen.kind == "textbox")
    return (Write(_box(field), PRIVATE_NOTE), _press(page, "button", "Keep note"))


TASKS = {
    "click-button": Task("/miniwob/click-button.html", _click_quoted("button")),
    "click-link": Task("/miniwob/click-link.html", _click_quoted("link")),
    "choose-list": Task("/miniwob/choose-list.html", _choose_from_list),
    "enter-text": Task("/miniwob/enter-text.html", _enter_text),
    "click-checkboxes": Task("/miniwob/click-checkboxes.html", _check("checkbox")),
    "click-option": Task("/miniwob/click-option.html", _check("radio")),
    "click-dialog-2": Task("/miniwob/click-dialog-2.html", _click_dialog),
    "click-test-2": Task("/miniwob/click-test-2.html", _click_one),
    "click-button-sequence": Task("/miniwob/click-button-sequence.html", _click_in_turn),
    "sign-in": Task("/signin/", _sign_in),
    "place-order": Task("/contact/", _place_order),
    "private-notes": Task("/", _keep_note, other_origin=True),
}

DEMO_TASKS = ("click-button", "click-link", "choose-list", "enter-text", "click-checkboxes", "click-option")
"""The six that the demonstration records and judges: buttons, links, a dropdown, a form with text, and marks."""
