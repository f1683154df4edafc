# SPDX-License-Identifier: Apache-2.0
"""This process's place in the queue for a processor. Knows nothing of what it does there."""

import os
from contextlib import suppress


def step_back() -> None:
    """Asks the system never to interrupt another program for this one; its share of a busy processor stays the same.

    Holds for this thread, and for threads and processes that it starts from here on.
    """
    with suppress(OSError):  # a system that knows no such wish, or forbids it: then all is as it was
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
