# SPDX-License-Identifier: Apache-2.0
"""An X11 session: its input, windows, pixels, a hand in it and a mark on it, over a plain socket. No X library."""

from handiwork.adapters.x11.input import X11Input

__all__ = ["X11Input"]
