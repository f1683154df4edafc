# SPDX-License-Identifier: Apache-2.0
"""What of a window can be seen, and which window lies under a point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.model.geometry import Box
from handiwork.model.raw import RawDesktop, RawWindow
from handiwork.rules.visible import belongs_to, visible_parts, window_under

boxes = st.builds(Box, st.integers(0, 30), st.integers(0, 30), st.integers(1, 20), st.integers(1, 20))


def window(xid: int, bounds: Box, pid: int = 1, popup: bool = False) -> RawWindow:
    return RawWindow(0, xid, "app", "", pid, bounds, popup)


def desktop(*windows: RawWindow) -> RawDesktop:
    return RawDesktop(0, windows, windows[0].xid, False)


@given(boxes, st.lists(boxes, max_size=4))
def test_every_pixel_is_visible_exactly_if_no_window_above_covers_it(own: Box, above: list[Box]) -> None:
    shown = visible_parts(desktop(window(1, own), *(window(i + 2, box) for i, box in enumerate(above))), 1)
    for x in range(55):
        for y in range(55):
            expected = own.contains(x, y) and not any(box.contains(x, y) for box in above)
            assert sum(part.contains(x, y) for part in shown) == expected


OWNER = window(1, Box(0, 0, 40, 40))
PLACE = Box(10, 10, 20, 20)


def popup(xid: int = 2, owner: int = 1, pid: int = 1, kind: str = "menu", unmanaged: bool = True) -> RawWindow:
    return RawWindow(0, xid, "app", "", pid, PLACE, unmanaged, kind, owner)


def area(*above: RawWindow) -> int:
    return sum(part.area for part in visible_parts(desktop(OWNER, *above), 1, with_popups=True))


def test_a_window_s_own_menus_and_lists_are_seen_with_it() -> None:
    assert area(popup()) == area(popup(), popup(3, owner=2)) == area(popup(kind="list")) == area(popup(kind="")) == 1600


@pytest.mark.parametrize(
    "stranger",
    [
        popup(pid=2), popup(owner=0), popup(owner=9), popup(kind="tooltip"), popup(kind="files"),
        popup(unmanaged=False), popup(owner=2),
    ],
    ids=[
        "of another process", "of no window", "of another window", "a tooltip", "a file dialog", "managed", "of itself",
    ],
)  # fmt: skip
def test_no_other_popup_is(stranger: RawWindow) -> None:
    assert area(stranger) == 1200


def test_a_popup_of_nobody_knows_which_process_is_cut_out() -> None:
    nobody = RawWindow(0, 1, "app", "", 0, OWNER.bounds, False)
    parts = visible_parts(desktop(nobody, popup(pid=0)), 1, with_popups=True)
    assert sum(part.area for part in parts) == 1200


def test_what_lies_over_the_window_is_cut_out_even_under_its_own_popup() -> None:
    """A popup that isn't drawn yet shows what was there before."""
    assert area(window(5, PLACE, pid=2), popup()) == 1200
    assert area(popup(), window(5, PLACE, pid=2)) == 1200


def test_a_window_that_is_gone_has_no_visible_part() -> None:
    assert visible_parts(desktop(window(1, Box(0, 0, 5, 5))), 99) == []


def test_the_topmost_window_lies_under_the_point() -> None:
    found = window_under(desktop(window(1, Box(0, 0, 9, 9)), window(2, Box(5, 5, 9, 9))), 6, 6)
    assert found is not None
    assert found.xid == 2


def test_only_a_popup_of_the_same_process_belongs_to_a_window() -> None:
    own = window(1, Box(0, 0, 9, 9), pid=10)
    popup, foreign = window(2, Box(0, 9, 9, 9), 10, True), window(3, Box(0, 9, 9, 9), 11, True)
    unknown, sibling = window(4, Box(0, 9, 9, 9), 0, True), window(5, Box(0, 9, 9, 9), 10, False)
    shown = desktop(own, popup, foreign, unknown, sibling)
    assert [belongs_to(shown, other, 1) for other in shown.windows] == [True, True, False, False, False]
