# SPDX-License-Identifier: Apache-2.0
"""The hub over HTTP. No path, query or body asks for a person's data; the only names anyone can ask by are segment
ids, which are random and reach a lab only with a logged release.

Everybody      GET /identity /checkpoint /consistency/{size} /tile/... /withdrawn
A person       POST /consents /withdrawals (signed), PUT /segments/{sha256}, GET /releases/{segment id}
A lab          GET /segments/{segment id} (token)
Key service    POST /internal/covered /internal/releases (token)
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

import anyio
from fastapi import APIRouter, FastAPI, Request, Response

from handiwork.hub.store import BlindStore
from handiwork.hub.wire import SMALL, answer, blocking, body_of, body_schema, check_token, install, value_of
from handiwork.model.consent import SignedConsent, SignedWithdrawal
from handiwork.model.errors import BadInput
from handiwork.model.ids import Digest, SegmentId
from handiwork.ports.log import Log
from handiwork.ports.peers import Ask, Growth
from handiwork.rules.access import is_id

MAX_ASK = 64 * SMALL
LOGGER = logging.getLogger("handiwork.hub")


@dataclass(frozen=True)
class HubLimits:
    """What the HTTP side needs to know. Digests are SHA-256, hex, of tokens."""

    lab_token: str
    internal_token: str
    max_segment: int = 256 << 20
    """Bytes."""
    resume_every: float = 5.0
    """Seconds between attempts to finish withdrawals that were cut off."""


def hub_app(store: BlindStore, log: Log, limits: HubLimits) -> FastAPI:
    """The application. Cut-off withdrawals are carried on with for as long as it runs."""

    async def carry_on() -> None:
        while True:
            for trouble in await blocking(store.resume):
                LOGGER.warning("A withdrawal is in force but not finished yet: %s", trouble.what)
            await asyncio.sleep(limits.resume_every)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(carry_on())
        yield
        task.cancel()

    app = FastAPI(title="Handiwork hub", docs_url=None, redoc_url=None, lifespan=lifespan)
    install(app)
    app.include_router(_public(log))
    app.include_router(_persons(store, limits))
    app.include_router(_machines(store, limits))
    return app


def _public(log: Log) -> APIRouter:
    routes = APIRouter()
    # Threads of its own: the key service asks for growth while a withdrawal waits for the key service.
    threads = anyio.CapacityLimiter(8)

    @routes.get("/checkpoint")
    async def checkpoint() -> Response:
        """The newest signed checkpoint."""
        return Response(log.checkpoint(), media_type="text/plain")

    @routes.get("/consistency/{from_size}")
    async def consistency(from_size: int) -> Response:
        """The newest checkpoint, and the proof that the log only grew since it had this size."""
        text, path = await blocking(lambda: log.consistency(from_size), threads)
        return answer(Growth(text, tuple(path)))

    @routes.get("/tile/{path:path}")
    async def tile(path: str) -> Response:
        """A tile of the log (C2SP tlog-tiles)."""
        data = await blocking(lambda: log.tile(f"tile/{path}"), threads)
        return Response(data, media_type="application/octet-stream")

    return routes


def _persons(store: BlindStore, limits: HubLimits) -> APIRouter:
    routes = APIRouter()

    @routes.get("/identity")
    async def identity() -> Response:
        """The hub's public keys."""
        return answer(store.identity)

    @routes.post("/consents", openapi_extra=body_schema(SignedConsent))
    async def register_consent(request: Request) -> Response:
        """Registers a consent that its person signed."""
        signed = await value_of(request, SignedConsent)
        await blocking(lambda: store.register_consent(signed))
        return Response(status_code=204)

    @routes.put("/segments/{name}")
    async def put_segment(name: str, request: Request) -> Response:
        """Stores sealed bytes whose SHA-256 is `name`; the receipt."""
        content = await body_of(request, limits.max_segment)
        return answer(await blocking(lambda: store.put_segment(content, Digest(name))))

    @routes.post("/withdrawals", openapi_extra=body_schema(SignedWithdrawal))
    async def withdraw(request: Request) -> Response:
        """Carries out a withdrawal that its person signed; the receipt."""
        signed = await value_of(request, SignedWithdrawal)
        return answer(await blocking(lambda: store.withdraw(signed)))

    @routes.get("/releases/{name}")
    async def releases(name: str) -> Response:
        """Every release of this segment's key, with the log's proof."""
        segment = _segment_id(name)
        return answer(await blocking(lambda: store.releases(segment)))

    return routes


def _machines(store: BlindStore, limits: HubLimits) -> APIRouter:
    routes = APIRouter()

    @routes.get("/segments/{name}")
    async def fetch(name: str, request: Request) -> Response:
        """Sealed bytes of the segment with this id."""
        check_token(request, limits.lab_token, "a lab")
        segment = _segment_id(name)
        return Response(await blocking(lambda: store.fetch(segment)), media_type="application/octet-stream")

    @routes.get("/withdrawn")
    async def withdrawn() -> Response:
        """Every segment that was ever withdrawn: what a lab must drop."""
        return answer(await blocking(store.withdrawn))

    @routes.post("/internal/covered", openapi_extra=body_schema(Ask))
    async def covered(request: Request) -> Response:
        """What an approved job covers; for the key service."""
        check_token(request, limits.internal_token, "the key service")
        ask = await value_of(request, Ask)
        return answer(await blocking(lambda: store.covered(ask)))

    @routes.post("/internal/releases", openapi_extra=body_schema(Ask))
    async def log_releases(request: Request) -> Response:
        """Logs releases; for the key service."""
        check_token(request, limits.internal_token, "the key service")
        ask = await value_of(request, Ask, MAX_ASK)
        return answer(await blocking(lambda: store.log_releases(ask)))

    return routes


def _segment_id(name: str) -> SegmentId:
    if not is_id(name):
        raise BadInput("That is not a segment id.", data="nothing was given out.", do="use 32 lower-case hex digits.")
    return SegmentId(name)
