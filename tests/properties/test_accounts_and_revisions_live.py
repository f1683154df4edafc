# SPDX-License-Identifier: Apache-2.0
"""Two accounts on one site and a policy revised meanwhile: the real recorder and real Chromium, every stored byte read.

One recording for the module. A page changes the signed-in account without loading anything; the policy is narrowed and
then widened while the recorder runs. What is typed and shown where nothing may be kept is searched for afterwards.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.live import Worker, allowed, at_work, colours_in, is_nowhere, policy, stored
from tests.properties.site import BLUE, PURPLE, Site, field_at, served

from handiwork.adapters.session import VirtualSession
from handiwork.model.event import Foreground, Typed
from handiwork.model.segment import OpenSegment

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.timeout(170)]

KEPT = {1: ("heron counting report", "back at the office"), 3: ("now agreed to",)}
"""Typed where it may be kept, by the revision that then holds."""

NOWHERE = {
    "typed in the other account": "hobby-letter-to-anneke",
    "shown in the other account": "Hobbyhorsehead",
    "the other account's name": "hobbyrider",
    "typed after the site was taken out": "after-the-narrowing",
    "typed before the wider policy was accepted": "nobody-asked-me-yet",
}

MAIL = f"""
<title>Mail</title><meta name="signed-in" content="ada@work.example">
<script>
const become = (who, words, colour) => {{
  document.querySelector("meta").content = who;
  head.textContent = words; head.style.color = colour; document.title = words;
}};
addEventListener("keydown", (event) => {{
  if (event.key === "F8") become("{NOWHERE["the other account's name"]}@home.example", "{NOWHERE["shown in the other account"]}", "rgb{PURPLE}");
  if (event.key === "F9") become("ada@work.example", "Weekly harvest overview", "rgb{BLUE}");
}});
</script>
<h1 id=head style="left:400px;top:20px;width:380px;color:rgb{BLUE}">Weekly harvest overview</h1>
""" + "".join(field_at(number) for number in range(8))  # noqa: E501 -- the page's own lines

EDITOR = """\
[[allow]]
app = "gedit"
"""
ACCOUNT = """\
account = "*@work.example"
account_in = 'meta[name="signed-in"]'
account_attribute = "content"
"""


@dataclass
class Recording:
    """What was stored, and what `record policy` said of each revision."""

    device: Path
    segments: list[OpenSegment]
    said: dict[int, str]


@pytest.fixture(scope="module")
def recording(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recording]:
    out = tmp_path_factory.mktemp("accounts") / "out"
    with (
        served({"/": MAIL}) as site,
        at_work(session, out, policy(EDITOR, allowed(site.url), ACCOUNT)) as worker,
        worker.chromium(site.url + "/"),
    ):
        said: dict[int, str] = {}
        _work(worker, site, said)
        worker.stop()
        yield Recording(worker.device, stored(worker.device), said)


def _work(worker: Worker, site: Site, said: dict[int, str]) -> None:
    worker.wake_up(site)
    worker.fill(site, "/", 0, KEPT[1][0])
    worker.press("F8")
    worker.await_state("out of scope")
    worker.fill(site, "/", 1, NOWHERE["typed in the other account"])
    _wipe(worker)
    worker.press("F9")
    worker.await_state("recording")
    time.sleep(0.5)
    worker.fill(site, "/", 2, KEPT[1][1])
    said[2] = worker.put_policy(policy(EDITOR, revision=2))
    worker.await_state("out of scope")
    worker.fill(site, "/", 3, NOWHERE["typed after the site was taken out"])
    _wipe(worker)
    said[3] = worker.put_policy(policy(EDITOR, allowed(site.url), revision=3))
    worker.await_state("trouble")
    worker.fill(site, "/", 4, NOWHERE["typed before the wider policy was accepted"])
    _wipe(worker)
    worker.agree()
    worker.await_state("recording")
    time.sleep(0.5)
    worker.fill(site, "/", 5, KEPT[3][0])


def _wipe(worker: Worker) -> None:
    """What still stands in an allowed page later is the page's own."""
    worker.press("Control_L", "a")
    worker.press("Delete")


def test_what_each_revision_allows_is_kept_under_that_revision(recording: Recording) -> None:
    typed = {number: set[str]() for number in (1, 2, 3)}
    for segment in recording.segments:
        typed[segment.header.policy_revision] |= {event.text for event in segment.events if isinstance(event, Typed)}
    assert set(KEPT[1]) <= typed[1]
    assert typed[2] == set()
    assert set(KEPT[3]) <= typed[3]
    assert not set(KEPT[3]) & typed[1]


def test_segments_of_the_second_consent_name_it(recording: Recording) -> None:
    consents = {segment.header.policy_revision: segment.header.consent_version for segment in recording.segments}
    assert consents == {1: 1, 3: 2}


@pytest.mark.parametrize("what", NOWHERE)
def test_what_was_typed_and_shown_where_nothing_may_be_kept_is_nowhere(recording: Recording, what: str) -> None:
    is_nowhere(recording.device, NOWHERE[what])


def test_no_picture_shows_the_other_account(recording: Recording) -> None:
    seen = colours_in(recording.segments)
    assert any(colour[2] - max(colour[:2]) > 120 for colour in seen), "the blue heading is never seen"
    assert PURPLE not in seen
    assert not any(abs(r - b) < 12 and r > 90 and g < 40 for r, g, b in seen)


def test_titles_are_the_right_accounts(recording: Recording) -> None:
    titles = {
        event.title for segment in recording.segments for event in segment.events if isinstance(event, Foreground)
    }
    assert titles
    assert not any("Hobby" in title for title in titles)


def test_the_person_is_told_what_each_revision_means(recording: Recording) -> None:
    assert "no longer allowed: chromium" in recording.said[2]
    assert "in the running recorder too" in recording.said[2]
    assert "Recording has stopped: the policy asks for more" in recording.said[3]
