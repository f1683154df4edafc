# SPDX-License-Identifier: Apache-2.0
"""Where an agent is judged: a private screen, a real browser, real input, the recorder's own redaction as its eyes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from handiwork.adapters.browser.bridge import BrowserBridge
from handiwork.adapters.miniwob.harness import MiniwobEnvironment
from handiwork.adapters.miniwob.server import World
from handiwork.adapters.miniwob.tasks import DEMO_TASKS
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator, X11Screen
from handiwork.cli.browsing import open_browser
from handiwork.lab.hand import AGENT, Hand
from handiwork.model.errors import Lost
from handiwork.model.event import Observed
from handiwork.model.policy import Watched, Words
from handiwork.model.raw import RawPage, RawTab
from handiwork.model.step import Observation
from handiwork.ports.browser import Browser
from handiwork.ports.environment import Environment
from handiwork.ports.screen import Screen
from handiwork.rules.redaction.redactor import Redactor

_CONNECT_S = 20.0


class Eyes:
    """What a recorder would have been allowed to keep of the page in front, and nothing more."""

    def __init__(self, browser: Browser, words: Words) -> None:
        self._browser = browser
        self._redactor = Redactor(words)
        self._page: RawPage | None = None

    def look(self) -> Observation | None:
        """The page as last told of; None if there is none, or if nothing of it may be seen."""
        for told in self._browser.read():
            if isinstance(told, RawPage):
                self._page = told
            elif isinstance(told, RawTab) and (told.rule < 0 or not told.settled):
                self._page = None
        seen = self._redactor.page(self._page) if self._page is not None else None
        if not isinstance(seen, Observed):
            return None
        return Observation(
            t=seen.t,
            url=seen.url,
            title=seen.title,
            bounds=seen.bounds,
            elements=seen.elements,
            focused=seen.focused,
        )

    def hear(self, goal: str) -> str:
        """The goal's words, through the same redaction as a recorded note."""
        return self._redactor.words(goal).text

    def await_page(self) -> None:
        """Returns once a page can be seen; raises Lost if the browser doesn't tell of one."""
        deadline = time.monotonic() + _CONNECT_S
        while self.look() is None:
            if time.monotonic() > deadline:
                raise Lost(
                    "The browser's extension told of no page",
                    data="only practice pages were open; nothing was recorded.",
                    do="run `handiwork doctor`, then try again.",
                )
            time.sleep(0.05)


@dataclass(frozen=True)
class Court:
    """Everything that judging one agent needs."""

    environment: Environment
    eyes: Eyes
    hand: Hand
    screen: Screen


@contextmanager
def court(words: Words, seed: int) -> Iterator[Court]:
    """A world of its own, ready for the first episode; nothing is left of it afterwards."""
    with VirtualSession() as session, World() as world, TemporaryDirectory() as folder:
        bridge = BrowserBridge(Path(folder))
        environment = MiniwobEnvironment(world, lambda url: open_browser(session.env, Path(folder), url))
        try:
            bridge.allow([Watched(site=world.url)])
            eyes = Eyes(bridge, words)
            environment.reset(DEMO_TASKS[0], seed)
            eyes.await_page()
            hand = Hand(X11Actuator(session.display), seed, AGENT)
            yield Court(environment, eyes, hand, X11Screen(session.display))
        finally:
            environment.close()
            bridge.close()
