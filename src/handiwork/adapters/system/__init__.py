# SPDX-License-Identifier: Apache-2.0
"""The operating system's clock and accounting."""
