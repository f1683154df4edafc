# SPDX-License-Identifier: Apache-2.0
"""What any dataset store promises; run against Parquet files and against the fake."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handiwork.adapters.parquet.folder import ParquetFolder
from handiwork.model.dataset import Area, Manifest, Move, Record, Shard, Shown
from handiwork.model.errors import BadInput, Damaged
from handiwork.model.ids import ConsentId, Digest, SegmentId
from handiwork.model.table import SCHEMA
from handiwork.ports.dataset import DatasetStore
from handiwork.ports.fakes.dataset import MemoryDataset


@pytest.fixture(params=["parquet", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> DatasetStore:
    return ParquetFolder(tmp_path / "data") if request.param == "parquet" else MemoryDataset()


INTS = st.integers(-(2**31), 2**31 - 1)
WORDS = st.text(max_size=8)
AREAS = st.builds(Area, INTS, INTS, INTS, INTS)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
SHOWN = st.builds(Shown, WORDS, WORDS, WORDS, AREAS, LISTS, INTS, LISTS)
RECORDS = st.builds(
    Record,
    episode_id=WORDS,
    step=INTS,
    goal=WORDS,
    outcome=WORDS,
    episode_flags=LISTS,
    flags=LISTS,
    observed=st.integers(-(2**63), 2**63 - 1),
    url=WORDS,
    title=WORDS,
    window=AREAS,
    elements=st.lists(SHOWN, max_size=3).map(tuple),
    focused=INTS,
    frame=st.binary(max_size=20),
    frame_region=AREAS,
    verb=WORDS,
    onset=INTS,
    began=INTS,
    ended=INTS,
    x=st.none() | INTS,
    rel_x=st.none() | st.floats(0, 1),
    text=st.none() | WORDS,
    keys=st.none() | LISTS,
    target=st.none() | SHOWN,
    target_index=INTS,
    path=st.lists(st.builds(Move, INTS, INTS, INTS), max_size=3).map(tuple),
    segment_id=st.just(SegmentId("a" * 32)),
    consent_id=st.just(ConsentId("b" * 32)),
    consent_version=INTS,
    purposes=st.sampled_from([("agent-training",), ("agent-training", "interface-research")]),
    policy_digest=st.just(Digest("c" * 64)),
    notice_digest=st.just(Digest("d" * 64)),
    recorder_version=WORDS,
    redactor_version=WORDS,
)


def shard(name: str, digest: Digest, size: int) -> Shard:
    return Shard(
        name=name, digest=digest, size=size, rows=1, episodes=1, epoch="2026-01-02", unit="u",
        segments=(SegmentId("a" * 32),), consents=(ConsentId("b" * 32),), purposes=("agent-training",),
    )  # fmt: skip


def manifest(*shards: Shard) -> Manifest:
    return Manifest(
        purpose="agent-training",
        job=Digest("e" * 64),
        code="handiwork",
        checkpoint="",
        shards=shards,
        refused={"damaged": 1},
    )


def record(text: str = "x") -> Record:
    return Record(
        episode_id="e", step=0, goal="", outcome="", episode_flags=(), flags=(), observed=0, url="", title="",
        window=Area(0, 0, 1, 1), elements=(), focused=-1, frame=b"", frame_region=Area(0, 0, 0, 0), verb="type",
        onset=0, began=0, ended=0, text=text, segment_id=SegmentId("a" * 32), consent_id=ConsentId("b" * 32),
        consent_version=1, purposes=("agent-training",), policy_digest=Digest("c" * 64),
        notice_digest=Digest("d" * 64), recorder_version="", redactor_version="",
    )  # fmt: skip


@given(records=st.lists(RECORDS, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_records_come_back_as_they_were_put(store: DatasetStore, records: list[Record]) -> None:
    digest, size = store.put_shard("one", records)
    assert list(store.shard(shard("one", digest, size))) == records


def test_the_schema_and_the_record_have_the_same_columns() -> None:
    assert set(SCHEMA.names) == {field.name for field in msgspec.structs.fields(Record)}
    assert "participant" not in SCHEMA.names


def test_before_it_is_published_there_is_no_dataset(store: DatasetStore) -> None:
    assert store.manifest() is None
    store.put_shard("one", [record()])
    assert store.manifest() is None


def test_what_is_published_is_what_is_there(store: DatasetStore) -> None:
    made = manifest(shard("one", *store.put_shard("one", [record()])))
    store.publish(made)
    assert store.manifest() == made


def test_a_shard_that_the_new_manifest_does_not_name_is_gone(store: DatasetStore) -> None:
    one = shard("one", *store.put_shard("one", [record("1")]))
    two = shard("two", *store.put_shard("two", [record("2")]))
    store.publish(manifest(one, two))
    store.publish(manifest(two))
    assert store.shard(two)[0].text == "2"
    with pytest.raises(Damaged):
        store.shard(one)


def test_a_shard_other_than_the_manifest_names_is_refused(store: DatasetStore) -> None:
    one = shard("one", *store.put_shard("one", [record("1")]))
    store.put_shard("one", [record("changed")])
    with pytest.raises(Damaged):
        store.shard(one)


def test_a_discarded_dataset_is_gone_whole(store: DatasetStore) -> None:
    one = shard("one", *store.put_shard("one", [record()]))
    store.publish(manifest(one))
    store.discard()
    store.discard()
    assert store.manifest() is None
    with pytest.raises(Damaged):
        store.shard(one)


def test_files_are_for_their_owner_only_and_no_drafts_stay(tmp_path: Path) -> None:
    folder = ParquetFolder(tmp_path / "data")
    folder.publish(manifest(shard("one", *folder.put_shard("one", [record()]))))
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == ["manifest.json", "one.parquet"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)


def test_files_that_are_not_ours_are_never_removed(tmp_path: Path) -> None:
    for name in ("holiday.jpg", "Thesis.parquet", "one.parquet.bak"):
        (tmp_path / "shards").mkdir(exist_ok=True)
        (tmp_path / "shards" / name).write_text("mine")
    folder = ParquetFolder(tmp_path)
    folder.put_shard("one", [record()])
    folder.discard()
    assert len(list((tmp_path / "shards").iterdir())) == 3


@pytest.mark.parametrize("name", ["../one", "a/b", "", "UP", "one\n", "." * 3])
def test_a_shard_can_not_be_named_out_of_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput):
        ParquetFolder(tmp_path / "data").put_shard(name, [])


@pytest.mark.parametrize("content", [b"", b"{}", b"not json", b'{"purpose":"performance-review"}'])
def test_a_manifest_that_can_not_be_read_is_not_taken_for_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(Damaged):
        ParquetFolder(tmp_path).manifest()


def test_any_flipped_bit_of_a_shard_is_noticed(tmp_path: Path) -> None:
    folder = ParquetFolder(tmp_path)
    one = shard("one", *folder.put_shard("one", [record()]))
    path = tmp_path / "shards" / "one.parquet"
    content = path.read_bytes()
    for place in range(0, len(content), 97):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(Damaged):
            folder.shard(one)
