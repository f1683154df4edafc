# SPDX-License-Identifier: Apache-2.0
"""What redaction covers and what it costs, against Presidio's default and detect-secrets, on data nobody tuned on.

One module a part. `development.py` is the data that the detectors were written against; it is never reported.
"""

import msgspec

from bench.redaction.sentences import Result
from bench.redaction.venv import output_of
from bench.report import Report, at_least

PERSONAL_ITEMS, PERSONAL_F2, PERSONS, ADDRESSES = 0.95, 0.85, 0.93, 0.85


def measure() -> Report:
    """About three minutes; the first time also makes the peers' environment."""
    sentences = msgspec.json.decode(output_of("bench.redaction.sentences"), type=dict[str, Result])
    ours, peer = sentences["balanced"], sentences["presidio"]
    return Report(
        bench="redaction",
        figures={
            name: value for who, result in sentences.items() if who != "presidio" for name, value in _told(who, result)
        },
        peers=dict(_told("presidio", peer)),
        ratios={"items_to_presidio": ours.items / peer.items},
        targets={
            "personal_items_covered": at_least(PERSONAL_ITEMS, ours.items),
            "personal_f2": at_least(PERSONAL_F2, ours.f2),
            "persons_covered": at_least(PERSONS, ours.by_kind["PERSON"]),
            "addresses_covered": at_least(ADDRESSES, ours.by_kind["STREET_ADDRESS"]),
        },
    )


def _told(who: str, result: Result) -> list[tuple[str, float]]:
    plain = [("items", result.items), ("recall", result.recall), ("precision", result.precision), ("f2", result.f2)]
    kinds = [(f"items_{kind.lower()}", share) for kind, share in result.by_kind.items()]
    return [(f"{who}_{name}", value) for name, value in (*plain, *kinds, ("ms_median", result.ms_median))]
