# SPDX-License-Identifier: Apache-2.0
"""What follows from events: pure, columnar where it pays."""
