# SPDX-License-Identifier: Apache-2.0
"""Word lists, written for this project: which words are everybody's, and which may be somebody's. No rules here."""
