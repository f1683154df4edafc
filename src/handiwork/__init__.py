# SPDX-License-Identifier: Apache-2.0
"""Handiwork records real computer work under safeguards that a stranger can check."""

__version__ = "0.1.0"
