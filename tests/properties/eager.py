# SPDX-License-Identifier: Apache-2.0
"""`handiwork`, but for one thing: its recorder leaves out no picture for showing nothing new.

An attack on pictures gets more of them than a person's recorder would take.
"""

import sys
from unittest.mock import patch

from handiwork.cli.main import main

CLOCK = "handiwork.recorder.pictures.clock"

if __name__ == "__main__":
    with patch(f"{CLOCK}.FUTILE_MS", 0), patch(f"{CLOCK}.KNOWN_MS", 0):
        sys.exit(main(sys.argv[1:]))
