# SPDX-License-Identifier: Apache-2.0
"""Whoever lists processes sees the recorder under its own name."""

import subprocess
import sys


def test_the_process_is_listed_by_its_name() -> None:
    code = (
        "from handiwork.adapters.system.name import name_process\nname_process()\nprint(open('/proc/self/comm').read())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "handiwork-recor"
