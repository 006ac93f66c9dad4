# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where somebody stands, and how long it takes: bands within one class, ranges where there is enough history."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import (
    AT,
    PRACTICE_STAFF,
    SYSTEM,
    TODAY,
    a_household,
    a_person,
    a_practice,
    a_request,
    days_after,
    hours_after,
)

from huisartsplek.audit.events import MOVE_PLANNED
from huisartsplek.audit.services import advance, begin
from huisartsplek.enrolments.models import Enrolment, Move
from huisartsplek.enrolments.services import answer_confirmation, switch_moves
from huisartsplek.practices.models import Practice
from huisartsplek.requests.facts import facts_of, load_facts
from huisartsplek.requests.locks import close_members, set_own_moment
from huisartsplek.requests.models import QueueMarks, Request, Wish
from huisartsplek.requests.standing import in_turn, mark_queues, standings_in
from huisartsplek.requests.waiting_times import ENOUGH, WaitedMonths, waiting_times
from huisartsplek.rules.bands import band_of
from huisartsplek.rules.lifecycles import RequestEvent
from huisartsplek.rules.queue import PriorityClass

pytestmark = [pytest.mark.django_db]


def a_crowd(practices: list[Practice], size: int, chance: random.Random) -> None:
    """Let households of every kind wait: with a practice, without, denied, newborn, gone first, sleeping."""
    homes = [None, a_practice(), a_practice(closes_on=date(2026, 9, 1)), a_practice()]
    for number in range(size):
        at = hours_after(number // 3)
        household = a_household()
        newborn = chance.random() < 0.3
        birth = chance.choice([date(2026, 1, 5), date(2025, 3, 2), date(2025, 3, 3), date(2024, 2, 29)])
        if newborn:
            a_person(household, enrolled_at=chance.choice(homes), confirmed=chance.random() < 0.7)
        members = [
            a_person(
                household,
                birth_date=birth if newborn else date(1980, 1, 1),
                enrolled_at=None if newborn else chance.choice(homes),
                confirmed=chance.random() < 0.5,
            )
            for _ in range(chance.randint(1, 2))
        ]
        filer = a_person(household) if newborn else members[0]
        request = a_request(filer, members=members, wishes=chance.sample(practices, 2), consented=False, at=at)
        if chance.random() < 0.2:
            for enrolment in Enrolment.objects.filter(person__in=members, confirmed_at=None):
                answer_confirmation(
                    PRACTICE_STAFF, enrolment.confirmation.pk, enrolment.practice_id, is_ours=False, at=at
                )
        Request.objects.filter(pk=request.pk).update(
            goes_first=chance.random() < 0.2,
            kept_class=chance.choice([None, None, 0, 1, 2]),
        )
        if chance.random() < 0.1:
            Wish.objects.filter(request=request, rank=1).update(rests_rounds=1)


def test_the_database_orders_queues_as_the_rule_does_and_tells_only_the_band() -> None:
    practices = [a_practice() for _ in range(3)]
    a_crowd(practices, 40, random.Random(20261124))
    mark_queues(at=AT)
    everybody = load_facts(Request.objects.all()).values()
    marked = {
        (facts.request.pk, practice.pk): standings_in(facts, [practice.pk], at=AT)[practice.pk]
        for practice in practices
        for facts in everybody
    }
    QueueMarks.objects.all().delete()
    for practice in practices:
        waiting = Request.objects.filter(state="waiting", wishes__practice=practice, wishes__rests_rounds=0)
        ruled = sorted(load_facts(waiting).values(), key=lambda facts: facts.queue_key())
        assert [facts.request.pk for facts in in_turn(practice.pk)] == [facts.request.pk for facts in ruled]
        assert len({facts.priority() for facts in ruled}) > 3
        for position, facts in enumerate(ruled):
            cls = facts.priority_class()
            found = standings_in(facts, [practice.pk], at=AT)[practice.pk]
            before = [other.priority_class() for other in ruled[:position]]
            assert found.own_class is cls
            assert found.own == band_of(before.count(cls) + 1)
            ahead = None if cls is PriorityClass.PRACTICE_CLOSES else band_of(sum(one < cls for one in before))
            assert found.before_class == ahead
            assert marked.setdefault((facts.request.pk, practice.pk), found) == found


def test_where_somebody_stands_in_many_queues_takes_no_more_questions_than_in_one() -> None:
    practices = [a_practice() for _ in range(8)]
    facts = facts_of(a_request(a_person(), wishes=practices))
    with CaptureQueriesContext(connection) as queries:
        assert len(standings_in(facts, [practice.pk for practice in practices], at=AT)) == 8
        waiting_times([practice.pk for practice in practices], at=AT)
    assert len(queries) == 3


def placed(practice: Practice, waited_days: int) -> None:
    """Let somebody have got a place there by the queue, after so many days, and be there since."""
    sure_at = AT - timedelta(days=20)
    person = a_person(at=AT - timedelta(days=900))
    request = a_request(person, wishes=[practice], at=sure_at - timedelta(days=waited_days))
    move = Move(
        person=person,
        request_id=request.pk,
        to_practice=practice,
        way=Move.Way.QUEUE,
        sure_at=sure_at,
        switch_on=TODAY - timedelta(days=6),
    )
    begin(move, kind=MOVE_PLANNED, actor=SYSTEM, at=AT)
    set_own_moment(request, AT)
    advance(request, RequestEvent.ADMIT, actor=SYSTEM, at=AT)
    switch_moves(SYSTEM, [move], at=AT)
    advance(request, RequestEvent.CARRY_OUT, actor=SYSTEM, at=AT)
    close_members(request)


def test_the_waiting_time_is_told_from_thirty_placements_in_a_year_on_and_not_from_twenty_nine() -> None:
    practice = a_practice()
    for number in range(1, ENOUGH):
        placed(practice, 30 * number)
    assert waiting_times([practice.pk], at=AT) == {}
    placed(practice, 30 * ENOUGH)
    assert waiting_times([practice.pk], at=AT) == {practice.pk: WaitedMonths(8, 23)}
    assert waiting_times([practice.pk], at=days_after(360)) == {}
    Move.objects.update(way=Move.Way.AT_ONCE)  # who is admitted at once has not waited
    assert waiting_times([practice.pk], at=AT) == {}


@given(st.integers(0, 500))
def test_a_band_holds_its_place_and_nine_others_at_least(position: int) -> None:
    band = band_of(position)
    assert position in band or position == 0
    assert band.last is None or band.last - band.first >= 9
    assert band_of(band.first) == band
