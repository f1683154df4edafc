# SPDX-License-Identifier: Apache-2.0
"""What this process is called where processes are listed: nobody should have to look for a recorder under "python"."""

import ctypes

_PR_SET_NAME = 15
PROCESS_NAME = "handiwork-recorder"


def name_process() -> None:
    """In top, ps and /proc. The kernel keeps the first 15 characters."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_NAME, PROCESS_NAME.encode(), 0, 0, 0)
