# SPDX-License-Identifier: Apache-2.0
"""The person's keys as files on their own device."""
