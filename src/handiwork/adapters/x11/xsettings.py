# SPDX-License-Identifier: Apache-2.0
"""What the desktop's settings say of clicks and scale. Knows no connection.

Two sources: XSETTINGS (freedesktop's "XSETTINGS - cross toolkit configuration proposal"), and the older resources of
the root window (Xft.dpi). Any program may write either: numbers that no desktop would set are not believed.
"""

import struct

_INTEGER, _TEXT, _COLOUR = 0, 1, 2
_PLAIN_DPI = 96
CLICK_MS, CLICK_PX = 400, 5
"""What toolkits use where nobody says."""


def read_settings(content: bytes) -> dict[str, int]:
    """The numbers of a _XSETTINGS_SETTINGS property, by name; those before the first that is damaged."""
    found: dict[str, int] = {}
    try:
        order = ">" if content[0] else "<"
        (count,) = struct.unpack_from(f"{order}I", content, 8)
        at = 12
        for _ in range(count):
            kind, length = struct.unpack_from(f"{order}BxH", content, at)
            name = content[at + 4 : at + 4 + length].decode("latin-1")
            at += 8 + length + (-length % 4)
            (number,) = struct.unpack_from(f"{order}i", content, at)
            if kind == _INTEGER:
                found[name] = number
            at += {_INTEGER: 4, _TEXT: 4 + number + (-number % 4), _COLOUR: 8}[kind]
    except (IndexError, KeyError, struct.error):
        pass
    return found


def read_dpi(resources: bytes) -> float:
    """Xft.dpi out of RESOURCE_MANAGER; 0.0 where it is not told."""
    for line in resources.decode("latin-1").splitlines():
        name, _, value = line.partition(":")
        if name.strip() in ("Xft.dpi", "Xft*dpi", "*dpi"):
            try:
                return float(value.strip())
            except ValueError:
                return 0.0
    return 0.0


def scale_of(settings: dict[str, int], resources: bytes) -> float:
    """How much larger than plain the interface is drawn: 1.0, 1.25, 2.0 and so on."""
    told = [settings.get("Gdk/WindowScalingFactor", 0), settings.get("Xft/DPI", 0) / 1024 / _PLAIN_DPI]
    scale = max(told) if max(told) > 0 else read_dpi(resources) / _PLAIN_DPI
    return round(scale, 2) if 0.25 <= scale <= 8 else 1.0


def double_click_of(settings: dict[str, int]) -> tuple[int, int]:
    """(milliseconds, pixels) within which two clicks are a double click."""
    ms, px = settings.get("Net/DoubleClickTime", 0), settings.get("Net/DoubleClickDistance", -1)
    return ms if 1 <= ms <= 5_000 else CLICK_MS, px if 0 <= px <= 100 else CLICK_PX
