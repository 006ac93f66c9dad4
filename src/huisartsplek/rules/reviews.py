# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person may be asked to look at (AVG, article 22), why, and what they may answer: closed lists only."""

from enum import StrEnum


class Reviewed(StrEnum):
    """The outcomes that somebody may ask a person to look at."""

    WISH = "wish"
    """What the computer says of a wish: nothing now, because of a rule."""
    AT_ONCE = "at_once"
    """Enrolling at once was refused."""
    ROUND = "round"
    """The outcome of a round."""
    PRACTICE_NO = "practice_no"
    """The new practice refused before the switch date."""


class ReviewReason(StrEnum):
    """Why somebody asks; nothing about health, and no words of their own."""

    RULE = "rule"
    DATA = "data"
    ORDER = "order"
    UNCLEAR = "unclear"


class ReviewAnswer(StrEnum):
    """What the person who looked found."""

    RIGHT_BY_RULE = "right_by_rule"
    RIGHT_BY_ORDER = "right_by_order"
    RIGHT_NO_PLACE = "right_no_place"
    RIGHT_REASON = "right_reason"
    RULE_APPLIED_WRONGLY = "rule_applied_wrongly"
    DATA_WRONG = "data_wrong"
    NEEDS_A_TALK = "needs_a_talk"


_RULED = (ReviewAnswer.RIGHT_BY_RULE, ReviewAnswer.RIGHT_NO_PLACE)
_NOT_RIGHT = (ReviewAnswer.RULE_APPLIED_WRONGLY, ReviewAnswer.DATA_WRONG, ReviewAnswer.NEEDS_A_TALK)
ANSWERS: dict[Reviewed, tuple[ReviewAnswer, ...]] = {
    Reviewed.WISH: (*_RULED, *_NOT_RIGHT),
    Reviewed.AT_ONCE: (*_RULED, ReviewAnswer.RIGHT_BY_ORDER, *_NOT_RIGHT),
    Reviewed.ROUND: (*_RULED, ReviewAnswer.RIGHT_BY_ORDER, *_NOT_RIGHT),
    Reviewed.PRACTICE_NO: (ReviewAnswer.RIGHT_REASON, *_NOT_RIGHT),
}
"""For each outcome what may be answered. That a turn is given back takes two people, and is not among them yet."""
