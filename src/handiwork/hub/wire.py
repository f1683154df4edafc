# SPDX-License-Identifier: Apache-2.0
"""What both HTTP services share: bodies with a limit, errors as JSON, tokens. Knows nothing of segments or keys."""

import base64
import binascii
import hashlib
import hmac
import logging
from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread
import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from handiwork.model.errors import BadInput, Damaged, HandiworkError, Lost, NoSpace, NotAllowed
from handiwork.model.problem import Problem, problem_of

T = TypeVar("T")

LOGGER = logging.getLogger("handiwork.hub")

SMALL = 1 << 20
"""Bytes that any body but a segment may have."""

_STATUS: dict[type[HandiworkError], int] = {Damaged: 422, BadInput: 400, NotAllowed: 403, Lost: 503, NoSpace: 507}


def answer(value: object, status: int = 200) -> Response:
    """Any msgspec value as JSON."""
    return Response(msgspec.json.encode(value, order="sorted"), status, media_type="application/json")


def failure(error: HandiworkError) -> Response:
    """An error as JSON."""
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
    return answer(problem_of(error), status)


async def body_of(request: Request, limit: int) -> bytes:
    """The whole body; BadInput as soon as it is longer than `limit`."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > limit:
            raise BadInput(
                f"That is more than the {limit} bytes that are taken at once.",
                data="nothing was kept; it is still where it was sent from.",
                do="record shorter segments, or have the hub's limit raised.",
            )
    return bytes(content)


async def value_of(request: Request, kind: type[T], limit: int = SMALL) -> T:
    """The body as a value of `kind`; BadInput for anything else."""
    body = await body_of(request, limit)
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
        name = getattr(kind, "__name__", "value")
        raise BadInput(
            f"The body is not a {name} as this version knows it.",
            data="nothing was changed.",
            do="use a client of the same version.",
        ) from None


async def blocking(work: Callable[[], T], limiter: anyio.CapacityLimiter | None = None) -> T:
    """The result of work that waits for disks, done on a thread; on one of `limiter`'s own, if given."""
    return await anyio.to_thread.run_sync(work, limiter=limiter)


def token_digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def check_token(request: Request, digest: str, who: str) -> None:
    """Refuses a request without the token: "Bearer TOKEN", or Basic with the token as password."""
    given = _token(request.headers.get("authorization", ""))
    if not hmac.compare_digest(token_digest(given), digest):
        raise NotAllowed(
            f"Only {who} may ask for this, and the token that proves it is missing or wrong.",
            data="nothing was given out or changed.",
            do="use the token made by `handiwork hub init`: http://lab:TOKEN@host:port, or a Bearer header.",
        )


def _token(header: str) -> str:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(rest, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def body_schema(kind: type) -> dict[str, object]:
    """FastAPI's `openapi_extra` for a JSON body of this kind."""
    schema = msgspec.json.schema(kind)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def install(app: FastAPI) -> None:
    """Every error of this application becomes a Problem."""

    @app.exception_handler(HandiworkError)
    async def ours(_request: Request, error: HandiworkError) -> Response:
        return failure(error)

    @app.exception_handler(HTTPException)
    async def theirs(_request: Request, error: HTTPException) -> Response:
        problem = Problem(f"{error.detail}.", "nothing was changed.", "check the address and the method.", "BadInput")
        return answer(problem, error.status_code)

    @app.exception_handler(RequestValidationError)
    async def malformed(_request: Request, _error: RequestValidationError) -> Response:
        problem = Problem("A part of the address is malformed.", "nothing was changed.", "check it.", "BadInput")
        return answer(problem, 400)

    @app.exception_handler(Exception)
    async def unforeseen(_request: Request, error: Exception) -> Response:
        LOGGER.error("Unforeseen", exc_info=error)
        what = f"The service failed on its own account ({type(error).__name__})."
        problem = Problem(what, "nothing of this call is acknowledged.", "try again; report it if it stays.", "Lost")
        return answer(problem, 500)
