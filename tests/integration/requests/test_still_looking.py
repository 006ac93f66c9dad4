# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Do you still look: asked every ninety days, silence lets a request sleep, and waking it restores its place."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import (
    AT,
    PRACTICE_STAFF,
    SYSTEM,
    a_citizen,
    a_person,
    a_practice,
    a_region,
    a_request,
    days_after,
)
from tests.integration.rounds.running import a_swap, frozen

from huisartsplek.integrations.notify.port import Channel
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice
from huisartsplek.practices.places import return_places
from huisartsplek.practices.services import confirm_intake
from huisartsplek.requests.jobs import ask_who_waits, take_silence_of_all
from huisartsplek.requests.models import Request, StillLooking
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.queries import practices_waited_for
from huisartsplek.requests.services import change_wishes, withdraw_request
from huisartsplek.requests.standing import in_turn
from huisartsplek.requests.still_looking import (
    ask_still_looking,
    question_of,
    requests_to_ask,
    say_still_looking,
    silent_questions,
    take_silence,
)
from huisartsplek.rounds.freezing import waiting_in
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = [pytest.mark.django_db]


def waits(practice: Practice | None = None, person: Person | None = None) -> Request:
    return a_request(person or a_person(), wishes=[practice or a_practice()])


def pass_time(until: float, *, every: float = 1, since: float = 0) -> datetime:
    """Let the daily jobs do their work, day by day, up to and including a day."""
    day = since
    while day <= until:
        at = days_after(day)
        for request_id in requests_to_ask(at):
            ask_still_looking(SYSTEM, request_id, at=at)
        for question_id in silent_questions(at):
            take_silence(SYSTEM, question_id, at=at)
        day += every
    return days_after(day - every)


def put_to_sleep(request: Request) -> datetime:
    at = pass_time(118, every=1, since=89)
    request.refresh_from_db()
    assert request.state == "sleeping"
    return at


def told(request: Request, kind: NoticeKind) -> list[str]:
    found = Notice.objects.filter(person_id=request.filed_by_id, kind=kind)
    return sorted(found.values_list("channel", flat=True))


def test_after_ninety_days_a_household_is_asked_by_two_ways_and_once_more_and_then_its_request_sleeps() -> None:
    request = waits()
    pass_time(89, since=88)
    assert told(request, NoticeKind.STILL_LOOKING) == []
    pass_time(91, since=90)
    assert told(request, NoticeKind.STILL_LOOKING) == [Channel.EMAIL, Channel.LETTER]
    pass_time(103, since=92)
    assert told(request, NoticeKind.STILL_LOOKING_AGAIN) == []
    pass_time(117, since=104)
    request.refresh_from_db()
    assert told(request, NoticeKind.STILL_LOOKING_AGAIN) == [Channel.EMAIL, Channel.LETTER]
    assert request.state == "waiting"
    pass_time(119, since=118)
    request.refresh_from_db()
    assert (request.state, StillLooking.objects.get(request=request).state) == ("sleeping", "unanswered")
    assert told(request, NoticeKind.SLEEPS) == [Channel.EMAIL]


@pytest.mark.parametrize(
    ("more", "ways"),
    [
        ({"channel": Person.Channel.LETTER}, [Channel.EMAIL, Channel.LETTER]),
        ({"channel": Person.Channel.LETTER, "email": ""}, [Channel.LETTER]),
        ({"is_protected": True}, [Channel.EMAIL]),
    ],
)
def test_each_is_asked_by_the_ways_they_have(more: dict[str, object], ways: list[Channel]) -> None:
    person = a_person()
    Person.objects.filter(pk=person.pk).update(**more)
    request = waits(person=person)
    pass_time(90, since=90)
    assert told(request, NoticeKind.STILL_LOOKING) == ways


def test_a_sleeping_request_gets_no_offer_is_in_no_round_and_stands_in_nobodys_way() -> None:
    region = a_region()
    practice = a_practice(region=region)
    sleeper, other = waits(practice), a_request(a_person(), wishes=[practice], at=days_after(60))
    at = put_to_sleep(sleeper)
    assert [facts.request for facts in in_turn(practice.pk)] == [other]
    assert list(waiting_in(region.pk)) == [other]
    withdraw_request(SYSTEM, other.pk, by=other.filed_by, at=at)
    assert practices_waited_for([practice.pk]) == frozenset()
    assert offer_to_first(SYSTEM, practice.pk, at=at) is None


def test_waking_restores_the_place() -> None:
    practice = a_practice()
    sleeper, later = waits(practice), a_request(a_person(), wishes=[practice], at=days_after(50))
    at = put_to_sleep(sleeper)
    woken = say_still_looking(SYSTEM, sleeper.pk, at=at)
    assert (woken.state, woken.since) == ("waiting", AT)
    assert [facts.request for facts in in_turn(practice.pk)] == [sleeper, later]
    pass_time(118 + 89, since=119)
    woken.refresh_from_db()
    assert woken.state == "waiting"
    assert StillLooking.objects.filter(request=sleeper, state="asked").count() == 0


def test_an_answer_and_a_change_of_wishes_both_count_as_still_looking() -> None:
    first, second = waits(), waits()
    pass_time(95, since=90)
    say_still_looking(SYSTEM, first.pk, at=days_after(95))
    change_wishes(SYSTEM, second.pk, wishes=[a_practice().pk], seen_version=1, at=days_after(95))
    assert question_of(second.pk) is None
    pass_time(149, since=96)
    assert set(StillLooking.objects.values_list("state", flat=True)) == {"answered"}
    states = {request.pk: request.state for request in Request.objects.filter(pk__in=[first.pk, second.pk])}
    assert set(states.values()) == {"waiting"}


def test_nobody_but_the_household_says_that_it_looks_and_nobody_who_was_not_asked() -> None:
    request, stranger = waits(), a_person()
    with pytest.raises(Refusal) as unasked:
        say_still_looking(SYSTEM, request.pk, at=AT)
    pass_time(90, since=90)
    with pytest.raises(Refusal) as refused:
        say_still_looking(a_citizen(stranger), request.pk, at=days_after(91))
    assert (unasked.value.code, refused.value.code) == (RefusalCode.CHANGED_MEANWHILE, RefusalCode.NOT_YOUR_TURN)
    assert say_still_looking(a_citizen(request.filed_by), request.pk, at=days_after(91)).still_at == days_after(91)


def test_with_an_open_offer_nobody_falls_asleep_and_the_question_is_dropped() -> None:
    practice = a_practice()
    request = waits(practice)
    pass_time(104, since=90)
    at = days_after(117)
    confirm_intake(PRACTICE_STAFF, practice.pk, at=at)
    return_places(practice.pk, 1, reference=None, at=at, by=None)
    assert offer_to_first(SYSTEM, practice.pk, at=at) is not None
    pass_time(119, since=118)
    request.refresh_from_db()
    assert (request.state, StillLooking.objects.get(request=request).state) == ("offered", "dropped")


def test_who_is_in_a_round_does_not_fall_asleep_while_others_count_on_them() -> None:
    region = a_region()
    seeker, *_ = a_swap(region)
    pass_time(104, since=90)
    frozen(region, at=days_after(117.5))
    pass_time(119, since=118)
    assert (seeker.state, StillLooking.objects.get(request=seeker.request).state) == ("waiting", "dropped")
    assert requests_to_ask(days_after(119)) == []


def test_the_jobs_ask_and_let_sleep_and_do_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    request = waits()
    for day, state in ((90, "asked"), (104, "reminded"), (118, "unanswered")):
        monkeypatch.setattr("huisartsplek.requests.jobs.current_moment", lambda day=day: days_after(day))
        for _ in range(2):
            ask_who_waits(timestamp=0)
            take_silence_of_all(timestamp=0)
        assert StillLooking.objects.get(request=request).state == state
    assert Notice.objects.filter(person_id=request.filed_by_id).count() == 2 + 2 + 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.integers(1, 60), min_size=1, max_size=8), says=st.lists(st.booleans(), min_size=8, max_size=8)
)
def test_whatever_is_answered_when_a_request_keeps_its_moment_and_sleeps_only_after_two_unanswered_questions(
    days: list[int], says: list[bool]
) -> None:
    request = waits()
    now, heard = 0, 0
    for step, answers in zip(days, says, strict=False):
        for day in range(now + 1, now + step + 1):
            pass_time(day, since=day)
            request.refresh_from_db()
            assert request.since == AT
            assert (request.state == "sleeping") == (day - heard >= 118)
        now += step
        if answers and (request.state == "sleeping" or question_of(request.pk)):
            heard = now
            assert say_still_looking(SYSTEM, request.pk, at=days_after(now)).state == "waiting"
