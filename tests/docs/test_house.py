# SPDX-License-Identifier: Apache-2.0
"""The house's own rules that no linter knows: a licence line in each file, and sizes that a person can read."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 400, 600, 60  # lines


def tracked(*endings: str) -> list[Path]:
    """Files that git knows, by ending."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", *(f"*{ending}" for ending in endings)]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def test_every_source_file_begins_with_its_licence() -> None:
    files = [*tracked(".py", ".js", ".sh"), *(ROOT / "scripts").glob("[a-z]*[!.py]")]
    bare = [
        str(path.relative_to(ROOT))
        for path in files
        if path.is_file() and "SPDX-License-Identifier: Apache-2.0" not in path.read_text(encoding="utf-8")[:200]
    ]
    assert bare == []


def is_test(path: Path) -> bool:
    return path.is_relative_to(ROOT / "tests")


def test_no_file_is_too_long_to_read() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked(".py", ".js")
        if (lines := path.read_text(encoding="utf-8").count("\n"))
        > (LONGEST_TEST_FILE if is_test(path) else LONGEST_FILE)
    }
    assert long == {}


def test_no_function_is_too_long_to_read() -> None:
    long = {}
    for path in tracked(".py"):
        if is_test(path):  # a case written out as data may be as long as the case is
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked(".py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_lock_files_pin_every_package_by_hash_and_name_no_index() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        pins = re.findall(r"^[\w.-]+==.*?(?=^[\w#]|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pins, path.name
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == [], path.name
        assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links)|https?://", text, re.MULTILINE)


def test_the_recorder_is_locked_to_releases_that_everything_is_tested_with() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==[\w.+]+", (ROOT / "requirements" / name).read_text(), re.MULTILINE))

    assert pins("recorder.txt") <= pins("all.txt")
    assert pins("build.txt") <= pins("all.txt")


def test_no_lock_brings_in_a_cuda_build() -> None:
    locked = "".join(path.read_text() for path in (ROOT / "requirements").glob("*.txt"))
    assert not re.search(r"^(nvidia|triton|cuda)", locked, re.MULTILINE)
    assert re.search(r"^torch==[\d.]+\+cpu ", locked, re.MULTILINE)
