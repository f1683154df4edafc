# SPDX-License-Identifier: Apache-2.0
"""The recorder's figures: losses, latency, cost beside the peers', memory, storage, delay (about a quarter of an hour).

Its parts can be run alone: capture_input, capture_delay, capture_cost; capture_soak is the long one.
"""

from bench.report import Report


def measure() -> Report:
    """All parts, one after another."""
    from bench.capture import costs, delay, inputs

    parts = [part.measure() for part in (inputs, delay, costs)]
    return Report(
        bench="capture",
        figures={name: value for part in parts for name, value in part.figures.items()},
        peers={name: value for part in parts for name, value in part.peers.items()},
        ratios={name: value for part in parts for name, value in part.ratios.items()},
        targets={name: value for part in parts for name, value in part.targets.items()},
    )
