# SPDX-License-Identifier: Apache-2.0
"""What a browser's window says of itself counts only if bar, document and title agree, whatever a page does."""

import re
from pathlib import Path

import pytest

from handiwork.model.geometry import Box
from handiwork.model.policy import Allow, Deny, Policy
from handiwork.model.raw import RawBrowserWindow
from handiwork.rules import unaided
from handiwork.rules.unaided import is_covered, is_sign_in, rule_of, shown_url

WORK = "https://work.example.org/board"
POLICY = Policy(
    name="t",
    revision=1,
    purposes=("agent-training",),
    allow=(
        Allow(app="chromium", site="https://mail.example.org", account="*@work.example.org", account_in="#who"),
        Allow(app="chromium", site="https://work.example.org"),
        Allow(app="google-chrome", site="https://feed.example.org", profile="Work"),
    ),
    deny=(Deny(site="https://work.example.org/people"),),
)


def told(bar: str, url: str = WORK, title: str = "Board", *, edited: bool = False) -> RawBrowserWindow:
    return RawBrowserWindow(1, 1, bar, edited, url, title, Box(0, 80, 800, 500))


@pytest.mark.parametrize(
    ("url", "bar"),
    [
        (WORK, "work.example.org/board"),
        ("https://work.example.org/", "work.example.org"),
        ("http://work.example.org:8080/a?q=a%20b#c", "work.example.org:8080/a?q=a%20b#c"),
        ("https://www.example.org/a", "example.org/a"),
        ("https://example.org/%C3%BCbung%20x", "example.org/übung%20x"),
        ("https://xn--bcher-kva.example/", "bücher.example"),
        ("http://127.0.0.1:9/a", "127.0.0.1:9/a"),
        (WORK, WORK),
    ],
)
def test_a_window_whose_bar_document_and_title_agree_tells_its_site(url: str, bar: str) -> None:
    assert shown_url(told(bar, url), "chromium", "Board - Chromium") == url


@pytest.mark.parametrize(
    ("what", "title"),
    [
        (told("work.example.org/board", "https://private.example.net/x", "Diary"), "Diary - Chromium"),  # pending
        (told("work.example.org/board"), "Diary - Chromium"),  # another tab's document lingers
        (told("private.example.net/x"), "Board - Chromium"),  # the document is late, the title a spoof
        (told("work.example.org/board", edited=True), "Board - Chromium"),
        (told("work.example.org/board", ""), "Board - Chromium"),  # no document, or two
        (told("work.example.org/board", title=""), " - Chromium"),
        (told("view-source:https://work.example.org/board"), "Board - Chromium"),
        (told("work.example.org/board", "view-source:https://work.example.org/board"), "Board - Chromium"),
        (told("settings", "chrome://settings/", "Settings"), "Settings - Chromium"),
        (told("chrome://settings", "chrome://settings/", "Settings"), "Settings - Chromium"),
        (told("/home/ada/board", "file:///home/ada/board"), "Board - Chromium"),
        (
            told("work.example.org@evil.example/board", "https://work.example.org@evil.example/board"),
            "Board - Chromium",
        ),
        (told("work.example.org/Board"), "Board - Chromium"),
        (told("work.example.org"), "Board - Chromium"),  # elided
        (told("work.example.org:8443/board"), "Board - Chromium"),
        (told("http://work.example.org/board"), "Board - Chromium"),  # the bar names another scheme
        (told("wоrk.example.org/board"), "Board - Chromium"),  # a Cyrillic letter
        (told("work.example.org/board"), "Board - Chromium (Incognito)"),
        (told("work.example.org/board"), "Board - Google Chrome"),
        (told("work.example.org/board"), "Board"),  # a window without the browser's name is no ordinary one
        (told("work.example.org:99999999/board", "https://work.example.org:99999999/board"), "Board - Chromium"),
        (told("[::1/board", "https://[::1/board"), "Board - Chromium"),
    ],
)
def test_whatever_disagrees_is_uncertain(what: RawBrowserWindow, title: str) -> None:
    assert shown_url(what, "chromium", title) is None


def test_of_a_browser_whose_windows_are_not_known_nothing_is_certain() -> None:
    assert shown_url(told("work.example.org/board"), "firefox", "Board - Chromium") is None


def test_no_rule_with_account_or_profile_and_nothing_denied_is_found() -> None:
    assert rule_of(POLICY, WORK) == 1
    assert rule_of(POLICY, "https://mail.example.org/") == -1
    assert rule_of(POLICY, "https://feed.example.org/") == -1
    assert rule_of(POLICY, "https://work.example.org/people/ada") == -1
    assert rule_of(POLICY, "http://work.example.org/board") == -1
    assert is_covered(POLICY, "chromium")
    assert not is_covered(POLICY, "google-chrome")


@pytest.mark.parametrize(
    "path", ["/login", "/app/sign-in", "/x?next=/y#/auth/step", "/oauth2/authorize", "/reset.password"]
)
def test_sign_in_pages_are_known_by_their_address(path: str) -> None:
    address = "https://work.example.org" + path
    assert is_sign_in(address)


@pytest.mark.parametrize("path", ["/board", "/authors", "/blog/logins-explained", "/registers", ""])
def test_other_addresses_are_none(path: str) -> None:
    assert not is_sign_in("https://work.example.org" + path)


def test_the_extension_knows_sign_in_addresses_by_the_same_words() -> None:
    script = (Path(__file__).parents[2] / "extension/content/sensitive.js").read_text("utf-8")
    pieces = re.search(r"SIGN_IN_PATH = new RegExp\((.*?)\"i\"", script, re.DOTALL)
    assert pieces
    assert "".join(re.findall(r'"([^"]*)"', pieces[1])) == unaided._SIGN_IN_PATH.pattern
