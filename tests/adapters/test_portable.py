# SPDX-License-Identifier: Apache-2.0
"""What the portable backend makes of pynput's keys, and of not knowing when they were pressed. Needs no session."""

import string
import subprocess
import sys
from types import SimpleNamespace

import pytest

from handiwork.adapters.portable.keys import Held, named, typing
from handiwork.adapters.portable.pulse import HELD_UP_MS, Pulse, monotonic_ms
from handiwork.adapters.x11.keysyms import keysym_for, keysym_named, name_of


def test_a_key_that_types_is_called_as_x_calls_it() -> None:
    for char in [*string.digits, *string.ascii_letters, *string.punctuation, " ", "ж", "ł"]:
        assert typing(char) == name_of(keysym_for(char)), char


def test_every_named_key_of_pynput_has_a_name_that_x_has_too() -> None:
    pytest.importorskip("mss", reason="the portable backend's libraries are not the recorder's")
    ask = (
        "from pynput.keyboard._base import Key; print(*Key.__members__)"  # in a process of its own: it needs no session
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], env={"PYNPUT_BACKEND": "dummy"}, capture_output=True, text=True, check=True
    )
    names = [name for name in done.stdout.split() if not name.startswith("media_")]
    assert len(names) > 40
    assert [name for name in names if keysym_named(named(name)) is None] == []


def test_modifiers_hold_from_after_their_press_until_after_their_release() -> None:
    held = Held()
    held.turned("ctrl", "Control_L", True)
    assert held.modifiers() == {"ctrl"}
    held.turned("alt_gr", "ISO_Level3_Shift", True)
    assert held.modifiers() == {"ctrl", "altgr"}
    held.turned("ctrl", "Control_L", False)
    assert held.modifiers() == {"altgr"}


def test_a_press_that_follows_no_release_is_a_repeat() -> None:
    held = Held()
    assert [held.turned("a", "a", pressed) for pressed in (True, True, False, True)] == [False, True, True, False]


def test_what_is_heard_in_a_hold_up_and_as_long_after_it_as_events_may_be_late_is_doubtful() -> None:
    pulse = Pulse(late_ms=5_000)
    pulse.stop()
    now = monotonic_ms()
    assert not pulse.is_doubtful(now)
    assert pulse.is_doubtful(now + HELD_UP_MS + 1_000)
    assert pulse.is_doubtful(now + HELD_UP_MS + 1_000 + 4_000)


def test_the_pause_key_is_heard_even_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    from handiwork.adapters.portable.input import PortableInput

    source = object.__new__(PortableInput)
    monkeypatch.setattr(source, "_pulse", SimpleNamespace(is_doubtful=lambda _: True), raising=False)
    for name, value in {"_queue": [], "_held": Held(), "_dead": None, "_dropped": 0, "_ring": lambda: None}.items():
        monkeypatch.setattr(source, name, value, raising=False)
    source._pressed(SimpleNamespace(name="pause"))
    source._pressed(SimpleNamespace(name="enter"))
    assert [event.name for event in source._queue if hasattr(event, "name")] == ["Pause"]
    assert source.lost() == 1
