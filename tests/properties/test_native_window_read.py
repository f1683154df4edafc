# SPDX-License-Identifier: Apache-2.0
"""A native program that tells nothing of itself is read from its pixels: the real recorder, a real GTK window.

What stands in it is shown only where it was read and cleared; the rest of the window is masked, as is every copy of
what was typed and cut.
"""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.properties.gtk_notes import notes

from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.ocr import PaddleOcr, models
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator
from handiwork.cli.demo.stage import Stage, wait_until
from handiwork.cli.device import open_device
from handiwork.cli.leaks import opened_segments
from handiwork.cli.paths import Home
from handiwork.derive.frames import rebuild
from handiwork.model.event import Frame
from handiwork.ports.control import Command
from handiwork.rules.redaction.pixels import FILL

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

POLICY = """
name = "native"
revision = 1
purposes = ["agent-training"]
[[allow]]
app = "notes"
level = "full"
words = "{words}"
"""

WINDOW = notes("""
box.props.margin = 24
for text in ("Recent orders", "anna.berg@example.org", "Quarrington Falls", "Shipped on monday"):
    box.add(Gtk.Label(label=text, xalign=0))
entry = Gtk.Entry()
box.add(entry)
row = Gtk.Box(spacing=40)
for text in ("Save changes", "Delete", "Cancel"):
    row.add(Gtk.Button(label=text))
box.add(row)
copy = Gtk.Label(label="", xalign=0)
box.add(copy)
entry.connect("activate", lambda e: (copy.set_text("Copy of " + e.get_text()), e.set_text("")))
""")


@dataclass
class Shown:
    """What the kept frames show, first and last."""

    texts: list[set[str]]
    last: NDArray[np.uint8]


def record(session: VirtualSession, out: Path, words: str, typed: str = "") -> Shown:
    with Stage(out) as stage:
        env = {**session.env, "HANDIWORK_HOME": str(stage.device)}
        policy = out / "policy.toml"
        policy.write_text(POLICY.format(words=words), "utf-8")
        stage.run("record", "policy", str(policy), env=env)
        stage.run("record", "consent", "--accept-as", "Native Test", env=env, quiet=True)
        stage.spawn("record", "start", env=env, log="recorder.log")
        socket = stage.device / "run" / "control.sock"
        wait_until(socket.exists, "The recorder did not start")
        window = session.start(WINDOW)
        wait_until(lambda: ask(socket, Command(do="status")).state == "recording", "The window was not recorded")
        hands = X11Actuator(session.display)
        _move(hands)
        if typed:
            hands.write(typed, 8)
            time.sleep(0.3)
            hands.key("Return", True)
            hands.key("Return", False)
            time.sleep(1.5)
        for _ in range(5):
            _move(hands)
        time.sleep(0.6)
        ask(socket, Command(do="stop"))
        window.terminate()
        wait_until(lambda: not socket.exists(), "The recorder did not stop")
        with open_device(Home(stage.device)) as device:
            frames = [e for segment in opened_segments(device) for e in segment.events if isinstance(e, Frame)]
    pictures = rebuild(frames, range(len(frames)), WebpPictures().decode)
    assert pictures, "no frame was kept"
    read = [{line.reading.text for line in PaddleOcr().lines(picture)} for picture in pictures.values()]
    return Shown(read, pictures[max(pictures)])


def _move(hands: X11Actuator) -> None:
    for step in range(8):
        hands.move(300 + 6 * step, 300)
        time.sleep(0.01)
    time.sleep(0.7)


@pytest.fixture(autouse=True)
def _needs() -> None:
    if not models.is_installed():
        pytest.skip(f"needs the models: {models.INSTALL}")
    probe = ["/usr/bin/python3", "-c", "import gi; gi.require_version('Gtk', '3.0')"]
    if subprocess.run(probe, capture_output=True).returncode:
        pytest.skip("python3-gi with GTK 3 is not installed for /usr/bin/python3")


@pytest.fixture
def desktop() -> Iterator[VirtualSession]:
    with VirtualSession(800, 600) as session:
        yield session


def test_at_interface_only_the_interfaces_own_words_can_be_read(desktop: VirtualSession, tmp_path: Path) -> None:
    shown = record(desktop, tmp_path / "out", "interface")
    last = " ".join(shown.texts[-1])
    assert "Save changes" in last
    assert "Delete" in last
    assert "Recent orders" in last
    everything = " ".join(text for texts in shown.texts for text in texts)
    for word in ("anna", "berg", "example.org", "Quarrington", "Falls"):
        assert word not in everything


def test_at_open_what_was_typed_and_cut_is_cut_on_the_screen(desktop: VirtualSession, tmp_path: Path) -> None:
    shown = record(desktop, tmp_path / "out", "open", typed="password=grebe-Falters-19")
    assert "Quarrington" in " ".join(shown.texts[-1])
    everything = " ".join(text for texts in shown.texts for text in texts).lower()
    for word in ("grebe", "falters", "anna.berg"):
        assert word not in everything
    assert (shown.last == FILL).all(axis=2).any()
