# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages for the privacy officer: who did what with whose data, and whether the log is whole."""
