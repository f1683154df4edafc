# SPDX-License-Identifier: Apache-2.0
"""Ocr by onnxruntime on PP-OCRv6 tiny: one thread, no network, nothing on disk but the models themselves.

About 16 us of one core for each column of a line scaled to 48 pixels of height; about 60 MB with the recognizer.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from handiwork.adapters.ocr.finding import as_input, boxes_in
from handiwork.adapters.ocr.models import DETECTOR, RECOGNIZER, VERSION, missing, model
from handiwork.ports.ocr import LARGEST, TALLEST, WIDEST
from handiwork.rules.redaction.reading import Reading, ReadLine

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

HEIGHT = 48
"""Pixels: what the recognizer was trained on."""

STRETCH = 1.1
"""Lines are made so much wider than they are. With this margin, more stretching loses letters."""

MARGIN = 4
"""Pixels of background around the ink: less loses the first and last letters, more makes all of them smaller."""

MOST_COLUMNS = 10_000
"""Of a scaled line: less than a fifth of a second. A longer one (tiny text, very wide) isn't read."""

_POOL, _GROWTH = 16 << 20, 64 << 20
"""Bytes. The pool is enough for lines of about 1,000 columns. Growth is larger than what the C library would ever take
from its heap, where it would lie scattered: so it is a mapping of its own, of which only what is used takes memory."""


class PaddleOcr:
    """Loads its models when first asked. Forget it to give their memory back."""

    version = f"{VERSION}, x{STRETCH}"

    def __init__(self) -> None:
        self._recognizer: InferenceSession | None = None
        self._detector: InferenceSession | None = None
        self._alphabet: list[str] = []

    def read(self, line: NDArray[np.uint8]) -> Reading:
        """One line of text, tightly cut."""
        height, width = line.shape[:2]
        if not line.size or height > TALLEST or width > WIDEST:
            return Reading()
        columns = max(16, round((width + 2 * MARGIN) * HEIGHT / (height + 2 * MARGIN) * STRETCH))
        if columns > MOST_COLUMNS:
            return Reading()
        session = self._recognizer_session()
        scaled = Image.fromarray(_framed(line)).resize((columns, HEIGHT), Image.Resampling.BILINEAR)
        given = np.asarray(scaled, dtype=np.float32)[:, :, ::-1].transpose(2, 0, 1) / 127.5 - 1.0
        return self._reading(_run(session, np.ascontiguousarray(given[None])), width)

    def lines(self, picture: NDArray[np.uint8]) -> tuple[ReadLine, ...]:
        """Every line found by the detector, read."""
        if not picture.size or picture.shape[0] * picture.shape[1] > LARGEST:
            return ()
        if self._detector is None:
            self._detector = _session(DETECTOR)
        boxes = boxes_in(_run(self._detector, as_input(picture))[0], picture.shape[1], picture.shape[0])
        return tuple(ReadLine(box, self.read(picture[box.y : box.y + box.h, box.x : box.x + box.w])) for box in boxes)

    def _recognizer_session(self) -> "InferenceSession":
        if self._recognizer is None:
            session = _session(RECOGNIZER)
            characters = session.get_modelmeta().custom_metadata_map["character"]
            # Number 0 is "no character here"; what comes after the last one is the space.
            self._alphabet = ["", *characters.split("\n"), " "]
            self._recognizer = session
        return self._recognizer

    def _reading(self, steps: NDArray[np.float32], width: int) -> Reading:
        """Greedy CTC: the likeliest character of each step, repeats and blanks dropped."""
        best = steps.argmax(axis=1)
        starts = np.flatnonzero((best != 0) & np.concatenate([[True], best[1:] != best[:-1]]))
        ends = np.append(np.flatnonzero(best[1:] != best[:-1]) + 1, best.size)
        lasts = ends[np.searchsorted(ends, starts, side="right")]
        middles = (starts + lasts) / 2 / best.size
        # From the picture with its margins to the line that was given.
        places = np.clip((middles * (width + 2 * MARGIN) - MARGIN) / width, 0.0, 1.0)
        text = "".join(self._alphabet[number] for number in best[starts].tolist())
        return Reading(text, tuple(steps.max(axis=1)[starts].tolist()), tuple(places.tolist()))


def _framed(line: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The line with a margin of the colour that its upper and lower border have in the middle."""
    border = np.concatenate([line[0], line[-1]])
    framed = np.empty((line.shape[0] + 2 * MARGIN, line.shape[1] + 2 * MARGIN, 3), dtype=np.uint8)
    framed[:] = np.median(border, axis=0).astype(np.uint8)
    framed[MARGIN:-MARGIN, MARGIN:-MARGIN] = line
    return framed


def _session(name: str) -> "InferenceSession":
    content = model(name)
    try:
        import onnxruntime
    except ModuleNotFoundError:
        raise missing("onnxruntime is not installed.") from None
    _share_pool()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_mem_pattern = False  # it would remember a plan for every width ever read
    options.add_session_config_entry("session.use_env_allocators", "1")
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


@cache
def _share_pool() -> None:
    """One pool of memory for all models of this process. What a wide line needs beyond it is given back (_run).

    Left alone, onnxruntime keeps for good what the widest line ever took, and more as pieces scatter: with locked
    memory a recorder grew by 125 MiB an hour (docs/decisions/0017).
    """
    import onnxruntime as ort

    where = ort.OrtMemoryInfo("Cpu", ort.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, ort.OrtMemType.DEFAULT)
    sizes = {"initial_chunk_size_bytes": _POOL, "initial_growth_chunk_size_bytes": _GROWTH, "arena_extend_strategy": 0}
    ort.create_and_register_allocator(where, ort.OrtArenaCfg(sizes))


def _run(session: "InferenceSession", given: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the model answers to its one input."""
    from onnxruntime import RunOptions

    options = RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    (answer,) = session.run(None, {"x": given}, options)
    first: NDArray[np.float32] = np.asarray(answer)[0]
    return first
