# SPDX-License-Identifier: Apache-2.0
"""The Browser contract, against real Chromium with the extension and against the fake."""

import select
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

import pytest

from handiwork.adapters.browser.bridge import BrowserBridge
from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator
from handiwork.model.geometry import Box
from handiwork.model.policy import Watched
from handiwork.model.raw import RawElement, RawPage, RawPageKey, RawTab
from handiwork.model.raw_beside import RawVouched
from handiwork.ports.browser import Browser, RawBrowser
from handiwork.ports.fakes.browser import ScriptedBrowser

WINDOW = Box(0, 0, 900, 700)


class Person(Protocol):
    """Someone who drives a browser, real or not. Pages show one heading with their path as its text."""

    browser: Browser
    origin: str

    def go(self, path: str) -> None: ...
    def press(self) -> None: ...
    def quit(self) -> None: ...


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>T</title><h1>{self.path}</h1>".encode())

    def log_message(self, format: str, *args: object) -> None: ...


class RealPerson:
    def __init__(self, session: VirtualSession, folder: Path, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self._bridge = BrowserBridge(folder)
        self.browser: Browser = self._bridge
        view = View(f"{self.origin}/start", bounds=WINDOW)
        self._chromium = Chromium(session.env, view, socket_path=self._bridge.path)
        self._chromium.__enter__()
        self._hands = X11Actuator(session.display)

    def go(self, path: str) -> None:
        self._chromium.open(self.origin + path)

    def press(self) -> None:
        for pressed in (True, False):
            self._hands.key("Next", pressed)

    def quit(self) -> None:
        self._chromium.close()


class ScriptedPerson:
    origin = "http://127.0.0.1:8000"

    def __init__(self) -> None:
        self._script = ScriptedBrowser()
        self.browser: Browser = self._script

    def go(self, path: str) -> None:
        now = time.monotonic_ns() // 1_000_000
        heading = RawElement(now, "heading", path, "", Box(8, 100, 500, 30), frozenset(), -1, "", ())
        bounds = Box(0, 90, 900, 610)
        self._script.show(RawPage(now, self.origin + path, "T", bounds, WINDOW, (heading,), -1, False, ""))

    def press(self) -> None:
        self._script.key(time.monotonic_ns() // 1_000_000)

    def quit(self) -> None:
        self._script.quit(time.monotonic_ns() // 1_000_000)


@pytest.fixture(
    params=[pytest.param("chromium", marks=pytest.mark.browser), "fake"],
)
def person(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Person]:
    if request.param == "fake":
        scripted = ScriptedPerson()
        yield scripted
        scripted.browser.close()
        return
    session: VirtualSession = request.getfixturevalue("session")
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        real = RealPerson(session, folder, server.server_port)
        wait_for(real.browser, lambda _: real.browser.connected() == 1)
        yield real
        real.quit()
        real.browser.close()
        server.shutdown()


def wait_for(browser: Browser, is_it: Callable[[RawBrowser | None], bool], patience_s: float = 20) -> list[RawBrowser]:
    """Reads until an event is the one, waiting on the descriptors only; fails if it does not come."""
    seen: list[RawBrowser] = []
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        select.select(browser.filenos(), [], [], 0.2)
        seen += browser.read()
        if any(is_it(event) for event in seen) or is_it(None):
            return seen
    raise AssertionError("it did not come; came: " + ", ".join(type(event).__name__ for event in seen))


def shows(rule: int, url: str, event: RawBrowser | None) -> bool:
    return isinstance(event, RawTab) and event.settled and (event.rule, event.url) == (rule, url)


def test_an_allowed_page_is_told_with_its_rule_and_elements_before_it_counts_as_settled(person: Person) -> None:
    person.browser.allow([Watched(site="http://127.0.0.1:1/none"), Watched(site=f"{person.origin}/work")])
    person.go("/work/orders")
    seen = wait_for(person.browser, partial(shows, 1, f"{person.origin}/work/orders"))
    page = next(event for event in seen if isinstance(event, RawPage))
    assert [element.name for element in page.elements if element.role == "heading"] == ["/work/orders"]
    tabs = [event for event in seen if isinstance(event, RawTab)]
    assert (tabs[0].settled, tabs[0].rule) == (False, -1)
    assert page.bounds.intersection(page.window_bounds) == page.bounds
    assert all(event.time_ms <= time.monotonic_ns() // 1_000_000 for event in seen)


def test_a_key_that_no_field_takes_is_told_by_its_time_alone_and_of_an_allowed_page_only(person: Person) -> None:
    person.browser.allow([Watched(site=f"{person.origin}/work")])
    person.go("/work")
    wait_for(person.browser, partial(shows, 0, f"{person.origin}/work"))
    began = time.monotonic_ns() // 1_000_000
    person.press()
    seen = wait_for(person.browser, lambda event: isinstance(event, RawPageKey))
    (key,) = (event for event in seen if isinstance(event, RawPageKey))
    assert key.time_ms >= began - 2
    person.go("/private")
    wait_for(person.browser, partial(shows, -1, ""))
    person.press()
    person.go("/work")
    seen = wait_for(person.browser, partial(shows, 0, f"{person.origin}/work"))
    assert not any(isinstance(event, RawPageKey) for event in seen)


def test_of_any_other_page_not_even_the_address_is_told(person: Person) -> None:
    person.browser.allow([Watched(site=f"{person.origin}/work")])
    person.go("/work")
    wait_for(person.browser, partial(shows, 0, f"{person.origin}/work"))
    person.go("/workshop")  # shares letters with the allowed path, but is not below it
    seen = wait_for(person.browser, partial(shows, -1, ""))
    assert all(isinstance(event, RawTab) and (event.rule, event.url) == (-1, "") for event in seen)


def test_an_empty_list_stops_it_and_a_new_one_tells_the_open_page_again(person: Person) -> None:
    person.browser.allow([Watched(site=f"{person.origin}/work")])
    person.go("/work")
    wait_for(person.browser, partial(shows, 0, f"{person.origin}/work"))
    person.browser.allow([])
    seen = wait_for(person.browser, partial(shows, -1, ""))
    assert not any(isinstance(event, RawPage) for event in seen)
    person.browser.allow([Watched(site="http://127.0.0.1:1/none"), Watched(site=f"{person.origin}/work")])
    seen = wait_for(person.browser, partial(shows, 1, f"{person.origin}/work"))
    assert any(isinstance(event, RawPage) for event in seen)


def test_a_page_that_is_asked_answers_once_it_has_told_what_changed(person: Person) -> None:
    assert person.browser.ask() == 0, "no page is told of yet"
    person.browser.allow([Watched(site=f"{person.origin}/work")])
    person.go("/work")
    wait_for(person.browser, partial(shows, 0, f"{person.origin}/work"))
    for _ in range(2):
        asked = person.browser.ask()
        seen = wait_for(person.browser, lambda event: isinstance(event, RawVouched))
        assert asked > 0
        assert [event.question for event in seen if isinstance(event, RawVouched)] == [asked]
    person.go("/private")
    wait_for(person.browser, partial(shows, -1, ""))
    assert person.browser.ask() == 0


def test_a_browser_that_went_away_gives_rule_minus_one_and_counts_no_more(person: Person) -> None:
    person.browser.allow([Watched(site=f"{person.origin}/work")])
    person.go("/work")
    wait_for(person.browser, partial(shows, 0, f"{person.origin}/work"))
    assert person.browser.connected() == 1
    person.quit()
    seen = wait_for(person.browser, lambda event: isinstance(event, RawTab) and person.browser.connected() == 0)
    last = [event for event in seen if isinstance(event, RawTab)][-1]
    assert (last.rule, last.url) == (-1, "")


def test_closing_twice_is_fine_and_leaves_nothing_to_wait_for(person: Person) -> None:
    person.browser.close()
    person.browser.close()
    assert person.browser.filenos() == []
    assert person.browser.read() == []
    assert person.browser.connected() == 0
