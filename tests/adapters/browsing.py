# SPDX-License-Identifier: Apache-2.0
"""A person at real Chromium with the extension, two local sites, and every byte that passes on the socket."""

import select
import socket
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from handiwork.adapters.browser.bridge import BrowserBridge
from handiwork.adapters.browser.firefox import Firefox
from handiwork.adapters.browser.install import EXTENSION_ID
from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.session import VirtualSession
from handiwork.model.geometry import Box
from handiwork.model.raw import RawActed, RawElement, RawPage, RawTab
from handiwork.ports.browser import RawBrowser

PATIENCE_S = 30
"""So long a busy machine may take for anything."""
PAGES = Path(__file__).with_name("browser_pages")


class Site(ThreadingHTTPServer):
    """Serves /a/b from a-b.html, and notes which elements said that they were clicked."""

    daemon_threads = True

    def __init__(self, other_port: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.other_port, self.hits, self.who = other_port, list[str](), ""
        self.origin = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/hit":
            self.server.hits.append(query)
        page = PAGES / f"{path.strip('/').replace('/', '-')}.html"
        self.send_response(200 if page.exists() else 204)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if page.exists():
            text = page.read_text().replace("OTHER", str(self.server.other_port)).replace("WHO", self.server.who)
            self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None: ...


class Tap:
    """Stands between the native host and the bridge, and keeps every byte that passes."""

    def __init__(self, folder: Path, bridge_path: Path) -> None:
        self.path, self._bridge_path, self.passed = folder / "tap.sock", bridge_path, bytearray()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.path))
        self._listener.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            host, _ = self._listener.accept()
            bridge = socket.socket(socket.AF_UNIX)
            try:
                bridge.connect(str(self._bridge_path))
            except OSError:
                host.close()
                continue
            for source, target in ((host, bridge), (bridge, host)):
                threading.Thread(target=self._copy, args=(source, target), daemon=True).start()

    def _copy(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65_536):
                self.passed += data
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Desk:
    """A person at the browser, and the recorder that listens."""

    def __init__(
        self,
        session: VirtualSession,
        folder: Path,
        is_app: bool = False,
        browser: type[Chromium] | type[Firefox] = Chromium,
    ) -> None:
        self.session, self.seen, self.pages = session, list[RawBrowser](), list[RawPage]()
        self._unheard = deque[RawBrowser]()
        self.foreign = Site()
        self.site = Site(self.foreign.server_port)
        self.work = f"{self.site.origin}/work"
        self.bridge = BrowserBridge(folder)
        self.tap = Tap(folder, self.bridge.path)
        view = View(self.work, is_app, Box(40, 30, 1100, 700))
        self.chromium = browser(session.env, view, socket_path=self.tap.path)

    def _read(self, seconds: float) -> list[RawBrowser]:
        select.select(self.bridge.filenos(), [], [], seconds)
        fresh = self.bridge.read()
        self.seen += fresh
        self.pages += [event for event in fresh if isinstance(event, RawPage)]
        return fresh

    def wait(self, is_it: Callable[[RawBrowser], bool], what: str) -> RawBrowser:
        """Reads until the event comes; `seen` holds all since it was last cleared."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            self._unheard += [] if self._unheard else self._read(0.2)
            while self._unheard:
                event = self._unheard.popleft()
                if is_it(event):
                    return event
        raise AssertionError(f"{what} did not come; refused: {dict(self.bridge.refused)}")

    def settle(self, rule: int) -> RawTab:
        """Waits until the tab in front is certain."""
        found = self.wait(lambda e: isinstance(e, RawTab) and e.settled and e.rule == rule, f"settled tab, rule {rule}")
        assert isinstance(found, RawTab)
        return found

    def acted(self, what: str) -> RawElement:
        found = self.wait(lambda e: isinstance(e, RawActed) and e.what == what, what)
        assert isinstance(found, RawActed)
        return found.element

    def quiet(self, seconds: float = 0.7) -> list[RawBrowser]:
        """What comes within a while (for what must not come)."""
        self.seen.clear()
        self._unheard.clear()
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._read(left)
        return self.seen

    def open(self, path: str, rule: int, *flags: str) -> None:
        """Another tab, in front, and settled for good."""
        self.quiet(0.2)
        self.tap.passed.clear()
        self.chromium.open(self.site.origin + path if path.startswith("/") else path, *flags)
        self.wait(lambda e: isinstance(e, RawTab) and not e.settled, "uncertainty")
        self.settle(rule)
        self.quiet(0.3)

    def page(self) -> RawPage:
        assert self.pages, "no page was told"
        return self.pages[-1]

    def find(self, name: str, role: str = "", fits: Callable[[RawElement], bool] = lambda _: True) -> RawElement:
        """That element of the page as it was told last; waits for a page that has it."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            elements = self.page().elements
            found = [e for e in elements if e.name == name and (not role or e.role == role) and fits(e)]
            if found:
                return found[0]
            assert time.monotonic() < deadline, [(e.role, e.name) for e in elements]
            self._unheard += self._read(0.2)

    def await_hit(self, dom_id: str) -> None:
        """Waits until the page says that this element was clicked."""
        deadline = time.monotonic() + PATIENCE_S
        while dom_id not in self.site.hits:
            assert time.monotonic() < deadline, f"{dom_id} was not clicked, but {self.site.hits}"
            self._unheard += self._read(0.05)

    def click(self, element: RawElement) -> None:
        x, y = element.bounds.centre
        self.do("mousemove", str(x), str(y), "click", "1")

    def key(self, name: str) -> None:
        self.do("key", name)

    def do(self, *command: str) -> str:
        return subprocess.check_output(["xdotool", *command], env=self.session.env, text=True, timeout=20)

    def label_profile(self, label: str) -> None:
        """Gives the browser profile a name on the extension's own page, by hand."""
        self.chromium.open(f"chrome-extension://{EXTENSION_ID}/options/options.html")
        self.settle(-1)
        self.quiet(0.5)
        self.do("key", "Tab", "key", "ctrl+a", "key", "BackSpace")
        self.do("type", "--delay", "30", label)
        self.do("key", "Return")
        self.quiet(0.5)
        self.do("key", "ctrl+w")
        self.quiet(0.5)

    def no_word_passed(self, *words: str) -> bool:
        return not any(word.encode() in self.tap.passed for word in ("wordlet", *words))

    def close(self) -> None:
        self.chromium.close()
        self.bridge.close()
        for site in (self.site, self.foreign):
            site.shutdown()
            site.server_close()
