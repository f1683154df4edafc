# SPDX-License-Identifier: Apache-2.0
"""From judged raw events to sealed segments."""
