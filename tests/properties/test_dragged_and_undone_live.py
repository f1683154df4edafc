# SPDX-License-Identifier: Apache-2.0
"""What is dragged from one field to another, and what is typed, undone and redone: real recorder, real hands.

In Chromium pages, in a GTK window whose fields can be dragged from and to, and in a Qt field that can undo. Every
stored byte is searched for the secrets; what may be kept is searched for too, or nothing is proved.
"""

import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.live import Worker, allowed, at_work, found_in_segments, is_nowhere, policy, stored
from tests.native_programs import NativeProgram, need
from tests.properties.site import Site, field_at, middle_of, served

from handiwork.adapters.session import VirtualSession
from handiwork.model.event import Foreground, Key, Typed
from handiwork.model.geometry import Box

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(170)]

CONTROL = "heron counting report"
SECRET, PART = "Tr0ub4dor gannetwing", "gannetwing"
"""Of no shape that a detector knows: the field's label alone says what it is. And a word of it."""
UNDONE, AGAIN = "whinchat meadow pipit", "ptarmigan over moorland"
PERSON = "Quandtmeyer"
"""Stands in a page where names are cut (`words = "balanced"`), and nowhere else."""

NOTES = '[[allow]]\napp = "notes"\nlevel = "full"\nwords = "{words}"\n'


def _drag(worker: Worker, start: tuple[int, int], end: tuple[int, int]) -> None:
    """What is selected there, to somewhere else."""
    worker.actuator.move(*start)
    time.sleep(0.3)
    worker.actuator.button(1, True)
    time.sleep(0.3)
    for step in range(1, 21):
        worker.actuator.move(*(a + (b - a) * step // 20 for a, b in zip(start, end, strict=True)))
        time.sleep(0.03)
    time.sleep(0.3)
    worker.actuator.button(1, False)
    time.sleep(1.2)


def _double_click(worker: Worker, x: int, y: int, times: int = 2) -> None:
    worker.actuator.move(x, y)
    time.sleep(0.1)
    for _ in range(times):
        worker.actuator.button(1, True)
        worker.actuator.button(1, False)
        time.sleep(0.06)
    time.sleep(0.4)


def _undo_and_redo(worker: Worker, text: str, *redo: str) -> None:
    """Typed, taken back at once, brought back, taken back."""
    worker.actuator.write(text, 8)
    worker.chord("Control_L", "z")
    time.sleep(1.5)
    worker.chord(*redo)
    time.sleep(1.5)
    worker.chord("Control_L", "z")
    time.sleep(1.5)


# Chromium: what the page's own script saw says that the drags and undoings did happen.

SEEING = """
<script>
addEventListener("input", (event) => {
  fetch("/where", { method: "POST", body: JSON.stringify({
    path: "/" + event.inputType + "/" + event.target.getAttribute("aria-label"), x: 0, y: 0 }) });
}, true);
</script>
"""
FIELDS = "".join(field_at(row, name=name) for row, name in enumerate(["Note", "Access token", "Copy", "Memo", "Draft"]))


def _page(words: str) -> str:
    return f'<title>Orders</title>{SEEING}{FIELDS}<p style="left:400px;top:20px;width:380px">{words}</p>'


@dataclass
class Pages:
    """What was stored, and what the pages saw."""

    device: Path
    seen: set[str]
    typed: list[Typed]
    keys: list[Key]
    is_typed_strictly: bool
    """Whether anything that was typed into the second site was kept."""


@pytest.fixture(scope="module")
def pages(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    out = tmp_path_factory.mktemp("dragged") / "out"
    with (
        served({"/": _page("Weekly harvest")}) as site,
        served({"/": _page(PERSON)}) as strict,
        at_work(session, out, policy(allowed(site.url), allowed(strict.url, words="balanced"))) as worker,
        worker.chromium(site.url + "/") as browser,
    ):
        worker.wake_up(site, row=0)
        _secrets(worker, site)
        browser.open(strict.url + "/")
        worker.await_page(strict)
        time.sleep(2.0)
        worker.await_state("recording")
        x, y = strict.origins["/"]
        _double_click(worker, x + 420, y + 46)
        _drag(worker, (x + 420, y + 46), _at(strict, 3))
        worker.fill(strict, "/", 0, "see you soon")
        worker.stop()
        segments = stored(worker.device)
        events = [event for segment in segments for event in segment.events]
        second = [
            one for one in segments if any(isinstance(e, Foreground) and e.site == strict.url for e in one.events)
        ]
        yield Pages(
            worker.device,
            {*site.origins, *(f"strict {path}" for path in strict.origins)},
            [event for event in events if isinstance(event, Typed)],
            [event for event in events if isinstance(event, Key)],
            any(isinstance(event, Typed) for segment in second for event in segment.events),
        )


def _at(site: Site, row: int, across: int = 0) -> tuple[int, int]:
    (ox, oy), (x, y) = site.origins["/"], middle_of(row)
    return ox + (across or x), oy + y


def _secrets(worker: Worker, site: Site) -> None:
    worker.fill(site, "/", 0, CONTROL)
    worker.fill(site, "/", 1, SECRET)
    worker.press("Control_L", "a")
    _drag(worker, _at(site, 1, 45), _at(site, 2))
    worker.fill(site, "/", 1, SECRET)
    _double_click(worker, *_at(site, 1, 130))
    _drag(worker, _at(site, 1, 130), _at(site, 3))
    worker.click(*_at(site, 4))
    _undo_and_redo(worker, UNDONE, "Control_L", "Shift_L", "z")
    worker.click(*_at(site, 1))
    _undo_and_redo(worker, AGAIN, "Control_L", "Shift_L", "z")
    worker.click(*_at(site, 0))
    time.sleep(1.0)


@pytest.mark.browser
def test_what_was_tried_in_the_pages_did_happen_and_what_may_be_kept_is(pages: Pages) -> None:
    happened = {"/insertFromDrop/Copy", "/insertFromDrop/Memo", "strict /insertFromDrop/Memo"}
    happened |= {f"/{what}/{field}" for what in ("historyUndo", "historyRedo") for field in ("Draft", "Access token")}
    assert happened <= pages.seen
    assert found_in_segments(pages.device, CONTROL) != []
    assert CONTROL in {one.text for one in pages.typed}
    assert pages.is_typed_strictly  # whichever words: where the model that knows names is late, they are cut
    assert [one.name.lower() for one in pages.keys if one.name.lower() == "z"] == ["z"] * 6


@pytest.mark.browser
@pytest.mark.parametrize("text", [SECRET, PART, UNDONE, AGAIN, PERSON])
def test_what_was_dragged_or_undone_in_a_page_is_nowhere(pages: Pages, text: str) -> None:
    is_nowhere(pages.device, text)


# Native programs

GTK = """
import gi, json, sys
gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gtk, GLib
Gdk.set_program_class("Notes")
window, grid = Gtk.Window(title="Notes"), Gtk.Grid(row_spacing=12)
entries = {}
for row, name in enumerate(("Note", "Access token", "Copy", "Memo")):
    label, entry = Gtk.Label(label=name), Gtk.Entry(width_chars=40)
    label.set_mnemonic_widget(entry)
    grid.attach(label, 0, row, 1, 1)
    grid.attach(entry, 1, row, 1, 1)
    entries[name] = entry
    entry.connect("changed", lambda e, name=name: print("now", name, len(e.get_text()), flush=True))
window.add(grid)
window.show_all()
def told(*_):
    places = {}
    for name, entry in entries.items():
        left, top = entry.translate_coordinates(window, 0, 0)
        _, x, y = window.get_window().get_origin()
        places[name] = [x + left, y + top, entry.get_allocated_width(), entry.get_allocated_height()]
    print(json.dumps(places), flush=True)
GLib.timeout_add(1500, told)
Gtk.main()
"""


@dataclass
class Window:
    """What was stored, and how long each field's text became."""

    device: Path
    lengths: dict[str, set[int]]


@pytest.fixture(scope="module")
def dragged(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    need("gtk")
    out = tmp_path_factory.mktemp("gtk") / "out"
    with at_work(session, out, policy(NOTES.format(words="open"))) as worker:
        command = ["/usr/bin/python3", "-c", GTK]
        program = subprocess.Popen(command, env=session.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert program.stdout is not None
        places = {name: Box(*place) for name, place in json.loads(program.stdout.readline()).items()}
        worker.await_state("recording")
        time.sleep(1.0)
        for name, text in (("Note", CONTROL), ("Access token", SECRET)):
            worker.click(*places[name].centre)
            worker.actuator.write(text, 8)
            time.sleep(1.4)
        token, (left, middle) = (
            places["Access token"],
            (places["Access token"].x + 20, places["Access token"].centre[1]),
        )
        worker.press("Control_L", "a")
        _drag(worker, (left, middle), places["Copy"].centre)
        worker.click(*token.centre)
        worker.press("Control_L", "a")
        worker.actuator.write(SECRET, 8)
        time.sleep(1.4)
        _double_click(worker, token.x + 110, middle)
        _drag(worker, (token.x + 110, middle), places["Memo"].centre)
        worker.click(*places["Note"].centre)
        time.sleep(1.4)
        worker.stop()
        program.kill()
        said = [line.decode().rsplit(maxsplit=1) for line in program.communicate()[0].splitlines() if b"now" in line]
        lengths = {name: {int(size) for what, size in said if what == f"now {name}"} for name in places}
        yield Window(worker.device, lengths)


def test_what_was_dragged_in_a_gtk_window_is_nowhere(dragged: Window) -> None:
    assert len(SECRET) in dragged.lengths["Copy"]
    assert len(PART) in dragged.lengths["Memo"]
    assert found_in_segments(dragged.device, CONTROL) != []
    is_nowhere(dragged.device, SECRET, PART)


def test_what_was_undone_in_a_qt_field_is_nowhere(session: VirtualSession, tmp_path: Path) -> None:
    with at_work(session, tmp_path / "out", policy(NOTES.format(words="open"))) as worker:
        notes = NativeProgram(session, "qt", "Notes", "notes")
        place = notes.places()["plain"]
        worker.await_state("recording")
        time.sleep(1.0)
        worker.click(*place.centre)
        worker.actuator.write(CONTROL, 8)
        time.sleep(1.4)
        _undo_and_redo(worker, f" {UNDONE}", "Control_L", "Shift_L", "z")
        worker.stop()
        notes.close()
        assert found_in_segments(worker.device, CONTROL) != []
        is_nowhere(worker.device, UNDONE)
