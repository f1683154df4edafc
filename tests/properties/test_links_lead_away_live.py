# SPDX-License-Identifier: Apache-2.0
"""Clicks and submits that take their own page away, under the real recorder in real Chromium: the deed is kept, and
nothing of where it led if that isn't allowed. And where another allowed site comes next, that one came from the other.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.live import Worker, allowed, at_work, is_nowhere, policy, stored
from tests.properties.site import Site, field_at, middle_of, served

from handiwork.adapters.browser.launch import Chromium
from handiwork.adapters.session import VirtualSession
from handiwork.derive.actions import actions
from handiwork.model.action import Action, Click, Hotkey, SwitchApp, Type
from handiwork.model.segment import OpenSegment

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.timeout(170)]

SECRETS = ("Quollheadline", "quollword", "quolltitle")

LINK = '<a href="{to}" style="left:20px;top:{top}px;width:300px;height:28px;background:#eee">{words}</a>'


def desk(elsewhere: str) -> str:
    links = LINK.format(to="/private", top=20, words="Open private") + LINK.format(
        to=elsewhere, top=60, words="Open orders"
    )
    return f"<title>Desk</title>{links}<form action=/private>{field_at(2, name='Search')}</form>"


PRIVATE = f'<title>{SECRETS[2]}</title><h1 style="left:400px">{SECRETS[0]}</h1>' + field_at(0).replace(
    "<input", "<input autofocus"
)


@dataclass
class Recording:
    device: Path
    segments: list[OpenSegment]
    orders: str

    def done(self) -> list[Action]:
        return [action for segment in self.segments for action in actions(segment.events)]


@pytest.fixture(scope="module")
def recording(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recording]:
    out = tmp_path_factory.mktemp("links") / "out"
    with served({"/orders": "<title>Orders</title>" + field_at(0)}) as orders:
        pages = {"/desk": desk(f"{orders.url}/orders"), "/private": PRIVATE}
        with (
            served(pages) as site,
            at_work(session, out, policy(allowed(f"{site.url}/desk"), allowed(f"{orders.url}/orders"))) as worker,
            worker.chromium(f"{site.url}/desk") as browser,
        ):
            _work(worker, browser, site, orders)
            worker.stop()
            yield Recording(worker.device, stored(worker.device), f"{orders.url}/orders")


def _work(worker: Worker, browser: Chromium, site: Site, orders: Site) -> None:
    worker.await_page(site, "/desk")
    _settle(worker)
    _click_row(worker, site, 0)
    worker.await_state("out of scope")
    worker.actuator.write(SECRETS[1], 4)
    _come_back(worker, browser, site)
    _click_row(worker, site, 2)
    worker.actuator.write("march invoices", 4)
    worker.press("Return")
    worker.await_state("out of scope")
    worker.actuator.write(SECRETS[1], 4)
    _come_back(worker, browser, site)
    _click_row(worker, site, 1)
    worker.await_page(orders, "/orders")
    _settle(worker)
    worker.press("Tab")
    time.sleep(1.0)


def _come_back(worker: Worker, browser: Chromium, site: Site) -> None:
    site.origins.clear()
    browser.open(f"{site.url}/desk")
    worker.await_page(site, "/desk")
    _settle(worker)


def _settle(worker: Worker) -> None:
    worker.await_state("recording")
    time.sleep(0.8)  # what comes while the scope is not yet certain is not kept, by design


def _click_row(worker: Worker, site: Site, row: int) -> None:
    (ox, oy), (x, y) = site.origins["/desk"], middle_of(row)
    worker.click(ox + x, oy + y)


def test_a_click_on_a_link_is_kept_though_its_page_is_gone_at_once(recording: Recording) -> None:
    names = [done.target.name for done in recording.done() if isinstance(done, Click) and done.target is not None]
    assert "Open private" in names
    assert "Open orders" in names


def test_what_was_typed_just_before_return_takes_the_page_away_is_whole(recording: Recording) -> None:
    assert "march invoices" in [done.text for done in recording.done() if isinstance(done, Type)]
    assert ("Return",) in [done.keys for done in recording.done() if isinstance(done, Hotkey)]


def test_the_next_allowed_site_says_from_where_the_person_came(recording: Recording) -> None:
    assert recording.orders in [done.site for done in recording.done() if isinstance(done, SwitchApp)]


@pytest.mark.parametrize("word", SECRETS)
def test_nothing_of_where_a_link_led_is_anywhere(recording: Recording, word: str) -> None:
    is_nowhere(recording.device, word)
