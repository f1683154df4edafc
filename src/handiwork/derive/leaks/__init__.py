# SPDX-License-Identifier: Apache-2.0
"""What was kept and should have been cut: kept events read again, more strictly and more slowly."""
