# SPDX-License-Identifier: Apache-2.0
"""A segment header for tests: `msgspec.structs.replace(TEMPLATE, ...)` what a test is about."""

from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.segment import Header

TEMPLATE = Header(
    segment_id=SegmentId(""),
    participant=Participant("0" * 16),
    consent_id=ConsentId("c" * 32),
    consent_version=1,
    notice_digest=Digest("1" * 64),
    policy_digest=Digest("2" * 64),
    policy_name="clerks",
    policy_revision=1,
    purposes=("agent-training",),
    recorder_version="0",
    redactor_version="0",
    epoch="",
    wrapped_for_device="",
)
