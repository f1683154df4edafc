# SPDX-License-Identifier: Apache-2.0
"""The script that drove the input is the truth: which of its deeds were recorded as what they were, and what was not.

A deed is found if an action of its kind lies in its time; an action that no deed explains is too much. Typed text is
compared letter by letter.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

from bench.capture.person import Did
from handiwork.derive.actions import actions
from handiwork.model.action import Action, Click, Drag, Hotkey, Hover, Scroll, Select, SwitchApp, Type, Wait
from handiwork.model.segment import OpenSegment

_SLACK_MS = 400
"""A switch shows with the first event after it; a scroll's first notch may come a little after the hand arrived."""

_KEYS = {"ctrl": "Control_L"}


class Score(msgspec.Struct, frozen=True):
    """By kind: deeds done, deeds found, actions recorded. Letters: typed, recorded, the same in both."""

    done: dict[str, int]
    found: dict[str, int]
    recorded: dict[str, int]
    typed: int
    told: int
    same: int

    @property
    def recall(self) -> float:
        """Share of deeds that were found."""
        return sum(self.found.values()) / max(1, sum(self.done.values()))

    @property
    def precision(self) -> float:
        """Share of recorded actions that some deed explains."""
        return sum(self.found.values()) / max(1, sum(self.recorded.values()))

    @property
    def text_recall(self) -> float:
        """Share of typed letters that were recorded, in their order."""
        return self.same / max(1, self.typed)

    @property
    def text_precision(self) -> float:
        """Share of recorded letters that were typed."""
        return self.same / max(1, self.told)


def kind_of(action: Action) -> str:
    """In the words of the script."""
    match action:
        case Click():
            return "click" if action.count == 1 else "double click"
        case Drag():
            return "drag"
        case Scroll():
            return "scroll"
        case Type():
            return "type"
        case Hotkey():
            return "hotkey"
        case Select():
            return "select"
        case SwitchApp():
            return "switch"
        case Hover():
            return "hover"
        case Wait():
            return "wait"


def score(done: Sequence[Did], segments: Sequence[OpenSegment]) -> Score:
    """Deeds against what was recorded from the first to the last of them."""
    first, last = done[0].t - _SLACK_MS, done[-1].t_end + 2 * _SLACK_MS
    told = sorted((action for segment in segments for action in actions(segment.events)), key=lambda one: one.t)
    left = [action for action in told if first <= action.t <= last and not isinstance(action, Wait | Hover)]
    recorded = Counter(kind_of(action) for action in left)
    found: Counter[str] = Counter()
    typed = said = same = 0
    for deed in done:
        mine = [action for action in left if _explains(deed, action)]
        if deed.kind == "type":
            text = "".join(action.text for action in mine if isinstance(action, Type))
            matching = SequenceMatcher(None, deed.text, text, autojunk=False).get_matching_blocks()
            typed, said = typed + len(deed.text), said + len(text)
            same += sum(block.size for block in matching)
        if mine:
            found[deed.kind] += 1
            left.remove(mine[0])
    return Score(dict(Counter(deed.kind for deed in done)), dict(found), dict(recorded), typed, said, same)


def _explains(deed: Did, action: Action) -> bool:
    if kind_of(action) != deed.kind or not deed.t - _SLACK_MS <= action.t <= deed.t_end + _SLACK_MS:
        return False
    return not isinstance(action, Hotkey) or "+".join(action.keys) == deed.text


def as_words(one: Score) -> str:
    """A table for people."""
    rows = [f"  {kind:14} done {count:4} found {one.found.get(kind, 0):4} recorded {one.recorded.get(kind, 0):4}"
            for kind, count in sorted(one.done.items())]  # fmt: skip
    extra = {kind: count for kind, count in one.recorded.items() if kind not in one.done}
    rows += [f"  {kind:14} done    0 found    0 recorded {count:4}" for kind, count in sorted(extra.items())]
    rows.append(f"  actions: recall {one.recall:.3f}, precision {one.precision:.3f}")
    rows.append(f"  letters: recall {one.text_recall:.3f}, precision {one.text_precision:.3f}")
    return "\n".join(rows)
