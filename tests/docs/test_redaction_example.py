# SPDX-License-Identifier: Apache-2.0
"""The example in docs/redaction.md, run as somebody would who only installed the package: it prints what it says."""

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "redaction.md"


def test_the_example_prints_what_the_page_says(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    code, said = re.search(r"^```python\n(.*?)^```\n+prints\n+```\n(.*?)^```", text, re.M | re.S).groups()  # type: ignore[union-attr]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    assert done.stdout == said


def test_the_example_leaves_no_file(tmp_path: Path) -> None:
    code = re.search(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S).group(1)  # type: ignore[union-attr]
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, timeout=60, check=True)
    assert list(tmp_path.iterdir()) == []
