# SPDX-License-Identifier: Apache-2.0
"""Finds what was cut elsewhere in a text that was read from pixels, where a letter or two may have been misread."""

from handiwork.rules.redaction.memory import Memory
from handiwork.rules.redaction.normal import lowered, normal

_SHORTEST = 5
"""Characters, of letters and digits. A shorter datum is looked for as it is, not by its look."""

_HALVED_FROM = 10
"""From so many on, either half of a datum gives it away: so one misread character hides nothing."""

_MOST_TEXTS = 4_000

_LOOKS = str.maketrans({"0": "o", "1": "l", "i": "l", "!": "l", "|": "l", "5": "s", "$": "s", "8": "b", "2": "z"} | {
    "6": "g", "9": "g", "q": "g", "@": "a", "4": "a", "7": "t", "u": "v"
})  # fmt: skip


def look(text: str) -> str:
    """How a text looks: characters that readers take for one another are one, and only letters and digits count."""
    plain = lowered(normal(text).text).replace("rn", "m").replace("vv", "w").replace("cl", "d").translate(_LOOKS)
    return "".join(char for char in plain if char.isalnum())


class Misread:
    """Asks a memory by the looks of what it holds. Answers are kept for each text; only what is new is asked for."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._looks: list[str] = []
        self._read_of = 0
        self._asked: dict[str, tuple[bool, int]] = {}

    def recalls(self, text: str) -> bool:
        """Whether the text shows something remembered, or nearly so."""
        self._take_in()
        known, asked = self._asked.get(text, (False, 0))
        if not known and asked < len(self._looks):
            shown = look(text)
            known = any(datum in shown for datum in self._looks[asked:])
        if len(self._asked) >= _MOST_TEXTS:
            self._asked.clear()
        self._asked[text] = known, len(self._looks)
        return known

    def forget(self) -> None:
        """Drops everything; call it together with the memory's own."""
        self._looks.clear()
        self._asked.clear()
        self._read_of = 0

    def _take_in(self) -> None:
        for datum in self._memory.data(self._read_of):
            self._read_of += 1
            seen = look(datum)
            if len(seen) >= _HALVED_FROM:
                self._looks += [seen[: len(seen) // 2], seen[len(seen) // 2 :]]
            elif len(seen) >= _SHORTEST:
                self._looks.append(seen)
