# SPDX-License-Identifier: Apache-2.0
"""The hub's database, by SQLAlchemy Core: SQLite by default."""
