# SPDX-License-Identifier: Apache-2.0
"""The report page's own small typesetting: markup, charts, sections, style sheet. Knows no files but the last."""
