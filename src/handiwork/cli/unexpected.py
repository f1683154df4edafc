# SPDX-License-Identifier: Apache-2.0
"""What is told of an error that nobody expected, where raw events are in memory: its kind and place, never its words.

An exception's message, its notes and the values around it may hold what somebody typed; code and line numbers don't.
"""

import sys
import threading
import traceback
from types import TracebackType

_DATA = "what was already on disk is whole; what was in memory is gone."
_DO = "start it again; if it happens again, report these lines: they hold nothing that you typed or saw."


def withhold_contents() -> None:
    """From now on, in every thread, and in what Python itself can't raise."""
    sys.excepthook = _told
    threading.excepthook = lambda failure: _told(failure.exc_type, failure.exc_value, failure.exc_traceback)
    sys.unraisablehook = lambda failure: _told(failure.exc_type, failure.exc_value, failure.exc_traceback)


def _told(kind: type[BaseException], error: BaseException | None, at: TracebackType | None) -> None:
    print("\n".join(account(kind, error, at)), file=sys.stderr)


def account(kind: type[BaseException], error: BaseException | None, at: TracebackType | None) -> list[str]:
    """The lines: what kind, where, and what it means. Causes are named by their kinds."""
    lines = [f"handiwork: An error that nobody expected: {kind.__name__}"]
    for frame in traceback.extract_tb(at):
        lines.append(f"    {frame.filename}:{frame.lineno} in {frame.name}")
    lines += [f"    after {type(cause).__name__}" for cause in _causes(error)]
    return [*lines, f"  Your data: {_DATA}", f"  What to do: {_DO}"]


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found[1:]
