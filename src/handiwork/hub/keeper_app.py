# SPDX-License-Identifier: Apache-2.0
"""The key service over HTTP: a process, a port and a store of its own.

A device     PUT /keys/{segment id}
A lab        POST /releases (a job and two officers' approvals)
The hub      POST /internal/destructions (token; and proof)
"""

import msgspec
from fastapi import FastAPI, Request, Response

from handiwork.hub.keeper import KeyService
from handiwork.hub.wire import SMALL, answer, blocking, body_schema, check_token, install, value_of
from handiwork.model.errors import BadInput
from handiwork.model.grant import Approval, Job
from handiwork.model.ids import Digest, SegmentId
from handiwork.ports.peers import Destruction

MAX_DESTRUCTION = 64 * SMALL


class Wrapped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A deposit as it arrives; `wrapped` is hex."""

    header_digest: Digest
    wrapped: str


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A job, and who approves it."""

    job: Job
    approvals: tuple[Approval, ...]


def keeper_app(service: KeyService, internal_token: str) -> FastAPI:
    """The application. `internal_token` is the SHA-256 (hex) of the hub's token."""
    app = FastAPI(title="Handiwork key service", docs_url=None, redoc_url=None)
    install(app)

    @app.put("/keys/{segment_id}", openapi_extra=body_schema(Wrapped))
    async def deposit(segment_id: str, request: Request) -> Response:
        """Takes a segment's key, wrapped to the key service."""
        given = await value_of(request, Wrapped, 4096)
        wrapped = _bytes(given.wrapped)
        await blocking(lambda: service.deposit(SegmentId(segment_id), given.header_digest, wrapped))
        return Response(status_code=204)

    @app.post("/releases", openapi_extra=body_schema(Asked))
    async def release(request: Request) -> Response:
        """Keys for what the job covers, wrapped to the job's recipient, each with the proof that it was logged."""
        asked = await value_of(request, Asked)
        return answer(await blocking(lambda: service.release(asked.job, asked.approvals)))

    @app.post("/internal/destructions", openapi_extra=body_schema(Destruction))
    async def destroy(request: Request) -> Response:
        """Destroys the keys of a withdrawal that is signed, logged and proven; for the hub."""
        check_token(request, internal_token, "the hub")
        destruction = await value_of(request, Destruction, MAX_DESTRUCTION)
        await blocking(lambda: service.destroy(destruction))
        return Response(status_code=204)

    return app


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise BadInput("The wrapped key is not hexadecimal.", data="it was not kept.", do="report this.") from None
