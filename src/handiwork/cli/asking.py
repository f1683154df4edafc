# SPDX-License-Identifier: Apache-2.0
"""Asks for words that must stand in no shell history and in no list of processes. Knows not what they are for."""

import sys

WARNING = (
    "These words stand in your shell's history now, and stood in the list of processes while this ran.\n"
    "Next time run `handiwork {command}` without them: it asks."
)


def asked(prompt: str, most: int = 1_000) -> list[str]:
    """Lines from the terminal or from a pipe, up to an empty one."""
    if sys.stdin.isatty():
        print(prompt, end="", file=sys.stderr, flush=True)
    words: list[str] = []
    while len(words) < most and (line := sys.stdin.readline()).strip():
        words.append(line.strip())
    return words


def warn_of_history(command: str) -> None:
    """For words that came as arguments all the same. Doesn't repeat them."""
    print(WARNING.format(command=command), file=sys.stderr)
