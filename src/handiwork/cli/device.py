# SPDX-License-Identifier: Apache-2.0
"""The person's keys and store on this device, opened together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.adapters.keyfiles.files import load_or_create
from handiwork.adapters.sealing.cryptography_ import CryptographySealing, PrivateSigner
from handiwork.cli.paths import Home


@dataclass(frozen=True)
class Device:
    """What every command on the person's side needs. `device_key` opens segments; `person` signs consent."""

    home: Home
    store: SqliteJournal
    sealing: CryptographySealing
    device_key: bytes
    person: PrivateSigner

    def __repr__(self) -> str:
        return "<Device (keys withheld)>"


@contextmanager
def open_device(home: Home) -> Iterator[Device]:
    """Keys are made at the first use; the journal is closed at the end."""
    device_key = load_or_create(home.keys / "device.key")
    person = PrivateSigner(load_or_create(home.keys / "person.key"))
    store = SqliteJournal(home.journal)
    try:
        yield Device(home, store, CryptographySealing(), device_key, person)
    finally:
        store.close()
