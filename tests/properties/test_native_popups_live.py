# SPDX-License-Identifier: Apache-2.0
"""Menus of an allowed GTK window are in its pictures, read and cleared like the window itself; nobody else's popup is.

The real recorder, a real window with a menu, and another program's popup laid over the same window.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from tests.live import Worker, at_work, colours_in, policy, stored
from tests.native_programs import need
from tests.properties.gtk_notes import notes
from tests.windows import Program

from handiwork.adapters.ocr import PaddleOcr, models
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.session import VirtualSession
from handiwork.derive.frames import rebuild
from handiwork.model.event import Frame
from handiwork.model.geometry import Box

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(170)]

RULE = '[[allow]]\napp = "notes"\nlevel = "full"\nwords = "interface"\n'
STRANGE = (119, 0, 119)

WINDOW = notes("""
bar, menu, file = Gtk.MenuBar(), Gtk.Menu(), Gtk.MenuItem(label="File")
for word in ("Save changes", "Delete", "Quarrington Falls", "anna.berg@example.org"):
    menu.append(Gtk.MenuItem(label=word))
file.set_submenu(menu)
bar.append(file)
box.add(bar)
box.add(Gtk.Label(label=" Cancel", xalign=0, margin_top=240))
""")


@dataclass
class Shown:
    """What can be read in the pictures, and their colours."""

    words: str
    colours: set[tuple[int, ...]]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    if not models.is_installed():
        pytest.skip(f"needs the models: {models.INSTALL}")
    need("gtk")
    with (
        VirtualSession(800, 600) as session,
        at_work(session, tmp_path_factory.mktemp("popups") / "out", policy(RULE)) as worker,
    ):
        window = session.start(WINDOW)
        worker.await_state("recording")
        time.sleep(1.0)
        worker.click(60, 94)
        _rest(worker)
        worker.press("Escape")
        stranger = Program(session.display)
        stranger.open("", "", Box(200, 200, 200, 100), colour=0x770077, popup=True)
        _rest(worker)
        worker.stop()
        stranger.close()
        window.terminate()
        segments = stored(worker.device)
        frames = [event for segment in segments for event in segment.events if isinstance(event, Frame)]
        pictures = rebuild(frames, range(len(frames)), WebpPictures().decode)
        words = {line.reading.text for picture in pictures.values() for line in PaddleOcr().lines(picture)}
        yield Shown(" ".join(words), colours_in(segments))


def _rest(worker: Worker) -> None:
    """Pictures are taken while something moves, and once it has been read."""
    for turn in range(4):
        worker.actuator.move(500 + turn, 440)
        time.sleep(0.8)


def test_an_open_menu_s_own_words_can_be_read(shown: Shown) -> None:
    assert "Cancel" in shown.words, "the window itself is not shown: then the menu's absence proves nothing"
    assert "Save changes" in shown.words
    assert "Delete" in shown.words


def test_content_in_a_menu_is_masked_like_any_other(shown: Shown) -> None:
    for word in ("Quarrington", "Falls", "anna", "berg", "example"):
        assert word not in shown.words


def test_another_program_s_popup_over_the_window_is_in_no_picture(shown: Shown) -> None:
    assert STRANGE not in shown.colours
