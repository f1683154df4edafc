# SPDX-License-Identifier: Apache-2.0
"""What a page draws without saying what it says: images, canvases, videos, backgrounds, generated and moving text.

Real recorder (it takes every picture that it may, see eager.py), real Chromium, one recording for the module: at the
levels interface and balanced.
Each attack is written in an ink of its own; not one pixel of that ink may stand in any stored picture. The harmless
label in an ink of its own shows that pictures were kept, and that ink is found in them.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.live import Worker, allowed, at_work, policy, stored
from tests.properties.drawing import PATHS, STANDING, WAYS, ink, page
from tests.properties.site import Site, served

from handiwork.adapters.browser.launch import Chromium
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.session import VirtualSession
from handiwork.derive.frames import each_rebuilt
from handiwork.model.event import Event, Foreground, Frame

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.timeout(400)]

EAGER = Path(__file__).with_name("eager.py")

LEVELS = ("interface", "balanced")

AT_REST = {"/", "/styled"}
"""Pages that show the same all the time: half as many looks will do."""


@pytest.fixture(scope="module")
def inks(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, set[int]]]:
    """By level, every colour of every stored picture, as 0xRRGGBB."""
    out = tmp_path_factory.mktemp("pictures") / "out"
    pages = {path: page(path) for path in PATHS}
    with served(pages) as strict, served(pages) as balanced:
        sites = dict(zip(LEVELS, (strict, balanced), strict=True))
        rules = policy(*(allowed(site.url, "full", level) for level, site in sites.items()))
        with at_work(session, out, rules, EAGER) as worker, worker.chromium(strict.url + "/") as browser:
            worker.wake_up(strict, row=0)
            _look_on(worker, strict, "/")
            for path in PATHS:
                _visit(worker, browser, balanced, path)
            worker.stop()
            events: dict[str, list[Event]] = {level: [] for level in LEVELS}
            for segment in stored(worker.device):
                site = next(event.site for event in segment.events if isinstance(event, Foreground))
                level = next(level for level, one in sites.items() if one.url == site)
                events[level] += segment.events
            yield {level: _colours(kept) for level, kept in events.items()}


def _visit(hands: Worker, browser: Chromium, site: Site, path: str) -> None:
    browser.open(site.url + path)
    hands.await_page(site, path)
    hands.await_state("recording")
    _look_on(hands, site, path)


def _look_on(hands: Worker, site: Site, path: str) -> None:
    """Moves about and clicks where nothing is, so that pictures are taken at many moments."""
    x, y = site.origins[path]
    steps = 5 if path in AT_REST else 9
    for step in range(steps):
        hands.click(x + 500 + step, y + 34)
        time.sleep(0.5)
    for step in range(steps):  # and above the page, which hears nothing of it: each move after a rest brings a picture
        hands.actuator.move(x + 500 + step, y - 20)
        time.sleep(0.37)


def _colours(events: list[Event]) -> set[int]:
    frames = [event for event in events if isinstance(event, Frame)]
    found: set[int] = set()
    for _, pixels in each_rebuilt(frames, range(len(frames)), WebpPictures().decode):
        wide = pixels.astype(np.uint32)
        found |= set(np.unique(wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]).tolist())
    return found


def _is_in(colour: tuple[int, int, int], found: set[int]) -> bool:
    red, green, blue = colour
    return red << 16 | green << 8 | blue in found


@pytest.mark.parametrize(
    ("level", "path"), [("interface", "/"), *(("balanced", path) for path in PATHS if path != "/moving")]
)
def test_a_harmless_label_is_seen_in_the_pictures_so_that_these_tests_can_fail(
    inks: dict[str, set[int]], level: str, path: str
) -> None:
    assert _is_in(ink(path), inks[level])


def test_where_something_moves_what_was_read_in_the_picture_itself_is_seen(inks: dict[str, set[int]]) -> None:
    pytest.importorskip("tinyocr", reason="the reader of pictures is not installed")
    assert _is_in(ink("/moving"), inks["balanced"])


@pytest.mark.parametrize("attack", STANDING)
def test_at_interface_not_one_pixel_is_kept_of(inks: dict[str, set[int]], attack: str) -> None:
    assert not _is_in(ink(attack), inks["interface"])


@pytest.mark.parametrize("attack", WAYS)
def test_at_balanced_not_one_pixel_is_kept_of(inks: dict[str, set[int]], attack: str) -> None:
    assert not _is_in(ink(attack), inks["balanced"])
