# SPDX-License-Identifier: Apache-2.0
"""An element that draws more than its words is filled, whatever its words are; they themselves stay."""

import numpy as np
import pytest

from handiwork.model.event import Observed
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawElement, RawFrame, RawPage
from handiwork.rules.redaction.pixels import FILL
from handiwork.rules.redaction.redactor import Redactor

WINDOW = Box(0, 0, 200, 100)
NOISE = np.random.default_rng(3).integers(0, 255, (100, 200, 4), np.uint8).tobytes()


@pytest.mark.parametrize("level", ["interface", "balanced", "open"])
@pytest.mark.parametrize("role", ["button", "link", "textbox", "tab"])
def test_a_picture_on_an_element_is_filled_and_its_name_stays(role: str, level: Words) -> None:
    shown = {}
    for states in (frozenset[str](), frozenset({"pictured"})):
        one = RawElement(0, role, "Save", "", Box(20, 20, 80, 30), states, -1, "", ())
        page = RawPage(0, "https://work.example/", "", WINDOW, WINDOW, (one,), -1, False, "")
        redactor = Redactor(level)
        seen = redactor.page(page)
        assert isinstance(seen, Observed)
        assert (seen.elements[0].name, seen.elements[0].states) == ("Save", ())
        shown[bool(states)] = redactor.frame(RawFrame(5, WINDOW, NOISE), [WINDOW], page).pixels[20:50, 20:100]
    assert (shown[True] == FILL).all()
    assert not (shown[False] == FILL).all()
