# SPDX-License-Identifier: Apache-2.0
"""Where a model is absent or not ready, what it should have read is cut, and counted by reason alone."""

from tests.headers import TEMPLATE
from tests.properties.harness import Life, PlainPictures
from tests.recorder.test_fresh_picture import busy

from handiwork.cli.reading import Models, models_of
from handiwork.model.codec import canonical_json, from_json
from handiwork.model.geometry import Box
from handiwork.model.policy import Allow, Policy
from handiwork.model.raw import RawElement, RawPage
from handiwork.model.segment import Header
from handiwork.ports.fakes.language import ToldNames
from handiwork.ports.fakes.ocr import LearnedOcr
from handiwork.ports.language import NameReader
from handiwork.recorder.kept.streams import Streams
from handiwork.recorder.pictures.reading import NO_MODEL, ScreenReader
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.recorder.skips import SkipCounter
from handiwork.rules.scope import Decision

SENTENCE = "please send the second box to Quarrington"


class Deaf:
    """A model that reads nothing yet."""

    version = "deaf 1"

    def names(self, text: str) -> None:
        return None

    def forget(self) -> None:
        return

    def close(self) -> None:
        return


def counted(names: NameReader | None) -> dict[tuple[str, str], int]:
    """What is counted for a page with one sentence on it, told twice."""
    skips = SkipCounter()
    decision = Decision(allowed=True, rule=0, level="full", words="balanced", app="mail", site="mail.example")
    rule = Allow(app="mail", site="mail.example", level="full", words="balanced")
    policy = Policy(name="t", revision=1, purposes=("agent-training",), allow=(rule,))
    streams = Streams(decision, policy, ScopeWatch(policy), PlainPictures(), skips, None, names)
    box = Box(0, 0, 900, 20)
    for time_ms in (1_000, 2_000):
        told = RawElement(time_ms, "text", SENTENCE, "", box, frozenset(), -1, "", ())
        page = RawPage(time_ms, "https://mail.example/", "mail", box, box, (told,), -1, False, "")
        streams.take(page, decision)
    streams.tick(3_000)
    streams.end()
    return dict(skips._counts)


def test_sentences_that_nobody_has_read_are_counted_once_with_the_reason() -> None:
    assert counted(None) == {("text", "no language model"): 1}
    assert counted(Deaf()) == {("text", "not read by the language model in time"): 1}
    assert counted(ToldNames("Quarrington")) == {}


def test_pictures_that_nothing_can_read_are_counted_with_the_reason() -> None:
    life = Life()
    life.pass_time(500)
    life.become(front="notes")
    busy(life, 2_000)
    life.finish()
    reasons = {(stream, reason): count for _, stream, reason, count in life.store.skips()}
    assert reasons.get(("pixels", NO_MODEL), 0) > 0


def test_a_header_says_which_models_were_there_and_an_older_one_stays_the_bytes_that_it_was() -> None:
    assert models_of(None, None) == Models("none", "none")
    assert models_of(ScreenReader(LearnedOcr()), Deaf()).language == "deaf 1"
    older = canonical_json(TEMPLATE)
    assert b"model" not in older
    assert canonical_json(from_json(older, Header)) == older
