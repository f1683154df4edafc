# SPDX-License-Identifier: Apache-2.0
"""Chromium through Handiwork's own extension: the bridge it speaks to, its installation, and launching a browser."""
