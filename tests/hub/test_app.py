# SPDX-License-Identifier: Apache-2.0
"""The hub's HTTP side over fakes: what is too large, what fails inside, and disks that are full."""

import asyncio
from collections.abc import Callable, Mapping

import httpx
import pytest
from fastapi import FastAPI
from tests.hub.running import Person
from tests.hub.test_keeper import Scene

from handiwork.hub.app import HubLimits, hub_app
from handiwork.hub.wire import token_digest
from handiwork.model.errors import NoSpace
from handiwork.ports.sealed import content_digest


class Client:
    """Asks the application directly, without a network."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def ask(
        self, method: str, path: str, content: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
                return await client.request(method, path, content=content, headers=headers)

        return asyncio.run(asked())

    def put(self, path: str, content: bytes) -> httpx.Response:
        return self.ask("PUT", path, content)

    def post(self, path: str, content: bytes) -> httpx.Response:
        return self.ask("POST", path, content)

    def get(self, path: str, headers: Mapping[str, str]) -> httpx.Response:
        return self.ask("GET", path, headers=headers)


@pytest.fixture
def client() -> Client:
    return client_for(Scene())


def client_for(scene: Scene) -> Client:
    limits = HubLimits(lab_token=token_digest("lab"), internal_token=token_digest("internal"), max_segment=5_000)
    return Client(hub_app(scene.store, scene.log, limits))


def test_what_is_too_large_is_not_read_to_its_end(client: Client) -> None:
    answer = client.put("/segments/" + "0" * 64, content=b"x" * 5_001)
    assert (answer.status_code, answer.json()["kind"]) == (400, "BadInput")
    answer = client.post("/consents", content=b" " * (1 << 20) + b"{}")
    assert (answer.status_code, answer.json()["kind"]) == (400, "BadInput")


def test_a_full_disk_is_said_to_be_one_and_nothing_is_acknowledged() -> None:
    scene = Scene()
    client = client_for(scene)
    person = Person()
    scene.store.register_consent(person.signed_consent())
    header, content = person.segment()
    scene.log.failure = NoSpace("full", data="nothing was kept", do="free space")
    answer = client.put(f"/segments/{content_digest(content)}", content=content)
    assert (answer.status_code, answer.json()["kind"]) == (507, "NoSpace")
    token = {"authorization": "Bearer lab"}
    assert client.get(f"/segments/{header.segment_id}", headers=token).status_code == 400
    scene.log.failure = None
    assert client.put(f"/segments/{content_digest(content)}", content=content).status_code == 200
    assert client.get(f"/segments/{header.segment_id}", headers=token).content == content


def test_an_unforeseen_failure_says_so_without_saying_what_was_in_the_request() -> None:
    scene = Scene()
    broken: Callable[[object], object] = lambda _: 1 / 0  # noqa: E731
    scene.store.register_consent = broken  # type: ignore[method-assign, assignment]
    person = Person()
    body = person.signed_consent()
    from handiwork.model.codec import canonical_json

    answer = client_for(scene).post("/consents", content=canonical_json(body))
    assert (answer.status_code, answer.json()["kind"]) == (500, "Lost")
    assert body.signature not in answer.text


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b'{"consent": {}}', b"null"])
def test_noise_is_bad_input(client: Client, body: bytes) -> None:
    for path in ("/consents", "/withdrawals"):
        answer = client.post(path, content=body)
        assert (answer.status_code, answer.json()["kind"]) == (400, "BadInput")
