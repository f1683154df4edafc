# SPDX-License-Identifier: Apache-2.0
"""Lossless WebP."""
