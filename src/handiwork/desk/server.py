# SPDX-License-Identifier: Apache-2.0
"""The person's own page: a web server that only this machine reaches, and only with the address printed for the person.

Defences: bound to 127.0.0.1; a Host that is not ours is refused (DNS rebinding); every request needs a random token, as
a cookie that no other site can send; changes need the page's own Origin and a header that no form can send; the page
may load nothing from anywhere else and run no script but its own; nothing is cached.
"""

import hmac
import secrets
import sys
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from urllib.parse import parse_qs, urlsplit

import msgspec

from handiwork.desk.desk import Desk
from handiwork.desk.masked import masked
from handiwork.desk.overview import overview
from handiwork.desk.reading import Reader
from handiwork.desk.summary import summary
from handiwork.desk.timeline import timeline
from handiwork.model.errors import BadInput, HandiworkError
from handiwork.model.ids import SegmentId
from handiwork.ports.leak_audit import have_told

_PAGE = {
    "/": "index.html",
    "/style.css": "style.css",
    **{f"/{name}": name for name in ("desk.js", "masked.js", "parts.js", "receipts.js", "skips.js")},
}
_TYPES = {"html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript", "json": "application/json"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Answer = tuple[str, bytes]
"""Content type and content."""
_LONGEST_BODY = 2_000
_WIDTHS = {"small": 320, "large": 640}


class DeskServer(ThreadingHTTPServer):
    """Serves one desk until it is shut down."""

    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.desk, self.reader = desk, Reader(desk)
        self.token = secrets.token_urlsafe(32)
        self.port = int(self.server_address[1])
        self.cookie = f"handiwork-desk-{self.port}"
        self.hosts = (f"127.0.0.1:{self.port}", f"localhost:{self.port}")

    @property
    def url(self) -> str:
        """The address for the person, token included. Whoever has it on this machine can see and delete everything."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """A browser that went away is no news. Of anything else only the kind is said: messages may hold content."""
        error = sys.exc_info()[0]
        if error is not None and not issubclass(error, ConnectionError | TimeoutError):
            sys.stderr.write(f"handiwork: the desk could not answer a request ({error.__name__})\n")


class _Handler(BaseHTTPRequestHandler):
    server: DeskServer
    server_version = "handiwork"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """The page, its parts and its data."""
        if not self._is_for_us():
            return
        path = urlsplit(self.path).path
        if path == "/" and self._came_with_token():
            self._let_in()
        elif not self._has_cookie():
            self._refuse("Open the address that `handiwork desk` printed: it is different each time.")
        elif path in _PAGE:
            name = _PAGE[path]
            content = resources.files("handiwork.desk").joinpath("page", name).read_bytes()
            self._send(200, _TYPES[name.rpartition(".")[2]], content)
        else:
            self._answer(self._read, path.strip("/").split("/"))

    def do_POST(self) -> None:
        """Changes."""
        if not self._is_for_us():
            return
        origin = self.headers.get("Origin")
        ours = origin in [f"http://{host}" for host in self.server.hosts] and self.headers.get("X-Handiwork") == "desk"
        if not self._has_cookie() or not ours:
            self._refuse("Changes are taken from the desk's own page only.")
        else:
            self._answer(self._change, urlsplit(self.path).path.strip("/").split("/"))

    def log_message(self, format: str, *args: object) -> None:
        """Requests are logged nowhere: their addresses name segments."""

    # What there is

    def _read(self, parts: list[str]) -> Answer | None:
        server = self.server
        match parts:
            case ["api", "overview"]:
                shown = _json(overview(server.desk))
                have_told(server.desk.store)
                return shown
            case ["api", "segments", segment, "summary"]:
                return _json(summary(server.reader.open(SegmentId(segment))))
            case ["api", "segments", segment, "timeline"]:
                return _json(timeline(server.reader.open(SegmentId(segment))))
            case ["api", "segments", segment, "masked"]:
                return _json(masked(server.reader.open(SegmentId(segment))))
            case ["api", "own-words"]:
                return _json(server.desk.words.listed())
            case ["api", "segments", segment, "frames", place, size] if place.isdecimal() and size in _WIDTHS:
                return "image/webp", server.reader.picture(SegmentId(segment), int(place), _WIDTHS[size])
        return None

    def _change(self, parts: list[str]) -> Answer | None:
        desk = self.server.desk
        match parts:
            case ["api", "segments", segment, "delete"]:
                return _json({"deleted": self._after(desk.delete([SegmentId(segment)]))})
            case ["api", "delete-all"]:
                return _json({"deleted": self._after(desk.delete_all())})
            case ["api", "withdraw"]:
                desk.withdraw()
                return _json({"deleted": self._after(0)})
            case ["api", "recorder", "pause"]:
                return _json(desk.tell("pause"))
            case ["api", "recorder", "resume"]:
                return _json(desk.tell("resume"))
            case ["api", "own-words", ("add" | "forget") as change]:
                (desk.words.add if change == "add" else desk.words.forget)(self._word())
                return _json(desk.words.listed())
            case ["api", "audit"]:
                desk.auditing.begin()
                return _json({"begun": True})
        return None

    def _word(self) -> str:
        """The request's body: a word never to be kept. In the body, so that it stands in no address."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _LONGEST_BODY:
            raise BadInput("No word came, or a very long one.", data="Your list is unchanged.", do="Try a shorter one.")
        return self.rfile.read(int(length)).decode("utf-8", "replace")

    def _after(self, deleted: int) -> int:
        self.server.reader.forget()
        return deleted

    # Who may ask

    def _is_for_us(self) -> bool:
        if self.headers.get("Host") in self.server.hosts:
            return True
        self._refuse("This is not the address of the desk.")
        return False

    def _came_with_token(self) -> bool:
        given = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
        return hmac.compare_digest(given.encode(), self.server.token.encode())

    def _has_cookie(self) -> bool:
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(self.server.cookie)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self.server.token.encode())

    # How it is said

    def _let_in(self) -> None:
        """The token leaves the address bar at once."""
        kept = f"{self.server.cookie}={self.server.token}; HttpOnly; SameSite=Strict; Path=/"
        self._send(303, "text/plain", b"", {"Location": "/", "Set-Cookie": kept})

    def _refuse(self, why: str) -> None:
        self._send(403, "text/plain; charset=utf-8", why.encode() + b"\n")

    def _answer(self, ask: Callable[[list[str]], Answer | None], parts: list[str]) -> None:
        try:
            answer = ask(parts)
        except HandiworkError as error:
            self._send(409, *_json({"what": error.what, "data": error.data, "do": error.do}))
            return
        if answer is None:
            self._send(404, "text/plain", b"There is nothing here.\n")
        else:
            self._send(200, *answer)

    def _send(self, status: int, kind: str, content: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, **(more or {}), "Content-Type": kind}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def _json(value: object) -> Answer:
    return _TYPES["json"], msgspec.json.encode(value)
