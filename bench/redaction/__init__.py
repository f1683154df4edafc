# SPDX-License-Identifier: Apache-2.0
"""What redaction of text covers and costs, against Presidio's default and detect-secrets, on data nobody tuned on.

One module a part. `development.py` and `development_credentials.py` are what the detectors were written against; they
are never reported. What is hidden in pictures is measured by `redaction_pixels`.
"""

import msgspec

from bench.redaction import credentials, keystrokes, sentences
from bench.redaction.venv import output_of
from bench.report import Report, at_least, at_most

PERSONAL_ITEMS, PERSONAL_F2, PERSONS, ADDRESSES = 0.95, 0.85, 0.93, 0.85
SECRETS_CUT, LOOK_ALIKES = 0.95, 0.35
P50_MS, P99_MS = 0.5, 5.0


def measure() -> Report:
    """About four minutes; the first time it also makes the peers' environment."""
    people = msgspec.json.decode(output_of("bench.redaction.sentences"), type=dict[str, sentences.Result])
    secret = msgspec.json.decode(output_of("bench.redaction.credentials"), type=dict[str, credentials.Result])
    cost = msgspec.json.decode(output_of("bench.redaction.keystrokes"), type=keystrokes.Cost)
    balanced, peer = people["balanced"], people["presidio"]
    mine, theirs = secret["ours"], secret["detect_secrets"]
    figures = {name: share for who, result in people.items() if who != "presidio" for name, share in _told(who, result)}
    figures |= {"secrets_cut": mine.counted.cut_whole, "look_alikes_flagged": mine.counted.flagged}
    figures |= {"us_per_line": mine.us_per_line, "typed_p50_ms": cost.p50_ms, "typed_p99_ms": cost.p99_ms}
    peers = dict(_told("presidio", peer)) | {"presidio_typed_p50_ms": cost.presidio_p50_ms}
    peers |= {"detect_secrets_cut": theirs.counted.cut_whole, "detect_secrets_flagged": theirs.counted.flagged}
    peers |= {"detect_secrets_us_per_line": theirs.us_per_line}
    return Report(
        bench="redaction",
        figures=figures,
        peers=peers,
        ratios={"items_to_presidio": balanced.items / peer.items},
        targets={
            "personal_items_covered": at_least(PERSONAL_ITEMS, balanced.items),
            "personal_f2": at_least(PERSONAL_F2, balanced.f2),
            "persons_covered": at_least(PERSONS, balanced.by_kind["PERSON"]),
            "addresses_covered": at_least(ADDRESSES, balanced.by_kind["STREET_ADDRESS"]),
            "secrets_cut": at_least(SECRETS_CUT, mine.counted.cut_whole),
            "look_alikes_flagged": at_most(LOOK_ALIKES, mine.counted.flagged),
            "typed_p50_ms": at_most(P50_MS, cost.p50_ms),
            "typed_p99_ms": at_most(P99_MS, cost.p99_ms),
        },
    )


def _told(who: str, result: sentences.Result) -> list[tuple[str, float]]:
    plain = [("items", result.items), ("recall", result.recall), ("precision", result.precision), ("f2", result.f2)]
    kinds = [(f"items_{kind.lower()}", share) for kind, share in result.by_kind.items()]
    return [(f"{who}_{name}", value) for name, value in (*plain, *kinds, ("ms_median", result.ms_median))]
