# SPDX-License-Identifier: Apache-2.0
"""After a withdrawal no byte of it is left in a dataset, and no model that saw it can be loaded."""

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from tests.lab.vault import Vault, work

from handiwork.adapters.parquet.folder import ParquetFolder
from handiwork.lab.dataset import build, load
from handiwork.lab.quarantine import NOT_UNDONE, sweep
from handiwork.model.errors import NoSpace
from handiwork.model.ids import SegmentId
from handiwork.ports.fakes.dataset import MemoryDataset


class Shelf:
    """Checkpoints in memory."""

    def __init__(self, **checkpoints: Collection[SegmentId]) -> None:
        self.used: dict[str, Collection[SegmentId]] = dict(checkpoints)

    def segments(self) -> Mapping[str, Collection[SegmentId]]:
        return dict(self.used)

    def quarantine(self, name: str) -> None:
        del self.used[name]


@pytest.fixture
def vault() -> Vault:
    return Vault()


def goals(store: MemoryDataset | ParquetFolder) -> list[str]:
    return [episode.goal for episode in load(store, "agent-training").episodes]


def test_a_persons_whole_shard_goes_and_others_stay_byte_for_byte(vault: Vault, tmp_path: Path) -> None:
    mine, other = vault.add(work("mine"), person=1), vault.add(work("other"), person=2)
    store = ParquetFolder(tmp_path)
    before = {shard.segments: shard for shard in build(vault.grant(), vault.room(), store).shards}
    done = sweep([mine], {"data": store}, Shelf())
    assert goals(store) == ["other"]
    manifest = store.manifest()
    assert manifest is not None
    assert manifest.shards == (before[(other,)],)
    assert manifest.withdrawn == (mine,)
    assert (done.datasets[0].shards_removed, done.datasets[0].rows_removed, done.datasets[0].rows_left) == (1, 3, 3)


def test_only_the_withdrawn_consents_episodes_leave_a_shared_shard(vault: Vault, tmp_path: Path) -> None:
    old, kept = vault.add(work("old consent"), consent=1), vault.add(work("new consent"), consent=2)
    store = ParquetFolder(tmp_path)
    build(vault.grant(), vault.room(), store)
    assert sweep([old], {"data": store}, Shelf()).datasets[0].shards_rewritten == 1
    assert goals(store) == ["new consent"]
    assert load(store, "agent-training").segments == (kept,)
    assert [path.name for path in (tmp_path / "shards").iterdir()] == [f"{store.manifest().shards[0].name}.parquet"]  # type: ignore[union-attr]


def test_an_episode_that_reaches_over_two_segments_goes_whole(vault: Vault) -> None:
    events = work("long")
    first, second = vault.add(events[:7]), vault.add(events[7:])
    vault.add(work("short", t=90_000))
    store = MemoryDataset()
    build(vault.grant(), vault.room(), store)
    assert goals(store) == ["long", "short"]
    sweep([second], {"data": store}, Shelf())
    assert goals(store) == ["short"]
    assert first not in load(store, "agent-training").segments


def test_no_byte_of_what_was_withdrawn_is_left_on_disk(vault: Vault, tmp_path: Path) -> None:
    mine = vault.add(work("a rather unusual goal", text="zanzibar"), person=1)
    vault.add(work("other"), person=2)
    store = ParquetFolder(tmp_path)
    build(vault.grant(), vault.room(), store)
    sweep([mine], {"data": store}, Shelf())
    manifest = store.manifest()
    assert manifest is not None
    for shard in manifest.shards:
        assert all(row.text != "zanzibar" and "unusual" not in row.goal for row in store.shard(shard))
    assert len(list((tmp_path / "shards").iterdir())) == 1


def test_models_that_saw_it_are_set_aside_and_others_are_not(vault: Vault) -> None:
    mine, other = SegmentId("1" * 32), SegmentId("2" * 32)
    shelf = Shelf(mixed=(mine, other), clean=(other,))
    done = sweep([mine], {}, shelf)
    assert (done.quarantined, sorted(shelf.used)) == (("mixed",), ["clean"])
    assert "not undone" in done.note == NOT_UNDONE


def test_sweeping_again_changes_nothing(vault: Vault) -> None:
    mine = vault.add(work("mine"))
    vault.add(work("other"), person=2)
    store = MemoryDataset()
    build(vault.grant(), vault.room(), store)
    shelf = Shelf(model=(mine,))
    sweep([mine], {"data": store}, shelf)
    before = store.manifest()
    again = sweep([mine], {"data": store}, shelf)
    assert (again.datasets, again.quarantined, store.manifest()) == ((), (), before)


def test_a_second_withdrawal_rewrites_a_rewritten_shard(vault: Vault) -> None:
    names = [vault.add(work(f"{i}"), consent=i) for i in range(3)]
    store = MemoryDataset()
    build(vault.grant(), vault.room(), store)
    sweep(names[:1], {"data": store}, Shelf())
    sweep(names[:2], {"data": store}, Shelf())
    assert goals(store) == ["2"]
    assert [name.rpartition("-")[2] for name in store.shards] == ["r2"]


def test_a_sweep_that_fails_leaves_the_dataset_whole_and_can_be_repeated(vault: Vault) -> None:
    old = vault.add(work("old"), consent=1)
    vault.add(work("new"), consent=2)
    store = MemoryDataset(fail_at_write=4)
    build(vault.grant(), vault.room(), store)
    with pytest.raises(NoSpace):
        sweep([old], {"data": store}, Shelf())
    assert sorted(goals(store)) == ["new", "old"]
    sweep([old], {"data": store}, Shelf())
    assert goals(store) == ["new"]
    assert len(store.shards) == 1


def test_rows_that_a_killed_build_left_are_removed(vault: Vault) -> None:
    store = MemoryDataset()
    store.put_shard("left-over", [])
    sweep([], {"data": store}, Shelf())
    assert store.shards == {}
