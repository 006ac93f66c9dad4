# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A synthetic Netherlands: its people, practices and policies, over rules and engine; pure."""
