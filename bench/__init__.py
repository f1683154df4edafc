# SPDX-License-Identifier: Apache-2.0
"""Measurements: each against a peer or a physical limit, in the same run on the same machine."""
