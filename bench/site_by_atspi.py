# SPDX-License-Identifier: Apache-2.0
"""How well a browser's window tells its site without the extension: address bar, document and title (decision 0023).

Real Chromium with pages of one colour each, asked again and again while tabs are switched, links are followed and an
address is typed whose server doesn't answer. What is on the screen is the truth: an answer is wrong if the window told
of one page for certain, while before and after the asking another one's colour was shown.
"""

import os
import select
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

from bench.report import Report, at_most
from handiwork.adapters.atspi import AtspiSecretsWatch, AtspiUnaided
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop
from handiwork.adapters.x11.screen import X11Screen
from handiwork.model.geometry import Box
from handiwork.model.raw import RawWindow
from handiwork.recorder.scope.unaided import AGAIN_MS, PATIENCE_MS
from handiwork.rules.gate import GUARD_MS, HOLD_MS
from handiwork.rules.unaided import shown_url

FLAGS = (
    "--no-sandbox", "--test-type", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
    "--password-store=basic", "--window-position=20,40", "--window-size=900,700",
)  # fmt: skip
COLOURS = {"/one": (192, 0, 0), "/two": (0, 0, 192), "/three": (0, 160, 0)}
SPOT = Box(500, 600, 1, 1)
ROUNDS = 12


class _Page(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/never":
            time.sleep(4)
        colour = COLOURS.get(self.path, (255, 255, 255))
        # All have one title, so that the window's title never helps.
        body = f"<title>Page</title><body style='background:rgb{colour}'><h1>Page</h1>".encode()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


@dataclass
class Asking:
    """Asks without pause, in a thread of its own, and compares with the screen."""

    unaided: AtspiUnaided
    desktop: X11Desktop
    screen: X11Screen
    took_ms: list[float] = field(default_factory=list)
    behind_ms: list[float] = field(default_factory=list)
    """How long after another page was first seen the former one was still told of."""
    ahead_ms: list[float] = field(default_factory=list)
    """How long a page had been told of that wasn't seen yet: what a guard before each allowance is for."""
    blind_ms: list[float] = field(default_factory=list)
    cpu_s: float = 0.0
    certain: str = ""
    over: bool = False

    def run(self) -> None:
        """Until it is over."""
        window: RawWindow | None = None
        seen, since, lost, told_since = "", time.perf_counter(), 0.0, 0.0
        while not self.over:
            for told in self.desktop.read():
                window = next((one for one in told.windows if one.xid == told.active), None)
            before = self._shown()
            if before != seen:
                seen, since = before, time.perf_counter()
            url = self._told(window) if window is not None else None
            now = time.perf_counter()
            page = url and "/" + url.rpartition("/")[2]
            told_since = now if page != self.certain else told_since
            if page and before in COLOURS and page in COLOURS and page != before == self._shown():
                late = told_since < since
                (self.behind_ms if late else self.ahead_ms).append((now - (since if late else told_since)) * 1000)
            lost = lost or (now if self.certain and not page else 0.0)
            if page and lost:
                self.blind_ms.append((now - lost) * 1000)
                lost = 0.0
            self.certain = page or ""

    def _shown(self) -> str:
        blue, green, red = self.screen.grab(SPOT).pixels[:3]
        return next((path for path, colour in COLOURS.items() if colour == (red, green, blue)), "")

    def _told(self, window: RawWindow) -> str | None:
        began, spent = time.perf_counter(), time.thread_time()
        asked = time.monotonic_ns() // 1_000_000
        self.unaided.ask(window, asked)
        while time.perf_counter() - began < 0.15:
            select.select([self.unaided], [], [], 0.02)
            for told in self.unaided.read():
                if told.time_ms == asked:
                    self.took_ms.append((time.perf_counter() - began) * 1000)
                    self.cpu_s += time.thread_time() - spent
                    return shown_url(told, window.app, window.title)
        return None


def measure() -> Report:
    """About 45 seconds. The targets are what the scope allows for: the rest of the hold, and the guard."""
    with _served() as site, VirtualSession() as session, tempfile.TemporaryDirectory() as profile:
        with patch.dict(os.environ, dict(session.env)):
            secrets = AtspiSecretsWatch()  # wakes the browser's accessibility, as in the recorder
            asking = Asking(AtspiUnaided(lambda _: ""), X11Desktop(), X11Screen())
        session.start(["chromium", *FLAGS, f"--user-data-dir={profile}", f"{site}/one", f"{site}/two"])
        time.sleep(5)
        secrets.read()
        worker = threading.Thread(target=asking.run)
        worker.start()
        _await(lambda: asking.certain != "")
        _switch(session)
        _wander(session, site)
        asking.over = True
        worker.join()
    took, blind = sorted(asking.took_ms), sorted(asking.blind_ms)
    figures = {
        "answers": float(len(took)),
        "changes": float(len(blind)),
        "behind_answers": float(len(asking.behind_ms)),
        "behind_longest_ms": max(asking.behind_ms, default=0.0),
        "ahead_answers": float(len(asking.ahead_ms)),
        "ahead_longest_ms": max(asking.ahead_ms, default=0.0),
        "uncertain_p50_ms": blind[len(blind) // 2],
        "uncertain_longest_ms": blind[-1],
        "answer_p50_ms": took[len(took) // 2],
        "answer_p99_ms": took[len(took) * 99 // 100],
        "cpu_ms_per_answer": asking.cpu_s * 1000 / len(took),
    }
    targets = {
        "behind_longest_ms": at_most(HOLD_MS - PATIENCE_MS - AGAIN_MS, figures["behind_longest_ms"]),
        "ahead_longest_ms": at_most(GUARD_MS, figures["ahead_longest_ms"]),
    }
    return Report(bench="site_by_atspi", figures=figures, peers={}, ratios={}, targets=targets)


def _switch(session: VirtualSession) -> None:
    for number in range(2 * ROUNDS):
        _keys(session, "ctrl+Tab")
        time.sleep((0.05, 0.3, 0.8)[number % 3])


def _wander(session: VirtualSession, site: str) -> None:
    """Addresses typed into the bar, one of which is awaited while the former page is shown; and back."""
    for number in range(ROUNDS):
        path = ("/three", "/never", "/one")[number % 3]
        _keys(session, "ctrl+l")
        subprocess.run(["xdotool", "type", "--delay", "4", site + path], env=session.env, check=True)
        _keys(session, "Return")
        time.sleep(1.2)
        if path == "/never":
            _keys(session, "Escape")
            _keys(session, "alt+Left")
            time.sleep(0.6)


def _keys(session: VirtualSession, *names: str) -> None:
    subprocess.run(["xdotool", "key", *names], env=session.env, check=True)


def _await(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not ready() and time.monotonic() < until:
        time.sleep(0.05)


@contextmanager
def _served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
