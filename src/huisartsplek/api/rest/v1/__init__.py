# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Version 1 of the REST API: schemas and mapping only; what it tells comes from the queries that pages use too."""
