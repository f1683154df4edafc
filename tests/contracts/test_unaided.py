# SPDX-License-Identifier: Apache-2.0
"""The UnaidedBrowser contract, against real Chromium on a real accessibility bus, and against the fake."""

import os
import select
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Protocol
from unittest.mock import patch

import pytest
from tests.live import WINDOW
from tests.properties.site import Site, served

from handiwork.adapters.atspi import AtspiSecretsWatch, AtspiUnaided
from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator, X11Desktop
from handiwork.cli.demo.stage import wait_until
from handiwork.model.errors import Lost
from handiwork.model.geometry import Box
from handiwork.model.raw import RawBrowserWindow, RawDesktop, RawWindow
from handiwork.ports.fakes.unaided import ScriptedUnaided
from handiwork.ports.unaided import UnaidedBrowser
from handiwork.rules.unaided import shown_url
from handiwork.rules.visible import window_by_id

PAGES = {"/a": "<title>Page A</title><iframe src=/inner></iframe>", "/b": "<title>Page B</title>", "/inner": "inner"}


class Stage(Protocol):
    """One browser window, and what a person does in it."""

    browser: UnaidedBrowser
    url: str

    def window(self) -> RawWindow: ...
    def go(self, path: str) -> None: ...
    def edit(self) -> None: ...
    def hang_up(self) -> None: ...
    def close(self) -> None: ...


class Scripted:
    """The fake's stage."""

    def __init__(self) -> None:
        self.fake = ScriptedUnaided()
        self.browser: UnaidedBrowser = self.fake
        self.url, self._path, self._edited = "http://127.0.0.1:9", "/a", False
        self._show()

    def window(self) -> RawWindow:
        title = f"Page {self._path[1:].upper()} - Chromium"
        return RawWindow(0, 7, "chromium", title, os.getpid(), WINDOW, False)

    def go(self, path: str) -> None:
        self._path = path
        self._show()

    def edit(self) -> None:
        self._edited = True
        self._show()

    def hang_up(self) -> None:
        self.fake.hang_up()

    def close(self) -> None:
        self.browser.close()

    def _show(self) -> None:
        title, page = f"Page {self._path[1:].upper()}", Box(WINDOW.x, WINDOW.y + 90, WINDOW.w, WINDOW.h - 90)
        self.fake.show(7, self.url + self._path, title, page, edited=self._edited)


class Real:
    """Chromium without the extension, in a session of its own."""

    def __init__(self) -> None:
        self._session = VirtualSession()
        self._session.__enter__()
        self._served = served(PAGES)
        self._site: Site = self._served.__enter__()
        self.url = self._site.url
        with patch.dict(os.environ, dict(self._session.env)):
            self._secrets = AtspiSecretsWatch()
            self._desktop = X11Desktop()
            self._unaided = AtspiUnaided(lambda _: "")
            self.browser: UnaidedBrowser = self._unaided
        self._hands = X11Actuator(self._session.display)
        self._seen: RawDesktop | None = None
        self._chromium = Chromium(self._session.env, View(self.url + "/a", bounds=WINDOW), socket_path=None)
        self._chromium.__enter__()
        self._await("Page A")

    def window(self) -> RawWindow:
        self._secrets.read()
        news = self._desktop.read()
        self._seen = news[-1] if news else self._seen
        found = window_by_id(self._seen, self._seen.active) if self._seen is not None else None
        return found or RawWindow(0, 0, "", "", 0, WINDOW, False)

    def go(self, path: str) -> None:
        self._chromium.open(self.url + path)
        self._await(f"Page {path[1:].upper()}")

    def edit(self) -> None:
        for pressed in (True, False):
            for name in ("Control_L", "l"):
                self._hands.key(name, pressed)

    def hang_up(self) -> None:
        self._chromium.close()
        self._session.close()

    def close(self) -> None:
        self._chromium.close()
        for part in (self.browser, self._secrets, self._desktop):
            part.close()
        with suppress(Lost):  # of a session that has ended
            self._hands.close()
        self._served.__exit__(None, None, None)
        self._session.close()

    def _await(self, title: str) -> None:
        wait_until(lambda: self.window().title.startswith(title), f"{title} did not come up")


@pytest.fixture(params=["scripted", pytest.param("real", marks=[pytest.mark.desktop, pytest.mark.browser])])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    made: Stage = Real() if request.param == "real" else Scripted()
    yield made
    made.close()


def asked(stage: Stage, until_url: str | None = None, edited: bool = False) -> RawBrowserWindow:
    """What the window says, once it says so."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        window, until = stage.window(), time.monotonic() + 0.2
        stage.browser.ask(window, time.monotonic_ns() // 1_000_000)
        while time.monotonic() < until:  # an answer takes several rounds of questions
            select.select([stage.browser], [], [], 0.05)
            for told in stage.browser.read():
                assert told.xid == window.xid
                if (until_url is None or told.url == until_url) and told.edited == edited:
                    return told
    raise AssertionError("the window didn't say so")


def test_a_window_tells_its_bar_and_its_one_document(stage: Stage) -> None:
    told = asked(stage, stage.url + "/a")
    window = stage.window()
    assert told.xid == window.xid
    assert told.bar == stage.url.removeprefix("http://") + "/a"
    assert told.title == "Page A"
    assert told.bounds.intersection(window.bounds) == told.bounds
    assert told.bounds.area > window.bounds.area // 2
    assert shown_url(told, window.app, window.title) == stage.url + "/a"


def test_another_page_is_told_of_in_its_turn(stage: Stage) -> None:
    asked(stage, stage.url + "/a")
    stage.go("/b")
    told = asked(stage, stage.url + "/b")
    window = stage.window()
    assert shown_url(told, window.app, window.title) == stage.url + "/b"


def test_while_the_bar_has_the_keyboard_it_says_so(stage: Stage) -> None:
    asked(stage, stage.url + "/a")
    stage.edit()
    told = asked(stage, edited=True)
    window = stage.window()
    assert shown_url(told, window.app, window.title) is None


def test_another_window_s_number_place_or_title_gets_no_answer(stage: Stage) -> None:
    asked(stage, stage.url + "/a")
    stranger = RawWindow(0, 99, "chromium", "Elsewhere - Chromium", os.getpid(), Box(900, 700, 100, 50), False)
    stage.browser.ask(stranger, 5)
    asked(stage, stage.url + "/a")  # what was asked before has been answered, if it ever is
    assert [told for told in stage.browser.read() if told.xid == 99] == []


def test_without_a_bus_it_says_that_it_is_lost_and_may_be_closed_twice(stage: Stage) -> None:
    stage.hang_up()
    with pytest.raises(Lost):
        wait_until(lambda: bool(stage.browser.read()) and False, "It went on")
    stage.browser.close()
    stage.browser.close()
