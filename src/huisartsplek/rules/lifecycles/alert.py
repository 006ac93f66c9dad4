# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of "tell me when one opens near me": asked, confirmed by mail, asked again in time, and over."""

from enum import StrEnum

from huisartsplek.rules.lifecycles.lifecycle import Clock, DeadlineRule, Lifecycle, Owner, Watch

CONFIRM_HOURS = 48
STANDS_DAYS = 90
STILL_LOOKING_DAYS = 14


class AlertState(StrEnum):
    """Where the wish to be told stands."""

    ASKED = "asked"
    STANDING = "standing"
    ASKED_AGAIN = "asked_again"
    ENDED = "ended"


class AlertEvent(StrEnum):
    """What happens to it."""

    CONFIRM = "confirm"
    ASK_AGAIN = "ask_again"
    GO_ON = "go_on"
    LAPSE = "lapse"
    STOP = "stop"
    FAIL = "fail"


ALERT = Lifecycle(
    name="alert",
    start=AlertState.ASKED,
    table={
        (AlertState.ASKED, AlertEvent.CONFIRM): AlertState.STANDING,
        (AlertState.STANDING, AlertEvent.ASK_AGAIN): AlertState.ASKED_AGAIN,
        (AlertState.ASKED_AGAIN, AlertEvent.GO_ON): AlertState.STANDING,
        (AlertState.ASKED, AlertEvent.LAPSE): AlertState.ENDED,
        (AlertState.ASKED_AGAIN, AlertEvent.LAPSE): AlertState.ENDED,
        **{
            (state, event): AlertState.ENDED
            for state in (AlertState.ASKED, AlertState.STANDING, AlertState.ASKED_AGAIN)
            for event in (AlertEvent.STOP, AlertEvent.FAIL)
        },
    },
    finals=frozenset({AlertState.ENDED}),
    # Each state is left by a job; the alarm is for the operator, whose job did not come.
    watch={
        AlertState.ASKED: Watch(Owner.OPERATOR, DeadlineRule(Clock.HOURS, CONFIRM_HOURS + 2), "alert_not_lapsed"),
        AlertState.STANDING: Watch(
            Owner.OPERATOR, DeadlineRule(Clock.DAYS, STANDS_DAYS + 1), "alert_not_asked_again"
        ),
        AlertState.ASKED_AGAIN: Watch(
            Owner.OPERATOR, DeadlineRule(Clock.DAYS, STILL_LOOKING_DAYS + 1), "alert_not_ended"
        ),
    },
)
