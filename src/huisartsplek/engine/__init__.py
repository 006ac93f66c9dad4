# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deciding a round: from four tables and a seed to who moves where, by which exchange, and why others do not."""

from huisartsplek.engine.exchanges import carried_out
from huisartsplek.engine.faults import BadInput, Fault
from huisartsplek.engine.results import RoundResult
from huisartsplek.engine.rounds import MECHANISM_NAMES, run_round
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable

__all__ = [
    "MECHANISM_NAMES",
    "BadInput",
    "Fault",
    "MemberTable",
    "PracticeTable",
    "RequestTable",
    "RoundResult",
    "Tables",
    "WishTable",
    "carried_out",
    "run_round",
]
