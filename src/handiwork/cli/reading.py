# SPDX-License-Identifier: Apache-2.0
"""Wires what reads with a model, text in pixels and names in sentences: where a policy needs it and it is there."""

import sys
from dataclasses import dataclass

from handiwork.adapters import language
from handiwork.adapters.ocr import PaddleOcr
from handiwork.adapters.ocr.models import is_installed, missing
from handiwork.model.policy import Policy
from handiwork.ports.language import NameReader
from handiwork.recorder.pictures.reading import ScreenReader
from handiwork.rules.scope import keeps_text

NO_MODEL = "none"


@dataclass(frozen=True)
class Models:
    """What was there to read with, for the headers of segments: names and versions, or "none"."""

    ocr: str = NO_MODEL
    language: str = NO_MODEL


def models_of(reader: ScreenReader | None, names: NameReader | None) -> Models:
    """By what was opened."""
    return Models(reader.version if reader is not None else NO_MODEL, names.version if names is not None else NO_MODEL)


def open_reader(policy: Policy) -> ScreenReader | None:
    """None where no frames are kept, or the model is missing: then what no page tells stays masked."""
    if not any(rule.level == "full" for rule in policy.allow):
        return None
    if not is_installed():
        print(missing("Text in native programs can't be read here."), file=sys.stderr)
        return None
    return ScreenReader(PaddleOcr())


def open_names(policy: Policy) -> NameReader | None:
    """None where no rule keeps content on the word of a model, or the model is missing: then such content is cut."""
    if not any(rule.words == "balanced" and keeps_text(rule.level) for rule in policy.allow):
        return None
    if not language.is_installed():
        print(language.missing("Names can't be found in sentences here."), file=sys.stderr)
        return None
    return language.SpacyNames()
