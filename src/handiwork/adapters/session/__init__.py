# SPDX-License-Identifier: Apache-2.0
"""A private desktop: X server, session bus, accessibility bus and window manager. Knows no applications."""

from handiwork.adapters.session.virtual import VirtualSession

__all__ = ["VirtualSession"]
