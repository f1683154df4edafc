# SPDX-License-Identifier: Apache-2.0
"""A small policy model in PyTorch, on the CPU. The only place that imports torch."""

from handiwork.adapters.torch_policy.checkpoint import load_checkpoint, save_checkpoint
from handiwork.adapters.torch_policy.policy import TorchPolicy

__all__ = ["TorchPolicy", "load_checkpoint", "save_checkpoint"]
