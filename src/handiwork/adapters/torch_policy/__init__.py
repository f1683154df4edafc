# SPDX-License-Identifier: Apache-2.0
"""A small policy model in PyTorch, on the CPU, and its checkpoints. `policy` and `network` alone import torch."""
