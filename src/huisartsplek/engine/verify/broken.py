# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the verifier says of a round's files that do not hold."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What can be broken: the rules of a round, and what its files must be besides."""

    FILES = "files"
    FORMAT = "format"
    INPUT = "input-hash"
    SEED = "seed"
    MECHANISM = "mechanism"
    ROOM = "room"
    VOLUNTARY = "voluntary"
    TOGETHER = "together"
    FLOOR = "floor"
    NOTHING_LEFT = "nothing-left"
    QUEUE = "queue"
    RESULT = "result"
    EXCHANGES = "exchanges"
    CUTOFFS = "cut-offs"
    PRICES = "prices"
    REASON = "reason"
    AGREEMENT = "agreement"
    REPORT = "report"
    BOUND = "bound"


@dataclass(frozen=True)
class Broken:
    """One thing that does not hold: which rule, in which file, at which record (the header is record 1)."""

    rule: str
    file: str
    record: int | None
    message: str
