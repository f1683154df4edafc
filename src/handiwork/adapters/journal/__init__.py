# SPDX-License-Identifier: Apache-2.0
"""The device's store of sealed segments."""
