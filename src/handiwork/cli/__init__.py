# SPDX-License-Identifier: Apache-2.0
"""Arguments and wiring; the only place where adapters meet shells."""
