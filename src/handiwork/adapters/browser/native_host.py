# SPDX-License-Identifier: Apache-2.0
"""The native messaging host: what Chromium starts, and what passes bytes between it and the recorder's socket.

Run as a file with `python -I -S`, so it imports four built-in modules and nothing of Handiwork. It understands none of
what it passes on, keeps none of it, and writes nothing anywhere. Both ends frame alike (a 4-byte length in the
machine's byte order, then JSON), so bytes pass unchanged. If the recorder isn't running it ends quietly, with status 0:
the extension tries again later.
"""

import _socket  # the class beneath socket.socket: half the start-up time of the module around it
import os
import select
import sys

_CHUNK = 65536


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _relay(socket: int) -> None:
    """Passes bytes both ways until either end is gone."""
    while True:
        readable, _, _ = select.select([0, socket], [], [])
        for source, target in ((0, socket), (socket, 1)):
            if source not in readable:
                continue
            data = os.read(source, _CHUNK)
            if not data:
                return
            _write_all(target, data)


def main(path: str) -> int:
    """Connects to the recorder's socket and relays; nothing to do if there is no recorder."""
    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        connection.connect(path)
        _relay(connection.fileno())
    except OSError:
        return 0  # no recorder, or one end broke off: both mean that there is nothing left to pass on
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
