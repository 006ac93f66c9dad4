# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where postcodes and places lie: a port, and the gazetteer that comes with the program or was imported."""
