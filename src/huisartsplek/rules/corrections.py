# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Giving a turn back after a proven error: what the error was, and what may be given back. Closed lists only.

A turn is a place in the order, never a place at a practice: who gets it back still goes by the same rules.
"""

from enum import StrEnum

from huisartsplek.rules.reviews import ReviewAnswer

CORRECTION_WORKING_DAYS = 2  # for the second person to look
CORRECTABLE_DAYS = 90  # after a question was answered


class ProvenError(StrEnum):
    """What went wrong, by which somebody lost their turn."""

    RULE_APPLIED_WRONGLY = "rule_applied_wrongly"
    DATA_WRONG = "data_wrong"
    ENDED_WRONGLY = "ended_wrongly"
    ANSWER_LOST = "answer_lost"


class TurnBack(StrEnum):
    """What is given back."""

    DATE = "date"
    """The date of an earlier request of the same people, which ended by the error."""
    GOES_FIRST = "goes_first"
    """Going first within one's own class in the next round."""
    BOTH = "both"

    @property
    def gives_date(self) -> bool:
        """Whether the earlier date counts again."""
        return self is not TurnBack.GOES_FIRST

    @property
    def goes_first(self) -> bool:
        """Whether they go first within their class."""
        return self is not TurnBack.DATE


ERRORS_FOUND = frozenset({ReviewAnswer.RULE_APPLIED_WRONGLY, ReviewAnswer.DATA_WRONG, ReviewAnswer.NEEDS_A_TALK})
"""The answers to a question after which a turn may be given back."""
