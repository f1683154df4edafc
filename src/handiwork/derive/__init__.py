# SPDX-License-Identifier: Apache-2.0
"""What follows from kept events: actions, steps, episodes, samples. Pure; knows no clock, disk or network."""
