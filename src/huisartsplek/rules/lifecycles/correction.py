# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of a proposal to give somebody their turn back: a second person says yes or no to it."""

from enum import StrEnum

from huisartsplek.rules.corrections import CORRECTION_WORKING_DAYS
from huisartsplek.rules.lifecycles.lifecycle import Clock, DeadlineRule, Lifecycle, Owner, Watch


class CorrectionState(StrEnum):
    """Where the proposal stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class CorrectionEvent(StrEnum):
    """What happens to the proposal."""

    CONFIRM = "confirm"
    REJECT = "reject"
    WITHDRAW = "withdraw"


CORRECTION = Lifecycle(
    name="correction",
    start=CorrectionState.PROPOSED,
    table={
        (CorrectionState.PROPOSED, CorrectionEvent.CONFIRM): CorrectionState.CONFIRMED,
        (CorrectionState.PROPOSED, CorrectionEvent.REJECT): CorrectionState.REJECTED,
        (CorrectionState.PROPOSED, CorrectionEvent.WITHDRAW): CorrectionState.WITHDRAWN,
    },
    finals=frozenset({CorrectionState.CONFIRMED, CorrectionState.REJECTED, CorrectionState.WITHDRAWN}),
    watch={
        CorrectionState.PROPOSED: Watch(
            Owner.COORDINATOR, DeadlineRule(Clock.WORKING_DAYS, CORRECTION_WORKING_DAYS), "correction_not_confirmed"
        ),
    },
)
