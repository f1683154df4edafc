# SPDX-License-Identifier: Apache-2.0
"""What recording costs, idle and at work, beside the peers; what was recorded (a quarter of an hour)."""

from bench.capture.costs import measure

__all__ = ["measure"]
