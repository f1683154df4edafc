# SPDX-License-Identifier: Apache-2.0
"""What is needed from the world: protocols with their promises in prose, and an in-memory fake of each."""
