# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A practice's day: its own numbers, whom it is asked about, who comes and who goes, and that this is recorded."""

import pytest
from django.test import Client
from tests.builders import (
    AT,
    CLOSED,
    LONG_AGO,
    OPEN,
    SYSTEM,
    a_household,
    a_person,
    a_practice,
    a_region,
    a_request,
    days_after,
)
from tests.integration.enrolments.late import overdue
from tests.integration.rounds.running import a_chain, free_and_held, frozen
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.practice.staff import browser_at, policy_form

from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.deadlines import pass_on
from huisartsplek.enrolments.models import Confirmation, Enrolment, Move
from huisartsplek.enrolments.queries import present_places
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.services import give_consent
from huisartsplek.practices.models import Places, Practice
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import LIFECYCLES, Owner
from huisartsplek.web.practice.today import OVERDUE

pytestmark = pytest.mark.django_db


def page_of(browser: Client) -> str:
    return str(browser.get("/praktijk").content.decode())


def a_move(person: Person, practice: Practice) -> Move:
    request = a_request(person, wishes=[practice])
    (move,) = admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    return move


def test_a_practice_sees_its_own_numbers_and_what_the_public_makes_of_them() -> None:
    practice = a_practice(free=4)
    browser = browser_at(practice)
    browser.post("/praktijk/beleid", policy_form(practice, people_more="6", weekly="2"))
    a_move(a_person(), practice)
    page = page_of(browser)
    assert "<b>5</b> plekken vrij" in page
    assert "<b>1 van de 2</b>" in page
    assert "Onder voorwaarden" in page
    a_move(a_person(), practice)
    assert "Wachtlijst" in page_of(browser), "the weekly number is reached"


def test_saying_that_it_still_holds_makes_today_the_day_the_public_sees(set_clock: SetClock) -> None:
    practice = a_practice()
    browser = browser_at(practice)
    set_clock(days_after(100))
    assert "Onbekend" in page_of(browser)
    answer = browser.post("/praktijk/klopt")
    assert answer["Location"] == "/praktijk"
    assert Places.objects.get(pk=practice.pk).confirmed_on == day_in_amsterdam(days_after(100))
    page = page_of(browser)
    assert "Bedankt" in page
    assert "Vandaag bevestigd" in page
    assert browser.get("/praktijk/klopt").status_code == 405


@pytest.mark.parametrize(("answer", "is_confirmed"), [("ja", True), ("nee", False)])
def test_a_practice_says_whether_somebody_is_theirs(answer: str, is_confirmed: bool) -> None:
    practice = a_practice()
    person = a_person(enrolled_at=practice, confirmed=False, given_name="Saar")
    browser = browser_at(practice)
    assert "Saar" in page_of(browser)
    browser.post(f"/praktijk/patient/{Confirmation.objects.get().pk}", {"antwoord": answer})
    place = present_places([person.pk], on=LONG_AGO)[person.pk]
    assert (place.is_confirmed, place.is_denied) == (is_confirmed, not is_confirmed)
    page = page_of(browser)
    assert "Saar" not in page
    assert "Er is niets te doen" in page


@pytest.mark.parametrize("answer", ["", "misschien"])
def test_an_answer_that_is_neither_yes_nor_no_changes_nothing(answer: str) -> None:
    practice = a_practice()
    a_person(enrolled_at=practice, confirmed=False)
    browser = browser_at(practice)
    browser.post(f"/praktijk/patient/{Confirmation.objects.get().pk}", {"antwoord": answer})
    assert Confirmation.objects.get().state == "asked"
    assert "Kies ja of nee" in page_of(browser)


def test_a_second_click_is_told_that_it_was_answered_and_changes_nothing() -> None:
    practice = a_practice()
    a_person(enrolled_at=practice, confirmed=False)
    browser = browser_at(practice)
    url = f"/praktijk/patient/{Confirmation.objects.get().pk}"
    browser.post(url, {"antwoord": "ja"})
    page_of(browser)
    browser.post(url, {"antwoord": "nee"})
    assert "Er is niets veranderd" in page_of(browser)
    assert Confirmation.objects.get().state == "confirmed"


def test_a_question_that_waited_too_long_is_marked_and_can_still_be_answered(set_clock: SetClock) -> None:
    practice = a_practice()
    a_person(enrolled_at=practice, confirmed=False)
    pass_on(SYSTEM, at=days_after(20))
    set_clock(days_after(20))
    browser = browser_at(practice)
    assert "Te laat. Antwoorden kan nog." in page_of(browser)
    browser.post(f"/praktijk/patient/{Confirmation.objects.get().pk}", {"antwoord": "ja"})
    assert Confirmation.objects.get().state == "confirmed"


def test_an_arrival_is_registered_once_the_places_have_changed_hands(set_clock: SetClock) -> None:
    practice = a_practice(free=1)
    move = a_move(a_person(given_name="Emma"), practice)
    browser = browser_at(practice)
    page = page_of(browser)
    assert "Emma" in page
    assert "maandag 16 maart" in page
    assert "Inschrijving vastgelegd in ION<" not in page, "not before the switch date"
    register = f"/praktijk/verplaatsing/{move.pk}/ingeschreven"
    browser.post(register)
    move.refresh_from_db()
    assert move.state == "planned"
    carry_out(SYSTEM, move.request_id, at=days_after(14))
    set_clock(days_after(15))
    assert "Leg vast uiterlijk maandag 30 maart" in page_of(browser)
    browser.post(register)
    move.refresh_from_db()
    assert move.state == "registered"
    page = page_of(browser)
    assert "De overstap is klaar" in page
    assert "Emma" not in page


@pytest.mark.parametrize(
    ("days", "words"), [(29, "Te laat. Vanaf dinsdag 14 april"), (44, "De coördinator beslist")]
)
def test_a_registration_that_is_late_is_marked(days: int, words: str, set_clock: SetClock) -> None:
    practice = a_practice(free=1)
    move = a_move(a_person(), practice)
    carry_out(SYSTEM, move.request_id, at=days_after(14))
    for day in range(15, days + 1):
        pass_on(SYSTEM, at=days_after(day))
    set_clock(days_after(days))
    browser = browser_at(practice)
    assert words in page_of(browser)
    browser.post(f"/praktijk/verplaatsing/{move.pk}/ingeschreven")
    move.refresh_from_db()
    assert move.state == "registered"


def test_where_somebody_goes_is_told_only_when_they_want_it() -> None:
    here, there = a_practice(), a_practice(free=2, name="Praktijk Zilverschoon")
    silent, open_ = a_person(enrolled_at=here), a_person(enrolled_at=here)
    a_move(silent, there)
    told = a_move(open_, there)
    browser = browser_at(here)
    assert "Zilverschoon" not in page_of(browser)
    give_consent(
        SYSTEM, person=open_, kind=Consent.Kind.NAME_NEW_PRACTICE, reference=told.request_id, given_by=open_, at=AT
    )
    page = page_of(browser)
    assert page.count("Zilverschoon") == 1
    assert page.count("Niet bekend gemaakt") == 1
    assert silent.full_name in page


def test_where_a_protected_person_goes_is_never_told() -> None:
    here, there = a_practice(), a_practice(free=1, name="Praktijk Zilverschoon")
    person = a_person(enrolled_at=here, is_protected=True)
    move = a_move(person, there)
    give_consent(
        SYSTEM,
        person=person,
        kind=Consent.Kind.NAME_NEW_PRACTICE,
        reference=move.request_id,
        given_by=person,
        at=AT,
    )
    assert "Zilverschoon" not in page_of(browser_at(here))


def test_who_left_long_ago_is_off_the_list(set_clock: SetClock) -> None:
    here, there = a_practice(), a_practice(free=1)
    person = a_person(enrolled_at=here)
    move = a_move(person, there)
    carry_out(SYSTEM, move.request_id, at=days_after(14))
    browser = browser_at(here)
    set_clock(days_after(14 + 28))
    assert person.full_name in page_of(browser)
    set_clock(days_after(14 + 29))
    assert person.full_name not in page_of(browser)


def test_each_list_of_people_is_recorded_for_each_person_in_it() -> None:
    practice, other = a_practice(free=1), a_practice(free=1)
    asked = a_person(enrolled_at=practice, confirmed=False)
    coming, going = a_person(), a_person(enrolled_at=practice)
    a_move(coming, practice)
    a_move(going, other)
    page_of(browser_at(practice))
    listed = AuditEvent.objects.filter(kind="people_listed")
    assert {(event.person_id, event.facts["view"]) for event in listed} == {
        (asked.pk, "practice_questions"),
        (coming.pk, "practice_arrivals"),
        (going.pk, "practice_departures"),
    }
    assert {event.ground for event in listed} == {"treatment_relation"}


def test_a_place_held_for_a_round_is_shown_apart_and_stays_held() -> None:
    region = a_region()
    _seekers, practices = a_chain(region)
    practice = practices[0]
    browser = browser_at(practice)
    assert "apart" not in page_of(browser)
    frozen(region)
    page = page_of(browser)
    assert "<b>1</b> plek staat apart voor een ruilronde" in page
    assert "<b>0</b> plekken vrij" in page
    browser.post("/praktijk/beleid", policy_form(practice, people_more="2"))
    assert free_and_held(practice) == (2, 1)


def test_the_number_of_places_is_on_no_public_page() -> None:
    practice = a_practice(CLOSED, region=a_region(), slug="praktijk-stil")
    browser_at(practice).post("/praktijk/beleid", policy_form(practice, people_more="4321", weekly="987"))
    for url in ("/huisartsen/praktijk-stil", "/huisartsen?postcode=2514GL"):
        answer = Client().get(url)
        assert answer.status_code == 200
        assert "4321" not in answer.content.decode()
        assert "987" not in answer.content.decode()


def test_nothing_to_do_is_said_in_words() -> None:
    page = page_of(browser_at(a_practice()))
    for words in ("Niemand wacht op uw antwoord", "Er komen nu geen nieuwe patiënten", "Niemand vertrekt"):
        assert words in page
    assert Enrolment.objects.count() == 0


def test_a_family_comes_as_so_many_people() -> None:
    practice = a_practice(OPEN, 2)
    household = a_household()
    mother, father = a_person(household), a_person(household)
    request = a_request(mother, members=[mother, father], wishes=[practice])
    admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    page = page_of(browser_at(practice))
    assert mother.full_name in page
    assert father.full_name in page
    assert "<b>0</b> plekken vrij" in page


def test_what_waits_too_long_for_the_practice_is_counted_at_the_top(set_clock: SetClock) -> None:
    practice, other = a_practice(free=2), a_practice(free=2)
    overdue(a_practice(), practice)
    set_clock(days_after(29))
    assert "langer dan 14 dagen wachten" in page_of(browser_at(practice))
    assert "Dit wacht te lang op u" not in page_of(browser_at(other))


def test_every_alarm_of_a_practice_has_words() -> None:
    alarms = {
        watch.alarm
        for lifecycle in LIFECYCLES
        for watch in lifecycle.watch.values()
        if watch.owner is Owner.PRACTICE
    }
    assert set(OVERDUE) == alarms
