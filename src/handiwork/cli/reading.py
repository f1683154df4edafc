# SPDX-License-Identifier: Apache-2.0
"""Wires the reading of text in pixels: a reader where a policy needs one and the model is there, else none."""

import sys

from handiwork.adapters.ocr import PaddleOcr
from handiwork.adapters.ocr.models import is_installed, missing
from handiwork.model.policy import Policy
from handiwork.recorder.reading import ScreenReader


def open_reader(policy: Policy) -> ScreenReader | None:
    """None where no frames are kept, or the model is missing: then what no page tells stays masked."""
    if not any(rule.level == "full" for rule in policy.allow):
        return None
    if not is_installed():
        print(missing("Text in native programs can't be read here."), file=sys.stderr)
        return None
    return ScreenReader(PaddleOcr())
