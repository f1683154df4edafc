# SPDX-License-Identifier: Apache-2.0
"""The hub's and the key service's files on a local disk."""
