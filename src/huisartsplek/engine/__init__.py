# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deciding a round: from four tables and a seed to who moves where, by which exchange, and why others do not.

The names below are the public ones; docs/algorithms/api.md shows them at work.
"""

from huisartsplek.engine.exchanges import carried_out
from huisartsplek.engine.faults import BadInput, Fault
from huisartsplek.engine.public import (
    Problem,
    explain,
    explain_all,
    read,
    recut,
    solve,
    verify,
    what_helps,
    write,
)
from huisartsplek.engine.results import RoundResult
from huisartsplek.engine.rounds import MECHANISM_NAMES, run_round
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, ReserveTable, Tables, WishTable

__all__ = [
    "MECHANISM_NAMES",
    "BadInput",
    "Fault",
    "MemberTable",
    "PracticeTable",
    "Problem",
    "RequestTable",
    "ReserveTable",
    "RoundResult",
    "Tables",
    "WishTable",
    "carried_out",
    "explain",
    "explain_all",
    "read",
    "recut",
    "run_round",
    "solve",
    "verify",
    "what_helps",
    "write",
]
