# SPDX-License-Identifier: Apache-2.0
"""Datasets as Parquet files."""
