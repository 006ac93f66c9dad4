# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Withdrawing in every state, and the switch date: looked at once more, then all of a household or nobody."""

from datetime import date
from typing import Any

import pytest
from tests.builders import (
    AT,
    SYSTEM,
    TODAY,
    a_household,
    a_person,
    a_practice,
    a_request,
    an_enrolment,
    days_after,
    everybody_consents,
)

from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Enrolment, Move
from huisartsplek.enrolments.services import register_move, switch_moves
from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.services import end_person, give_consent, withdraw_consent
from huisartsplek.practices.models import PlaceEntry, Places, Practice
from huisartsplek.requests.models import Offer, Request
from huisartsplek.requests.moves import carry_out, planned_moves, requests_due
from huisartsplek.requests.offers import answer_offer, offer_to_first
from huisartsplek.requests.services import admit_at_once, withdraw_request
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db


def free_of(practice: Practice) -> int:
    return Places.objects.get(pk=practice.pk).free


def here_of(person: Person) -> Practice | None:
    enrolment = Enrolment.objects.filter(person=person, ends_on=None).select_related("practice").first()
    return enrolment.practice if enrolment else None


def withdraw(request: Request, person: Person, *, days: float = 1) -> Request:
    return withdraw_request(SYSTEM, request.pk, by=person, at=days_after(days))


def test_who_waits_withdraws_and_may_file_again() -> None:
    here, practice = a_practice(), a_practice()
    person = a_person(enrolled_at=here)
    request = a_request(person, wishes=[practice])
    assert withdraw(request, person).state == "withdrawn"
    assert here_of(person) == here
    assert a_request(person, wishes=[practice], at=days_after(2)).since == days_after(2)


def test_withdrawing_an_offered_request_gives_the_place_back() -> None:
    practice, person = a_practice(free=1), a_person()
    request = a_request(person, wishes=[practice])
    offer_to_first(SYSTEM, practice.pk, at=AT)
    withdraw(request, person)
    assert Offer.objects.get().state == "withdrawn"
    assert free_of(practice) == 1


def test_withdrawing_before_the_switch_date_calls_the_move_off_and_gives_the_places_back() -> None:
    practice, person = a_practice(free=2), a_person()
    partner = a_person(person.household)
    request = a_request(person, members=[person, partner], wishes=[practice])
    admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    withdraw(request, partner)
    assert set(Move.objects.values_list("state", flat=True)) == {"cancelled"}
    assert free_of(practice) == 2
    assert requests_due(days_after(30)) == []


def test_after_the_switch_nothing_is_withdrawn() -> None:
    practice, person = a_practice(free=1), a_person()
    request = a_request(person, wishes=[practice])
    admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    carry_out(SYSTEM, request.pk, at=days_after(14))
    with pytest.raises(Refusal) as refused:
        withdraw(request, person, days=15)
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW
    assert here_of(person) == practice


def test_nobody_withdraws_twice() -> None:
    person = a_person()
    request = a_request(person, wishes=[a_practice()])
    withdraw(request, person)
    with pytest.raises(Refusal):
        withdraw(request, person)


def a_moving_household(here: Practice, wanted: Practice) -> tuple[Request, list[Person]]:
    mother = a_person(enrolled_at=here)
    baby = a_person(mother.household, birth_date=date(2025, 6, 1), parents=[mother])
    request = a_request(mother, members=[mother, baby], wishes=[wanted])
    admit_at_once(SYSTEM, request.pk, wanted.pk, at=AT)
    return request, [mother, baby]


def test_on_the_switch_date_the_old_period_ends_where_the_new_one_begins() -> None:
    here, wanted = a_practice(), a_practice(free=2)
    request, (mother, baby) = a_moving_household(here, wanted)
    assert requests_due(days_after(13)) == []
    assert requests_due(days_after(14)) == [request.pk]
    assert carry_out(SYSTEM, request.pk, at=days_after(14))
    assert not carry_out(SYSTEM, request.pk, at=days_after(14)), "once is enough"
    old, new = Enrolment.objects.filter(person=mother).order_by("starts_on")
    assert (old.practice, old.ends_on) == (here, date(2026, 3, 16))
    assert (new.practice, new.starts_on, new.ends_on) == (wanted, date(2026, 3, 16), None)
    assert new.confirmed_at is not None
    assert here_of(baby) == wanted
    request.refresh_from_db()
    assert request.state == "met"
    assert not request.members.filter(is_open=True).exists()
    assert Notice.objects.filter(kind="moved", person_id=mother.pk).exists()
    assert AuditEvent.objects.filter(kind="enrolment_ended", person_id=mother.pk).exists()


def test_nothing_switches_before_its_day() -> None:
    request, _ = a_moving_household(a_practice(), a_practice(free=2))
    with pytest.raises(Refusal) as refused:
        carry_out(SYSTEM, request.pk, at=days_after(13))
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW


@pytest.mark.parametrize("what", ["died", "emigrated", "enrolled elsewhere", "took back their yes"])
def test_what_happened_meanwhile_is_a_no_for_the_whole_household(what: str) -> None:
    here, wanted = a_practice(), a_practice(free=2)
    request, (mother, baby) = a_moving_household(here, wanted)
    match what:
        case "died" | "emigrated":
            end_person(SYSTEM, baby, Person.End(what), TODAY, AT)
        case "enrolled elsewhere":
            an_enrolment(baby, a_practice())
        case _:
            withdraw_consent(
                SYSTEM,
                person=mother,
                kind=Consent.Kind.TAKE_PART,
                reference=request.pk,
                given_by=mother,
                at=days_after(1),
            )
    assert carry_out(SYSTEM, request.pk, at=days_after(14))
    assert here_of(mother) == here
    request.refresh_from_db()
    assert (request.state, request.since) == ("waiting", AT)
    assert set(Move.objects.values_list("state", flat=True)) == {"cancelled"}
    assert free_of(wanted) == 2
    assert Notice.objects.filter(kind="move_cancelled", person_id=mother.pk).exists()


def test_a_yes_given_again_counts_again() -> None:
    request, (mother, _) = a_moving_household(a_practice(), a_practice(free=2))
    yes: dict[str, Any] = {
        "person": mother,
        "kind": Consent.Kind.TAKE_PART,
        "reference": request.pk,
        "given_by": mother,
    }
    withdraw_consent(SYSTEM, **yes, at=days_after(1))
    give_consent(SYSTEM, **yes, at=days_after(2))
    carry_out(SYSTEM, request.pk, at=days_after(14))
    request.refresh_from_db()
    assert request.state == "met"


def test_a_household_that_was_called_off_waits_with_its_turn_and_can_be_offered_again() -> None:
    here, wanted = a_practice(), a_practice(free=1)
    person = a_person(enrolled_at=here)
    request = a_request(person, wishes=[wanted])
    admit_at_once(SYSTEM, request.pk, wanted.pk, at=AT)
    withdraw_consent(
        SYSTEM,
        person=person,
        kind=Consent.Kind.TAKE_PART,
        reference=request.pk,
        given_by=person,
        at=days_after(1),
    )
    carry_out(SYSTEM, request.pk, at=days_after(14))
    assert offer_to_first(SYSTEM, wanted.pk, at=days_after(14)) is None, "without a yes there is no offer"
    everybody_consents(request, [person], at=days_after(15))
    offer = offer_to_first(SYSTEM, wanted.pk, at=days_after(15))
    assert offer is not None
    answer_offer(SYSTEM, offer.pk, person=person, answered_by=person, says_yes=True, at=days_after(16))
    assert len(planned_moves(request.pk)) == 1


def test_the_new_practice_finishes_a_move_and_nobody_else_does() -> None:
    wanted, other = a_practice(free=2), a_practice()
    request, (mother, _) = a_moving_household(a_practice(), wanted)
    move = Move.objects.get(person=mother)
    with pytest.raises(Refusal) as refused:
        register_move(SYSTEM, move.pk, wanted.pk, at=AT)
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW, "not before the switch date"
    carry_out(SYSTEM, request.pk, at=days_after(14))
    with pytest.raises(Refusal) as refused:
        register_move(SYSTEM, move.pk, other.pk, at=days_after(15))
    assert refused.value.code is RefusalCode.UNKNOWN_PRACTICE
    assert register_move(SYSTEM, move.pk, wanted.pk, at=days_after(15)).state == "registered"


def test_a_move_that_no_longer_starts_where_somebody_is_does_not_switch() -> None:
    wanted = a_practice(free=1)
    person = a_person(a_household())
    request = a_request(person, wishes=[wanted])
    moves = admit_at_once(SYSTEM, request.pk, wanted.pk, at=AT)
    an_enrolment(person, a_practice())
    with pytest.raises(Refusal) as refused:
        switch_moves(SYSTEM, moves, at=days_after(14))
    assert refused.value.code is RefusalCode.CHANGED_MEANWHILE


def test_the_ledger_tells_every_change_of_a_practices_places() -> None:
    practice, person = a_practice(free=1), a_person()
    request = a_request(person, wishes=[practice])
    admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    withdraw(request, person)
    entries = PlaceEntry.objects.filter(practice=practice).order_by("pk")
    assert list(entries.values_list("kind", "free_change", "people")) == [
        ("set", 1, 0),
        ("grant", -1, 1),
        ("return", 1, -1),
    ]
