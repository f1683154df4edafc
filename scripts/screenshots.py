# SPDX-License-Identifier: Apache-2.0
"""`make screenshots`: takes pictures of the desk and the report for the README, after `make demo`.

Knows nothing of what the pages hold. Reads demo-out/, writes docs/pictures/, changes nothing else.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from handiwork.adapters.browser.launch import find_chromium
from handiwork.cli.desk import desk_server
from handiwork.cli.paths import Home
from handiwork.model.errors import BadInput, HandiworkError

DEMO = Path("demo-out")
PICTURES = Path("docs/pictures")
WIDTH, HEIGHT = 1280, 860  # pixels: what a person sees without scrolling
SETTLE_MS = 8_000  # the page's own clock, not ours: headless Chromium runs it ahead


def main() -> int:
    """0 both pictures are there, else the error's own status."""
    try:
        find_chromium()
        PICTURES.mkdir(parents=True, exist_ok=True)
        picture_desk(Home(DEMO / "device"), PICTURES / "desk.png")
        picture_page(_report().resolve().as_uri(), PICTURES / "report.png")
    except HandiworkError as error:
        print(f"screenshots: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def picture_desk(home: Home, picture: Path) -> None:
    """The desk as the demo's person sees it, served by this process for as long as it takes."""
    import threading

    if not home.journal.exists():
        raise _no_demo(home.journal)
    with desk_server(home) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            picture_page(server.url, picture)
        finally:
            server.shutdown()


def picture_page(url: str, picture: Path) -> None:
    """A headless browser with an empty profile opens the page, and draws it once it has come to rest."""
    with tempfile.TemporaryDirectory(prefix="handiwork-picture-") as profile:
        command = [
            find_chromium(),
            "--headless=new",
            "--disable-gpu",
            "--hide-scrollbars",
            "--no-first-run",
            "--disable-background-networking",
            f"--user-data-dir={profile}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--virtual-time-budget={SETTLE_MS}",
            f"--screenshot={picture.resolve()}",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),  # Chromium's sandbox refuses to start for root
            url,
        ]
        subprocess.run(command, check=True, timeout=120, capture_output=True)
    print(f"{picture}: {picture.stat().st_size // 1024} KiB")


def _report() -> Path:
    found = sorted(DEMO.rglob("report*.html"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise _no_demo(DEMO / "report.html")
    return found[-1]


def _no_demo(path: Path) -> BadInput:
    return BadInput(
        f"{path} is not there", data="nothing was changed.", do="run `make demo` first, then `make screenshots` again."
    )


if __name__ == "__main__":
    sys.exit(main())
