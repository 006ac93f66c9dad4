# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.rules.strategies import TODAY, applicants, policies, policy_for

from huisartsplek.rules.intake import (
    Admitted,
    Applicant,
    Clause,
    Fact,
    FullStop,
    IntakePolicy,
    LivesIn,
    Open,
    PartialStop,
    PublicStatus,
    Refused,
    Rule,
    Undecided,
    Verdict,
    VerdictKind,
    public_status,
    verdict,
)

NEARBY = PartialStop((Clause((LivesIn(((2512, 2518),)),)),))
INSIDE, OUTSIDE, NOWHERE = Applicant(pc4=2514), Applicant(pc4=2600), Applicant()
LONG_AGO = TODAY - timedelta(days=91)

STATUSES: list[tuple[Rule, bool, bool, bool, PublicStatus]] = [
    # rule, places, waiting list, swaps
    (Open(), True, False, False, PublicStatus.OPEN),
    (Open(), True, True, True, PublicStatus.OPEN),
    (NEARBY, True, False, True, PublicStatus.CONDITIONAL),
    (Open(), False, True, True, PublicStatus.WAITING_LIST),
    (NEARBY, False, True, False, PublicStatus.WAITING_LIST),
    (Open(), False, False, True, PublicStatus.SWAP_ONLY),
    (NEARBY, False, False, True, PublicStatus.SWAP_ONLY),
    (NEARBY, False, False, False, PublicStatus.CLOSED),
    (FullStop(), True, True, True, PublicStatus.SWAP_ONLY),
    (FullStop(), True, True, False, PublicStatus.CLOSED),
    (PartialStop(()), True, True, False, PublicStatus.CLOSED),
]


@pytest.mark.parametrize(("rule", "places", "waiting_list", "swaps", "status"), STATUSES)
def test_the_public_sees_one_of_six_states(
    rule: Rule, places: bool, waiting_list: bool, swaps: bool, status: PublicStatus
) -> None:
    policy = policy_for(rule, swaps=swaps, waiting_list=waiting_list)
    assert public_status(policy, has_places=places, confirmed_on=TODAY, on=TODAY) is status


def test_what_nobody_confirmed_lately_is_unknown() -> None:
    def status(confirmed_on: date | None, unknown_after_days: int = 90) -> PublicStatus:
        return public_status(
            policy_for(Open()),
            has_places=True,
            confirmed_on=confirmed_on,
            on=TODAY,
            unknown_after_days=unknown_after_days,
        )

    assert status(TODAY - timedelta(days=90)) is PublicStatus.OPEN
    assert status(LONG_AGO) is PublicStatus.UNKNOWN
    assert status(LONG_AGO, unknown_after_days=91) is PublicStatus.OPEN
    assert status(None) is PublicStatus.UNKNOWN


def test_a_practice_without_a_policy_in_force_is_unknown() -> None:
    expired = replace(policy_for(Open()), valid_until=TODAY - timedelta(days=1))
    for policy in (None, expired):
        assert public_status(policy, has_places=True, confirmed_on=TODAY, on=TODAY) is PublicStatus.UNKNOWN


def judge(
    rule: Rule, applicant: Applicant, *, places: bool, swaps: bool = False, waiting_list: bool = False
) -> VerdictKind:
    policy = policy_for(rule, swaps=swaps, waiting_list=waiting_list)
    return verdict(policy, applicant, has_places=places, confirmed_on=TODAY, on=TODAY).kind


@pytest.mark.parametrize(
    ("places", "swaps", "waiting_list", "inside", "outside"),
    [
        (True, False, False, VerdictKind.YES_NOW, VerdictKind.NO),
        (False, False, True, VerdictKind.QUEUE, VerdictKind.QUEUE_NOT_ALLOWED),
        (False, True, False, VerdictKind.SWAP_ONLY, VerdictKind.NO),
        (False, False, False, VerdictKind.NO, VerdictKind.NO),
    ],
)
def test_a_person_hears_what_they_can_do_under_the_published_rule(
    places: bool, swaps: bool, waiting_list: bool, inside: VerdictKind, outside: VerdictKind
) -> None:
    settings = {"places": places, "swaps": swaps, "waiting_list": waiting_list}
    assert judge(NEARBY, INSIDE, **settings) is inside
    assert judge(NEARBY, OUTSIDE, **settings) is outside


def test_a_practice_that_is_closed_for_all_does_not_ask_for_facts() -> None:
    assert judge(NEARBY, NOWHERE, places=False) is VerdictKind.NO


def test_anyone_may_swap_into_a_full_stop_that_swaps() -> None:
    assert judge(FullStop(), NOWHERE, places=False, swaps=True) is VerdictKind.SWAP_ONLY


def test_a_maybe_names_what_it_depends_on() -> None:
    answer = verdict(policy_for(NEARBY), NOWHERE, has_places=True, confirmed_on=TODAY, on=TODAY)
    assert answer.kind is VerdictKind.MAYBE
    assert answer.missing == {Fact.PC4}


def test_a_free_place_waits_for_those_earlier_in_the_queue() -> None:
    answer = verdict(policy_for(Open()), INSIDE, has_places=True, confirmed_on=TODAY, on=TODAY, others_first=True)
    assert answer.kind is VerdictKind.QUEUE


def test_a_no_says_until_when_it_holds() -> None:
    until = TODAY + timedelta(days=30)
    policy = replace(policy_for(FullStop()), valid_until=until)
    assert verdict(policy, INSIDE, has_places=False, confirmed_on=TODAY, on=TODAY).until == until


@given(policies, applicants, st.booleans(), st.booleans(), st.integers(0, 200))
def test_a_verdict_never_contradicts_the_status_or_the_rule(
    policy: IntakePolicy, applicant: Applicant, places: bool, others_first: bool, days: int
) -> None:
    answer: Verdict = verdict(
        policy,
        applicant,
        has_places=places,
        confirmed_on=TODAY - timedelta(days=days),
        on=TODAY,
        others_first=others_first,
    )
    if answer.kind is VerdictKind.YES_NOW:
        assert places
        assert not others_first
        assert isinstance(answer.assessment, Admitted)
        assert answer.status in {PublicStatus.OPEN, PublicStatus.CONDITIONAL}
    if answer.kind is VerdictKind.MAYBE:
        assert answer.missing
        assert isinstance(answer.assessment, Undecided)
    if answer.kind is VerdictKind.QUEUE_NOT_ALLOWED:
        assert isinstance(answer.assessment, Refused)
    if answer.kind is VerdictKind.SWAP_ONLY:
        assert policy.swaps
    assert (answer.kind is VerdictKind.UNKNOWN) == (answer.status is PublicStatus.UNKNOWN)
    assert (answer.until is None) or answer.kind is VerdictKind.NO
