# SPDX-License-Identifier: Apache-2.0
"""HubPeer and KeeperPeer by httpx. Knows nothing of what is asked; an answer that isn't understood is no answer.

One client a call: the calls are few, and a peer that restarted is found again.
"""

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from handiwork.model.codec import canonical_json
from handiwork.model.errors import BadInput, HandiworkError, Lost
from handiwork.model.logged import ReleaseNotice
from handiwork.model.problem import Problem, error_of
from handiwork.ports.peers import Ask, Covered, Destruction, Growth

T = TypeVar("T")


class _Peer:
    def __init__(self, url: str, token: str, who: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
            raise BadInput(
                f"{who}'s address must begin with https:// (http:// only on this machine itself).",
                data="nothing was sent.",
                do="check the address.",
            )
        self._url, self._who = url.rstrip("/"), who
        self._headers = {"authorization": f"Bearer {token}"}

    def _ask(self, method: str, path: str, body: bytes, kind: type[T]) -> T:
        content = self._tell(method, path, body)
        try:
            return msgspec.json.decode(content, type=kind)
        except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
            raise self._lost("its answer is not what this version expects") from None

    def _tell(self, method: str, path: str, body: bytes) -> bytes:
        try:
            with httpx.Client(timeout=60, trust_env=False, headers=self._headers) as client:
                reply = client.request(method, self._url + path, content=body)
        except httpx.HTTPError as error:
            raise self._lost(type(error).__name__) from None
        if reply.is_success:
            return reply.content
        raise self._said(reply)

    def _said(self, reply: httpx.Response) -> HandiworkError:
        try:
            return error_of(msgspec.json.decode(reply.content, type=Problem))
        except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
            return self._lost(f"it answered with status {reply.status_code}")

    def _lost(self, why: str) -> Lost:
        return Lost(
            f"{self._who} could not be reached ({why}).",
            data="no key was released; a withdrawal that was begun is in force and will be finished.",
            do="start it, or check the address, and try again.",
        )


class HttpHubPeer(_Peer):
    """The hub as its key service sees it."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(url, token, "The hub")

    def covered(self, ask: Ask) -> Sequence[Covered]:
        """What the job covers."""
        return self._ask("POST", "/internal/covered", canonical_json(ask), list[Covered])

    def log_releases(self, ask: Ask) -> Sequence[ReleaseNotice]:
        """Logs releases."""
        return self._ask("POST", "/internal/releases", canonical_json(ask), list[ReleaseNotice])

    def growth(self, size_from: int) -> Growth:
        """The consistency proof."""
        return self._ask("GET", f"/consistency/{size_from}", b"", Growth)


class HttpKeeperPeer(_Peer):
    """The key service as its hub sees it."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(url, token, "The key service")

    def destroy(self, destruction: Destruction) -> None:
        """Has keys destroyed."""
        self._tell("POST", "/internal/destructions", canonical_json(destruction))
