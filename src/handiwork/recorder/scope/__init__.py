# SPDX-License-Identifier: Apache-2.0
"""What is in front, and whose: from the news of desktop, browser and programs to one decision over time."""
