# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.rules.strategies import (
    START,
    TODAY,
    applicants,
    clauses,
    conditions,
    known_less_and_more,
    partial_stops,
    policies,
    policy_for,
)

from huisartsplek.rules.intake import (
    Admitted,
    Answer,
    Applicant,
    Clause,
    Condition,
    Fact,
    FamilyReunification,
    FullStop,
    HouseholdMemberOfPatient,
    IntakePolicy,
    LivesIn,
    MovedIntoArea,
    NewbornSibling,
    Open,
    PartialStop,
    Refused,
    RefusedBecause,
    Undecided,
    ViaMediation,
    WithinKm,
    WithinMinutes,
    WithoutGp,
    as_in_round,
    assess,
    assess_household,
    assess_members,
    facts_weighed,
    weigh,
)

HELD = {Refused: 0, Undecided: 1, Admitted: 2}


def admits(rule: PartialStop, applicant: Applicant) -> int:
    """Rank an answer: a no, then it depends, then a yes."""
    return HELD[type(assess(policy_for(rule), applicant, on=TODAY))]


@given(partial_stops, clauses, applicants, st.integers(0, 3))
def test_one_more_clause_never_shuts_anyone_out(
    rule: PartialStop, clause: Clause, applicant: Applicant, place: int
) -> None:
    longer = PartialStop((*rule.admits[:place], clause, *rule.admits[place:]))
    assert admits(longer, applicant) >= admits(rule, applicant)


@given(partial_stops.filter(lambda rule: rule.admits), conditions, applicants)
def test_one_more_condition_in_a_clause_never_lets_anyone_in(
    rule: PartialStop, condition: Condition, applicant: Applicant
) -> None:
    first = Clause((*rule.admits[0].conditions, condition))
    assert admits(PartialStop((first, *rule.admits[1:])), applicant) <= admits(rule, applicant)


@given(applicants)
def test_a_partial_stop_without_clauses_equals_a_full_stop(applicant: Applicant) -> None:
    full = assess(policy_for(FullStop()), applicant, on=TODAY)
    assert full == assess(policy_for(PartialStop(())), applicant, on=TODAY)
    assert full == Refused(RefusedBecause.FULL_STOP)


@given(applicants)
def test_an_open_practice_admits_everyone(applicant: Applicant) -> None:
    assert assess(policy_for(Open()), applicant, on=TODAY) == Admitted()


@given(policies, known_less_and_more)
def test_knowing_more_never_turns_a_yes_or_a_no(policy: IntakePolicy, known: tuple[Applicant, Applicant]) -> None:
    less, more = (assess(policy, applicant, on=TODAY) for applicant in known)
    assert isinstance(less, Undecided) or type(less) is type(more)


@given(policies, st.lists(known_less_and_more, min_size=1, max_size=3))
def test_knowing_more_never_turns_a_yes_or_a_no_for_a_household(
    policy: IntakePolicy, known: list[tuple[Applicant, Applicant]]
) -> None:
    less = assess_household(policy, [member for member, _ in known], on=TODAY)
    more = assess_household(policy, [member for _, member in known], on=TODAY)
    assert isinstance(less, Undecided) or type(less) is type(more)


@given(policies, applicants)
def test_an_answer_that_depends_names_facts_that_are_really_unknown(
    policy: IntakePolicy, applicant: Applicant
) -> None:
    answer = assess(policy, applicant, on=TODAY)
    if isinstance(answer, Undecided):
        assert answer.missing
        assert all(getattr(applicant, fact) is None for fact in answer.missing)


@given(partial_stops, applicants)
def test_the_reasons_carry_every_condition_with_the_persons_own_fact(
    rule: PartialStop, applicant: Applicant
) -> None:
    answer = assess(policy_for(rule), applicant, on=TODAY)
    weighed = tuple(tuple(check.condition for check in reason.checks) for reason in answer.reasons)
    assert weighed == tuple(clause.conditions for clause in rule.admits)
    for reason in answer.reasons:
        for check in reason.checks:
            assert check.own == getattr(applicant, check.fact)


@given(policies, applicants)
def test_a_household_of_one_gets_that_ones_answer(policy: IntakePolicy, applicant: Applicant) -> None:
    alone = assess(policy, applicant, on=TODAY)
    assert assess_household(policy, [applicant], on=TODAY) == alone


@given(policies, st.lists(applicants, min_size=1, max_size=4))
def test_a_household_is_admitted_exactly_when_each_member_is(
    policy: IntakePolicy, members: list[Applicant]
) -> None:
    together = assess_household(policy, members, on=TODAY)
    each = assess_members(policy, members, on=TODAY)
    assert isinstance(together, Admitted) == all(isinstance(answer, Admitted) for answer in each)
    assert isinstance(together, Refused) == any(isinstance(answer, Refused) for answer in each)


@given(policies, st.lists(applicants, min_size=1, max_size=4))
def test_moving_together_never_worsens_a_members_answer(policy: IntakePolicy, members: list[Applicant]) -> None:
    each = assess_members(policy, members, on=TODAY)
    for member, answer in zip(members, each, strict=True):
        assert HELD[type(answer)] >= HELD[type(assess(policy, member, on=TODAY))]


def test_who_joins_an_admitted_member_counts_as_household_of_a_patient() -> None:
    rule = PartialStop((Clause((WithoutGp(),)), Clause((HouseholdMemberOfPatient(),))))
    mother = Applicant(has_gp=False, household_member_is_patient=False)
    father = Applicant(has_gp=True, household_member_is_patient=False)
    policy = policy_for(rule)
    assert isinstance(assess(policy, father, on=TODAY), Refused)
    assert isinstance(assess_household(policy, [father, mother], on=TODAY), Admitted)


def test_who_could_only_follow_waits_for_the_other_members_fact() -> None:
    rule = PartialStop((Clause((WithoutGp(),)), Clause((HouseholdMemberOfPatient(),))))
    unsure = Applicant(has_gp=None, household_member_is_patient=False)
    follower = Applicant(has_gp=True, household_member_is_patient=False)
    answer = assess_household(policy_for(rule), [unsure, follower], on=TODAY)
    assert isinstance(answer, Undecided)
    assert answer.missing == {Fact.HAS_GP}


def test_who_is_out_even_beside_a_patient_keeps_an_undecided_household_out() -> None:
    policy = policy_for(PartialStop((Clause((WithoutGp(),)),)))
    unsure, enrolled = Applicant(has_gp=None), Applicant(has_gp=True)
    assert isinstance(assess_household(policy, [unsure, enrolled], on=TODAY), Refused)


def test_one_member_outside_the_rule_keeps_the_household_out() -> None:
    policy = policy_for(PartialStop((Clause((LivesIn(((2512, 2518),)),)),)))
    answer = assess_household(policy, [Applicant(pc4=2514), Applicant(pc4=2600)], on=TODAY)
    assert isinstance(answer, Refused)


def test_an_empty_household_is_no_household() -> None:
    with pytest.raises(ValueError, match="at least one"):
        assess_household(policy_for(Open()), [], on=TODAY)


@pytest.mark.parametrize("days", [-1, 32])
def test_a_policy_outside_its_dates_admits_nobody(days: int) -> None:
    policy = replace(policy_for(Open()), valid_until=START + timedelta(days=31))
    answer = assess(policy, Applicant(), on=START + timedelta(days=days))
    assert answer == Refused(RefusedBecause.NOT_IN_FORCE)


def test_a_policy_holds_on_its_first_and_its_last_day() -> None:
    policy = replace(policy_for(Open()), valid_until=TODAY)
    assert policy.is_in_force(on=START)
    assert policy.is_in_force(on=TODAY)


EDGES: list[tuple[Condition, Applicant, Answer]] = [
    (LivesIn(((2512, 2518),)), Applicant(pc4=2512), Answer.HOLDS),
    (LivesIn(((2512, 2518),)), Applicant(pc4=2518), Answer.HOLDS),
    (LivesIn(((2512, 2518),)), Applicant(pc4=2519), Answer.FAILS),
    (LivesIn(((2512, 2512), (2600, 2601))), Applicant(pc4=2601), Answer.HOLDS),
    (MovedIntoArea(6), Applicant(moved_in_on=date(2025, 9, 10)), Answer.HOLDS),
    (MovedIntoArea(6), Applicant(moved_in_on=date(2025, 9, 9)), Answer.FAILS),
    (MovedIntoArea(6), Applicant(moved_in_on=date(2026, 3, 10)), Answer.FAILS),
    (HouseholdMemberOfPatient(), Applicant(household_member_is_patient=True), Answer.HOLDS),
    (NewbornSibling(365), Applicant(newborn_sibling=365), Answer.HOLDS),
    (NewbornSibling(365), Applicant(newborn_sibling=366), Answer.FAILS),
    (NewbornSibling(365), Applicant(newborn_sibling="no"), Answer.FAILS),
    (FamilyReunification(), Applicant(family_reunification=False), Answer.FAILS),
    (WithoutGp(), Applicant(has_gp=False), Answer.HOLDS),
    (WithoutGp(), Applicant(has_gp=True), Answer.FAILS),
    (WithinKm(Decimal("2.5")), Applicant(distance_km=Decimal("2.5")), Answer.HOLDS),
    (WithinKm(Decimal("2.5")), Applicant(distance_km=Decimal("2.51")), Answer.FAILS),
    (WithinMinutes(7), Applicant(minutes=7), Answer.HOLDS),
    (WithinMinutes(7), Applicant(minutes=8), Answer.FAILS),
    (ViaMediation(), Applicant(), Answer.FAILS),
    (ViaMediation(), Applicant(via_mediation=True), Answer.HOLDS),
]


@pytest.mark.parametrize(("condition", "applicant", "answer"), EDGES)
def test_conditions_hold_up_to_and_including_their_edge(
    condition: Condition, applicant: Applicant, answer: Answer
) -> None:
    assert weigh(condition, applicant, on=TODAY).answer is answer


@given(conditions.filter(lambda condition: condition != ViaMediation()))
def test_a_condition_about_an_unknown_fact_is_unknown(condition: Condition) -> None:
    assert weigh(condition, Applicant(), on=TODAY).answer is Answer.UNKNOWN


def test_an_applicant_has_no_facts_but_those_a_practice_may_weigh() -> None:
    assert [field.name for field in fields(Applicant)] == list(Fact)


@given(policies)
def test_only_a_swapping_practice_that_admits_nobody_opens_within_a_round(policy: IntakePolicy) -> None:
    within = as_in_round(policy)
    assert within.admits_nobody == (policy.admits_nobody and not policy.swaps)
    assert within.swaps == policy.swaps
    if not policy.admits_nobody:
        assert within == policy


@given(policies, applicants)
def test_an_answer_rests_on_the_facts_that_the_policy_weighs(policy: IntakePolicy, applicant: Applicant) -> None:
    weighed: dict[str, Any] = {fact: getattr(applicant, fact) for fact in facts_weighed(policy, on=TODAY)}
    assert assess(policy, Applicant(**weighed), on=TODAY) == assess(policy, applicant, on=TODAY)
