# SPDX-License-Identifier: Apache-2.0
"""From raw events to what may be kept: text detectors, structure rules, the keystroke buffer, pixel masking.

Pure. Beyond the standard library it imports numpy (pixels), phonenumbers and stdnum (validators of numbers).
"""
