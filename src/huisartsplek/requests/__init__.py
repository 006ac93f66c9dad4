# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests of households, their ranked wishes, and offers with a deadline."""
