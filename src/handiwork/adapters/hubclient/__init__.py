# SPDX-License-Identifier: Apache-2.0
"""The hub, its key service and its archive over HTTP."""
