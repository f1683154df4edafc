# SPDX-License-Identifier: Apache-2.0
"""Shell scripts parse. The one that makes a machine ready would else be found out on a fresh machine only."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(
    path
    for path in (*ROOT.joinpath("scripts").iterdir(), ROOT / ".ci" / "run")
    if path.is_file() and (path.suffix == ".sh" or path.read_bytes().startswith(b"#!/usr/bin/env bash"))
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_it_parses(script: Path) -> None:
    done = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_there_are_scripts() -> None:
    assert {"setup", "check", "run"} <= {script.name for script in SCRIPTS}
