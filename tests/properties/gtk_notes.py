# SPDX-License-Identifier: Apache-2.0
"""A native window of a program "notes" that stands where tests look for it. What is in it, a test says."""

_PROGRAM = """
import gi
gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import GLib, Gdk
GLib.set_prgname("notes")
Gdk.set_program_class("notes")
from gi.repository import Gtk
window, box = Gtk.Window(title="Notes"), Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=14)
window.add(box)
window.set_default_size(600, 420)
{content}
window.show_all()
window.move(40, 60)
window.present()
Gtk.main()
"""


def notes(content: str) -> list[str]:
    """The command that shows it. `content` is Python that fills `box`."""
    return ["/usr/bin/python3", "-c", _PROGRAM.format(content=content)]
