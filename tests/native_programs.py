# SPDX-License-Identifier: Apache-2.0
"""Real programs of two toolkits for tests: one window each, with the same things in it, that take orders."""

import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from handiwork.adapters.session import VirtualSession
from handiwork.model.geometry import Box
from handiwork.model.raw import RawDesktop, RawWindow
from handiwork.ports.desktop import Desktop

SECRET, TYPED = "zanzibar", "quokka"

GTK = """
import json, os, sys, gi
gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gtk, GLib
title, app = sys.argv[1], sys.argv[2]
Gdk.set_program_class(app.title())
window, box = Gtk.Window(title=title), Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
bar, menu, file = Gtk.MenuBar(), Gtk.Menu(), Gtk.MenuItem(label="File")
for word in ("Open", "Save", "Close"):
    menu.append(Gtk.MenuItem(label=word))
file.set_submenu(menu)
bar.append(file)
things = {"file": file, "send": Gtk.Button(label="Send"), "done": Gtk.CheckButton(label="Completed"),
          "plain": Gtk.Entry(), "secret": Gtk.Entry(), "list": Gtk.ComboBoxText(), "hint": Gtk.Button(label="Help")}
things["secret"].set_visibility(False)
label = Gtk.Label(label="Subject")
label.set_mnemonic_widget(things["plain"])
things["hint"].set_tooltip_text("Help")
for word in ("Low", "High"):
    things["list"].append_text(word)
things["list"].set_active(0)
rows = [bar, *(things[name] for name in ("send", "done", "plain", "secret", "list", "hint"))]
rows.insert(3, label)
for part in rows:
    box.add(part)
window.add(box)
window.set_default_size(360, 300)
window.show_all()
def place(thing):
    left, top = thing.translate_coordinates(window, 0, 0)
    _, x, y = window.get_window().get_origin()
    return [x + left, y + top, thing.get_allocated_width(), thing.get_allocated_height()]
kept = []
def opened(kind):
    if kind == "files":
        made = Gtk.FileChooserDialog(title="Open", parent=window, action=Gtk.FileChooserAction.OPEN)
        made.add_buttons("Cancel", 0, "Open", 1)
        made.set_current_folder(sys.argv[3])
    else:
        made = Gtk.Dialog(title="Confirm", parent=window)
        made.add_buttons("Cancel", 0)
    made.show_all()
    kept.append(made)
    made.connect("destroy", lambda *_: made in kept and kept.remove(made))
    made.connect("response", lambda *_: made.destroy())
things["send"].connect("clicked", lambda *_: opened("dialog"))
def obey(*_):
    for word in os.read(0, 200).decode().split():
        if word == "places":
            print(json.dumps({name: place(thing) for name, thing in things.items()}), flush=True)
        elif word == "files":
            opened("files")
        elif word == "shut":
            kept[-1].destroy()
        elif word.startswith("commit:"):
            window.get_focus().emit("insert-at-cursor", word[7:])
        else:
            things[word].grab_focus()
    return True
GLib.io_add_watch(0, GLib.IO_IN, obey)
window.connect("focus-in-event", lambda *_: print("ready", flush=True))
Gtk.main()
"""

QT = """
import json, os, sys
from PyQt6.QtCore import QPoint, QSocketNotifier
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import *
title, app = sys.argv[1], sys.argv[2]
program = QApplication([app])
window, inside = QMainWindow(), QWidget()
window.setWindowTitle(title)
file = window.menuBar().addMenu("File")
for word in ("Open", "Save", "Close"):
    file.addAction(word)
things = {"send": QPushButton("Send"), "done": QCheckBox("Completed"), "plain": QLineEdit(), "secret": QLineEdit(),
          "list": QComboBox(), "hint": QPushButton("Help")}
things["secret"].setEchoMode(QLineEdit.EchoMode.Password)
things["list"].addItems(["Low", "High"])
things["hint"].setToolTip("Help")
box, label = QVBoxLayout(inside), QLabel("Subject")
label.setBuddy(things["plain"])
for name, thing in things.items():
    if name == "plain":
        box.addWidget(label)
    box.addWidget(thing)
window.setCentralWidget(inside)
window.resize(360, 300)
kept = []
def opened(kind):
    if kind == "files":
        made = QFileDialog(window, "Open", sys.argv[3])
        made.setOption(QFileDialog.Option.DontUseNativeDialog)
    else:
        made = QMessageBox(QMessageBox.Icon.Question, "Confirm", "Send", QMessageBox.StandardButton.Cancel, window)
    made.setModal(True)
    made.show()
    kept.append(made)
things["send"].clicked.connect(lambda: opened("dialog"))
def place(thing):
    corner = thing.mapToGlobal(QPoint(0, 0))
    return [corner.x(), corner.y(), thing.width(), thing.height()]
def menu_place():
    box, bar = window.menuBar().actionGeometry(file.menuAction()), window.menuBar()
    corner = bar.mapToGlobal(box.topLeft())
    return [corner.x(), corner.y(), box.width(), box.height()]
def obey(*_):
    for word in os.read(0, 200).decode().split():
        if word == "places":
            found = {name: place(thing) for name, thing in things.items()} | {"file": menu_place()}
            print(json.dumps(found), flush=True)
        elif word == "files":
            opened("files")
        elif word == "shut":
            kept.pop().close()
        elif word.startswith("commit:"):
            commit = QInputMethodEvent()
            commit.setCommitString(word[7:])
            program.sendEvent(program.focusWidget(), commit)
        else:
            things[word].setFocus()
watch = QSocketNotifier(0, QSocketNotifier.Type.Read)
watch.activated.connect(obey)
window.show()
program.focusChanged.connect(lambda *_: print("ready", flush=True))
program.exec()
"""

SOURCES = {"gtk": GTK, "qt": QT}
_PROBES = {"gtk": "import gi; gi.require_version('Gtk', '3.0')", "qt": "import PyQt6.QtWidgets"}


def need(toolkit: str) -> None:
    """Skips the test where the toolkit is not installed for the system's Python."""
    if subprocess.run(["/usr/bin/python3", "-c", _PROBES[toolkit]], capture_output=True).returncode:
        pytest.skip(f"{toolkit} is not installed for /usr/bin/python3")


class NativeProgram:
    """A window of a toolkit, in a process of its own. `folder` is what its file dialog shows."""

    def __init__(self, session: VirtualSession, toolkit: str, title: str, app: str, folder: Path | str = "/") -> None:
        need(toolkit)
        command = ["/usr/bin/python3", "-c", SOURCES[toolkit], title, app, str(folder)]
        self.program = subprocess.Popen(
            command, env=session.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.pid, self.title = self.program.pid, title
        self._line("ready")

    def tell(self, *words: str) -> None:
        """Orders: "files" opens the file dialog, "shut" closes it, "commit:x" an input method, a thing: focus it."""
        assert self.program.stdin is not None
        self.program.stdin.write(" ".join(words).encode() + b" ")
        self.program.stdin.flush()

    def places(self) -> Mapping[str, Box]:
        """Where its things are, by its own account."""
        self.tell("places")
        while not (line := self._line("")).startswith("{"):
            pass
        return msgspec.json.decode(line, type=dict[str, Box])

    def close(self) -> None:
        self.program.kill()
        self.program.communicate()

    def _line(self, wanted: str) -> str:
        assert self.program.stdout is not None
        while line := self.program.stdout.readline().decode().strip():
            if wanted in line:
                return line
        pytest.fail("the program ended")


def window_of(desktop: Desktop, title: str) -> tuple[RawDesktop, RawWindow]:
    """The newest state of the desktop in which a window of that title has the keyboard."""
    for _ in range(200):
        for state in desktop.read():
            for window in state.windows:
                if window.title == title and window.xid == state.active:
                    return state, window
        time.sleep(0.05)
    pytest.fail(f"no window {title!r} came to the front")


def xdotool(session: VirtualSession, *words: str | int) -> None:
    """Hands that are not ours."""
    assert shutil.which("xdotool")
    subprocess.run(["xdotool", *map(str, words)], env=session.env, check=True, capture_output=True, timeout=30)
