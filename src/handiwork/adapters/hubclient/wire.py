# SPDX-License-Identifier: Apache-2.0
"""One HTTP connection: what it refuses to speak to, and how its failures become the project's own errors.

Nothing of a request's body reaches an error. TLS everywhere except to this very machine; no redirects are followed;
no cookies, no tokens.
"""

from typing import TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from handiwork.model.errors import BadInput, Damaged, HandiworkError, Lost
from handiwork.model.problem import Problem, error_of

T = TypeVar("T")

MAX_ANSWER = 256 * 1024 * 1024
"""Bytes. No segment is near this size; a longer answer is not read to its end."""

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Connection:
    """`who` is what errors call the other end ("The hub")."""

    def __init__(self, url: str, who: str, transport: httpx.BaseTransport | None) -> None:
        local = _is_local(url, who)
        self._who = who
        timeout = httpx.Timeout(60, connect=10)
        try:
            self._client = httpx.Client(base_url=url, timeout=timeout, transport=transport, trust_env=not local)
        except httpx.InvalidURL:
            raise _no_address(f"{who}'s address is none that can be reached.") from None

    def close(self) -> None:
        """Closes the connection."""
        self._client.close()

    def tell(self, method: str, path: str, body: bytes) -> bytes:
        """The answer's bytes, of a success; else raises what the other end said went wrong."""
        try:
            with self._client.stream(method, path, content=body) as answer:
                content = self._bounded(answer)
        except httpx.HTTPError as error:
            raise self._lost(type(error).__name__) from None
        if answer.is_success:
            return content
        raise self._said(answer.status_code, content)

    def ask(self, method: str, path: str, body: bytes, kind: type[T]) -> T:
        """The answer as a value of `kind`; Damaged if it is anything else."""
        return self._read(self.tell(method, path, body), kind)

    def ask_many(self, method: str, path: str, body: bytes, kind: type[T]) -> list[T]:
        """The answer as a list of such values."""
        return self._read(self.tell(method, path, body), list[kind])  # type: ignore[valid-type]

    def _bounded(self, answer: httpx.Response) -> bytes:
        content = bytearray()
        for piece in answer.iter_bytes():
            content += piece
            if len(content) > MAX_ANSWER:
                raise self._strange("it is far too long")
        return bytes(content)

    def _read(self, content: bytes, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(content, type=kind)
        except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
            raise self._strange("it is not what this version expects") from None

    def _said(self, status: int, content: bytes) -> HandiworkError:
        try:
            problem = msgspec.json.decode(content, type=Problem)
        except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
            return self._lost(f"it answered with status {status} and no explanation")
        return error_of(Problem(_plain(problem.what), _plain(problem.data), _plain(problem.do), problem.kind))

    def _lost(self, why: str) -> Lost:
        return Lost(
            f"{self._who} could not be reached ({why}).",
            data="Whatever it has not given a receipt for is still on this device, whole and sealed.",
            do="Check the network, and try again later; it will go on where it stopped.",
        )

    def _strange(self, why: str) -> Damaged:
        return Damaged(
            f"{self._who}'s answer can't be accepted: {why}.",
            data="Nothing was changed on this device because of it.",
            do="Check the address. If it is right, tell whoever runs it.",
        )


def _is_local(url: str, who: str) -> bool:
    """Whether the address is this very machine's. BadInput if it is no address, or one without TLS elsewhere."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise _no_address(f"{who}'s address is none that can be reached.") from None
    local = host in _LOOPBACK
    if parts.scheme not in ("http", "https") or not host or (parts.scheme == "http" and not local):
        raise _no_address(f"{who}'s address must begin with https:// (http:// only for this machine itself).")
    return local


def _no_address(what: str) -> BadInput:
    return BadInput(what, data="Nothing was sent.", do="Check the address that you were given.")


def _plain(text: str) -> str:
    """Words from outside, fit for a terminal: no control characters, not endlessly long."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:500])
