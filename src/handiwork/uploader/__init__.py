# SPDX-License-Identifier: Apache-2.0
"""Carries sealed segments to the hub; the only device process that talks to a network."""
