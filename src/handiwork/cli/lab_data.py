# SPDX-License-Identifier: Apache-2.0
"""Wiring of the lab's data: jobs, dataset builds, withdrawals, reports."""

import hashlib
import sys
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from handiwork.adapters.disk import durable
from handiwork.adapters.hubclient.http import HttpArchive, HttpHub, HttpKeeper
from handiwork.adapters.keyfiles.files import load, load_or_create
from handiwork.adapters.parquet.folder import ParquetFolder
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.sealing.cryptography_ import CryptographySealing, Verifier, x25519_public
from handiwork.cli.files import bytes_of
from handiwork.lab.dataset import Room, build
from handiwork.lab.grants import granted, new_job
from handiwork.lab.quarantine import sweep
from handiwork.lab.report import write_report
from handiwork.lab.summary import Pictures, Summary
from handiwork.model.codec import canonical_json, digest_of, from_json
from handiwork.model.dataset import Manifest
from handiwork.model.errors import BadInput, NotAllowed
from handiwork.model.grant import Approval, Job
from handiwork.model.ids import Digest, SegmentId
from handiwork.ports.hub import HubIdentity
from handiwork.rules.purpose import purpose_named

T = TypeVar("T", bound=msgspec.Struct)


@dataclass(frozen=True)
class Hubs:
    """Where hub and key service are; files with the lab's token, and with the hub's public keys, if known already."""

    hub: str
    keeper: str
    token: Path
    identity: Path | None


def write_job(purpose: str, epochs: Sequence[str], out: Path, *, as_json: bool) -> int:
    """Makes a job, and a key pair that is used for no other."""
    purpose_named(purpose)  # refuse before anything is made
    if out.exists() or _key_of(out).exists():
        raise BadInput(
            f"There is a job {out.name} or its key already.",
            data="nothing was overwritten: the key may be the only one that opens what was released to it.",
            do="choose another name for the new job.",
        )
    job = new_job(purpose, epochs, x25519_public(load_or_create(_key_of(out))))
    durable.write(out, canonical_json(job))
    if as_json:
        print(msgspec.json.encode({"job": digest_of(job), "file": str(out)}).decode())
        return 0
    print(f"Job {digest_of(job)[:16]}: {job.kind} for {job.purpose}, {', '.join(job.epochs) or 'all days'}.")
    print(f"  {out}: give it to two officers (`handiwork hub approve {out} --officer NAME --key FILE`).")
    print(f"  {_key_of(out)}: private. It opens what is released to this job; delete it after the build.")
    return 0


def build_dataset(job_file: Path, approvals: Sequence[Path], hubs: Hubs, out: Path, *, as_json: bool) -> int:
    """Has the keys released, checks every release against the log, builds."""
    job = _read(job_file, Job)
    signed = [_read(path, Approval) for path in approvals]
    with closing(HttpHub(hubs.hub)) as hub, closing(HttpKeeper(hubs.keeper)) as keeper:
        identity = _read(hubs.identity, HubIdentity) if hubs.identity else hub.identity()
        releases = keeper.release(job, signed)
    grant = granted(job, [approval.officer for approval in signed], releases, identity, Verifier())
    with closing(HttpArchive(_with_token(hubs.hub, hubs.token))) as archive, progress_bars() as bars:
        bar = bars.add_task("people and days", total=None)
        room = Room(archive, CryptographySealing(), WebpPictures(), load(_key_of(job_file)))
        manifest = build(
            grant, room, ParquetFolder(out), lambda done, whole: bars.update(bar, completed=done, total=whole)
        )
    _tell_built(manifest, out, as_json=as_json)
    return 0


def _tell_built(manifest: Manifest, out: Path, *, as_json: bool) -> None:
    rows, episodes = (sum(getattr(shard, name) for shard in manifest.shards) for name in ("rows", "episodes"))
    segments = {segment for shard in manifest.shards for segment in shard.segments}
    people = {shard.unit for shard in manifest.shards}
    if as_json:
        account = {
            "dataset": digest_of(manifest), "purpose": manifest.purpose, "rows": rows, "episodes": episodes,
            "shards": len(manifest.shards), "bytes": sum(shard.size for shard in manifest.shards),
            "people": len(people), "segments": len(segments), "refused": manifest.refused,
        }  # fmt: skip
        print(msgspec.json.encode(account).decode())
        return
    print(f"Dataset {digest_of(manifest)[:16]} in {out}, for {manifest.purpose} only:")
    print(f"  {rows} steps in {episodes} episodes, from {len(segments)} segments of {len(people)} people")
    for reason, count in sorted(manifest.refused.items()):
        print(f"  {count} released segments not used: {reason}")
    print("  It is plaintext, redacted: keep it in the lab, and run `handiwork lab sweep` to honour withdrawals.")


class _Shelf:
    """Checkpoint files."""

    def __init__(self, paths: Sequence[Path]) -> None:
        from handiwork.adapters.torch_policy import checkpoint

        self._files = checkpoint
        self._paths = {str(path): path for path in paths}

    def segments(self) -> Mapping[str, Collection[SegmentId]]:
        """Of those that are in use; one that is set aside already stays so."""
        found: dict[str, Collection[SegmentId]] = {}
        for name, path in self._paths.items():
            try:
                found[name] = self._files.load_checkpoint(path)[0].segments
            except NotAllowed:
                continue
        return found

    def quarantine(self, name: str) -> None:
        self._files.quarantine(self._paths[name])


def sweep_withdrawn(hub: str, data: Sequence[Path], checkpoints: Sequence[Path], *, as_json: bool) -> int:
    """Asks the hub what was withdrawn, and honours it here."""
    with closing(HttpArchive(hub)) as archive:
        withdrawn = archive.withdrawn()
    done = sweep(withdrawn, {str(path): ParquetFolder(path) for path in data}, _Shelf(checkpoints))
    if as_json:
        print(canonical_json(done).decode())
        return 0
    print(f"{done.withdrawn} segments were ever withdrawn.")
    for cleaned in done.datasets:
        print(f"  {cleaned.dataset}: {cleaned.rows_removed} rows of {cleaned.segments} segments removed, "
              f"{cleaned.rows_left} left")  # fmt: skip
    for name in done.quarantined:
        print(f"  {name}: set aside; it can't be loaded any more")
    print(done.note if done.quarantined else "No checkpoint named here was trained on withdrawn data.")
    return 0


def print_page(summary: Path, pictures: Path, out: Path) -> int:
    """Writes the report page."""
    shown = _read(summary, Summary)
    film = tuple(path.read_bytes() for path in sorted(pictures.glob("film-*.webp")))
    example = pictures / "example.webp"
    try:
        source = Digest(hashlib.sha256(summary.read_bytes()).hexdigest())
        write_report(shown, Pictures(example.read_bytes() if example.exists() else b"", film), out, source)
    except ValueError as error:
        raise BadInput(
            f"A picture in {pictures} can't be put on the page: {error}.", data="no page was written.", do="remove it."
        ) from None
    print(out)
    return 0


def progress_bars() -> Progress:
    """Progress on standard error, so that standard output stays fit for scripts."""
    columns = (TextColumn("  {task.description:18}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(file=sys.stderr))


def _with_token(url: str, file: Path) -> str:
    """The address as the hub wants it from a lab. The token comes from a file: a command line is seen by others."""
    try:
        token = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        token = ""
    if not token.isalnum():
        raise BadInput(
            f"{file} holds no token.", data="nothing was fetched.", do="ask the hub for its lab's token file."
        )
    scheme, _, rest = url.partition("://")
    return f"{scheme}://lab:{token}@{rest}"


def _key_of(job: Path) -> Path:
    return job.with_suffix(".key")


def _read(path: Path, kind: type[T]) -> T:
    try:
        return from_json(bytes_of(path, "nothing was asked for"), kind)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise BadInput(
            f"{path} is no {kind.__name__.lower()} that this version knows: {error}.",
            data="nothing was asked for.",
            do="make it anew with this version.",
        ) from None
