# SPDX-License-Identifier: Apache-2.0
"""A descriptor that becomes readable after a while (timerfd, which Python's `os` has from 3.13 on)."""

import ctypes
import os
import struct

_MONOTONIC, _NONBLOCK_CLOEXEC = 1, os.O_NONBLOCK | os.O_CLOEXEC


class Timer:
    """Rings once for each `arm`; arming again before it rang puts it off."""

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor: int = self._libc.timerfd_create(_MONOTONIC, _NONBLOCK_CLOEXEC)
        if self._descriptor < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create")
        self._armed = False

    def fileno(self) -> int:
        """Readable when it has rung, until `arm` or `rang`."""
        return self._descriptor

    @property
    def armed(self) -> bool:
        """Whether it will ring."""
        return self._armed

    def arm(self, milliseconds: int) -> None:
        """Rings that long from now."""
        seconds, rest = divmod(milliseconds, 1000)
        self._libc.timerfd_settime(self._descriptor, 0, struct.pack("qqqq", 0, 0, seconds, rest * 1_000_000), None)
        self._armed = True

    def rang(self) -> bool:
        """Whether it has rung since it was armed; silences it."""
        if not self._armed:
            return False
        try:
            os.read(self._descriptor, 8)
        except BlockingIOError:
            return False
        self._armed = False
        return True

    def close(self) -> None:
        """May be called twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
