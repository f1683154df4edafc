# SPDX-License-Identifier: Apache-2.0
"""Opens a real browser with our extension for practice pages: in the demo, and when an agent is judged."""

from collections.abc import Mapping
from pathlib import Path

from handiwork.adapters.browser.bridge import SOCKET_NAME
from handiwork.adapters.browser.launch import Chromium, View
from handiwork.model.geometry import Box

WINDOW = Box(40, 40, 520, 480)
"""Large enough for every practice page and for a list's popup below it."""


def open_browser(environment: Mapping[str, str], sockets: Path, url: str) -> Chromium:
    """A window at `url` whose extension speaks to whoever listens in `sockets`. Close it when done."""
    browser = Chromium(environment, View(url, bounds=WINDOW), socket_path=sockets / SOCKET_NAME)
    browser.__enter__()
    return browser
