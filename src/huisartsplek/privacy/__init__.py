# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person can ask about their own data, across everything that holds any. It has no tables of its own."""
