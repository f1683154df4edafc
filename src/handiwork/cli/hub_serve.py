# SPDX-License-Identifier: Apache-2.0
"""Wires the hub and the key service together out of their adapters, and serves each in a process of its own."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from handiwork.cli.hub_folder import HubFolder
from handiwork.model.errors import BadInput

if TYPE_CHECKING:
    from fastapi import FastAPI


def hub(folder: HubFolder, keeper_url: str, host: str, port: int) -> int:
    """Serves the blind store and the log until stopped."""
    from handiwork.adapters.database.register import SqlRegister
    from handiwork.adapters.disk.blobs import FolderBlobs
    from handiwork.adapters.disk.log import FolderLog
    from handiwork.adapters.keyfiles.files import load
    from handiwork.adapters.peer.http import HttpKeeperPeer
    from handiwork.adapters.sealing.cryptography_ import PrivateSigner, Verifier
    from handiwork.hub.app import HubLimits, hub_app
    from handiwork.hub.store import BlindStore, HubParts
    from handiwork.hub.wire import token_digest

    identity, config, token = folder.read_identity(), folder.read_config("hub"), folder.token("hub/internal.token")
    log = FolderLog(folder.log, identity.origin, PrivateSigner(load(folder.secret("hub/log.key"))), Verifier())
    parts = HubParts(
        identity=identity,
        blobs=FolderBlobs(folder.blobs),
        register=SqlRegister(folder.register),
        log=log,
        signer=PrivateSigner(load(folder.secret("hub/receipt.key"))),
        verifier=Verifier(),
        keeper=HttpKeeperPeer(keeper_url, token),
        officers=_keys(config.officers),
    )
    store = BlindStore(parts)
    store.sweep()
    limits = HubLimits(lab_token=config.lab_token, internal_token=token_digest(token))
    return serve(hub_app(store, log, limits), "hub", host, port)


def keeper(folder: HubFolder, hub_url: str, host: str, port: int) -> int:
    """Serves the key service until stopped."""
    from handiwork.adapters.disk.keystore import FolderKeyStore
    from handiwork.adapters.keyfiles.files import load
    from handiwork.adapters.peer.http import HttpHubPeer
    from handiwork.adapters.sealing.cryptography_ import CryptographySealing, Verifier
    from handiwork.hub.keeper import KeeperParts, KeyService
    from handiwork.hub.keeper_app import keeper_app
    from handiwork.hub.wire import token_digest

    config, token = folder.read_config("keeper"), folder.token("keeper/internal.token")
    parts = KeeperParts(
        identity=folder.read_identity(),
        private_key=load(folder.secret("keeper/keeper.key")),
        store=FolderKeyStore(folder.keystore),
        hub=HttpHubPeer(hub_url, token),
        sealing=CryptographySealing(),
        verifier=Verifier(),
        officers=_keys(config.officers),
        minimum_people=config.minimum_people,
    )
    return serve(keeper_app(KeyService(parts), token_digest(token)), "key service", host, port)


def serve(app: "FastAPI", name: str, host: str, port: int) -> int:
    """Serves until SIGTERM or Ctrl-C. What was acknowledged by then is on disk; nothing needs an orderly end."""
    from granian.constants import Interfaces
    from granian.server.embed import Server

    _check_free(host, port)
    server = Server(app, address=host, port=port, interface=Interfaces.ASGI, log_enabled=False, websockets=False)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, server.stop)
        print(f"Handiwork {name}: http://{host}:{port} (Ctrl-C ends it)", file=sys.stderr, flush=True)
        await server.serve()

    asyncio.run(run())
    sys.stdout.flush()
    sys.stderr.flush()
    # Not by Python's own end: it ends any thread that asks for the interpreter meanwhile, which granian's abort over.
    os._exit(0)


def _check_free(host: str, port: int) -> None:
    """The server itself would share a port that another process listens on, and requests would go to either."""
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise BadInput(
            f"Port {port} of {host} can't be used ({error.strerror}).",
            data="nothing was served or changed.",
            do="end the process that uses it, or choose another with --port.",
        ) from None


def _keys(officers: Mapping[str, str]) -> dict[str, bytes]:
    return {name: bytes.fromhex(key) for name, key in officers.items()}
