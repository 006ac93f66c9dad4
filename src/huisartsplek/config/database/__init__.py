# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A PostgreSQL server of our own, for demo and tests, and the two roles by which any database is entered."""
