# SPDX-License-Identifier: Apache-2.0
"""What systemd-logind says of sleep and locks, and the clock that counts sleep."""
