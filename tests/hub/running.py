# SPDX-License-Identifier: Apache-2.0
"""A hub and a key service as real processes on loopback, and people with devices to speak to them."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from handiwork.adapters.hubclient.http import HttpArchive, HttpHub, HttpKeeper
from handiwork.adapters.sealing.cryptography_ import CryptographySealing, PrivateSigner, Verifier, x25519_public
from handiwork.cli.hub_folder import HubFolder, make
from handiwork.model.codec import canonical_json, digest_of
from handiwork.model.consent import Consent, SignedConsent, SignedWithdrawal, Withdrawal
from handiwork.model.event import Typed
from handiwork.model.grant import Approval, Job
from handiwork.model.ids import ConsentId, Digest, SegmentId
from handiwork.model.policy import Purpose
from handiwork.model.segment import Closing, Header
from handiwork.ports.sealed import (
    content_digest,
    encode_header,
    header_digest,
    join,
    seal_closing,
    seal_events,
    wrapping_info,
)
from handiwork.rules.access import approval_message, pseudonym_of

SEALING = CryptographySealing()
VERIFIER = Verifier()
SECRET_TEXT = "meet me at the old mill at noon"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Services:
    """Both processes over one folder. Use as a context manager."""

    root: Path
    minimum_people: int = 1
    hub_port: int = field(default_factory=free_port)
    keeper_port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder = HubFolder(self.root)
        self.identity = make(self.folder, ["ada", "grace", "mary"], self.minimum_people)
        self.hub_url, self.keeper_url = f"http://127.0.0.1:{self.hub_port}", f"http://127.0.0.1:{self.keeper_port}"
        self.hub, self.keeper = HttpHub(self.hub_url), HttpKeeper(self.keeper_url)
        token = self.folder.token("lab.token")
        self.archive = HttpArchive(f"http://lab:{token}@127.0.0.1:{self.hub_port}")

    def __enter__(self) -> "Services":
        self.start("serve")
        self.start("keeper")
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.processes):
            self.kill(name)
        for client in (self.hub, self.keeper, self.archive):
            client.close()

    def start(self, name: str) -> None:
        port = self.hub_port if name == "serve" else self.keeper_port
        other = ("--keeper", self.keeper_url) if name == "serve" else ("--hub", self.hub_url)
        words = ["hub", name, str(self.root), "--port", str(port), *other]
        self.processes[name] = subprocess.Popen([sys.executable, "-c", RUN, *words])
        self.wait(f"http://127.0.0.1:{port}/openapi.json")

    def wait(self, url: str) -> None:
        for _ in range(600):
            try:
                httpx.get(url, trust_env=False)
                return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise AssertionError(f"{url} never answered")

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def officer(self, name: str) -> PrivateSigner:
        return PrivateSigner(self.folder.officer(name).read_bytes())

    def approvals(self, job: Job, *names: str) -> list[Approval]:
        digest = digest_of(job)
        return [Approval(digest, name, self.officer(name).sign(approval_message(digest)).hex()) for name in names]


RUN = """
import argparse, sys
from handiwork.cli import hub
parser = argparse.ArgumentParser()
hub.add(parser.add_subparsers())
chosen = parser.parse_args()
sys.exit(chosen.run(chosen))
"""


class Person:
    """Someone with a device, a consent and segments."""

    def __init__(self, purposes: tuple[Purpose, ...] = ("agent-training",)) -> None:
        self.signer = PrivateSigner(secrets.token_bytes(32))
        self.device_key = secrets.token_bytes(32)
        self.keys: dict[SegmentId, bytes] = {}
        public = self.signer.public_key().hex()
        self.consent = Consent(
            consent_id=ConsentId(secrets.token_hex(16)),
            version=1,
            participant=pseudonym_of(public),
            public_key=public,
            notice_digest=Digest("ab" * 32),
            policy_name="trial",
            purposes=purposes,
            accepted_at="2026-05-04T08:00:00Z",
        )

    def signed_consent(self) -> SignedConsent:
        return SignedConsent(self.consent, self.signer.sign(canonical_json(self.consent)).hex())

    def signed_withdrawal(self) -> SignedWithdrawal:
        withdrawal = Withdrawal(
            consent_id=self.consent.consent_id,
            participant=self.consent.participant,
            public_key=self.consent.public_key,
            withdrawn_at="2026-06-01T12:00:00Z",
        )
        return SignedWithdrawal(withdrawal, self.signer.sign(canonical_json(withdrawal)).hex())

    def header(self, epoch: str = "2026-05-04") -> tuple[Header, bytes]:
        """A fresh segment's header and key."""
        name, key = SegmentId(secrets.token_hex(16)), SEALING.new_key()
        wrapped = SEALING.wrap(x25519_public(self.device_key), wrapping_info(name, "device"), key)
        header = Header(
            segment_id=name,
            participant=self.consent.participant,
            consent_id=self.consent.consent_id,
            consent_version=self.consent.version,
            notice_digest=self.consent.notice_digest,
            policy_digest=Digest("cd" * 32),
            policy_name=self.consent.policy_name,
            policy_revision=1,
            purposes=self.consent.purposes,
            recorder_version="test 1",
            redactor_version="test 1",
            epoch=epoch,
            wrapped_for_device=wrapped.hex(),
        )
        self.keys[name] = key
        return header, key

    def segment(self, epoch: str = "2026-05-04", text: str = SECRET_TEXT) -> tuple[Header, bytes]:
        """A fresh sealed segment: its header, and its bytes."""
        header, key = self.header(epoch)
        return header, sealed(header, key, text)


def sealed(header: Header, key: bytes, text: str = SECRET_TEXT) -> bytes:
    """A segment of one event under this header."""
    json = encode_header(header)
    chunk = seal_events(SEALING, key, json, 0, [Typed(t=1, t_end=2, text=text, keystrokes=len(text))])
    closing = Closing(chunks=1, events=1, first_t=1, last_t=2, wall_offset_ms=0, recovered=False)
    return join(json, [chunk, seal_closing(SEALING, key, json, closing)])


def deposit(services: Services, person: Person, header: Header) -> None:
    public = bytes.fromhex(services.identity.keeper_key)
    wrapped = SEALING.wrap(public, wrapping_info(header.segment_id, "keeper"), person.keys[header.segment_id])
    services.keeper.deposit(header.segment_id, header_digest(encode_header(header)), wrapped)


def give(services: Services, person: Person, epoch: str = "2026-05-04") -> tuple[Header, bytes]:
    """Everything that a device does for one segment."""
    services.hub.register_consent(person.signed_consent())
    header, content = person.segment(epoch)
    deposit(services, person, header)
    services.hub.put_segment(content, content_digest(content))
    return header, content


def job_for(recipient_private: bytes, purpose: Purpose = "agent-training", epochs: tuple[str, ...] = ()) -> Job:
    return Job(
        kind="build-dataset",
        purpose=purpose,
        epochs=epochs,
        code="handiwork test",
        recipient=x25519_public(recipient_private).hex(),
    )
