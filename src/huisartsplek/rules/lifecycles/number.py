# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of a number that is pending: somebody came without a BSN or without DigiD."""

from enum import StrEnum

from huisartsplek.rules.dates import COORDINATOR_DAYS
from huisartsplek.rules.lifecycles.lifecycle import Clock, DeadlineRule, Lifecycle, Owner, Watch


class NumberState(StrEnum):
    """What is known of somebody's BSN."""

    PENDING = "pending"
    KNOWN = "known"
    WITHOUT = "without"


class NumberEvent(StrEnum):
    """What happens to a number that is pending."""

    LEARN = "learn"
    GO_WITHOUT = "go_without"


NUMBER = Lifecycle(
    name="number",
    start=NumberState.PENDING,
    table={
        (NumberState.PENDING, NumberEvent.LEARN): NumberState.KNOWN,
        (NumberState.PENDING, NumberEvent.GO_WITHOUT): NumberState.WITHOUT,
        (NumberState.WITHOUT, NumberEvent.GO_WITHOUT): NumberState.WITHOUT,
        (NumberState.WITHOUT, NumberEvent.LEARN): NumberState.KNOWN,
    },
    finals=frozenset({NumberState.KNOWN}),
    watch={
        NumberState.PENDING: Watch(
            Owner.COORDINATOR, DeadlineRule(Clock.DAYS, COORDINATOR_DAYS), "number_still_pending"
        ),
        NumberState.WITHOUT: Watch(Owner.COORDINATOR, DeadlineRule(Clock.DAYS, 365), "number_never_came"),
    },
)
