# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has not answered an offer hears of it again: half-way and for the last day, by e-mail, never by post."""

from datetime import datetime, timedelta

import pytest
from tests.builders import AT, SYSTEM, a_person, a_practice, a_region, a_request, days_after
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, answer, published

from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Person
from huisartsplek.requests.models import Offer
from huisartsplek.requests.offers import answer_offer, offer_to_first
from huisartsplek.requests.reminding import offers_to_remind_of, remind_of
from huisartsplek.rules.answering import reminders
from huisartsplek.rules.dates import answer_deadline

pytestmark = pytest.mark.django_db


def an_offer(*members: Person) -> Offer:
    practice = a_practice(free=4)
    a_request(members[0], wishes=[practice], members=members)
    made = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert made is not None
    return made


def remind(at: datetime) -> None:
    for offer_id in offers_to_remind_of(at):
        remind_of(SYSTEM, offer_id, at=at)


def reminded() -> list[Notice]:
    return list(Notice.objects.filter(kind="offer_reminder").order_by("key"))


def test_there_are_two_reminders_and_no_third() -> None:
    offer = an_offer(a_person())
    half_way, last_day = reminders(AT, offer.answer_by)
    remind(half_way - timedelta(minutes=1))
    assert reminded() == []
    for number, moment in enumerate((half_way, last_day), start=1):
        for _ in range(2):
            remind(moment)
        assert len(reminded()) == number
    remind(offer.answer_by - timedelta(minutes=1))
    assert len(reminded()) == 2
    assert {notice.channel for notice in reminded()} == {"email"}
    assert {notice.others for notice in map(_plain, reminded())} == {()}


def _plain(notice: Notice) -> Notice:
    notice.others = tuple(notice.others)
    return notice


def test_only_who_has_not_answered_is_reminded_and_nobody_after_a_no() -> None:
    mother = a_person()
    father = a_person(mother.household)
    offer = an_offer(mother, father)
    half_way, last_day = reminders(AT, offer.answer_by)
    answer_offer(SYSTEM, offer.pk, person=mother, answered_by=mother, says_yes=True, at=AT)
    remind(half_way)
    assert [notice.person_id for notice in reminded()] == [father.pk]
    answer_offer(SYSTEM, offer.pk, person=father, answered_by=father, says_yes=False, at=half_way)
    remind(last_day)
    assert len(reminded()) == 1


def test_who_chose_letters_gets_none_and_their_housemate_does() -> None:
    by_letter = a_person(channel=Person.Channel.LETTER)
    by_mail = a_person(by_letter.household)
    offer = an_offer(by_letter, by_mail)
    assert offer.by_letter
    remind(reminders(AT, offer.answer_by)[0])
    assert [notice.person_id for notice in reminded()] == [by_mail.pk]


def test_what_fell_due_while_nothing_ran_comes_once_and_never_too_late() -> None:
    offer = an_offer(a_person())
    remind(offer.answer_by - timedelta(minutes=1))
    assert len(reminded()) == 1
    other = an_offer(a_person())
    remind(other.answer_by)
    assert len(reminded()) == 1


def test_one_letter_gives_the_whole_exchange_seven_working_days_and_other_exchanges_72_hours() -> None:
    region = a_region()
    first, second, *_ = a_swap(region)
    Person.objects.filter(pk=second.person.pk).update(channel=Person.Channel.LETTER)
    third, fourth, *_ = a_swap(region)
    round_ = published(region)
    slow = answer_deadline(PUBLISHED_AT, by_letter=True)
    quick = answer_deadline(PUBLISHED_AT, by_letter=False)
    assert [one.offer.answer_by for one in (first, second, third, fourth)] == [slow, slow, quick, quick]
    assert [one.offer.by_letter for one in (first, second)] == [False, True]
    assert round_.answers_until == slow
    answer(first, says_yes=True, at=days_after(5, PUBLISHED_AT))
    remind(reminders(PUBLISHED_AT, quick)[0])
    assert {notice.person_id for notice in reminded()} == {third.person.pk, fourth.person.pk}
