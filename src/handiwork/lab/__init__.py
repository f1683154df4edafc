# SPDX-License-Identifier: Apache-2.0
"""The clean room: dataset builds, training, evaluation."""
