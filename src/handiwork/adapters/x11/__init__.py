# SPDX-License-Identifier: Apache-2.0
"""An X11 session: its input, windows, pixels, a hand in it and a mark on it, over a plain socket. No X library."""

from handiwork.adapters.x11.actuator import X11Actuator
from handiwork.adapters.x11.clipboard import X11Clipboard
from handiwork.adapters.x11.desktop import X11Desktop
from handiwork.adapters.x11.indicator import X11Indicator
from handiwork.adapters.x11.input import X11Input, refuse_wayland
from handiwork.adapters.x11.screen import X11Screen
from handiwork.adapters.x11.surroundings import X11Surroundings
from handiwork.adapters.x11.tray import X11Tray

__all__ = [
    "X11Actuator",
    "X11Clipboard",
    "X11Desktop",
    "X11Indicator",
    "X11Input",
    "X11Screen",
    "X11Surroundings",
    "X11Tray",
    "refuse_wayland",
]
