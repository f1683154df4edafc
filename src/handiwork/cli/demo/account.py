# SPDX-License-Identifier: Apache-2.0
"""The demo's account of itself: summary.json, gathered from what was really stored, logged, built and measured."""

import os
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from handiwork import __version__
from handiwork.adapters.disk import durable
from handiwork.adapters.miniwob.tasks import DEMO_TASKS
from handiwork.adapters.parquet.folder import ParquetFolder
from handiwork.adapters.sealing.cryptography_ import Verifier
from handiwork.cli.demo.stage import Stage
from handiwork.cli.demo.work import PLANTED, Recorded
from handiwork.cli.device import Device, open_device
from handiwork.cli.lab_agent import Judged
from handiwork.cli.leaks import find, leaks_in_files, leaks_in_segments, opened_segments
from handiwork.cli.log_source import LogSource, check_log
from handiwork.cli.paths import Home
from handiwork.lab.summary import (
    Audit,
    ConsentShown,
    DatasetShown,
    ExampleStep,
    FilmShown,
    LogShown,
    Machine,
    Marked,
    Policy,
    ProofShown,
    Rate,
    RecorderCost,
    Shot,
    Summary,
    Training,
)
from handiwork.model.codec import canonical_json, from_json
from handiwork.model.dataset import Manifest, Record
from handiwork.model.event import Acted, Event, Frame, Note, Typed
from handiwork.model.grant import Receipt
from handiwork.ports.hub import HubIdentity
from handiwork.ports.journal import consent_in_force
from handiwork.rules.merkle import leaf_hash
from handiwork.rules.proof import verify_receipt

LIMITS = (
    "One scripted person, whose pointer and keys are real X events but whose hand is a program.",
    "The job reached one person, because the demo has only one; a hub asks for at least five unless told otherwise.",
    "Both officers' keys, the hub and the lab lie on this one machine.",
)


@dataclass(frozen=True)
class Run:
    """What the demo's parts have said."""

    recorded: Recorded
    training: Training
    judged: list[Judged]
    durations: Mapping[str, float]


def account(stage: Stage, run: Run) -> Summary:
    """Everything, from the stores themselves."""
    manifest = _manifest(stage)
    rows = [row for shard in manifest.shards for row in ParquetFolder(stage.lab / "dataset").shard(shard)]
    with open_device(Home(stage.device)) as device:
        events = [event for segment in opened_segments(device) for event in segment.events]
        return Summary(
            made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            machine=_machine(),
            versions={"handiwork": __version__, **{name: version(name) for name in ("torch", "pyarrow", "miniwob")}},
            tasks=_tasks(run.judged),
            overall=_merged(judged.overall for judged in run.judged),
            leaks=_leaks(stage, device, rows),
            audit=_audit(stage),
            recorder=_cost(run.recorded),
            skips=_skips(device),
            segments=sum(1 for stored in device.store.segments() if stored.state != "deleted"),
            steps=len(rows),
            events=dict(Counter(type(event).__name__.lower() for event in events).most_common()),
            cuts=dict(Counter(cut for event in events for cut in _cuts(event)).most_common()),
            masked_share=_masked(events),
            consent=_consent(device),
            log=_log(stage, device),
            dataset=_dataset(manifest, rows),
            example=_example(stage, rows),
            training=run.training,
            film=from_json((stage.out / "film.json").read_bytes(), FilmShown),
            durations=dict(run.durations),
            limits=LIMITS,
        )


def _manifest(stage: Stage) -> Manifest:
    manifest = ParquetFolder(stage.lab / "dataset").manifest()
    assert manifest is not None, "the build has just published it"
    return manifest


def _machine() -> Machine:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return Machine(system=system, processor=_processor(), cores=os.cpu_count() or 1, memory_bytes=memory)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _tasks(judged: list[Judged]) -> dict[str, dict[Policy, Rate]]:
    return {name: _merged(one.tasks[name] for one in judged if name in one.tasks) for name in DEMO_TASKS}


def _merged(parts: Iterable[Mapping[str, Rate]]) -> dict[Policy, Rate]:
    merged = {policy: rate for part in parts for policy, rate in part.items()}
    return msgspec.convert(merged, dict[Policy, Rate])


def _leaks(stage: Stage, device: Device, rows: list[Record]) -> int:
    """Planted words anywhere: files of device, hub and lab as they lie, segments opened, rows decoded."""
    found = leaks_in_segments(device, PLANTED)
    for folder in (stage.device, stage.hub, stage.lab):
        found += leaks_in_files(folder, PLANTED)
    for row in rows:
        found += find(msgspec.json.encode(row), PLANTED, f"row {row.episode_id} {row.step}")
    return len(found)


def _audit(stage: Stage) -> Audit:
    files = [path for part in (stage.device, stage.hub, stage.lab) for path in part.rglob("*") if path.is_file()]
    return Audit(planted=len(PLANTED), files=len(files), bytes=sum(path.stat().st_size for path in files))


def _cost(recorded: Recorded) -> RecorderCost:
    told = recorded.account
    return RecorderCost(
        cpu_share=told.cpu_seconds / told.seconds,
        peak_memory_bytes=told.peak_memory_bytes,
        bytes=told.stored_bytes,
        events=told.events,
        lost=told.lost,
        seconds=told.seconds,
    )


def _skips(device: Device) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for _, _, reason, count in device.store.skips():
        counts[reason] += count
    return dict(counts.most_common())


def _cuts(event: Event) -> tuple[str, ...]:
    """What redaction cut: of texts and of the elements acted on. A page told of again is not counted again."""
    if isinstance(event, Typed | Note):
        return event.cuts
    return event.element.cuts if isinstance(event, Acted) else ()


def _masked(events: list[Event]) -> float | None:
    frames = [event for event in events if isinstance(event, Frame)]
    pixels = sum(frame.region.area for frame in frames)
    return sum(frame.masked_share * frame.region.area for frame in frames) / pixels if pixels else None


def _consent(device: Device) -> ConsentShown | None:
    signed = consent_in_force(device.store)
    if signed is None:
        return None
    given = signed.consent
    stored = device.store.segments()
    return ConsentShown(
        consent_id=given.consent_id,
        participant=given.participant,
        notice_digest=given.notice_digest,
        policy_name=given.policy_name,
        policy_digest=stored[0].header.policy_digest if stored else "",
        purposes=given.purposes,
        accepted_at=given.accepted_at,
    )


def _log(stage: Stage, device: Device) -> LogShown:
    """The whole log, checked; and the first receipt's proof, checked against the hub's public keys."""
    identity = from_json((stage.hub / "identity.json").read_bytes(), HubIdentity)
    source = LogSource(str(stage.hub))
    whole = check_log(source, identity, Verifier())
    receipts = device.store.receipts()
    proof = _proof(from_json(receipts[0][1], Receipt), identity) if receipts else None
    return LogShown(
        origin=identity.origin,
        entries=dict(Counter(entry.kind for entry in whole.entries)),
        checkpoint=source.read("checkpoint").decode(),
        proof=proof,
    )


def _proof(receipt: Receipt, identity: HubIdentity) -> ProofShown:
    head = verify_receipt(receipt, identity, Verifier())
    return ProofShown(
        what="the first segment's receipt",
        index=receipt.proof.index,
        size=head.size,
        leaf=leaf_hash(receipt.proof.leaf.encode()).hex(),
        path=receipt.proof.path,
        root=head.root.hex(),
    )


def _dataset(manifest: Manifest, rows: list[Record]) -> DatasetShown:
    return DatasetShown(
        rows=len(rows),
        episodes=len({row.episode_id for row in rows}),
        shards=len(manifest.shards),
        bytes=sum(shard.size for shard in manifest.shards),
        people=len({shard.unit for shard in manifest.shards}),
        purpose=manifest.purpose,
        actions=dict(Counter(row.verb for row in rows).most_common()),
        refused=manifest.refused,
        flagged=dict(Counter(flag for row in rows for flag in row.flags).most_common()),
    )


def _example(stage: Stage, rows: list[Record]) -> ExampleStep | None:
    """A row with a picture and a target, preferably of a form; its picture goes beside the summary."""
    fit = [row for row in rows if row.frame and row.target is not None and row.target_index >= 0]
    row = next((row for row in fit if row.target and row.target.role == "checkbox"), fit[0] if fit else None)
    if row is None or row.target is None:
        return None
    durable.write(stage.out / "example.webp", row.frame)
    region, target = row.frame_region, row.target.bounds
    mark = Marked(x=target.x - region.x, y=target.y - region.y, w=target.w, h=target.h)
    return ExampleStep(
        goal=row.goal,
        action=row.verb,
        target=f"{row.target.role} “{row.target.name}”",
        elements=len(row.elements),
        shot=Shot(width=region.w, height=region.h, words=row.verb, mark=mark),
    )


def write_summary(stage: Stage, summary: Summary) -> Path:
    """summary.json, whole or not at all."""
    path = stage.out / "summary.json"
    durable.write(path, msgspec.json.format(canonical_json(summary), indent=2))
    return path
