# SPDX-License-Identifier: Apache-2.0
"""The organisation's blind store, its public log and its key service."""
