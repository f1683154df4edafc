# SPDX-License-Identifier: Apache-2.0
"""What recording adds to the time in which an application answers (a minute and a half)."""

from bench.capture.delay import measure

__all__ = ["measure"]
