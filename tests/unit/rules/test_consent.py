# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.rules.consent import (
    Member,
    last_day_to_object,
    needed_consent,
    needed_consents,
    parents_to_tell,
)
from huisartsplek.rules.dates import AMSTERDAM, age_on, day_in_amsterdam, switch_on

TODAY = date(2026, 3, 9)
parents = st.frozensets(st.sampled_from(["mother", "father", "guardian"]))
members = st.builds(
    Member,
    person=st.sampled_from(["child", "other child"]),
    born_on=st.integers(0, 30 * 365).map(lambda days: TODAY - timedelta(days=days)),
    parents=parents,
)
yeses = st.frozensets(st.sampled_from(["mother", "father", "guardian", "child", "other child", "neighbour"]))


@given(members, yeses)
def test_from_16_only_the_person_decides(member: Member, given_by: frozenset[str]) -> None:
    needed = needed_consent(member, on=TODAY)
    if age_on(member.born_on, TODAY) >= 16:
        assert needed.is_met(given_by) == (member.person in given_by)
        assert parents_to_tell(member, given_by, on=TODAY) == frozenset()


@given(members, yeses)
def test_from_12_to_15_child_and_parent_decide_together(member: Member, given_by: frozenset[str]) -> None:
    if 12 <= age_on(member.born_on, TODAY) < 16:
        both = member.person in given_by and bool(member.parents & given_by)
        assert needed_consent(member, on=TODAY).is_met(given_by) == both


@given(members, yeses)
def test_under_12_a_parent_decides_and_the_child_does_not(member: Member, given_by: frozenset[str]) -> None:
    if age_on(member.born_on, TODAY) < 12:
        needed = needed_consent(member, on=TODAY)
        assert needed.is_met(given_by) == bool(member.parents & given_by)
        assert member.person not in needed.still_asked(given_by)


@given(members, yeses)
def test_somebody_is_asked_exactly_while_consent_is_missing_and_can_be_given(
    member: Member, given_by: frozenset[str]
) -> None:
    needed = needed_consent(member, on=TODAY)
    asked = needed.still_asked(given_by)
    assert asked <= member.parents | {member.person}
    assert not asked & given_by
    if needed.can_be_given:
        assert bool(asked) != needed.is_met(given_by)
        assert needed.is_met(given_by | asked)
    else:
        assert not needed.is_met(given_by)


@given(members, yeses)
def test_one_more_yes_never_undoes_consent(member: Member, given_by: frozenset[str]) -> None:
    needed = needed_consent(member, on=TODAY)
    if needed.is_met(given_by):
        assert needed.is_met(given_by | {"mother", "child"})


def test_a_child_without_a_known_parent_cannot_be_decided_for() -> None:
    child = Member("child", date(2020, 1, 1))
    assert not needed_consent(child, on=TODAY).can_be_given


def test_nobody_is_their_own_parent() -> None:
    child = Member("child", date(2020, 1, 1), frozenset({"child"}))
    assert not needed_consent(child, on=TODAY).is_met(frozenset({"child"}))


@pytest.mark.parametrize(
    ("on", "own", "parent"),
    [
        (date(2024, 2, 28), False, True),
        (date(2024, 2, 29), True, True),
        (date(2028, 2, 28), True, True),
        (date(2028, 2, 29), True, False),
    ],
)
def test_the_say_changes_on_the_birthday(on: date, own: bool, parent: bool) -> None:
    child = Member("child", date(2012, 2, 29), frozenset({"mother"}))
    needed = needed_consent(child, on=on)
    assert (needed.own, needed.one_of is not None) == (own, parent)


def test_one_parent_may_file_and_the_other_is_told() -> None:
    child = Member("child", date(2020, 1, 1), frozenset({"mother", "father"}))
    assert needed_consent(child, on=TODAY).is_met(frozenset({"mother"}))
    assert parents_to_tell(child, frozenset({"mother"}), on=TODAY) == {"father"}


def test_a_household_needs_the_consent_of_each_member() -> None:
    family = [
        Member("mother", date(1990, 1, 1)),
        Member("son", date(2009, 1, 1), frozenset({"mother"})),
        Member("baby", date(2026, 1, 1), frozenset({"mother"})),
    ]
    needed = needed_consents(family, on=TODAY)
    assert [one.person for one in needed] == ["mother", "son", "baby"]
    assert [one.is_met(frozenset({"mother"})) for one in needed] == [True, False, True]


@given(members, yeses)
def test_a_second_parent_is_told_while_parents_decide_and_never_who_said_yes(
    member: Member, given_by: frozenset[str]
) -> None:
    told = parents_to_tell(member, given_by, on=TODAY)
    young = age_on(member.born_on, TODAY) < 16
    assert told == ((member.parents - given_by - {member.person}) if young else frozenset())


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_a_parent_may_object_at_least_thirteen_days_after_a_place_is_taken_and_not_on_the_day_itself(
    hour: int,
) -> None:
    for offset in range(120):
        taken = datetime(2026, 1, 1, hour, 59, tzinfo=AMSTERDAM) + timedelta(days=offset)
        day = switch_on(taken)
        assert last_day_to_object(day) < day
        assert last_day_to_object(day) - day_in_amsterdam(taken) >= timedelta(days=13)
