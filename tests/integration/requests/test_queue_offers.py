# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A place comes free: the first in the queue is offered it, says yes or no, or nothing."""

from datetime import date, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.builders import (
    AT,
    CLOSED,
    OPEN,
    PRACTICE_STAFF,
    SYSTEM,
    a_person,
    a_practice,
    a_request,
    an_enrolment,
    days_after,
    hours_after,
)

from huisartsplek.enrolments.models import Move
from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Places, Practice
from huisartsplek.practices.services import set_intake
from huisartsplek.requests import jobs
from huisartsplek.requests.jobs import serve_queue, serve_waiting_queues
from huisartsplek.requests.models import Offer, Request
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.offers import (
    answer_offer,
    lapse_offer,
    offer_to_first,
    offers_past_their_deadline,
)
from huisartsplek.requests.queue import wake_wishes
from huisartsplek.requests.services import change_wishes
from huisartsplek.rules.intake import IntakePolicy
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db


def free_of(practice: Practice) -> int:
    return Places.objects.get(pk=practice.pk).free


def take_on(practice: Practice, people: int, *, policy: IntakePolicy = OPEN) -> None:
    places = Places.objects.get(pk=practice.pk)
    set_intake(PRACTICE_STAFF, practice.pk, policy=policy, people_more=people, seen_version=places.version, at=AT)


def offer_at(practice: Practice, *, at: datetime = AT) -> Offer:
    offer = offer_to_first(SYSTEM, practice.pk, at=at)
    assert offer is not None
    return offer


def answer(offer: Offer, person: Person, says_yes: bool, *, at: datetime = AT) -> Offer:
    return answer_offer(SYSTEM, offer.pk, person=person, answered_by=person, says_yes=says_yes, at=at)


def state_of(request: Request) -> str:
    request.refresh_from_db()
    return request.state


def test_places_go_to_the_queue_in_turn_until_they_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "current_moment", lambda: AT)
    practice = a_practice()
    requests = [a_request(a_person(), wishes=[practice], at=hours_after(-n)) for n in range(3)]
    take_on(practice, 2)
    serve_queue(str(practice.pk))
    offered = set(Offer.objects.values_list("request_id", flat=True))
    assert offered == {requests[1].pk, requests[2].pk}
    assert free_of(practice) == 0
    assert state_of(requests[0]) == "waiting"
    assert Notice.objects.filter(kind="offer_made").count() == 2


def test_setting_places_serves_the_queue_in_the_same_transaction() -> None:
    practice = a_practice()
    ProcrastinateJob.objects.filter(task_name="requests.serve_queue").delete()
    take_on(practice, 1)
    job = ProcrastinateJob.objects.get(task_name="requests.serve_queue")
    assert (job.args, job.lock) == ({"practice_id": str(practice.pk)}, f"queue:{practice.pk}")


def jobs_for(practice: Practice) -> int:
    args = {"practice_id": str(practice.pk)}
    return ProcrastinateJob.objects.filter(task_name="requests.serve_queue", args=args).count()


def test_a_rule_that_opens_serves_the_queue_though_the_number_stays() -> None:
    practice, full = a_practice(CLOSED, 3), a_practice(CLOSED, 0)
    for one in (practice, full):
        before = jobs_for(one)
        take_on(one, Places.objects.get(pk=one.pk).free, policy=OPEN)
        assert jobs_for(one) - before == (1 if one == practice else 0)


def test_a_queue_goes_on_when_the_week_is_over() -> None:
    practice = a_practice(IntakePolicy(rule=OPEN.rule, valid_from=OPEN.valid_from, weekly=1, waiting_list=True), 5)
    no_room, nobody_waits = a_practice(), a_practice(free=5)
    for _ in range(2):
        a_request(a_person(), wishes=[practice, no_room])
    offer_at(practice)
    assert offer_to_first(SYSTEM, practice.pk, at=days_after(6)) is None
    before = [jobs_for(one) for one in (practice, no_room, nobody_waits)]
    serve_waiting_queues(0)
    now = [jobs_for(one) for one in (practice, no_room, nobody_waits)]
    assert now == [before[0] + 1, *before[1:]]
    assert offer_at(practice, at=days_after(8))


def test_an_offer_is_open_for_72_hours_or_seven_working_days_by_letter() -> None:
    practice = a_practice()
    a_request(a_person(), wishes=[practice])
    a_request(a_person(channel=Person.Channel.LETTER), wishes=[practice], at=hours_after(1))
    take_on(practice, 2)
    by_mail, by_letter = offer_at(practice), offer_at(practice)
    assert by_mail.answer_by == hours_after(72)
    assert by_letter.answer_by.date() == date(2026, 3, 11)
    assert by_letter.switch_on == date(2026, 3, 25)
    assert set(Notice.objects.values_list("channel", flat=True)) == {"email", "letter"}


def test_parents_hear_of_an_offer_for_their_children_and_have_the_time_a_letter_needs() -> None:
    practice, mother = a_practice(free=1), a_person()
    father = a_person(mother.household, email="")
    baby = a_person(mother.household, birth_date=date(2025, 1, 1), parents=[mother, father], email="")
    a_request(mother, members=[baby], wishes=[practice])
    offer = offer_at(practice)
    told = dict(Notice.objects.values_list("person_id", "channel"))
    assert told == {mother.pk: "email", father.pk: "letter"}
    assert offer.by_letter
    assert offer.answer_by.date() == date(2026, 3, 11)


def test_who_filed_for_others_hears_of_it_and_gives_them_no_more_time() -> None:
    practice, filer = a_practice(free=1), a_person(email="")
    other = a_person(filer.household)
    a_request(filer, members=[other], wishes=[practice])
    offer = offer_at(practice)
    assert set(Notice.objects.values_list("person_id", flat=True)) == {filer.pk, other.pk}
    assert offer.answer_by == hours_after(72)


def test_a_yes_plans_the_move_and_an_answer_counts_once() -> None:
    practice, person = a_practice(), a_person()
    request = a_request(person, wishes=[practice])
    take_on(practice, 1)
    offer = answer(offer_at(practice), person, True)
    assert (offer.state, state_of(request)) == ("standing", "moving")
    move = Move.objects.get()
    assert (move.way, move.switch_on) == ("queue", date(2026, 3, 19))
    assert free_of(practice) == 0
    with pytest.raises(Refusal) as refused:
        answer(offer, person, False)
    assert refused.value.code is RefusalCode.ALREADY_ANSWERED


def test_a_household_says_yes_only_when_everybody_did() -> None:
    practice, mother = a_practice(), a_person()
    father = a_person(mother.household)
    teenager = a_person(mother.household, birth_date=date(2012, 1, 1), parents=[mother, father])
    baby = a_person(mother.household, birth_date=date(2025, 1, 1), parents=[mother, father])
    members = [mother, father, teenager, baby]
    request = a_request(mother, members=members, wishes=[practice])
    take_on(practice, 4)
    offer = offer_at(practice)
    assert offer.places == 4
    for person in (mother, teenager):
        assert answer(offer, person, True).state == "open"
    with pytest.raises(Refusal) as refused:
        answer(offer, baby, True)
    assert refused.value.code is RefusalCode.NOT_YOUR_TURN
    assert answer(offer, father, True).state == "standing"
    assert Move.objects.filter(request_id=request.pk).count() == 4


@pytest.mark.parametrize("who", range(3))
def test_anybodys_no_is_the_households_no_and_the_places_go_back(who: int) -> None:
    practice, mother = a_practice(), a_person()
    father = a_person(mother.household)
    teenager = a_person(mother.household, birth_date=date(2012, 1, 1), parents=[mother])
    members = [mother, father, teenager]
    request = a_request(mother, members=members, wishes=[practice])
    take_on(practice, 3)
    offer = offer_at(practice)
    for person in members[:who]:
        answer(offer, person, True)
    assert answer(offer, members[who], False).state == "declined"
    assert (state_of(request), request.since, free_of(practice)) == ("waiting", AT, 3)
    assert not Move.objects.exists()


def test_a_stranger_has_no_say() -> None:
    practice = a_practice(free=1)
    a_request(a_person(), wishes=[practice])
    with pytest.raises(Refusal) as refused:
        answer(offer_at(practice), a_person(), True)
    assert refused.value.code is RefusalCode.NOT_YOUR_TURN


def test_who_says_no_loses_that_wish_for_now_and_the_next_in_turn_gets_the_place() -> None:
    practice, other = a_practice(), a_practice()
    first, second = a_person(), a_person()
    choosy = a_request(first, wishes=[practice, other])
    a_request(second, wishes=[practice], at=hours_after(1))
    take_on(practice, 1)
    answer(offer_at(practice), first, False)
    assert list(choosy.wishes.values_list("rests_rounds", flat=True)) == [1, 0]
    next_offer = offer_at(practice)
    assert next_offer.request.filed_by == second
    answer(next_offer, second, False)
    assert offer_to_first(SYSTEM, practice.pk, at=AT) is None, "nobody is asked again and again"
    assert free_of(practice) == 1


def test_silence_is_a_no_after_the_deadline_and_never_before() -> None:
    practice, person = a_practice(), a_person()
    request = a_request(person, wishes=[practice])
    take_on(practice, 1)
    offer = offer_at(practice)
    assert offers_past_their_deadline(offer.answer_by) == []
    assert lapse_offer(SYSTEM, offer.pk, at=offer.answer_by) is None
    late = hours_after(0.001, offer.answer_by)
    assert offers_past_their_deadline(late) == [offer.pk]
    lapsed = lapse_offer(SYSTEM, offer.pk, at=late)
    assert lapsed is not None
    assert (lapsed.state, state_of(request), free_of(practice)) == ("lapsed", "waiting", 1)
    assert request.wishes.get().rests_rounds == 1
    assert Notice.objects.filter(kind="offer_lapsed").count() == 1
    assert lapse_offer(SYSTEM, offer.pk, at=late) is None


def test_the_last_moment_still_counts_and_the_next_does_not() -> None:
    practice = a_practice(free=2)
    first, second = a_person(), a_person()
    for person in (first, second):
        a_request(person, wishes=[practice])
    offers = {offer.request.filed_by_id: offer for offer in (offer_at(practice), offer_at(practice))}
    assert answer(offers[first.pk], first, True, at=hours_after(72)).state == "standing"
    with pytest.raises(Refusal) as refused:
        answer(offers[second.pk], second, True, at=hours_after(72.001))
    assert refused.value.code is RefusalCode.DEADLINE_PASSED
    assert offers[second.pk].answers.count() == 0


def test_a_household_too_large_is_passed_over_and_keeps_its_turn() -> None:
    practice, person = a_practice(), a_person()
    large = a_request(person, members=[person, a_person(person.household)], wishes=[practice])
    small = a_request(a_person(), wishes=[practice], at=hours_after(1))
    take_on(practice, 1)
    assert offer_at(practice).request == small
    take_on(practice, 2)
    assert offer_at(practice).request == large


def test_the_weekly_number_holds_for_the_queue_too() -> None:
    practice = a_practice()
    for n in range(3):
        a_request(a_person(), wishes=[practice], at=hours_after(-n))
    take_on(
        practice, 5, policy=IntakePolicy(rule=OPEN.rule, valid_from=OPEN.valid_from, weekly=2, waiting_list=True)
    )
    assert [offer_to_first(SYSTEM, practice.pk, at=AT) is not None for _ in range(3)] == [True, True, False]
    assert offer_to_first(SYSTEM, practice.pk, at=days_after(7)) is not None


def test_a_practice_that_stopped_or_never_said_whom_it_takes_offers_nothing() -> None:
    silent, stopped = a_practice(None), a_practice(free=1)
    a_request(a_person(), wishes=[silent, stopped])
    Practice.objects.filter(pk=stopped.pk).update(is_active=False)
    assert offer_to_first(SYSTEM, silent.pk, at=AT) is None
    assert offer_to_first(SYSTEM, stopped.pk, at=AT) is None


def test_a_place_that_a_member_no_longer_needs_goes_back_with_the_yes() -> None:
    practice, person = a_practice(free=3), a_person()
    partner = a_person(person.household)
    a_request(person, members=[person, partner], wishes=[practice])
    offer = offer_at(practice)
    an_enrolment(partner, practice)  # the practice turns out to know the partner already
    answer(offer, person, True)
    assert answer(offer, partner, True).state == "standing"
    assert [move.person for move in Move.objects.all()] == [person]
    assert free_of(practice) == 2


def test_the_wishes_of_an_open_offer_may_change_and_the_offer_stays() -> None:
    practice, person = a_practice(free=1), a_person()
    request = a_request(person, wishes=[practice])
    offer = offer_at(practice)
    change_wishes(SYSTEM, request.pk, wishes=[a_practice().pk], seen_version=1, at=AT)
    assert answer(offer, person, True).state == "standing"
    assert carry_out(SYSTEM, request.pk, at=days_after(20))


def test_a_yes_to_an_offer_stands_when_the_wishes_have_changed_before_it() -> None:
    practice, person = a_practice(free=2), a_person()
    partner = a_person(person.household)
    request = a_request(person, members=[person, partner], wishes=[practice])
    offer = offer_at(practice)
    change_wishes(SYSTEM, request.pk, wishes=[practice.pk, a_practice().pk], seen_version=1, at=AT)
    for one in (person, partner):
        answer(offer, one, True, at=hours_after(1))
    carry_out(SYSTEM, request.pk, at=days_after(20))
    assert state_of(request) == "met"


@pytest.mark.parametrize("dropped_first", [True, False])
def test_a_refused_wish_still_rests_after_it_was_off_the_list(dropped_first: bool) -> None:
    practice, other, person = a_practice(free=1), a_practice(), a_person()
    request = a_request(person, wishes=[practice, other])
    offer = offer_at(practice)
    if not dropped_first:
        answer(offer, person, False)
    change_wishes(SYSTEM, request.pk, wishes=[other.pk], seen_version=1, at=AT)
    if dropped_first:
        answer(offer, person, False)
    change_wishes(SYSTEM, request.pk, wishes=[other.pk, practice.pk], seen_version=2, at=AT)
    assert list(request.wishes.values_list("rests_rounds", flat=True)) == [0, 1]
    assert offer_to_first(SYSTEM, practice.pk, at=days_after(1)) is None
    request.refresh_from_db()
    assert request.set_aside == []


def test_where_no_round_is_held_a_refused_wish_counts_again_after_ninety_days() -> None:
    practice, person = a_practice(free=1), a_person()
    request = a_request(person, wishes=[practice])
    answer(offer_at(practice), person, False)
    assert wake_wishes(at=days_after(89)) == 0
    assert request.wishes.get().rests_rounds == 1
    assert wake_wishes(at=days_after(90)) == 1
    assert offer_at(practice, at=days_after(90)).request == request
