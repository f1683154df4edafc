# SPDX-License-Identifier: Apache-2.0
"""Serves the task pages to a browser on this machine, and talks with the page that is open.

Listens on 127.0.0.1 only, on two ports: the world itself, and a second origin for pages that no rule should allow.
Pages ask for orders by long polling (`pages/world.js`). Knows no browser and no task.
"""

import importlib.metadata
import mimetypes
import sys
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import parse_qs, urlsplit

import msgspec

from handiwork.model.errors import Lost, MissingPiece

_OWN_PAGES = Path(__file__).with_name("pages")
_SCRIPT = '<script src="/world/world.js"></script></head>'
_POLL_SECONDS = 15.0
_NO_DATA = "nothing is stored here; only a practice page was open."

T = TypeVar("T")


class Order(msgspec.Struct, frozen=True):
    """What the open page should do: start (an episode with `seed`), state, look, or go (to `url`)."""

    serial: int
    do: str
    seed: int = 0
    url: str = ""


class Seen(msgspec.Struct, frozen=True):
    """One thing that a person sees on the page. Coordinates are root-window pixels."""

    kind: str
    """button, link, textbox, password, checkbox, radio or list."""
    name: str
    value: str
    checked: bool
    x: float
    y: float
    w: float
    h: float
    options: tuple[str, ...] = ()
    selected: int = -1


class PageState(msgspec.Struct, frozen=True):
    """The page's own word on the episode."""

    done: bool
    reward: float
    goal: str


class World:
    """A context manager: two servers, and at most one open page that answers."""

    def __init__(self, port: int = 0, other_port: int = 0) -> None:
        self._changed = threading.Condition()
        self._page, self._page_url = "", ""
        self._order: Order | None = None
        self._answers: dict[int, bytes] = {}
        self._serial = 0
        self._closed = False
        self._servers = [
            _serve(self, (_files_of_miniwob(), _OWN_PAGES / "staff"), port),
            _serve(self, (_OWN_PAGES / "private",), other_port),
        ]
        self.url, self.other_url = (f"http://127.0.0.1:{server.server_port}" for server in self._servers)

    def __enter__(self) -> Self:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stops serving and releases whoever waits. May be called twice."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._changed.notify_all()
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def wait_for(self, url: str, seconds: float = 20.0) -> None:
        """Returns when the page at `url` is open and listens. Raises Lost after `seconds`."""
        with self._changed:
            self._wait(lambda: self._page_url == url, seconds, "The practice page did not open")

    def go(self, url: str) -> None:
        """Sends the open page to another address of this world, and waits until that one listens."""
        with self._changed:
            before = self._page
            self._send("go", url=url)
            self._wait(lambda: self._page != before and self._page_url == url, 20.0, "The practice page did not open")

    def start(self, seed: int) -> PageState:
        """Begins an episode in the open page."""
        return self._ask("start", PageState, seed=seed)

    def state(self) -> PageState:
        """The open page's word on its episode."""
        return self._ask("state", PageState)

    def look(self) -> tuple[Seen, ...]:
        """What stands on the open page: for the scripted person, never for an agent."""
        return self._ask("look", tuple[Seen, ...])

    def _ask(self, do: str, kind: type[T], *, seed: int = 0) -> T:
        with self._changed:
            serial = self._send(do, seed=seed)
            self._wait(lambda: serial in self._answers, 10.0, "The practice page no longer answers")
            return msgspec.json.decode(self._answers.pop(serial), type=kind)

    def _send(self, do: str, *, seed: int = 0, url: str = "") -> int:
        self._serial += 1
        self._order = Order(self._serial, do, seed, url)
        self._answers.clear()
        self._changed.notify_all()
        return self._serial

    def _wait(self, ready: Callable[[], bool], seconds: float, what: str) -> None:
        self._changed.wait_for(lambda: self._closed or ready(), seconds)
        if self._closed or not ready():
            raise Lost(f"{what}.", data=_NO_DATA, do="check that the browser's window is still there; start again.")

    def next_order(self, page: str, url: str) -> Order | None:
        """For the server's threads: what `page` should do now, or None if there is nothing for a while."""
        deadline = time.monotonic() + _POLL_SECONDS
        with self._changed:
            if page != self._page and url:
                self._page, self._page_url, self._order = page, url, None
                self._changed.notify_all()
            while not self._closed and self._page == page and time.monotonic() < deadline:
                if self._order is not None:
                    order, self._order = self._order, None
                    return order
                self._changed.wait(deadline - time.monotonic())
        return None

    def take_answer(self, serial: int, body: bytes) -> None:
        """For the server's threads: the open page's answer to an order."""
        with self._changed:
            if serial == self._serial:
                self._answers[serial] = body
                self._changed.notify_all()


def _files_of_miniwob() -> Path:
    """The folder of the wheel's pages, found without importing the package (that would import gymnasium)."""
    try:
        found = importlib.metadata.distribution("miniwob").locate_file("miniwob/html")
    except importlib.metadata.PackageNotFoundError:
        found = None
    if found is None or not Path(str(found)).is_dir():
        raise MissingPiece(
            "The practice tasks (MiniWoB++) are not installed.", data=_NO_DATA, do="pip install --no-deps miniwob"
        )
    return Path(str(found))


def _serve(world: World, roots: tuple[Path, ...], port: int) -> ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"world": world, "roots": roots})
    return _Server(("127.0.0.1", port), handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of a request is nothing to speak of; all else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    world: World
    roots: tuple[Path, ...]

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: their addresses may hold what someone typed into a form."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/world/next":
            query = parse_qs(address.query)
            order = self.world.next_order(query.get("page", [""])[0], query.get("url", [""])[0])
            return self._reply(HTTPStatus.OK, b"null" if order is None else msgspec.json.encode(order), "text/json")
        found = self._find(address.path)
        if found is None:
            return self._reply(HTTPStatus.NOT_FOUND, b"not here", "text/plain")
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return self._reply(HTTPStatus.OK, _with_script(found), kind)

    def do_POST(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        serial = parse_qs(address.query).get("serial", [""])[0]
        if address.path != "/world/said" or not serial.isdecimal():
            return self._reply(HTTPStatus.NOT_FOUND, b"not here", "text/plain")
        self.world.take_answer(int(serial), body)
        return self._reply(HTTPStatus.OK, b"", "text/plain")

    def _find(self, path: str) -> Path | None:
        """The file behind a path, from the first folder that has it; nothing outside these folders."""
        if path == "/world/world.js":
            return _OWN_PAGES / "world.js"
        for root in self.roots:
            found = (root / (path + "index.html" if path.endswith("/") else path).lstrip("/")).resolve()
            if found.is_relative_to(root.resolve()) and found.is_file():
                return found
        return None

    def _reply(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the page was left while it waited


def _with_script(found: Path) -> bytes:
    """The file's bytes; a page also gets our script, at the end of its head."""
    body = found.read_bytes()
    return body.replace(b"</head>", _SCRIPT.encode(), 1) if found.suffix == ".html" else body
