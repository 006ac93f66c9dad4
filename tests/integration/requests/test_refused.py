# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every no is kept with the rule as it was, for those it concerns; the insurer's help begins with one yes."""

from uuid import uuid4

import pytest
from tests.builders import (
    AT,
    CLOSED,
    OPEN,
    PRACTICE_STAFF,
    SWAP_ONLY,
    SYSTEM,
    a_citizen,
    a_person,
    a_practice,
    a_request,
    days_after,
    hours_after,
)

from huisartsplek.audit.models import AuditEvent
from huisartsplek.people.models import Consent
from huisartsplek.practices.models import Insurer, Places, Practice
from huisartsplek.practices.services import set_intake
from huisartsplek.requests.insurer_help import ask_insurer, askers_of, help_of, stop_help
from huisartsplek.requests.models import RecordedRefusal
from huisartsplek.requests.moves import refuse_household
from huisartsplek.requests.refused import refusals_of
from huisartsplek.requests.services import admit_at_once, change_wishes, withdraw_request
from huisartsplek.rules.intake import IntakePolicy, from_json
from huisartsplek.rules.refusals import PracticeRefusal, Refusal

pytestmark = pytest.mark.django_db


def sign(practice: Practice, policy: IntakePolicy, *, free: int = 0) -> None:
    seen = Places.objects.get(pk=practice.pk).version
    set_intake(PRACTICE_STAFF, practice.pk, policy=policy, people_more=free, seen_version=seen, at=hours_after(1))


def test_a_wish_that_the_rule_refuses_is_kept_with_that_rule_and_a_later_rule_does_not_touch_it() -> None:
    person, closed, swaps = a_person(), a_practice(CLOSED), a_practice(SWAP_ONLY)
    a_request(person, wishes=[closed, swaps])
    sign(closed, OPEN, free=3)
    (kept,) = refusals_of(person)
    assert (kept.practice, kept.outcome, kept.reason, kept.at) == (closed, "wish", "closed", AT)
    assert from_json(kept.policy) == CLOSED
    event = AuditEvent.objects.get(kind="refusal_recorded")
    assert (event.person_id, event.facts["reason"]) == (person.pk, "closed")


def test_only_a_new_wish_is_kept_when_the_list_changes() -> None:
    person, closed, other = a_person(), a_practice(CLOSED), a_practice(CLOSED)
    request = a_request(person, wishes=[closed])
    for version, wishes in enumerate(([other.pk, closed.pk], [closed.pk, other.pk]), start=1):
        change_wishes(SYSTEM, request.pk, wishes=wishes, seen_version=version, at=days_after(version))
    assert [kept.practice for kept in refusals_of(person)] == [other, closed]


def test_a_no_at_once_is_kept_though_what_was_tried_is_undone_and_once_a_day() -> None:
    person, full = a_person(), a_practice(OPEN)
    request = a_request(person, wishes=[full])
    for at in (AT, hours_after(1), days_after(1)):
        with pytest.raises(Refusal):
            admit_at_once(SYSTEM, request.pk, full.pk, at=at)
    kept = refusals_of(person)
    assert [(one.outcome, one.reason, one.at) for one in kept] == [
        ("at_once", "no_places", days_after(1)),
        ("at_once", "no_places", AT),
    ]


def test_what_is_no_refusal_of_a_rule_is_not_kept() -> None:
    person, practice = a_person(), a_practice(free=1)
    request = a_request(person, wishes=[practice], consented=False, members=[person, a_person(person.household)])
    for wanted in (practice.pk, uuid4()):
        with pytest.raises(Refusal):
            admit_at_once(SYSTEM, request.pk, wanted, at=AT)
    with pytest.raises(Refusal):
        admit_at_once(a_citizen(a_person()), request.pk, practice.pk, at=AT)
    assert not RecordedRefusal.objects.exists()


def test_a_no_of_the_practice_is_kept_with_its_reason_for_everybody_who_moves() -> None:
    person, practice = a_person(), a_practice(free=2)
    mate, stranger = a_person(person.household), a_person()
    request = a_request(person, wishes=[practice], members=[person, mate])
    move, _ = admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    because = PracticeRefusal.IDENTITY_NOT_ESTABLISHED
    refuse_household(PRACTICE_STAFF, move.pk, practice.pk, because=because, at=hours_after(1))
    (kept,) = refusals_of(person)
    assert (kept.outcome, kept.reason, kept.practice) == ("practice_no", because, practice)
    assert refusals_of(mate) == [kept]
    assert refusals_of(stranger) == []


def an_insurer(name: str) -> Insurer:
    return Insurer.objects.create(uzovi=f"{Insurer.objects.count():04}", name=name)


def test_one_insurer_sees_who_asked_until_they_stop_and_it_is_logged() -> None:
    person, shy, first, second = a_person(), a_person(), an_insurer("Waterland"), an_insurer("De Molen")
    for one in (person, shy):
        a_request(one, wishes=[a_practice(CLOSED)])
    assert help_of(person) is None
    for insurer in (first, second, second):
        ask_insurer(SYSTEM, insurer.pk, by=person, at=hours_after(1))
    asked = help_of(person)
    assert asked is not None
    assert asked.insurer == second
    kept = Consent.objects.get(kind="insurer_help", withdrawn_at=None)
    assert kept.wording_version == "insurer_help/1/nl"
    assert "De Molen" in kept.wording
    assert askers_of(SYSTEM, [first.pk], at=hours_after(2)) == []
    (seen,) = askers_of(SYSTEM, [second.pk], at=hours_after(2))
    assert (seen.person, seen.looks_since) == (person, AT)
    assert AuditEvent.objects.get(kind="people_listed").person_id == person.pk
    stop_help(SYSTEM, by=person, at=hours_after(3))
    stop_help(SYSTEM, by=person, at=hours_after(3))
    assert askers_of(SYSTEM, [first.pk, second.pk], at=hours_after(4)) == []
    assert Consent.objects.filter(kind="insurer_help", withdrawn_at=None).count() == 0
    assert AuditEvent.objects.filter(kind="consent_withdrawn").count() == 2


def test_when_the_request_ends_the_insurer_sees_nothing_any_more() -> None:
    person, insurer = a_person(), an_insurer("Waterland")
    request = a_request(person, wishes=[a_practice(CLOSED)])
    ask_insurer(SYSTEM, insurer.pk, by=person, at=AT)
    withdraw_request(SYSTEM, request.pk, by=person, at=AT)
    assert askers_of(SYSTEM, [insurer.pk], at=AT) == []


def test_nobody_asks_for_somebody_else_without_a_request_or_of_an_insurer_that_is_none() -> None:
    person, insurer = a_person(), an_insurer("Waterland")
    with pytest.raises(Refusal):
        ask_insurer(SYSTEM, insurer.pk, by=person, at=AT)
    a_request(person, wishes=[a_practice(CLOSED)])
    for actor, wanted in ((a_citizen(a_person()), insurer.pk), (SYSTEM, uuid4())):
        with pytest.raises(Refusal):
            ask_insurer(actor, wanted, by=person, at=AT)
