# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of the question whether a person will look at what the computer decided."""

from enum import StrEnum

from huisartsplek.rules.dates import REVIEW_WORKING_DAYS
from huisartsplek.rules.lifecycles.lifecycle import Clock, DeadlineRule, Lifecycle, Owner, Watch


class ReviewState(StrEnum):
    """Where the question stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class ReviewEvent(StrEnum):
    """What happens to the question."""

    ANSWER = "answer"
    WITHDRAW = "withdraw"


REVIEW = Lifecycle(
    name="review",
    start=ReviewState.ASKED,
    table={
        (ReviewState.ASKED, ReviewEvent.ANSWER): ReviewState.ANSWERED,
        (ReviewState.ASKED, ReviewEvent.WITHDRAW): ReviewState.WITHDRAWN,
    },
    finals=frozenset({ReviewState.ANSWERED, ReviewState.WITHDRAWN}),
    watch={
        ReviewState.ASKED: Watch(
            Owner.COORDINATOR, DeadlineRule(Clock.WORKING_DAYS, REVIEW_WORKING_DAYS), "review_not_answered"
        ),
    },
)
