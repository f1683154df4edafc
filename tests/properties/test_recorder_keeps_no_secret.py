# SPDX-License-Identifier: Apache-2.0
"""Properties 1 to 3 under attack: the real recorder, real Chromium, real keys; then every stored byte is read.

One recording is made for the whole module: a person works on an allowed page, and types seeded secrets everywhere that
nothing may be kept, and into allowed fields where they must be cut.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from tests.live import Worker, allowed, at_work, found_in_segments, is_nowhere, policy, stored
from tests.properties.site import Site, field_at, served

from handiwork.adapters.browser.firefox import Firefox
from handiwork.adapters.browser.launch import Chromium
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.session import VirtualSession
from handiwork.cli.auditing import helpers, leak_audit, read_all
from handiwork.cli.device import open_device
from handiwork.cli.leaks import find, leaks_in_files
from handiwork.cli.paths import Home
from handiwork.derive.frames import Pixels, rebuild
from handiwork.model.codec import encode_events
from handiwork.model.errors import HandiworkError
from handiwork.model.event import Event, Frame, Gap, Observed, Typed
from handiwork.model.geometry import Box
from handiwork.model.segment import OpenSegment
from handiwork.ports.control import Status
from handiwork.rules.redaction.pixels import FILL

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.alone, pytest.mark.timeout(170)]

CONTROL = "heron counting report"
"""Typed where it may be kept: if this is not found, the search for the others proves nothing."""

CUT = {
    "email": "zoe.quandt@fennimore.example",
    "card": "4111111111111111",
    "token": "ghp_R8kd02nfLw83jfPqZx71mVt5sYc4uBe6HaGi",
    "assignment": "password=grebe-Falters-19",
}
"""Typed into fields of the allowed page: the words around may be kept, these may not."""

SECRETS = {
    "other site": "wolfram-unlisted-site",
    "sign-in user": "ottoline.signs.in",
    "password": "Tr0ub4dor-kestrel-77",
    "address bar": "omnibox-only-thought",
    "other app": "xev-window-utterance",
    "private window": "incognito-confession",
    "paused": "typed-while-paused",
    "title": "Severance of Maren Hollis",
    "shown text": "AKIAIOSFODNN7EXAMPLQ",
}

OWN = "osprey crossing"
"""Shown all the time, and kept, until the person says that it must never be; then typed as well."""

FORM = (
    "<title>Orders</title>"
    + "".join(field_at(number) for number in range(8))
    + '<p style="left:400px;top:20px;width:380px">Weekly harvest overview</p>'
    + f'<p style="left:400px;top:80px;width:380px">{SECRETS["shown text"]}</p>'
    + f'<p style="left:400px;top:140px;width:380px">{OWN}</p>'
)
SIGN_IN = (
    "<title>Sign in</title><form>" + field_at(0, name="User name") + field_at(1, "password", "Password") + "</form>"
)
OTHER = f"<title>{SECRETS['title']}</title>" + field_at(0)


@dataclass
class Recording:
    """What was stored, and what the recorder said of it."""

    device: Path
    account: Status
    segments: list[OpenSegment]
    skips: dict[tuple[str, str], int]
    origin: tuple[int, int]

    @property
    def events(self) -> list[Event]:
        return [event for segment in self.segments for event in segment.events]


@pytest.fixture(scope="module")
def recording(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recording]:
    yield from recorded(session, tmp_path_factory.mktemp("attack") / "out", "chromium", Worker.chromium)


def recorded(
    session: VirtualSession, out: Path, app: str, opened: Callable[[Worker, str], Chromium | Firefox]
) -> Iterator[Recording]:
    """The person's day in that browser."""
    with (
        served({"/": FORM, "/signin": SIGN_IN}) as site,
        served({"/": OTHER}) as other,
        at_work(session, out, policy(allowed(site.url, app=app))) as worker,
        opened(worker, site.url + "/") as browser,
    ):
        _work(worker, browser, site, other)
        account = worker.stop()
        with open_device(Home(worker.device)) as device:
            skips: dict[tuple[str, str], int] = {}
            for _, stream, reason, count in device.store.skips():
                skips[stream, reason] = skips.get((stream, reason), 0) + count
        yield Recording(worker.device, account, stored(worker.device), skips, site.origins["/"])


def _work(hands: Worker, browser: Chromium | Firefox, site: Site, other: Site) -> None:
    hands.wake_up(site)
    hands.fill(site, "/", 0, CONTROL)
    for row, text in enumerate(CUT.values(), 1):
        hands.fill(site, "/", row, text)
    _on_another_site(hands, browser, other)
    _signing_in(hands, browser, site)
    hands.press("Control_L", "l")
    hands.actuator.write(SECRETS["address bar"], 8)
    time.sleep(0.8)
    hands.press("Escape")
    hands.press("Escape")
    _in_another_app(hands)
    _in_a_private_window(hands, browser, other)
    _while_paused(hands, site)
    _taking_a_word_away(hands, site)
    hands.fill(site, "/", 6, "afterwards")


def _on_another_site(hands: Worker, browser: Chromium | Firefox, other: Site) -> None:
    browser.open(other.url + "/")
    hands.await_page(other)
    hands.fill(other, "/", 0, SECRETS["other site"])
    hands.press("Control_L", "w")
    hands.await_state("recording")


def _signing_in(hands: Worker, browser: Chromium | Firefox, site: Site) -> None:
    browser.open(site.url + "/signin")
    hands.await_page(site, "/signin")
    hands.fill(site, "/signin", 0, SECRETS["sign-in user"])
    hands.fill(site, "/signin", 1, SECRETS["password"])
    hands.press("Control_L", "w")
    hands.await_state("recording")


def _in_another_app(hands: Worker) -> None:
    """A window of another program on top of the allowed one, with a telling title."""
    program = hands.session.start(["xev", "-name", SECRETS["title"], "-geometry", "300x200+500+300"])
    hands.await_state("out of scope")
    hands.click(600, 400)
    hands.actuator.write(SECRETS["other app"], 8)
    time.sleep(0.5)
    program.terminate()
    hands.await_state("recording")


def _in_a_private_window(hands: Worker, browser: Chromium | Firefox, other: Site) -> None:
    other.origins.clear()
    browser.open(other.url + "/", "--incognito")
    hands.await_page(other)
    hands.fill(other, "/", 0, SECRETS["private window"])
    hands.press("Control_L", "w")
    hands.await_state("recording")


def _while_paused(hands: Worker, site: Site) -> None:
    hands.press("Pause")
    hands.await_state("paused")
    hands.fill(site, "/", 5, SECRETS["paused"])
    hands.press("Control_L", "a")
    hands.press("Delete")  # what still stands on an allowed page after the pause is the page's own
    hands.press("Pause")
    hands.await_state("recording")
    time.sleep(0.5)


def _taking_a_word_away(hands: Worker, site: Site) -> None:
    hands.handiwork("redact", "never", OWN)
    hands.fill(site, "/", 5, f"the {OWN} minutes")


def test_what_may_be_kept_is_kept(recording: Recording) -> None:
    assert CONTROL in [event.text for event in recording.events if isinstance(event, Typed)]
    # While a window manager holds the pointer for a moment, the server itself folds moves into one: counted as lost.
    assert recording.account.lost <= recording.account.events // 20


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_typed_or_shown_where_nothing_may_be_kept_is_nowhere(recording: Recording, name: str) -> None:
    is_nowhere(recording.device, SECRETS[name])


@pytest.mark.parametrize("name", CUT)
def test_a_secret_typed_into_an_allowed_field_is_cut_from_every_copy(recording: Recording, name: str) -> None:
    assert found_in_segments(recording.device, CUT[name].removeprefix("password=")) == []


def test_a_word_taken_away_while_recording_is_in_no_stream_from_then_on(recording: Recording) -> None:
    first, *later = recording.segments
    assert find(encode_events(list(first.events)), [OWN], "before") != []
    assert later
    for segment in later:
        assert find(encode_events(list(segment.events)), [OWN, OWN.split()[0]], "after") == []
    typed = [event for segment in later for event in segment.events if isinstance(event, Typed)]
    assert any("never" in event.cuts for event in typed)


def test_a_word_taken_away_is_filled_in_on_pictures_from_then_on(recording: Recording) -> None:
    first, *later = recording.segments
    shown = _around(recording, 140)
    before = [_colours(pixels, region, shown) for region, pixels in _pictures([first])]
    assert max(map(len, before)) > 2
    after = [_colours(pixels, region, shown) for region, pixels in _pictures(later)]
    assert after
    assert set().union(*after) <= {FILL, (255, 255, 255)}


def test_a_second_look_finds_the_word_that_was_taken_away_and_nothing_else(recording: Recording) -> None:
    first = recording.segments[0].header.segment_id
    every = [segment.header.segment_id for segment in recording.segments]
    with (
        open_device(Home(recording.device)) as device,
        helpers(sample=True) as more,
        leak_audit(device, more) as audit,
    ):
        finds = {
            (segment, find.leak.kind)
            for segment, told in read_all(audit, every)
            if not isinstance(told, HandiworkError)
            for find in told.finds
        }
    assert finds == {(first, "never")}


def test_the_cut_says_of_which_class_it_was(recording: Recording) -> None:
    cuts = {cut for event in recording.events if isinstance(event, Typed) for cut in event.cuts}
    assert {"email", "secret"} <= cuts


def test_the_files_on_disk_hold_not_even_what_may_be_kept_in_the_clear(recording: Recording) -> None:
    assert leaks_in_files(recording.device, [CONTROL]) == []


def test_every_kind_of_skip_is_counted_with_its_reason(recording: Recording) -> None:
    reasons = {reason for _, reason in recording.skips}
    assert {"unlisted site", "not in the page", "paused"} <= reasons
    assert reasons & {"password field", "sign-in"}
    assert reasons & {"unlisted app", "unknown app", "other window"}
    assert all(find(f"{key}".encode(), [*SECRETS.values(), *CUT.values()], "ledger") == [] for key in recording.skips)


def test_gaps_are_marked_and_say_nothing_but_why(recording: Recording) -> None:
    gaps = [event for event in recording.events if isinstance(event, Gap)]
    assert gaps
    assert all(gap.t <= gap.t_end for gap in gaps)


def test_no_address_or_title_of_any_other_page_is_kept(recording: Recording) -> None:
    shown = {event.url for event in recording.events if isinstance(event, Observed)}
    assert len({url.rstrip("/") for url in shown}) == 1


def test_frames_hide_the_secret_text_and_show_the_harmless_one(recording: Recording) -> None:
    frames = _frames(recording)
    assert frames
    secret, harmless = _around(recording, 80), _around(recording, 20)
    shown = [_colours(pixels, region, harmless) for region, pixels in frames]
    hidden = [_colours(pixels, region, secret) for region, pixels in frames]
    assert max(map(len, shown)) > 2, (
        "the harmless text is never visible: then its neighbour's being hidden proves nothing"
    )
    assert set().union(*hidden) <= {FILL, (255, 255, 255)}


def _around(recording: Recording, top: int) -> Box:
    x, y = recording.origin
    return Box(x + 400, y + top + 14, 260, 24)


def _frames(recording: Recording) -> list[tuple[Box, Pixels]]:
    return _pictures(recording.segments)


def _pictures(segments: list[OpenSegment]) -> list[tuple[Box, Pixels]]:
    found: list[tuple[Box, Pixels]] = []
    for segment in segments:
        frames = [event for event in segment.events if isinstance(event, Frame)]
        pictures = rebuild(frames, range(len(frames)), WebpPictures().decode)
        found += [(frames[place].region, pixels) for place, pixels in pictures.items()]
    return found


def _colours(pixels: Pixels, region: Box, box: Box) -> set[tuple[int, ...]]:
    """The colours that a part of the screen shows in a frame."""
    x, y = box.x - region.x, box.y - region.y
    cut = pixels[y : y + box.h, x : x + box.w].reshape(-1, 3)
    return {tuple(int(part) for part in colour) for colour in np.unique(cut, axis=0)}
