# SPDX-License-Identifier: Apache-2.0
"""Runs the real recorder as on a machine without the model that reads pixels. Nothing else of it is changed.

Run as a process of its own, in place of `handiwork record start`.
"""

import sys

from handiwork.cli import session
from handiwork.cli.paths import home


def main() -> int:
    """Records until stopped."""
    vars(session)["open_reader"] = lambda _policy: None
    session.record_until_stopped(home())
    return 0


if __name__ == "__main__":
    sys.exit(main())
