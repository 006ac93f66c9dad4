# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Huisartsplek: the national Dutch GP registration and exchange system."""

__version__ = "0.1.0"
