# SPDX-License-Identifier: Apache-2.0
"""Input and pixels by libraries that also know Windows and macOS: a seed, tried on X11 alone (docs/decisions/0021)."""

from handiwork.adapters.portable.input import PortableInput
from handiwork.adapters.portable.screen import PortableScreen

__all__ = ["PortableInput", "PortableScreen"]
