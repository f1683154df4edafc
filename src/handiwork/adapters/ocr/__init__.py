# SPDX-License-Identifier: Apache-2.0
"""Reading text in pictures, by models that come in packages (decision 0020). Loaded when first asked."""

from handiwork.adapters.ocr.paddle import PaddleOcr

__all__ = ["PaddleOcr"]
