# SPDX-License-Identifier: Apache-2.0
"""The recorder's end of the browser extension: a Unix socket that browsers' native hosts connect to.

Trusts no browser: only the same user may connect, messages are checked against closed schemas, a page is checked once
more against the site that should allow it, and whoever says anything else is cut off and counted. Nothing blocks,
buffers are bounded. Several browsers may speak at once; only the one whose window is in front is passed on.
"""

import os
import socket
import struct
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from handiwork.adapters.browser.messages import (
    MAX_FRAME,
    Done,
    Hello,
    Order,
    PageSaid,
    Question,
    TabSaid,
    VouchedSaid,
    decode,
    done_of,
    encode,
    monotonic_of,
    page_of,
    tab_of,
)
from handiwork.model.errors import MissingPiece, NotAllowed
from handiwork.model.geometry import Box
from handiwork.model.policy import Watched
from handiwork.model.raw import RawTab
from handiwork.ports.browser import RawBrowser
from handiwork.rules.site import site_matches

SOCKET_NAME = "browser.sock"

_MOST_BROWSERS = 16
_MOST_WAITING = 2_000  # raw events between two reads; a reader that is further behind than that is not reading
_READ_BYTES = 4 * MAX_FRAME  # from one browser in one read, so that one can't starve the others
_NOWHERE = Box(0, 0, 0, 0)


class _Browser:
    """One connection, and what is known of the far end."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.incoming = bytearray()
        self.greeted = False
        self.rule = -1  # of the page that its last tab message told of

    def frames(self) -> list[bytes]:
        """What has arrived whole. Raises ValueError for a message that is too long, OSError or EOFError at the end."""
        ended, taken = False, 0
        while taken < _READ_BYTES:
            try:
                data = self.connection.recv(65_536)
            except BlockingIOError:
                break
            if not data:
                ended = True
                break
            taken += len(data)
            self.incoming += data
        found = self._cut()
        if ended and not found:
            raise EOFError
        return found

    def _cut(self) -> list[bytes]:
        found = []
        while len(self.incoming) >= 4:
            length = int.from_bytes(self.incoming[:4], "little")
            if length > MAX_FRAME:
                raise ValueError("oversized")
            if len(self.incoming) < 4 + length:
                break
            found.append(bytes(self.incoming[4 : 4 + length]))
            del self.incoming[: 4 + length]
        return found


class BrowserBridge:
    """ports.browser.Browser over a Unix socket in `folder`. One recorder at a time may listen there."""

    def __init__(self, folder: Path) -> None:
        self.refused: Counter[str] = Counter()
        """How often a browser was cut off, by reason; never content."""
        self.path = folder / SOCKET_NAME
        self._listener = _listen(self.path)
        self._browsers: list[_Browser] = []
        self._front: _Browser | None = None
        self._watched: tuple[Watched, ...] = ()
        self._denied: tuple[str, ...] = ()
        self._revision = 0
        self._questions = 0
        self._waiting: list[RawBrowser] = []

    def filenos(self) -> list[int]:
        """The listening socket and one descriptor per browser."""
        if self._listener.fileno() < 0:
            return []
        return [self._listener.fileno(), *(browser.connection.fileno() for browser in self._browsers)]

    def read(self) -> list[RawBrowser]:
        """What arrived, oldest first per browser."""
        self._accept()
        for browser in list(self._browsers):
            self._hear(browser)
        told, self._waiting = self._waiting, []
        return told

    def allow(self, watched: Sequence[Watched], denied: Sequence[str] = ()) -> None:
        """Tells every browser; whatever still comes under the former list is dropped."""
        self._watched, self._denied = tuple(watched), tuple(denied)
        self._revision += 1
        self._waiting.clear()
        self._tell_nothing_shown()
        for browser in list(self._browsers):
            browser.rule = -1
            self._order(browser)

    def ask(self) -> int:
        """Asks every browser that has told of an allowed page in front; only the one in front is listened to."""
        asked = [one for one in self._browsers if one.greeted and one.rule >= 0]
        if not asked:
            return 0
        self._questions += 1
        for browser in asked:
            self._send(browser, encode(Question(self._questions)))
        return self._questions

    def connected(self) -> int:
        """Browsers that have introduced themselves."""
        return sum(browser.greeted for browser in self._browsers)

    def close(self) -> None:
        """Revokes the list everywhere, then hangs up."""
        if self._listener.fileno() < 0:
            return
        self.allow(())
        self._waiting.clear()
        for browser in self._browsers:
            browser.connection.close()
        self._browsers.clear()
        self._listener.close()
        self.path.unlink(missing_ok=True)

    def _accept(self) -> None:
        while self._listener.fileno() >= 0:
            try:
                connection, _ = self._listener.accept()
            except BlockingIOError:
                return
            reason = self._why_refused(connection)
            if reason:
                self.refused[reason] += 1
                connection.close()
                continue
            connection.setblocking(False)
            self._browsers.append(_Browser(connection))

    def _why_refused(self, connection: socket.socket) -> str:
        credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        _, uid, _ = struct.unpack("3i", credentials)
        if uid != os.getuid():
            return "another user"
        return "too many" if len(self._browsers) >= _MOST_BROWSERS else ""

    def _hear(self, browser: _Browser) -> None:
        try:
            for frame in browser.frames():
                self._take(browser, frame)
        except EOFError:
            self._drop(browser, "")
        except OSError:
            self._drop(browser, "broken off")
        except msgspec.DecodeError:
            self._drop(browser, "malformed")
        except ValueError as error:
            self._drop(browser, str(error))

    def _take(self, browser: _Browser, frame: bytes) -> None:
        said = decode(frame)
        if isinstance(said, Hello):
            browser.greeted = True
            self._order(browser)
            return
        if not browser.greeted:
            raise ValueError("no greeting")
        if said.revision != self._revision:
            return  # said under a list that no longer holds
        if isinstance(said, TabSaid):
            self._take_tab(browser, said)
        else:
            self._take_content(browser, said)

    def _take_tab(self, browser: _Browser, said: TabSaid) -> None:
        if (said.rule >= 0) != bool(said.url) or (said.rule >= 0 and not self._allows(said.rule, said.url)):
            raise ValueError("unlisted page")
        browser.rule = said.rule
        if said.focused:
            self._front = browser
        elif self._front not in (None, browser):
            return  # another browser's window is in front, and it speaks for itself
        self._add(tab_of(said))

    def _take_content(self, browser: _Browser, said: PageSaid | Done) -> None:
        if not isinstance(said, PageSaid):
            if not 0 <= said.rule < len(self._watched):
                raise ValueError("unlisted page")
            if isinstance(said, VouchedSaid) and said.question > self._questions:
                raise ValueError("not asked")
            if self._front in (None, browser):
                self._add(done_of(said))
            return
        if not self._allows(said.rule, said.url):
            raise ValueError("unlisted page")
        if said.sensitive and (said.elements or said.title):
            raise ValueError("sensitive page with content")
        if self._front in (None, browser):
            self._add(page_of(said))

    def _allows(self, rule: int, url: str) -> bool:
        """The site once more. Account and profile only the page knows; that they fit is the browser's word alone."""
        if not 0 <= rule < len(self._watched) or any(site_matches(site, url) for site in self._denied):
            return False
        return site_matches(self._watched[rule].site, url)

    def _add(self, event: RawBrowser) -> None:
        if len(self._waiting) >= _MOST_WAITING:
            self._waiting.clear()
            self.refused["not read in time"] += 1
            self._tell_nothing_shown()
            return
        self._waiting.append(event)

    def _tell_nothing_shown(self) -> None:
        now_ms = monotonic_of(1 << 44)
        self._waiting.append(RawTab(now_ms, -1, "", False, _NOWHERE))

    def _order(self, browser: _Browser) -> None:
        if browser.greeted:
            self._send(browser, encode(Order(self._watched, self._denied, self._revision)))

    def _send(self, browser: _Browser, message: bytes) -> None:
        try:
            sent = browser.connection.send(message)
        except (BrokenPipeError, ConnectionResetError):
            self._drop(browser, "")  # it went away by itself
            return
        except BlockingIOError:
            sent = 0
        if sent < len(message):  # a browser that doesn't read its orders must not be left watching
            self._drop(browser, "does not listen")

    def _drop(self, browser: _Browser, reason: str) -> None:
        if browser not in self._browsers:
            return
        if reason:
            self.refused[reason] += 1
        browser.connection.close()
        self._browsers.remove(browser)
        if self._front in (None, browser):
            self._front = None
            self._tell_nothing_shown()


def _listen(path: Path) -> socket.socket:
    """A listening socket that only its owner can open."""
    folder = path.parent.stat()
    if folder.st_uid != os.getuid() or folder.st_mode & 0o077:
        raise NotAllowed(
            f"The folder {path.parent} can be entered by others.",
            data="Nothing was read from any browser.",
            do=f"Make it yours alone: chmod 700 {path.parent}",
        )
    _remove_stale(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        os.fchmod(listener.fileno(), 0o600)  # before bind, so that the file is never open to others
        listener.bind(str(path))
    except OSError as error:
        listener.close()
        raise MissingPiece(
            f"The browser socket {path} can't be made: {error.strerror}.",
            data="Nothing was read from any browser.",
            do="Choose a shorter or writable folder for HANDIWORK_HOME.",
        ) from error
    listener.listen(_MOST_BROWSERS)
    listener.setblocking(False)
    return listener


def _remove_stale(path: Path) -> None:
    """Takes away the socket of a recorder that was killed, never one that is in use."""
    if not path.is_socket():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
            return
    raise NotAllowed(
        "Another recorder already listens to this person's browsers.",
        data="Nothing was read from any browser by this one.",
        do="Stop the other recorder first: handiwork record stop",
    )
