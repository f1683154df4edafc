# SPDX-License-Identifier: Apache-2.0
"""Floods of input: what is lost without a mark, and how late it is read (half a minute)."""

from bench.capture.inputs import measure

__all__ = ["measure"]
