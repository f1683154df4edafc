# SPDX-License-Identifier: Apache-2.0
"""The recorder interrupts nobody, and what it starts doesn't either."""

import subprocess
import sys

STEP_BACK = """
import os, threading
from handiwork.adapters.system.priority import step_back
step_back()
found = [os.sched_getscheduler(0)]
thread = threading.Thread(target=lambda: found.append(os.sched_getscheduler(0)))
thread.start()
thread.join()
print(*(policy == os.SCHED_BATCH for policy in found))
"""


def test_after_stepping_back_neither_the_process_nor_its_threads_interrupt_another() -> None:
    done = subprocess.run([sys.executable, "-c", STEP_BACK], stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
