# SPDX-License-Identifier: Apache-2.0
"""spaCy's middle English model, in a process of its own that has no network."""

from handiwork.adapters.language.spacy_names import INSTALL, SpacyNames, is_installed, missing

__all__ = ["INSTALL", "SpacyNames", "is_installed", "missing"]
