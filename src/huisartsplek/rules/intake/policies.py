# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a practice publishes about whom it takes: policies, clauses and conditions as plain data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from huisartsplek.rules.refusals import Refusal, RefusalCode


@dataclass(frozen=True)
class LivesIn:
    """Lives in one of these ranges of four-digit postcodes, ends included."""

    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class MovedIntoArea:
    """Came to live here less than so many months ago."""

    within_months: int


@dataclass(frozen=True)
class HouseholdMemberOfPatient:
    """Shares a household with a patient of the practice."""


@dataclass(frozen=True)
class NewbornSibling:
    """A newborn brother or sister of a patient."""

    max_age_days: int


@dataclass(frozen=True)
class FamilyReunification:
    """Came to the Netherlands through family reunification."""


@dataclass(frozen=True)
class WithoutGp:
    """Is not enrolled with any GP practice."""


@dataclass(frozen=True)
class WithinKm:
    """Lives within so many kilometres of the practice."""

    km: Decimal


@dataclass(frozen=True)
class WithinMinutes:
    """Lives within so many minutes by bicycle, as estimated."""

    minutes: int


@dataclass(frozen=True)
class ViaMediation:
    """Comes through mediation by the regional organisation or the insurer."""


Condition = (
    LivesIn
    | MovedIntoArea
    | HouseholdMemberOfPatient
    | NewbornSibling
    | FamilyReunification
    | WithoutGp
    | WithinKm
    | WithinMinutes
    | ViaMediation
)


@dataclass(frozen=True)
class Clause:
    """Conditions that must all hold."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Open:
    """Takes everyone, as far as there are places."""


@dataclass(frozen=True)
class PartialStop:
    """Takes whoever fits at least one clause; without clauses it takes nobody."""

    admits: tuple[Clause, ...]


@dataclass(frozen=True)
class FullStop:
    """Takes nobody."""


Rule = Open | PartialStop | FullStop


class StopReason(StrEnum):
    """Why a practice has a stop; public only when the practice says so."""

    FULL_LIST = "full_list"
    STAFF = "staff"
    HOUSING = "housing"
    NEIGHBOURS_CLOSED = "neighbours_closed"
    CARE_DEMAND = "care_demand"
    SUCCESSION = "succession"
    OTHER = "other"


class FaultCode(StrEnum):
    """What can be wrong with a policy."""

    NO_RANGES = "no_ranges"
    NOT_A_POSTCODE = "not_a_postcode"
    RANGE_REVERSED = "range_reversed"
    EMPTY_CLAUSE = "empty_clause"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    UNTIL_BEFORE_FROM = "until_before_from"
    REASON_MISSING = "reason_missing"
    REASON_WITHOUT_STOP = "reason_without_stop"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    WRONG_VALUE = "wrong_value"


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where in the policy (`rule.admits.0.conditions.1.km`), what, and the limit if any."""

    where: str
    code: FaultCode
    limit: int | None = None


class BadPolicy(Refusal):
    """A policy that cannot be published, with everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(RefusalCode.BAD_POLICY, faults=len(self.faults))


@dataclass(frozen=True, kw_only=True)
class IntakePolicy:
    """A practice's rule with its settings, signed by that practice and valid from and until a day."""

    rule: Rule
    valid_from: date
    valid_until: date | None = None
    """The last day it holds."""
    swaps: bool = False
    waiting_list: bool = False
    weekly: int | None = None
    stop_reason: StopReason | None = None
    stop_reason_public: bool = False

    def __post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise BadPolicy(faults)

    @property
    def admits_nobody(self) -> bool:
        """Whether it is a full stop, also where it is written as a partial stop without clauses."""
        return isinstance(self.rule, FullStop) or self.rule == PartialStop(admits=())

    def is_in_force(self, *, on: date) -> bool:
        """Tell whether it holds on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def public_stop_reason(self) -> StopReason | None:
        """Give the reason of a stop as far as the practice made it public."""
        return self.stop_reason if self.stop_reason_public else None


def _faults(policy: IntakePolicy) -> Iterator[Fault]:
    match policy.rule:
        case PartialStop(admits):
            for number, clause in enumerate(admits):
                yield from _clause_faults(clause, f"rule.admits.{number}.conditions")
        case Open() | FullStop():
            pass
        case _ as never:
            assert_never(never)
    if policy.weekly is not None:
        yield from _outside(policy.weekly, 1, 10_000, "weekly")
    if policy.valid_until is not None and policy.valid_until < policy.valid_from:
        yield Fault("valid_until", FaultCode.UNTIL_BEFORE_FROM)
    if isinstance(policy.rule, Open):
        if policy.stop_reason is not None:
            yield Fault("stop_reason", FaultCode.REASON_WITHOUT_STOP)
        if policy.stop_reason_public:
            yield Fault("stop_reason_public", FaultCode.REASON_WITHOUT_STOP)
    elif policy.stop_reason is None:
        yield Fault("stop_reason", FaultCode.REASON_MISSING)


def _clause_faults(clause: Clause, where: str) -> Iterator[Fault]:
    if not clause.conditions:
        yield Fault(where, FaultCode.EMPTY_CLAUSE)
    for number, condition in enumerate(clause.conditions):
        yield from _condition_faults(condition, f"{where}.{number}")


def _condition_faults(condition: Condition, where: str) -> Iterator[Fault]:
    match condition:
        case LivesIn(ranges):
            yield from _range_faults(ranges, f"{where}.ranges")
        case MovedIntoArea(months):
            yield from _outside(months, 1, 120, f"{where}.within_months")
        case NewbornSibling(days):
            yield from _outside(days, 1, 730, f"{where}.max_age_days")
        case WithinKm(km):
            if not km.is_finite() or km <= 0:
                yield Fault(f"{where}.km", FaultCode.TOO_SMALL, 0)
            elif km > 100:
                yield Fault(f"{where}.km", FaultCode.TOO_LARGE, 100)
        case WithinMinutes(minutes):
            yield from _outside(minutes, 1, 120, f"{where}.minutes")
        case HouseholdMemberOfPatient() | FamilyReunification() | WithoutGp() | ViaMediation():
            pass
        case _ as never:
            assert_never(never)


def _range_faults(ranges: tuple[tuple[int, int], ...], where: str) -> Iterator[Fault]:
    if not ranges:
        yield Fault(where, FaultCode.NO_RANGES)
    for number, (first, last) in enumerate(ranges):
        if not (1000 <= first <= 9999 and 1000 <= last <= 9999):
            yield Fault(f"{where}.{number}", FaultCode.NOT_A_POSTCODE)
        elif last < first:
            yield Fault(f"{where}.{number}", FaultCode.RANGE_REVERSED)


def _outside(number: int, least: int, most: int, where: str) -> Iterator[Fault]:
    if number < least:
        yield Fault(where, FaultCode.TOO_SMALL, least)
    elif number > most:
        yield Fault(where, FaultCode.TOO_LARGE, most)
