# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a practice's policy means today: for the public, and for one person."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from huisartsplek.rules.intake.assessment import (
    Admitted,
    Applicant,
    Assessment,
    Fact,
    Refused,
    Undecided,
    as_in_round,
    assess,
)
from huisartsplek.rules.intake.policies import IntakePolicy, Open

UNKNOWN_AFTER_DAYS = 90


class PublicStatus(StrEnum):
    """All that anyone may know about a practice's places; never a number."""

    OPEN = "open"
    CONDITIONAL = "conditional"
    WAITING_LIST = "waiting_list"
    SWAP_ONLY = "swap_only"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def is_confirmed_lately(
    confirmed_on: date | None, *, on: date, unknown_after_days: int = UNKNOWN_AFTER_DAYS
) -> bool:
    """Tell whether a practice said lately enough that its rule holds; else nobody is admitted by it."""
    return confirmed_on is not None and on - confirmed_on <= timedelta(days=unknown_after_days)


def public_status(
    policy: IntakePolicy | None,
    *,
    has_places: bool,
    confirmed_on: date | None,
    on: date,
    unknown_after_days: int = UNKNOWN_AFTER_DAYS,
) -> PublicStatus:
    """Tell what the public sees; what nobody has confirmed for long is unknown."""
    if policy is None or confirmed_on is None or not policy.is_in_force(on=on):
        return PublicStatus.UNKNOWN
    if not is_confirmed_lately(confirmed_on, on=on, unknown_after_days=unknown_after_days):
        return PublicStatus.UNKNOWN
    if not policy.admits_nobody:
        if has_places:
            return PublicStatus.OPEN if isinstance(policy.rule, Open) else PublicStatus.CONDITIONAL
        if policy.waiting_list:
            return PublicStatus.WAITING_LIST
    return PublicStatus.SWAP_ONLY if policy.swaps else PublicStatus.CLOSED


class VerdictKind(StrEnum):
    """What one person can do at a practice today."""

    YES_NOW = "yes_now"
    MAYBE = "maybe"
    QUEUE = "queue"
    QUEUE_NOT_ALLOWED = "queue_not_allowed"
    SWAP_ONLY = "swap_only"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The answer for one person, with what it rests on."""

    kind: VerdictKind
    status: PublicStatus
    assessment: Assessment | None = None
    missing: frozenset[Fact] = frozenset()
    """The facts that would turn a maybe into a yes or a no."""
    until: date | None = None
    """The last day of a no, where the practice gave one."""


def verdict(
    policy: IntakePolicy | None,
    applicant: Applicant,
    *,
    has_places: bool,
    confirmed_on: date | None,
    on: date,
    others_first: bool = False,
    unknown_after_days: int = UNKNOWN_AFTER_DAYS,
) -> Verdict:
    """Tell what one person can do at a practice today; a free place waits for those earlier in its queue."""
    status = public_status(
        policy, has_places=has_places, confirmed_on=confirmed_on, on=on, unknown_after_days=unknown_after_days
    )
    if policy is None or status is PublicStatus.UNKNOWN:
        return Verdict(VerdictKind.UNKNOWN, status)
    answer = assess(as_in_round(policy) if status is PublicStatus.SWAP_ONLY else policy, applicant, on=on)
    match answer:
        case Undecided(missing) if status is not PublicStatus.CLOSED:
            return Verdict(VerdictKind.MAYBE, status, answer, missing=missing)
        case Admitted():
            kind = _kind_if_admitted(status, others_first=others_first)
        case Undecided():
            kind = VerdictKind.NO
        case Refused():
            waits = status is PublicStatus.WAITING_LIST
            kind = VerdictKind.QUEUE_NOT_ALLOWED if waits else VerdictKind.NO
        case _ as never:
            assert_never(never)
    return Verdict(kind, status, answer, until=policy.valid_until if kind is VerdictKind.NO else None)


def _kind_if_admitted(status: PublicStatus, *, others_first: bool) -> VerdictKind:
    match status:
        case PublicStatus.OPEN | PublicStatus.CONDITIONAL:
            return VerdictKind.QUEUE if others_first else VerdictKind.YES_NOW
        case PublicStatus.WAITING_LIST:
            return VerdictKind.QUEUE
        case PublicStatus.SWAP_ONLY:
            return VerdictKind.SWAP_ONLY
        case PublicStatus.CLOSED:
            return VerdictKind.NO
        case PublicStatus.UNKNOWN:
            return VerdictKind.UNKNOWN
        case _ as never:
            assert_never(never)
