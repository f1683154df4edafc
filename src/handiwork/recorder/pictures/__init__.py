# SPDX-License-Identifier: Apache-2.0
"""When to look at the screen, what of it was read, and what of it is new."""
