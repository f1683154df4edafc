# SPDX-License-Identifier: Apache-2.0
"""The recorder's daily leak audit: a process that opens store and keys for itself, as any audit does.

The recorder hands it nothing, no key and no descriptor: it reads the person's key file with the person's own rights.
"""

import os
import signal
import subprocess
import time
from contextlib import suppress

from handiwork.cli.auditing import audit_every_s, is_due, started
from handiwork.cli.paths import Home
from handiwork.ports.journal import Store
from handiwork.ports.leak_audit import note_sampled, sampled_unix_s


class SampleProcess:
    """ports.second_look, for the recorder in this process."""

    def __init__(self, home: Home, store: Store) -> None:
        self._home, self._store = home, store
        self._child: subprocess.Popen[bytes] | None = None

    def is_due(self, unix_ms: int) -> bool:
        """At most once in the time that the person chose, and only where something was never read again."""
        now_s = unix_ms / 1000
        return now_s - sampled_unix_s(self._store) >= audit_every_s(self._store) and is_due(self._store, now_s)

    def begin(self) -> None:
        """See the port."""
        note_sampled(self._store, int(time.time()))
        with suppress(OSError):  # no process to be had now: due again when the time has come round
            self._child = started(self._home, "--sample", "--with", str(os.getpid()))

    def rest(self, still: bool) -> None:
        """Stopped by the system itself: it can't forget to."""
        self._signal(signal.SIGSTOP if still else signal.SIGCONT)

    def is_running(self) -> bool:
        """See the port."""
        return self._child is not None and self._child.poll() is None

    def end(self) -> None:
        """Killed, since one that is stopped hears nothing else; each segment's result is on disk already."""
        self._signal(signal.SIGKILL)
        if self._child is not None:
            self._child.wait()
        self._child = None

    def _signal(self, number: signal.Signals) -> None:
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(number)
