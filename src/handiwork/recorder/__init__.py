# SPDX-License-Identifier: Apache-2.0
"""The device daemon: raw input in memory, redacted and sealed events out."""
