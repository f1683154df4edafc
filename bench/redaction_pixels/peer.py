# SPDX-License-Identifier: Apache-2.0
"""rapidocr as it comes, in an environment of its own: none of it is a dependency of Handiwork."""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from bench.redaction_pixels.page import Page

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".venv-bench-rapidocr"
VERSION = "3.10.0"

_SCRIPT = """
import sys, time
from rapidocr import RapidOCR
engine = RapidOCR(params={"Global.log_level": "error"})
engine(sys.argv[1])
began = time.process_time()
engine(sys.argv[1])
print(1e3 * (time.process_time() - began))
"""


def full_frame(page: Page) -> float:
    """Milliseconds of processor time for one frame of the page, the second of two."""
    made = FOLDER / "made"
    python = FOLDER / "bin" / "python"
    if not made.exists():
        _run(sys.executable, "-m", "venv", "--clear", str(FOLDER))
        _run(str(python), "-m", "pip", "install", "--quiet", f"rapidocr=={VERSION}", "onnxruntime")
        made.touch()
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "frame.png"
        Image.fromarray(page.pixels[:1080]).save(picture)
        done = subprocess.run([str(python), "-c", _SCRIPT, str(picture)], check=True, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1])


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=sys.stderr)
