# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Helping one person at a desk or on the telephone, for a bounded time and on the record."""
