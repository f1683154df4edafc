# SPDX-License-Identifier: Apache-2.0
"""Which keyboard layout is in force: its name from the root window, its group from XKB. Source: kbproto of X.Org."""

import re
import struct

from handiwork.adapters.x11.requests import get_property, read_property
from handiwork.adapters.x11.wire import Connection

_CORE_KEYBOARD = 0x100
_STATE_NOTIFY = 2
_ALL_GROUP_PARTS = 0xF0
_WORD = re.compile(r"[A-Za-z0-9_-]{1,32}")


class Xkb:
    """The group of one connection's keyboard. A server without XKB has one group."""

    def __init__(self, link: Connection) -> None:
        self._link = link
        found = link.extension("XKEYBOARD")
        self._major, self._event = (found[0], found[1]) if found else (0, 0)
        if self._major and not link.ask(struct.pack("<BBHHH", self._major, 0, 2, 1, 0))[1]:
            self._major = 0

    def select(self) -> None:
        """From now on a change of the group is told; a change of modifiers alone is not."""
        if self._major:
            which = 1 << _STATE_NOTIFY
            head = struct.pack("<BBHHHHHHH", self._major, 1, 5, _CORE_KEYBOARD, which, 0, 0, 0, 0)
            self._link.send(head + struct.pack("<HH", _ALL_GROUP_PARTS, _ALL_GROUP_PARTS))

    def is_change(self, packet: bytes) -> bool:
        """Whether an event tells of the group."""
        return bool(self._major) and packet[0] & 0x7F == self._event and packet[1] == _STATE_NOTIFY

    def group(self) -> int:
        """The group in force, 0 to 3."""
        if not self._major:
            return 0
        return self._link.ask(struct.pack("<BBHHxx", self._major, 4, 2, _CORE_KEYBOARD))[12]


def layout_of(rules_names: bytes, group: int) -> str:
    """The layout of that group out of _XKB_RULES_NAMES, "de" or "de(neo)"; "" where the property makes no sense.

    Any program may write the property: only what looks like a layout's name is taken from it.
    """
    _, _, layouts, variants, *_ = [*rules_names.split(b"\0"), b"", b"", b"", b""]
    named, varied = layouts.decode("latin-1").split(","), variants.decode("latin-1").split(",")
    name = named[group] if group < len(named) else named[0]
    variant = varied[group] if group < len(varied) else ""
    if not _WORD.fullmatch(name):
        return ""
    return f"{name}({variant})" if _WORD.fullmatch(variant) else name


def read_layout(link: Connection, name: int, group: int) -> str:
    """The layout in force now; `name` is the atom of _XKB_RULES_NAMES."""
    (answer,) = link.ask_all([get_property(link.screen.root, name)])
    return layout_of(read_property(answer), group)
