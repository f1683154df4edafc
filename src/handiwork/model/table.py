# SPDX-License-Identifier: Apache-2.0
"""Arrow schemas: how records stand in columns. Knows nothing of files."""

import pyarrow as pa  # type: ignore[import-untyped]

_WORDS = pa.list_(pa.field("item", pa.string(), nullable=False))

AREA = pa.struct([pa.field(name, pa.int32(), nullable=False) for name in ("x", "y", "w", "h")])

SHOWN = pa.struct(
    [
        pa.field("role", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("value", pa.string(), nullable=False),
        pa.field("bounds", AREA, nullable=False),
        pa.field("states", _WORDS, nullable=False),
        pa.field("parent", pa.int32(), nullable=False),
        pa.field("cuts", _WORDS, nullable=False),
    ]
)

MOVE = pa.struct([pa.field(name, pa.int32(), nullable=False) for name in ("after", "x", "y")])


def _given(name: str, kind: pa.DataType) -> pa.Field:
    return pa.field(name, kind, nullable=False)


SCHEMA = pa.schema(
    [
        _given("episode_id", pa.string()),
        _given("step", pa.int32()),
        _given("goal", pa.string()),
        _given("outcome", pa.string()),
        _given("episode_flags", _WORDS),
        _given("flags", _WORDS),
        _given("observed", pa.int64()),
        _given("url", pa.string()),
        _given("title", pa.string()),
        _given("window", AREA),
        _given("elements", pa.list_(pa.field("item", SHOWN, nullable=False))),
        _given("focused", pa.int32()),
        _given("frame", pa.binary()),
        _given("frame_region", AREA),
        _given("verb", pa.string()),
        _given("onset", pa.int64()),
        _given("began", pa.int64()),
        _given("ended", pa.int64()),
        pa.field("x", pa.int32()),
        pa.field("y", pa.int32()),
        pa.field("rel_x", pa.float64()),
        pa.field("rel_y", pa.float64()),
        pa.field("x2", pa.int32()),
        pa.field("y2", pa.int32()),
        pa.field("dx", pa.int32()),
        pa.field("dy", pa.int32()),
        pa.field("button", pa.int32()),
        pa.field("count", pa.int32()),
        pa.field("text", pa.string()),
        pa.field("keys", _WORDS),
        pa.field("option", pa.string()),
        pa.field("opened", pa.string()),
        pa.field("app", pa.string()),
        pa.field("site", pa.string()),
        pa.field("target", SHOWN),
        _given("target_index", pa.int32()),
        _given("path", pa.list_(pa.field("item", MOVE, nullable=False))),
        _given("segment_id", pa.string()),
        _given("consent_id", pa.string()),
        _given("consent_version", pa.int32()),
        _given("purposes", _WORDS),
        _given("policy_digest", pa.string()),
        _given("notice_digest", pa.string()),
        _given("recorder_version", pa.string()),
        _given("redactor_version", pa.string()),
    ]
)
"""One row per step: model.dataset.Record. Provenance stands on every row, so that a row alone tells its own rights."""
