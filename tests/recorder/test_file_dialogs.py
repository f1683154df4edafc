# SPDX-License-Identifier: Apache-2.0
"""Which windows ask for a file, and that names of files are content there at every level."""

import pytest

from handiwork.model.event import Acted, Observed
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawActed, RawDesktop, RawElement, RawPage, RawWindow
from handiwork.recorder.scope.file_dialogs import asks_for_file, unseen_field
from handiwork.rules.redaction.redactor import Redactor
from handiwork.rules.scope import Decision

PLACE = Box(0, 0, 400, 300)
ALLOWED = Decision(allowed=True, xid=1, level="full")
NAME = "quarterly-zanzibar.ods"


def desktop(kind: str) -> RawDesktop:
    return RawDesktop(5_000, (RawWindow(0, 1, "notes", "", 5, PLACE, False, kind),), 1, False)


def element(role: str, name: str, value: str = "", among_files: bool = True) -> RawElement:
    return RawElement(0, role, name, value, Box(10, 10, 80, 20), frozenset({"editable"}), -1, "", (), among_files)


def view(*elements: RawElement) -> RawPage:
    return RawPage(4_000, "", "", PLACE, PLACE, elements, -1, False, "", 4_000, 1)


def test_a_dialog_that_says_so_or_tells_nothing_or_lists_files_asks_for_one() -> None:
    plain = view(element("button", "Cancel", among_files=False))
    assert asks_for_file(desktop("files"), ALLOWED, plain)
    assert asks_for_file(desktop("dialog"), ALLOWED, None)
    assert asks_for_file(desktop(""), ALLOWED, view(element("cell", NAME)))
    assert not asks_for_file(desktop("dialog"), ALLOWED, plain)
    assert not asks_for_file(desktop(""), ALLOWED, None)


def test_what_is_typed_where_nobody_tells_of_a_field_counts_as_a_file_s_name_there_and_nowhere_else() -> None:
    field = unseen_field(desktop("files"), ALLOWED, None)
    assert field is not None
    assert Redactor("open").typed(NAME, field).text == f"<content {len(NAME)} chars>"
    assert unseen_field(desktop(""), ALLOWED, None) is None


@pytest.mark.parametrize("words", ["interface", "balanced", "open"])
def test_names_of_files_are_content_at_every_level_and_in_every_copy(words: Words) -> None:
    redactor = Redactor(words)
    seen = redactor.page(view(element("cell", NAME), element("textbox", "Name", NAME), element("button", "_Cancel")))
    assert isinstance(seen, Observed)
    assert [one.name for one in seen.elements] == [f"<content {len(NAME)} chars>", "<content 4 chars>", "_Cancel"]
    acted = redactor.acted(RawActed(6_000, "click", element("cell", NAME), (element("button", "zanzibar"),)))
    assert isinstance(acted, Acted)
    assert "zanzibar" not in f"{seen}{acted}{redactor.title(NAME)}"


def test_a_folder_in_a_path_bar_is_a_button_and_still_a_name() -> None:
    redactor = Redactor("open")
    assert redactor.element(element("button", "Documents")).name == "<content 9 chars>"
    assert redactor.element(element("button", "Open")).name == "Open"
