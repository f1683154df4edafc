# SPDX-License-Identifier: Apache-2.0
"""From sealed segments to training data and back: what went in comes out, and what may not be used does not go in."""

from pathlib import Path

import msgspec
import pytest
from tests.lab.vault import GO, NAME, OFFICERS, Vault, work

from handiwork.adapters.parquet.folder import ParquetFolder
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.sealing.cryptography_ import Verifier
from handiwork.derive.episodes import episodes
from handiwork.derive.samples import episodes_of, records
from handiwork.lab.dataset import build, load
from handiwork.lab.grants import granted
from handiwork.model.action import Click, Type
from handiwork.model.errors import BadInput, Damaged, NoSpace, NotAllowed
from handiwork.model.ids import SegmentId
from handiwork.ports.dataset import DatasetStore
from handiwork.ports.fakes.dataset import MemoryDataset
from handiwork.ports.sealed import open_segment


@pytest.fixture
def vault() -> Vault:
    return Vault()


def test_what_was_done_comes_back_as_steps_with_picture_and_target(vault: Vault, tmp_path: Path) -> None:
    vault.add(work("say hello"))
    build(vault.grant(), vault.room(), ParquetFolder(tmp_path))
    (episode,) = load(ParquetFolder(tmp_path), "agent-training").episodes
    assert (episode.goal, episode.outcome) == ("say hello", "done")
    first, second, third = (step.action for step in episode.steps)
    assert isinstance(first, Click)
    assert first.target == NAME
    assert isinstance(second, Type)
    assert (second.text, second.target) == ("hello", NAME)
    assert isinstance(third, Click)
    assert third.target == GO
    frames = [WebpPictures().decode(step.observation.frame).shape for step in episode.steps]
    assert frames == [(240, 320, 3)] * 3


def test_episodes_survive_the_way_through_parquet_without_loss(vault: Vault, tmp_path: Path) -> None:
    name = vault.add(work("say hello"))
    segment = open_segment(vault.sealing, vault.keys[name], vault.content[name])
    direct = episodes([segment], WebpPictures().decode, WebpPictures().encode)
    assert episodes_of(records(direct[0], {name: segment.header})) == direct
    build(vault.grant(), vault.room(), ParquetFolder(tmp_path))
    assert list(load(ParquetFolder(tmp_path), "agent-training").episodes) == direct


def test_relative_coordinates_recompute_to_the_pixel(vault: Vault) -> None:
    vault.add(work("say hello"))
    store = MemoryDataset()
    manifest = build(vault.grant(), vault.room(), store)
    for row in store.shard(manifest.shards[0]):
        if row.x is not None and row.y is not None and row.rel_x is not None and row.rel_y is not None:
            assert round(row.rel_x * row.window.w) + row.window.x == row.x
            assert round(row.rel_y * row.window.h) + row.window.y == row.y
            assert row.elements[row.target_index] == row.target


def test_every_shard_is_one_person_and_one_day_and_names_nobody(vault: Vault, tmp_path: Path) -> None:
    for person in (1, 2):
        for epoch in ("2026-01-02", "2026-01-03"):
            vault.add(work(f"{person} {epoch}"), person=person, epoch=epoch)
    manifest = build(vault.grant(), vault.room(), ParquetFolder(tmp_path))
    assert len(manifest.shards) == 4
    assert len({shard.unit for shard in manifest.shards}) == 2
    assert all(len(shard.segments) == 1 for shard in manifest.shards)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"participant" not in written
    assert len(load(ParquetFolder(tmp_path), "agent-training").units) == 2


def test_what_may_not_be_used_is_counted_and_left_out(vault: Vault) -> None:
    good = vault.add(work("good"))
    withdrawn = vault.add(work("taken back"))
    vault.add(work("for others"), purposes=("interface-research",))
    damaged, torn, foreign, gone = (vault.add(work(word)) for word in ("flipped", "torn", "foreign", "gone"))
    vault.gone.append(withdrawn)
    content = vault.content[damaged]
    vault.content[damaged] = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
    vault.content[torn] = vault.content[torn][:-3]
    vault.content[foreign] = vault.content[good]
    del vault.content[gone]
    store = MemoryDataset()
    manifest = build(vault.grant(), vault.room(), store)
    assert [shard.segments for shard in manifest.shards] == [(good,)]
    assert manifest.refused == {"withdrawn": 1, "other purpose": 1, "damaged": 2, "foreign": 1, "gone": 1}
    assert [episode.goal for episode in load(store, "agent-training").episodes] == ["good"]


def test_a_withdrawn_segment_is_not_even_fetched(vault: Vault) -> None:
    vault.add(work("good"))
    vault.gone.append(vault.add(work("taken back")))
    build(vault.grant(), vault.room(), MemoryDataset())
    assert vault.gone[0] not in vault.fetched


def test_a_withdrawal_during_the_build_still_counts(vault: Vault) -> None:
    first, second = vault.add(work("one")), vault.add(work("two"), person=2)
    manifest = build(
        vault.grant(), vault.room(), MemoryDataset(), lambda done, _: vault.gone.append(second) if done == 1 else None
    )
    assert [shard.segments for shard in manifest.shards] == [(first,)]
    assert manifest.refused == {"withdrawn": 1}


def test_days_that_the_job_does_not_name_are_left_out(vault: Vault) -> None:
    vault.add(work("in"), epoch="2026-01-02")
    vault.add(work("out"), epoch="2026-01-03")
    store = MemoryDataset()
    build(vault.grant(vault.job(epochs=["2026-01-02"])), vault.room(), store)
    assert [episode.goal for episode in load(store, "agent-training").episodes] == ["in"]


def test_a_release_that_is_not_in_the_log_as_this_job_stops_everything(vault: Vault) -> None:
    vault.add(work("good"))
    job, other = vault.job(), vault.job(epochs=["2026-01-09"])
    with pytest.raises(Damaged, match="something else"):
        granted(job, OFFICERS, vault.released(job, logged_as=other), vault.identity, Verifier())
    with pytest.raises(Damaged):
        granted(job, ("ada", "mallory"), vault.released(job), vault.identity, Verifier())
    stranger = msgspec.structs.replace(vault.identity, log_key=Vault().identity.log_key)
    with pytest.raises(Damaged):
        granted(job, OFFICERS, vault.released(job), stranger, Verifier())


@pytest.mark.parametrize("fail_at", [1, 2, 3])
def test_a_build_that_fails_leaves_nothing_behind(vault: Vault, fail_at: int) -> None:
    for person in (1, 2):
        vault.add(work("x"), person=person)
    store = MemoryDataset(fail_at_write=fail_at)
    with pytest.raises(NoSpace):
        build(vault.grant(), vault.room(), store)
    assert (store.manifest(), store.shards) == (None, {})


def test_a_build_without_a_usable_row_is_refused_and_leaves_no_file(vault: Vault, tmp_path: Path) -> None:
    vault.add(work("for others"), purposes=("interface-research",))
    with pytest.raises(NotAllowed, match="1 other purpose"):
        build(vault.grant(), vault.room(), ParquetFolder(tmp_path / "data"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_build_never_overwrites_a_dataset(vault: Vault) -> None:
    vault.add(work("one"))
    store = MemoryDataset()
    manifest = build(vault.grant(), vault.room(), store)
    with pytest.raises(BadInput):
        build(vault.grant(), vault.room(), store)
    assert store.manifest() == manifest


def test_what_a_killed_build_left_behind_is_gone_after_the_next(vault: Vault, tmp_path: Path) -> None:
    vault.add(work("good"))
    store = ParquetFolder(tmp_path)
    store.put_shard("left-by-a-killed-build", [])
    (tmp_path / "shards" / ".draft-0123456789abcdef").write_bytes(b"half")
    manifest = build(vault.grant(), vault.room(), store)
    assert [path.stem for path in (tmp_path / "shards").iterdir()] == [manifest.shards[0].name]


def test_shards_without_a_manifest_are_no_dataset(vault: Vault) -> None:
    store = MemoryDataset()
    store.put_shard("one", [])
    with pytest.raises(BadInput, match="no manifest"):
        load(store, "agent-training")


def test_text_that_was_cut_is_kept_but_never_handed_to_a_trainer_unasked(vault: Vault) -> None:
    vault.add(work("call", text="call [phone]", cuts=("phone",)))
    store = MemoryDataset()
    build(vault.grant(), vault.room(), store)
    verbs = [[type(step.action) for step in episode.steps] for episode in load(store, "agent-training").episodes]
    kept = load(store, "agent-training", keep_cut=True).episodes[0].steps
    assert verbs == [[Click, Click]]
    assert [step.flags for step in kept] == [(), ("cut text",), ()]


def test_keys_do_not_show_when_a_room_or_grant_is_printed(vault: Vault) -> None:
    vault.add(work("x"))
    grant, room = vault.grant(), vault.room()
    shown = repr(grant) + repr(room)
    assert room.private_key.hex() not in shown
    assert repr(room.private_key) not in shown
    assert grant.releases[0].wrapped not in shown


def test_rows_of_segments_that_the_manifest_does_not_name_are_refused(vault: Vault) -> None:
    vault.add(work("x"))
    store: DatasetStore = MemoryDataset()
    manifest = build(vault.grant(), vault.room(), store)
    (shard,) = manifest.shards
    moved = [msgspec.structs.replace(row, segment_id=SegmentId("f" * 32)) for row in store.shard(shard)]
    digest, size = store.put_shard(shard.name, moved)
    store.publish(msgspec.structs.replace(manifest, shards=(msgspec.structs.replace(shard, digest=digest, size=size),)))
    with pytest.raises(Damaged, match="other segments"):
        load(store, "agent-training")
