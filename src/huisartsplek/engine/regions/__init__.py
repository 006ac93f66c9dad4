# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Regional first, then the country: a round per region, a national one on what is left, and what that costs."""

from huisartsplek.engine.regions.first import RegionalRound, run_by_region

__all__ = ["RegionalRound", "run_by_region"]
