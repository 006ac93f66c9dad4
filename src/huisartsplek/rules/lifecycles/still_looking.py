# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of the question whether a household still looks: asked, asked again, answered or met with silence."""

from enum import StrEnum

from huisartsplek.rules.lifecycles.lifecycle import Clock, DeadlineRule, Lifecycle, Owner, Watch

ASKED_EVERY_DAYS = 90
REMINDED_AFTER_DAYS = 14  # a letter must have come, and been read
SLEEPS_AFTER_DAYS = 14  # after the reminder


class StillLookingState(StrEnum):
    """Where the question stands."""

    ASKED = "asked"
    REMINDED = "reminded"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    DROPPED = "dropped"


class StillLookingEvent(StrEnum):
    """What happens to the question."""

    REMIND = "remind"
    ANSWER = "answer"
    LAPSE = "lapse"
    DROP = "drop"


STILL_LOOKING = Lifecycle(
    name="still_looking",
    start=StillLookingState.ASKED,
    table={
        (StillLookingState.ASKED, StillLookingEvent.REMIND): StillLookingState.REMINDED,
        (StillLookingState.ASKED, StillLookingEvent.ANSWER): StillLookingState.ANSWERED,
        (StillLookingState.ASKED, StillLookingEvent.DROP): StillLookingState.DROPPED,
        (StillLookingState.REMINDED, StillLookingEvent.ANSWER): StillLookingState.ANSWERED,
        (StillLookingState.REMINDED, StillLookingEvent.LAPSE): StillLookingState.UNANSWERED,
        (StillLookingState.REMINDED, StillLookingEvent.DROP): StillLookingState.DROPPED,
    },
    finals=frozenset({StillLookingState.ANSWERED, StillLookingState.UNANSWERED, StillLookingState.DROPPED}),
    # A job asks again and then lets the request sleep; the alarm is for the operator, whose job did not come.
    watch={
        StillLookingState.ASKED: Watch(
            Owner.OPERATOR, DeadlineRule(Clock.DAYS, REMINDED_AFTER_DAYS + 1), "still_looking_not_reminded"
        ),
        StillLookingState.REMINDED: Watch(
            Owner.OPERATOR, DeadlineRule(Clock.DAYS, SLEEPS_AFTER_DAYS + 1), "still_looking_not_ended"
        ),
    },
)
