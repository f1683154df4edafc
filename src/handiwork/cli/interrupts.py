# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C while libraries are loaded: it waits until they are, since compiled ones crash when they are torn apart."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_held() -> Iterator[None]:
    """A Ctrl-C that comes meanwhile is obeyed at the end, at once."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
