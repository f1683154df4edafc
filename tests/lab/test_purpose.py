# SPDX-License-Identifier: Apache-2.0
"""Attacks on purposes: no way leads from data given for one purpose to another, or to judging people."""

from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lab.vault import Vault, work

from handiwork.lab.dataset import build, load
from handiwork.lab.grants import new_job
from handiwork.model.codec import canonical_json, from_json
from handiwork.model.dataset import Manifest
from handiwork.model.errors import NotAllowed
from handiwork.model.grant import Job
from handiwork.model.policy import Policy, Purpose
from handiwork.model.segment import Header
from handiwork.ports.fakes.dataset import MemoryDataset
from handiwork.rules.purpose import PURPOSES, covers, purpose_named

WISHES = [
    "performance-review", "performance", "productivity", "employee-evaluation", "discipline", "ranking", "hr",
    "AGENT-TRAINING", "agent-training ", " agent-training", "agent-training,performance-review", "agent_training",
    "agent-training\n", "agent‐training", "*", "", "any", "all",
]  # fmt: skip


@pytest.mark.parametrize("wish", WISHES)
def test_judging_people_can_not_be_asked_for_under_any_name(wish: str) -> None:
    with pytest.raises(NotAllowed):
        purpose_named(wish)
    with pytest.raises(NotAllowed):
        new_job(wish, [], bytes(32))


@given(st.text())
def test_nothing_but_the_listed_purposes_is_a_purpose(text: str) -> None:
    if text not in PURPOSES:
        with pytest.raises(NotAllowed):
            purpose_named(text)
        assert not covers((text,), text)  # type: ignore[arg-type]


def test_no_listed_purpose_speaks_of_people() -> None:
    words = ("perform", "review", "productiv", "employee", "rating", "rank", "monitor", "surveil", "disciplin")
    assert [purpose for purpose in get_args(Purpose) if any(word in purpose for word in words)] == []


@pytest.mark.parametrize("kind", [Job, Manifest, Header, Policy])
def test_no_document_can_be_forged_to_carry_another_purpose(kind: type[msgspec.Struct]) -> None:
    """The closed list is checked wherever bytes become values: a job, a manifest, a header, a policy."""
    vault = Vault()
    job = vault.job()
    forged = canonical_json(job).replace(b"agent-training", b"performance-review")
    with pytest.raises(msgspec.ValidationError):
        from_json(forged, Job)
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    wanted = fields.get("purpose", fields.get("purposes"))
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(["performance-review"] if "purposes" in fields else "performance-review", wanted)


def test_a_dataset_released_for_one_purpose_is_not_loaded_for_another_that_its_people_also_allowed() -> None:
    vault, store = Vault(), MemoryDataset()
    vault.add(work("x"), purposes=("agent-training", "interface-research"))
    build(vault.grant(), vault.room(), store)
    with pytest.raises(NotAllowed, match="released for agent-training"):
        load(store, "interface-research")


def test_a_manifest_that_claims_more_than_its_rows_is_found_out() -> None:
    vault, store = Vault(), MemoryDataset()
    vault.add(work("x"), purposes=("interface-research",))
    manifest = build(vault.grant(vault.job("interface-research")), vault.room(), store)
    shard = msgspec.structs.replace(manifest.shards[0], purposes=("agent-training",))
    store.publish(msgspec.structs.replace(manifest, purpose="agent-training", shards=(shard,)))
    with pytest.raises(NotAllowed, match="A row"):
        load(store, "agent-training")


def test_one_row_that_does_not_cover_the_purpose_stops_the_whole_run() -> None:
    vault, store = Vault(), MemoryDataset()
    vault.add(work("x"), purposes=("agent-training",))
    manifest = build(vault.grant(), vault.room(), store)
    rows = list(store.shard(manifest.shards[0]))
    rows[1] = msgspec.structs.replace(rows[1], purposes=("interface-research",))
    digest, size = store.put_shard(manifest.shards[0].name, rows)
    store.publish(
        msgspec.structs.replace(
            manifest, shards=(msgspec.structs.replace(manifest.shards[0], digest=digest, size=size),)
        )
    )
    with pytest.raises(NotAllowed, match="A row"):
        load(store, "agent-training")


def test_training_can_not_be_asked_for_without_saying_what_for() -> None:
    with pytest.raises(TypeError):
        load(MemoryDataset())  # type: ignore[call-arg]
