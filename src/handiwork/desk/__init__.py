# SPDX-License-Identifier: Apache-2.0
"""The person's own page, on the device: see, delete, withdraw."""
