# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rule counts while its practice stands by it: confirmed lately, in force now, with or without a waiting list."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.builders import (
    AT,
    OPEN,
    PRACTICE_STAFF,
    SYSTEM,
    TODAY,
    a_person,
    a_practice,
    a_request,
    days_after,
    hours_after,
)

from huisartsplek.practices.locks import lock_places
from huisartsplek.practices.models import PlaceEntry, Places, PolicyVersion, Practice
from huisartsplek.practices.places import change_places, left_over_from_rounds, left_this_week, return_places
from huisartsplek.practices.queries import public_practice
from huisartsplek.practices.services import confirm_intake, set_intake
from huisartsplek.requests.facts import facts_of
from huisartsplek.requests.models import Offer, Request
from huisartsplek.requests.offers import answer_offer, lapse_offer, offer_to_first
from huisartsplek.requests.prospects import Outlook, Why, Wished, prospects_of
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rules.dates import switch_on
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = [pytest.mark.django_db]

NO_LIST = replace(OPEN, waiting_list=False, swaps=False)


def waits(practice: Practice, hours: float = 0, size: int = 1) -> Request:
    filer = a_person()
    members = [filer, *(a_person(filer.household) for _ in range(size - 1))]
    return a_request(filer, members=members, wishes=[practice], at=hours_after(hours))


def left_over(practice: Practice, number: int) -> None:
    """Let a round leave places over, as it does when it is settled."""
    change_places(
        lock_places([practice.pk])[practice.pk], PlaceEntry.Kind.RELEASE, free=number, reference=None, at=AT
    )


def outlook(request: Request, practice: Practice) -> tuple[Outlook, Why | None]:
    (found,) = prospects_of(facts_of(request), [Wished(practice)], at=hours_after(9))
    return found.outlook, found.why


@pytest.mark.parametrize(("days", "is_known"), [(90, True), (91, False)])
def test_nobody_is_admitted_or_offered_a_place_by_a_rule_that_nobody_confirmed_for_ninety_days(
    days: int, is_known: bool
) -> None:
    practice = a_practice(free=2)
    first, second = waits(practice), waits(practice, 1)
    at = days_after(days)
    if is_known:
        assert admit_at_once(SYSTEM, first.pk, practice.pk, at=at)
        assert offer_to_first(SYSTEM, practice.pk, at=at) is not None
        return
    with pytest.raises(Refusal) as refused:
        admit_at_once(SYSTEM, first.pk, practice.pk, at=at)
    assert refused.value.code is RefusalCode.RULE_NOT_CONFIRMED
    assert offer_to_first(SYSTEM, practice.pk, at=at) is None
    confirm_intake(PRACTICE_STAFF, practice.pk, at=at)
    assert admit_at_once(SYSTEM, first.pk, practice.pk, at=at)
    offer = offer_to_first(SYSTEM, practice.pk, at=at)
    assert offer is not None
    assert offer.request == second


def test_without_a_waiting_list_nobody_is_offered_a_place_and_nobody_stands_in_the_way() -> None:
    practice = a_practice(NO_LIST, 2)
    earlier, later = waits(practice), waits(practice, 1)
    assert offer_to_first(SYSTEM, practice.pk, at=hours_after(2)) is None
    assert outlook(later, practice) == (Outlook.AT_ONCE, None)
    assert admit_at_once(SYSTEM, later.pk, practice.pk, at=hours_after(2))
    assert outlook(earlier, practice) == (Outlook.AT_ONCE, None)


def test_without_a_waiting_list_what_a_round_left_over_still_goes_to_who_waits_first() -> None:
    practice = a_practice(NO_LIST)
    earlier, later = waits(practice), waits(practice, 1)
    left_over(practice, 1)
    with pytest.raises(Refusal) as refused:
        admit_at_once(SYSTEM, later.pk, practice.pk, at=hours_after(2))
    assert refused.value.code is RefusalCode.OTHERS_FIRST
    offer = offer_to_first(SYSTEM, practice.pk, at=hours_after(2))
    assert offer is not None
    assert offer.request == earlier
    lapse_offer(SYSTEM, offer.pk, at=days_after(4))
    again = offer_to_first(SYSTEM, practice.pk, at=days_after(4))
    assert again is not None
    assert again.request == later, "what comes back is still left over from the round"


def test_only_what_the_round_left_over_is_for_who_waits() -> None:
    practice = a_practice(NO_LIST, 2)
    earlier, later = waits(practice), waits(practice, 1)
    left_over(practice, 1)
    assert left_over_from_rounds(practice.pk) == 1
    assert admit_at_once(SYSTEM, later.pk, practice.pk, at=hours_after(2)), "two more are anybody's"
    offer = offer_to_first(SYSTEM, practice.pk, at=hours_after(3))
    assert offer is None or offer.request == earlier


def test_a_practice_that_says_its_number_anew_has_nothing_left_over() -> None:
    practice = a_practice(NO_LIST)
    left_over(practice, 3)
    version = Places.objects.get(pk=practice.pk).version
    set_intake(PRACTICE_STAFF, practice.pk, policy=NO_LIST, people_more=1, seen_version=version, at=AT)
    assert left_over_from_rounds(practice.pk) == 0


def test_a_household_that_does_not_fit_where_there_is_no_list_hears_that() -> None:
    practice = a_practice(NO_LIST, 1)
    assert outlook(waits(practice, size=2), practice) == (Outlook.NOTHING, Why.NOT_ENOUGH_ROOM)


def test_a_rule_that_starts_later_leaves_the_one_of_now_in_force() -> None:
    practice = a_practice(free=1)
    version = Places.objects.get(pk=practice.pk).version
    later = replace(NO_LIST, valid_from=TODAY + timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        set_intake(PRACTICE_STAFF, practice.pk, policy=later, people_more=0, seen_version=version, at=AT)
    assert refused.value.code is RefusalCode.RULE_STARTS_LATER
    assert PolicyVersion.objects.get(practice=practice, replaced_at=None).value() == OPEN
    today = replace(later, valid_from=TODAY)
    set_intake(PRACTICE_STAFF, practice.pk, policy=today, people_more=0, seen_version=version, at=AT)
    assert PolicyVersion.objects.get(practice=practice, replaced_at=None).value() == today


def test_the_public_and_the_practice_count_a_week_alike() -> None:
    """A place of before that comes back makes no room in this week, for the public neither."""
    practice = a_practice(replace(OPEN, weekly=1), 3)
    before = waits(practice)
    admit_at_once(SYSTEM, before.pk, practice.pk, at=AT)
    now = days_after(8)
    admit_at_once(SYSTEM, waits(practice, 1).pk, practice.pk, at=now)
    return_places(practice.pk, 1, reference=before.pk, at=now)
    assert left_this_week(practice.pk, 1, at=days_after(9)) == 0
    seen = public_practice(practice.slug, at=days_after(9))
    assert seen is not None
    assert not seen.has_places


def test_who_answers_late_in_the_day_reads_the_switch_date_that_holds() -> None:
    practice = a_practice(free=1)
    request = waits(practice)
    offer = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert offer is not None
    Offer.objects.filter(pk=offer.pk).update(switch_on=TODAY + timedelta(days=2))
    person = request.filed_by
    answer_offer(SYSTEM, offer.pk, person=person, answered_by=person, says_yes=True, at=hours_after(1))
    offer.refresh_from_db()
    assert offer.switch_on == switch_on(hours_after(1)) == person.moves.get().switch_on
