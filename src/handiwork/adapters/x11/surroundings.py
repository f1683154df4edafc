# SPDX-License-Identifier: Apache-2.0
"""What actions on an X11 screen depend on: monitors, scale, double-click settings, keyboard layout.

Nothing is polled: RandR, XKB and the properties of root and settings window announce their changes.
"""

from handiwork.adapters.x11.randr import Randr
from handiwork.adapters.x11.requests import (
    EVENT_MASK,
    PROPERTY_CHANGE,
    STRUCTURE,
    change_attributes,
    get_input_focus,
    get_property,
    get_selection_owner,
    intern_atom,
    read_atom,
    read_property,
    read_selection_owner,
)
from handiwork.adapters.x11.wire import Connection, monotonic_ms
from handiwork.adapters.x11.xkb import Xkb, read_layout
from handiwork.adapters.x11.xsettings import double_click_of, read_settings, scale_of
from handiwork.model.geometry import Box
from handiwork.model.raw import RawSurroundings

_DESTROYED, _CONFIGURED, _PROPERTY, _MESSAGE = 17, 22, 28, 33
_RESOURCE_MANAGER = 23
_MAX_LOOKS = 5
_WORDS = 1 << 16
"""As much of a settings property as is read: 256 KiB."""


class X11Surroundings:
    """Surroundings for `display` ($DISPLAY if None)."""

    def __init__(self, display: str | None = None) -> None:
        self._link = link = Connection(display)
        self._root = link.screen.root
        names = ("_XKB_RULES_NAMES", "_XSETTINGS_S0", "_XSETTINGS_SETTINGS")
        self._rules, self._selection, self._settings = [read_atom(link.ask(intern_atom(name))) for name in names]
        self._randr, self._xkb = Randr(link), Xkb(link)
        link.send(change_attributes(self._root, [(EVENT_MASK, STRUCTURE | PROPERTY_CHANGE)]))
        self._randr.select()
        self._xkb.select()
        link.sync()
        self._manager = 0
        self._last: RawSurroundings | None = None
        self._closed = False
        self._wake()

    def fileno(self) -> int:
        """Readable when something may have changed."""
        return self._link.fileno()

    def read(self) -> list[RawSurroundings]:
        """What holds now, if it differs from what was told before."""
        if self._closed:
            return []
        changed = self._changed()
        if self._last is not None and not changed:
            return []
        now = self._look()
        for _ in range(_MAX_LOOKS):
            if not self._changed():
                break
            now = self._look()
        else:
            self._wake()  # it goes on changing: the next call looks again
        if self._last is not None and _content(self._last) == _content(now):
            return []
        self._last = now
        return [now]

    def close(self) -> None:
        """Stops observing."""
        self._closed = True
        self._link.close()

    def _wake(self) -> None:
        """Makes the descriptor readable: the reply to this is on its way."""
        self._link.send(get_input_focus())
        self._link.flush()

    def _changed(self) -> bool:
        return any([self._concerns(packet) for packet in self._link.events()])

    def _concerns(self, packet: bytes) -> bool:
        kind, about = packet[0] & 0x7F, int.from_bytes(packet[4:8], "little")
        if kind == _PROPERTY:
            return about == self._manager or int.from_bytes(packet[8:12], "little") in (self._rules, _RESOURCE_MANAGER)
        if kind == _DESTROYED:
            return about == self._manager
        if kind in (_CONFIGURED, _MESSAGE):
            return about == self._root  # a message to the root: perhaps a new manager of settings presents itself
        return self._randr.is_change(kind) or self._xkb.is_change(packet)

    def _look(self) -> RawSurroundings:
        settings = self._read_settings()
        (resources,) = self._link.ask_all([get_property(self._root, _RESOURCE_MANAGER, _WORDS)])
        monitors = self._randr.monitors()
        layout = read_layout(self._link, self._rules, self._xkb.group())
        scale = scale_of(settings, read_property(resources))
        return RawSurroundings(monotonic_ms(), monitors, scale, *double_click_of(settings), layout)

    def _read_settings(self) -> dict[str, int]:
        """The settings, watched from before they are read; none where no program manages any."""
        (answer,) = self._link.ask_all([get_selection_owner(self._selection)])
        self._manager = read_selection_owner(answer)
        if not self._manager:
            return {}
        self._link.send(change_attributes(self._manager, [(EVENT_MASK, STRUCTURE | PROPERTY_CHANGE)]))
        (content,) = self._link.ask_all([get_property(self._manager, self._settings, _WORDS)])
        return read_settings(read_property(content))


def _content(told: RawSurroundings) -> tuple[tuple[Box, ...], float, int, int, str]:
    return told.monitors, told.scale, told.double_click_ms, told.double_click_px, told.layout
