# SPDX-License-Identifier: Apache-2.0
"""`make demo`: the main job end to end on a private screen, by the commands that a person would type."""
