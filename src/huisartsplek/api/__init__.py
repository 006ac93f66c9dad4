# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The interfaces for other systems: a REST API after the Dutch API design rules."""
