# SPDX-License-Identifier: Apache-2.0
"""In-memory fakes of the ports. Each passes the same contract suite as the real adapter."""
