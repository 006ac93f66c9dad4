# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a practice's own rule admits a person, with the reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, assert_never

from huisartsplek.rules.dates import months_later
from huisartsplek.rules.intake.policies import (
    Clause,
    Condition,
    FamilyReunification,
    FullStop,
    HouseholdMemberOfPatient,
    IntakePolicy,
    LivesIn,
    MovedIntoArea,
    NewbornSibling,
    Open,
    PartialStop,
    ViaMediation,
    WithinKm,
    WithinMinutes,
    WithoutGp,
)


class Fact(StrEnum):
    """The facts a practice may weigh, named as on the applicant."""

    PC4 = "pc4"
    MOVED_IN_ON = "moved_in_on"
    DISTANCE_KM = "distance_km"
    MINUTES = "minutes"
    HAS_GP = "has_gp"
    HOUSEHOLD_MEMBER_IS_PATIENT = "household_member_is_patient"
    NEWBORN_SIBLING = "newborn_sibling"
    FAMILY_REUNIFICATION = "family_reunification"
    VIA_MEDIATION = "via_mediation"


OwnFact = int | Decimal | date | bool | Literal["no"] | None


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """The only facts a practice may weigh about a person; None means that it is not known."""

    pc4: int | None = None
    moved_in_on: date | None = None
    distance_km: Decimal | None = None
    minutes: int | None = None
    has_gp: bool | None = None
    household_member_is_patient: bool | None = None
    newborn_sibling: int | Literal["no"] | None = None
    """The age in days of a newborn brother or sister of a patient; "no" for whoever is not one."""
    family_reunification: bool | None = None
    via_mediation: bool = False


class Answer(StrEnum):
    """How a condition stands for a person."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Check:
    """One condition weighed: the answer, and the person's own fact it rests on."""

    condition: Condition
    answer: Answer
    fact: Fact
    own: OwnFact


@dataclass(frozen=True)
class ClauseReason:
    """One clause weighed, condition by condition."""

    checks: tuple[Check, ...]

    @property
    def answer(self) -> Answer:
        """How the whole clause stands: one failing condition is enough to fail it."""
        answers = {check.answer for check in self.checks}
        for answer in (Answer.FAILS, Answer.UNKNOWN):
            if answer in answers:
                return answer
        return Answer.HOLDS

    @property
    def unknown(self) -> frozenset[Fact]:
        """The facts this clause still needs."""
        return frozenset(check.fact for check in self.checks if check.answer is Answer.UNKNOWN)


Reasons = tuple[ClauseReason, ...]


class RefusedBecause(StrEnum):
    """What kind of no it is."""

    FULL_STOP = "full_stop"
    OUTSIDE_RULE = "outside_rule"
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True)
class Admitted:
    """The rule admits the person."""

    reasons: Reasons = ()


@dataclass(frozen=True)
class Refused:
    """The rule does not admit the person."""

    because: RefusedBecause
    reasons: Reasons = ()


@dataclass(frozen=True)
class Undecided:
    """It depends on facts that are not known."""

    missing: frozenset[Fact]
    reasons: Reasons = ()


Assessment = Admitted | Refused | Undecided


def assess(policy: IntakePolicy, applicant: Applicant, *, on: date) -> Assessment:
    """Tell whether the practice's own rule admits a person on a day, and why."""
    if not policy.is_in_force(on=on):
        return Refused(RefusedBecause.NOT_IN_FORCE)
    match policy.rule:
        case Open():
            return Admitted()
        case FullStop() | PartialStop(admits=()):
            return Refused(RefusedBecause.FULL_STOP)
        case PartialStop(admits):
            return _weigh_clauses(admits, applicant, on)
        case _ as never:
            assert_never(never)


def _weigh_clauses(clauses: Iterable[Clause], applicant: Applicant, on: date) -> Assessment:
    reasons = tuple(
        ClauseReason(tuple(weigh(condition, applicant, on=on) for condition in clause.conditions))
        for clause in clauses
    )
    if any(reason.answer is Answer.HOLDS for reason in reasons):
        return Admitted(reasons)
    undecided = [reason.unknown for reason in reasons if reason.answer is Answer.UNKNOWN]
    if undecided:
        return Undecided(frozenset().union(*undecided), reasons)
    return Refused(RefusedBecause.OUTSIDE_RULE, reasons)


def weigh(condition: Condition, applicant: Applicant, *, on: date) -> Check:
    """Hold one condition against the person's own fact."""
    own: OwnFact
    holds: bool | None
    match condition:
        case LivesIn(ranges):
            fact, own = Fact.PC4, (pc4 := applicant.pc4)
            holds = None if pc4 is None else any(first <= pc4 <= last for first, last in ranges)
        case MovedIntoArea(months):
            fact, own = Fact.MOVED_IN_ON, (moved := applicant.moved_in_on)
            holds = None if moved is None else moved <= on < months_later(moved, months)
        case HouseholdMemberOfPatient():
            fact, own = Fact.HOUSEHOLD_MEMBER_IS_PATIENT, applicant.household_member_is_patient
            holds = applicant.household_member_is_patient
        case NewbornSibling(days):
            fact, own = Fact.NEWBORN_SIBLING, (age := applicant.newborn_sibling)
            holds = None if age is None else age != "no" and age <= days
        case FamilyReunification():
            fact, own = Fact.FAMILY_REUNIFICATION, applicant.family_reunification
            holds = applicant.family_reunification
        case WithoutGp():
            fact, own = Fact.HAS_GP, applicant.has_gp
            holds = None if applicant.has_gp is None else not applicant.has_gp
        case WithinKm(km):
            fact, own = Fact.DISTANCE_KM, (distance := applicant.distance_km)
            holds = None if distance is None else distance <= km
        case WithinMinutes(minutes):
            fact, own = Fact.MINUTES, (ride := applicant.minutes)
            holds = None if ride is None else ride <= minutes
        case ViaMediation():
            fact, own = Fact.VIA_MEDIATION, applicant.via_mediation
            holds = applicant.via_mediation
        case _ as never:
            assert_never(never)
    return Check(condition, _answer(holds), fact, own)


def _answer(holds: bool | None) -> Answer:
    if holds is None:
        return Answer.UNKNOWN
    return Answer.HOLDS if holds else Answer.FAILS


def facts_weighed(policy: IntakePolicy, *, on: date) -> frozenset[Fact]:
    """Name the only facts this policy looks at; an applicant with just these gets the same answer."""
    if not isinstance(policy.rule, PartialStop):
        return frozenset()
    nobody = Applicant()
    conditions = (condition for clause in policy.rule.admits for condition in clause.conditions)
    return frozenset(weigh(condition, nobody, on=on).fact for condition in conditions)


def assess_members(policy: IntakePolicy, members: Sequence[Applicant], *, on: date) -> tuple[Assessment, ...]:
    """Weigh each member of a household that moves together.

    Whoever the rule admits becomes a patient, so that the others then share a household with a patient.
    """
    own = [assess(policy, member, on=on) for member in members]
    beside_a_patient = [
        assess(policy, replace(member, household_member_is_patient=True), on=on) for member in members
    ]
    if any(isinstance(answer, Admitted) for answer in own):
        return tuple(
            alone if isinstance(alone, Admitted) else joined
            for alone, joined in zip(own, beside_a_patient, strict=True)
        )
    missing = _missing(own)
    if not missing:
        return tuple(own)
    # Nobody is sure yet: who could only follow another waits for what that other's answer needs.
    return tuple(
        joined if isinstance(joined, Refused) else Undecided(missing, alone.reasons)
        for alone, joined in zip(own, beside_a_patient, strict=True)
    )


def assess_household(policy: IntakePolicy, members: Sequence[Applicant], *, on: date) -> Assessment:
    """Tell whether the rule admits a household: all its members, or not at all."""
    if not members:
        raise ValueError("a household has at least one member")
    answers = assess_members(policy, members, on=on)
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    if refused:
        return Refused(refused[0].because, _all_reasons(refused))
    undecided = [answer for answer in answers if isinstance(answer, Undecided)]
    if undecided:
        return Undecided(_missing(undecided), _all_reasons(undecided))
    return Admitted(_all_reasons(answers))


def _missing(answers: Iterable[Assessment]) -> frozenset[Fact]:
    return frozenset(fact for answer in answers if isinstance(answer, Undecided) for fact in answer.missing)


def _all_reasons(answers: Iterable[Assessment]) -> Reasons:
    return tuple(reason for answer in answers for reason in answer.reasons)


def as_in_round(policy: IntakePolicy) -> IntakePolicy:
    """Give the policy as it holds for a swap.

    A practice with a full stop that swaps names no condition for who may take over the place of a leaver.
    """
    if policy.admits_nobody and policy.swaps:
        return replace(policy, rule=Open(), stop_reason=None, stop_reason_public=False)
    return policy
