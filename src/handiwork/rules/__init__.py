# SPDX-License-Identifier: Apache-2.0
"""What is allowed: pure decisions over model values."""
