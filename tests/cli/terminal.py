# SPDX-License-Identifier: Apache-2.0
"""A command in a terminal of its own, as a person would meet it."""

import os
import pty
import select
import subprocess
import time

from tests.cli.person import PersonsDevice, command


def in_a_terminal(device: PersonsDevice, *words: str, answers: str) -> tuple[int, str]:
    """Runs a command with a terminal of its own, types the answers, gives its status and everything it showed."""
    ours, theirs = pty.openpty()
    run = subprocess.Popen(command(*words), env=device.env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, answers.encode())
    shown, deadline = b"", time.monotonic() + 60
    while time.monotonic() < deadline:
        ready, _, _ = select.select([ours], [], [], 0.2)
        try:
            shown += os.read(ours, 65_536) if ready else b""
        except OSError:  # Linux's word for a terminal whose other end is closed
            break
        if not ready and run.poll() is not None:
            break
    os.close(ours)
    return run.wait(10), shown.decode()
