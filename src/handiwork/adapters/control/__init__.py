# SPDX-License-Identifier: Apache-2.0
"""The Unix socket by which a person speaks to the running recorder."""
