# SPDX-License-Identifier: Apache-2.0
"""`handiwork` with another folder for the browser's managed policy: a test can't write the machine's own.

What is checked of files and browser stays as it is, but for whose the files must be: the tester's.
"""

import os
import sys
from functools import partial
from pathlib import Path
from unittest.mock import patch

from handiwork.adapters.browser.managed import Managed
from handiwork.cli.main import main

if __name__ == "__main__":
    elsewhere = partial(Managed, {"chromium": Path(os.environ["TEST_POLICIES"])}, owner=os.getuid())
    with patch("handiwork.cli.session.Managed", elsewhere):
        sys.exit(main(sys.argv[1:]))
