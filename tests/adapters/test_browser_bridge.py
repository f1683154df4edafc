# SPDX-License-Identifier: Apache-2.0
"""The recorder's socket against far ends that misbehave: no browser is needed to attack it."""

import json
import os
import select
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handiwork.adapters.browser.bridge import SOCKET_NAME, BrowserBridge
from handiwork.adapters.browser.messages import MAX_FRAME, monotonic_of
from handiwork.model.errors import NotAllowed
from handiwork.model.policy import Watched
from handiwork.model.raw import RawActed, RawPage, RawPageKey, RawTab
from handiwork.model.raw_beside import RawVouched
from handiwork.ports.browser import RawBrowser

SITE = "https://shop.example.org/orders"
ELEMENT = ["button", "Ship", "", [10, 20, 30, 40], ["focused"], -1, "", []]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "run"
    made.mkdir(mode=0o700)
    return made


@pytest.fixture
def bridge(folder: Path) -> Iterator[BrowserBridge]:
    opened = BrowserBridge(folder)
    opened.allow([Watched(site=SITE)])
    opened.read()
    yield opened
    opened.close()


class FarEnd:
    """Speaks the extension's language, or anything else."""

    def __init__(self, bridge: BrowserBridge, greets: bool = True) -> None:
        self.bridge = bridge
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(bridge.path))
        if greets:
            self.say(kind="hello", version=3)
            self.told()
            bridge.read()

    def say(self, **message: object) -> None:
        self.send(json.dumps(message).encode())

    def send(self, body: bytes) -> None:
        self.socket.sendall(len(body).to_bytes(4, "little") + body)

    def told(self) -> list[RawBrowser]:
        return self.bridge.read()

    def orders(self) -> list[dict[str, Any]]:
        self.socket.settimeout(5)
        data, found = self.socket.recv(65_536), []
        while data:
            length = int.from_bytes(data[:4], "little")
            found.append(json.loads(data[4 : 4 + length]))
            data = data[4 + length :]
        return found

    def is_cut_off(self) -> bool:
        self.bridge.read()
        self.socket.settimeout(5)
        try:
            while self.socket.recv(65_536):
                pass
        except ConnectionError:
            pass
        except TimeoutError:
            return False
        return True


def order(revision: int, *sites: str) -> dict[str, object]:
    rest = {"account": "", "selector": "", "attribute": "", "cut": "", "profile": ""}
    return {"allow": [{"site": site, **rest} for site in sites], "deny": [], "revision": revision}


def tab(**changes: object) -> dict[str, object]:
    said = {"kind": "tab", "revision": 1, "time": 0, "rule": 0, "url": f"{SITE}/7", "settled": True, "focused": True}
    return {**said, "window": [0, 0, 800, 600], **changes}


def page(**changes: object) -> dict[str, object]:
    said = {"kind": "page", "revision": 1, "time": 0, "changed": 0, "rule": 0, "url": f"{SITE}/7", "title": "Orders"}
    geometry = {"bounds": [0, 80, 800, 520], "window": [0, 0, 800, 600]}
    content = {"elements": [ELEMENT], "focused": 0, "truncated": False, "sensitive": ""}
    return {**said, **geometry, **content, **changes}


def acted(**changes: object) -> dict[str, object]:
    return {"kind": "acted", "revision": 1, "time": 0, "rule": 0, "what": "click", "element": ELEMENT, **changes}


def test_a_browser_is_told_the_list_when_it_greets_and_whenever_it_changes(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge)
    assert far.orders() == [order(1, SITE)]
    bridge.allow([])
    assert far.orders() == [order(2)]
    assert bridge.connected() == 1


def test_what_is_said_becomes_raw_events_that_show_no_content(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge)
    for message in (page(), tab(), acted()):
        far.say(**message)
    shown, front, did = far.told()
    assert isinstance(shown, RawPage)
    assert isinstance(front, RawTab)
    assert isinstance(did, RawActed)
    assert (shown.elements[0].name, front.rule, did.element.role) == ("Ship", 0, "button")
    assert "Ship" not in repr((shown, front, did))


def test_that_a_key_came_is_said_without_which_and_more_cuts_the_browser_off(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge)
    far.say(kind="key", revision=1, time=0, rule=0)
    assert [type(event) for event in far.told()] == [RawPageKey]
    far.say(kind="key", revision=1, time=0, rule=0, key="a")
    assert far.is_cut_off()


def test_a_page_said_under_a_former_list_is_dropped(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge)
    bridge.allow([Watched(site=SITE), Watched(site="https://other.example.org")])
    bridge.read()
    far.say(**page(revision=1))
    far.say(**acted(revision=1))
    assert far.told() == []
    assert bridge.connected() == 1


def test_what_waits_when_the_list_changes_is_never_read(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge)
    far.say(**tab())
    far.say(**page())
    bridge._accept()
    for browser in bridge._browsers:
        bridge._hear(browser)
    bridge.allow([])
    assert [(type(event), getattr(event, "rule", None)) for event in bridge.read()] == [(RawTab, -1)]


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(tab(url="https://mail.example.org/"), id="another site"),
        pytest.param(tab(url="https://shop.example.org/orders-archive"), id="a path that only begins alike"),
        pytest.param(tab(rule=1), id="a rule that isn't there"),
        pytest.param(tab(rule=-1), id="an address without a rule"),
        pytest.param(page(url="https://mail.example.org/"), id="a page of another site"),
        pytest.param(page(rule=-1), id="a page without a rule"),
        pytest.param(page(sensitive="password field"), id="a sensitive page with content"),
        pytest.param(page(extra=1), id="an unknown field"),
        pytest.param(page(elements=[[*ELEMENT, "more"]]), id="an unknown part of an element"),
        pytest.param(page(elements=[ELEMENT] * 201), id="too many elements"),
        pytest.param(page(elements=[["spy", *ELEMENT[1:]]]), id="an unknown role"),
        pytest.param(page(title="x" * 500), id="a long title"),
        pytest.param(page(bounds=[0, 0, -1, 5]), id="a negative size"),
        pytest.param(acted(what="peek"), id="an unknown action"),
        pytest.param({"kind": "shell"}, id="an unknown kind"),
    ],
)
def test_a_browser_that_says_what_it_must_not_is_cut_off_and_nothing_of_it_is_told(
    bridge: BrowserBridge, message: dict[str, object]
) -> None:
    far = FarEnd(bridge)
    far.say(**message)
    told = far.told()
    assert [(type(event), getattr(event, "rule", None)) for event in told] == [(RawTab, -1)]
    assert far.is_cut_off()
    assert (bridge.connected(), sum(bridge.refused.values())) == (0, 1)


def test_an_oversized_message_is_refused_by_its_length_alone(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge)
    far.socket.sendall((MAX_FRAME + 1).to_bytes(4, "little"))
    assert far.is_cut_off()
    assert bridge.refused["oversized"] == 1


def test_a_browser_that_does_not_greet_is_cut_off(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge, greets=False)
    far.say(**tab())
    assert far.is_cut_off()
    assert bridge.refused["no greeting"] == 1


def test_a_message_in_pieces_is_put_together(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge)
    body = json.dumps(page()).encode()
    for byte in len(body).to_bytes(4, "little") + body:
        assert bridge.read() == []
        far.socket.sendall(bytes([byte]))
    assert [type(event) for event in bridge.read()] == [RawPage]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chunks=st.lists(st.binary(max_size=200), max_size=5), framed=st.booleans())
def test_no_bytes_whatever_break_the_bridge_or_pass_it(
    bridge: BrowserBridge, chunks: list[bytes], framed: bool
) -> None:
    far = FarEnd(bridge)
    for chunk in chunks:
        try:
            far.send(chunk) if framed else far.socket.sendall(chunk)
        except ConnectionError:
            break
        assert all(isinstance(event, RawTab) and event.rule == -1 for event in bridge.read())
    far.socket.close()
    bridge.read()
    assert bridge.connected() == 0


def test_of_two_browsers_only_the_one_in_front_is_heard(bridge: BrowserBridge) -> None:
    front, behind = FarEnd(bridge), FarEnd(bridge)
    front.say(**tab())
    bridge.read()
    behind.say(**tab(rule=-1, url="", focused=False))
    behind.say(**page())
    assert bridge.read() == []
    behind.say(**tab(url=f"{SITE}/8"))
    behind.say(**page(url=f"{SITE}/8"))
    assert [getattr(event, "url", "") for event in bridge.read()] == [f"{SITE}/8"] * 2
    front.say(**page())
    assert bridge.read() == []


def test_only_browsers_that_show_an_allowed_page_are_asked_whether_it_is_as_they_told(bridge: BrowserBridge) -> None:
    shows, shows_none = FarEnd(bridge), FarEnd(bridge)
    for far in (shows, shows_none):
        far.orders()
    shows.say(**tab())
    shows.told()
    assert bridge.ask() == 1
    bridge.allow([])
    assert shows.orders() == [{"ask": 1}, order(2)]
    assert shows_none.orders() == [order(2)]
    assert bridge.ask() == 0
    bridge.allow([])
    assert shows.orders() == [order(3)], "nothing is allowed, so nobody is asked"


def test_an_answer_names_its_question_and_one_that_was_never_asked_is_refused(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge)
    far.say(**tab())
    far.told()
    asked = bridge.ask()
    answer = {"kind": "vouched", "revision": 1, "time": 0, "rule": 0, "since": 0}
    far.say(**answer, question=asked)
    assert [(type(event), getattr(event, "question", 0)) for event in far.told()] == [(RawVouched, asked)]
    far.say(**answer, question=asked + 1)
    far.told()
    assert bridge.refused["not asked"] == 1


def test_a_browser_that_does_not_listen_to_questions_is_cut_off(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge)
    far.say(**tab())
    far.told()
    for _ in range(200_000):
        bridge.ask()
        if not bridge.connected():
            break
    assert bridge.refused["does not listen"] == 1


def test_the_loss_of_the_browser_in_front_is_told_and_of_another_is_not(bridge: BrowserBridge) -> None:
    front, behind = FarEnd(bridge), FarEnd(bridge)
    front.say(**tab())
    bridge.read()
    behind.socket.close()
    assert bridge.read() == []
    front.socket.close()
    assert [(type(event), getattr(event, "rule", None)) for event in bridge.read()] == [(RawTab, -1)]


def test_events_that_nobody_reads_are_bounded(bridge: BrowserBridge) -> None:
    far = FarEnd(bridge)
    for number in range(3_000):
        far.say(**tab(time=number))
        if number % 100 == 0:
            bridge._hear(bridge._browsers[0])
    assert len(bridge.read()) <= 2_000
    assert bridge.refused["not read in time"] >= 1


def test_closing_revokes_the_list_first(bridge: BrowserBridge, folder: Path) -> None:
    far = FarEnd(bridge)
    far.orders()
    bridge.close()
    assert far.orders() == [order(2)]
    assert not (folder / SOCKET_NAME).exists()


def test_the_socket_is_open_to_its_owner_only(bridge: BrowserBridge) -> None:
    assert stat.S_IMODE(bridge.path.stat().st_mode) == 0o600


def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    with pytest.raises(NotAllowed, match="can be entered by others"):
        BrowserBridge(folder)


def test_a_second_recorder_is_refused_while_the_first_one_lives(bridge: BrowserBridge, folder: Path) -> None:
    with pytest.raises(NotAllowed, match="Another recorder"):
        BrowserBridge(folder)
    assert FarEnd(bridge).orders() == [order(1, SITE)]


def test_the_socket_of_a_recorder_that_was_killed_is_taken_over(folder: Path) -> None:
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(folder / SOCKET_NAME))
    dead.close()
    bridge = BrowserBridge(folder)
    assert FarEnd(bridge).orders() == [order(0)]
    bridge.close()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_another_user_is_refused_even_if_the_permissions_were_loosened(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = Path("/tmp") / f"handiwork-test-{os.getpid()}"
    folder.mkdir(mode=0o700)
    bridge = BrowserBridge(folder)
    folder.chmod(0o755)
    bridge.path.chmod(0o666)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setuid(65_534)
        stranger = socket.socket(socket.AF_UNIX)
        stranger.connect(str(bridge.path))
        os.write(writing, b"connected")
        stranger.settimeout(10)
        os._exit(0 if stranger.recv(1) == b"" else 1)
    os.read(reading, 20)
    select.select(bridge.filenos(), [], [], 5)
    bridge.read()
    _, status = os.waitpid(child, 0)
    bridge.close()
    folder.rmdir()
    assert (status, bridge.refused["another user"]) == (0, 1)


@given(ago_ms=st.integers(min_value=0, max_value=60_000))
def test_wall_clock_times_land_on_the_monotonic_clock(ago_ms: int) -> None:
    wall, monotonic = time.time_ns() // 1_000_000, time.monotonic_ns() // 1_000_000
    assert abs(monotonic_of(wall - ago_ms) - max(0, monotonic - ago_ms)) <= 20


@given(wall_ms=st.integers(min_value=0, max_value=1 << 45))
def test_no_time_is_ever_in_the_future(wall_ms: int) -> None:
    assert 0 <= monotonic_of(wall_ms) <= time.monotonic_ns() // 1_000_000
