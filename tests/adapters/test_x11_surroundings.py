# SPDX-License-Identifier: Apache-2.0
"""Settings as real desktops tell them, and as none would: what is not believed, and what happens when they end."""

import select
import struct
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.monitors import Monitors, Settings

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Surroundings
from handiwork.adapters.x11.xkb import layout_of
from handiwork.adapters.x11.xsettings import double_click_of, read_dpi, read_settings, scale_of
from handiwork.model.geometry import Box
from handiwork.model.raw import RawSurroundings

pytestmark = pytest.mark.desktop


class Watched:
    """The adapter, and its newest word."""

    def __init__(self, source: X11Surroundings) -> None:
        self.source = source
        self.now = RawSurroundings(0, (), 0.0, 0, 0, "")

    def until(self, holds: Callable[[RawSurroundings], bool]) -> RawSurroundings:
        deadline = time.monotonic() + 10
        while not holds(self.now):
            assert time.monotonic() < deadline
            select.select([self.source.fileno()], [], [], 0.5)
            self.now = ([self.now, *self.source.read()])[-1]
        return self.now


@pytest.fixture
def watched(session: VirtualSession) -> Iterator[Watched]:
    made = Watched(X11Surroundings(session.display))
    made.until(lambda now: now.time_ms > 0)
    yield made
    made.source.close()


@pytest.fixture
def settings(session: VirtualSession) -> Iterator[Settings]:
    made = Settings(session.display)
    yield made
    made.resources("")
    made.layouts("us")
    made.lock_group(0)
    made.close()


def test_the_group_in_force_names_the_layout_among_several(
    session: VirtualSession, watched: Watched, settings: Settings
) -> None:
    command = ["setxkbmap", "-layout", "us,de", "-variant", ",nodeadkeys"]
    subprocess.run(command, env=session.env, check=True, timeout=20)  # the keyboard itself needs a second group
    settings.lock_group(1)
    watched.until(lambda now: now.layout == "de(nodeadkeys)")
    settings.lock_group(0)
    watched.until(lambda now: now.layout == "us")


def test_without_a_settings_manager_the_scale_comes_from_the_resources(watched: Watched, settings: Settings) -> None:
    settings.resources("Xft.antialias:\t1\nXft.dpi:\t144\n")
    watched.until(lambda now: now.scale == 1.5)


def test_when_the_settings_manager_ends_plain_values_hold_again(watched: Watched, settings: Settings) -> None:
    settings.manage(Net__DoubleClickTime=300, Gdk__WindowScalingFactor=2)
    watched.until(lambda now: (now.double_click_ms, now.scale) == (300, 2.0))
    settings.quit()
    watched.until(lambda now: (now.double_click_ms, now.scale) == (400, 1.0))
    settings.manage(Net__DoubleClickTime=350)
    watched.until(lambda now: now.double_click_ms == 350)


def test_a_screen_of_another_size_is_told() -> None:
    with VirtualSession(1600, 900, window_manager=False) as own:
        watched = Watched(X11Surroundings(own.display))
        watched.until(lambda now: now.monitors == (Box(0, 0, 1600, 900),))
        Monitors(own.display).resize(1024, 768)
        watched.until(lambda now: now.monitors == (Box(0, 0, 1024, 768),))


@given(st.binary(max_size=300))
def test_no_content_of_a_settings_property_is_too_strange_to_read(content: bytes) -> None:
    read = read_settings(content)
    ms, px = double_click_of(read)
    assert 1 <= ms <= 5_000
    assert 0 <= px <= 100
    assert 0.25 <= scale_of(read, content) <= 8


@given(st.dictionaries(st.sampled_from(["Net/DoubleClickTime", "Xft/DPI", "A"]), st.integers(-(2**31), 2**31 - 1)))
def test_either_byte_order_is_read_alike(numbers: dict[str, int]) -> None:
    for order, mark in (("<", 0), (">", 1)):
        content = struct.pack(f"{order}BxxxII", mark, 1, len(numbers))
        for name, number in numbers.items():
            text = name.encode() + b"\0" * (-len(name) % 4)
            content += struct.pack(f"{order}BxH", 0, len(name)) + text + struct.pack(f"{order}Ii", 1, number)
        assert read_settings(content) == numbers


def test_texts_and_colours_between_the_numbers_are_passed_over() -> None:
    text = struct.pack("<BxH", 1, 3) + b"abc\0" + struct.pack("<II", 1, 5) + b"hello\0\0\0"
    colour = struct.pack("<BxH", 2, 4) + b"blue" + struct.pack("<IHHHH", 1, 1, 2, 3, 4)
    number = struct.pack("<BxH", 0, 4) + b"last" + struct.pack("<Ii", 1, 7)
    assert read_settings(struct.pack("<BxxxII", 0, 1, 3) + text + colour + number) == {"last": 7}


def test_gnomes_doubled_resolution_and_its_factor_are_not_multiplied() -> None:
    assert scale_of({"Gdk/WindowScalingFactor": 2, "Xft/DPI": 2 * 96 * 1024}, b"") == 2.0
    assert scale_of({"Xft/DPI": 120 * 1024}, b"Xft.dpi: 96\n") == 1.25


@pytest.mark.parametrize("resources", [b"Xft.dpi: many\n", b"xft.dpi: 192", b"Xft.dpi", b""])
def test_resources_that_tell_no_number_are_none(resources: bytes) -> None:
    assert read_dpi(resources) == 0.0


@pytest.mark.parametrize(
    "words", [b"evdev\0pc105\0my secret\0\0\0", b"", b"evdev", b"a\0b\0" + b"x" * 33, b"a\0b\0<script>\0\0\0"]
)
def test_what_does_not_look_like_a_layouts_name_is_not_taken(words: bytes) -> None:
    assert layout_of(words, 0) == ""


def test_a_variant_that_does_not_look_like_one_is_left_out() -> None:
    assert layout_of(b"evdev\0pc105\0us,de\0a b,neo\0\0", 0) == "us"
    assert layout_of(b"evdev\0pc105\0us,de\0a b,neo\0\0", 1) == "de(neo)"
    assert layout_of(b"evdev\0pc105\0us\0\0\0", 3) == "us"
