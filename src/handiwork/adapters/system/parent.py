# SPDX-License-Identifier: Apache-2.0
"""Ties this process's life to that of whoever began it, as Linux does it."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """From now on this process is killed when `parent`, which began it, ends, however it does."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before it could be tied to
        sys.exit(0)
