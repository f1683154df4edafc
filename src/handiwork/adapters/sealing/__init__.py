# SPDX-License-Identifier: Apache-2.0
"""Locks and signatures."""
