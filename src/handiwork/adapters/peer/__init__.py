# SPDX-License-Identifier: Apache-2.0
"""The hub and the key service speaking to each other over HTTP."""
