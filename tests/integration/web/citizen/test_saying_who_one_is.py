# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A new login says once who it is, and where the present GP is; errors come all at once and keep what was typed."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from tests.builders import a_person, a_practice
from tests.integration.web.citizen.logged_in import browser_of, client_of

from huisartsplek.accounts.models import User
from huisartsplek.enrolments.models import Confirmation, Enrolment
from huisartsplek.people.models import Household, Person
from huisartsplek.people.queries import login_reference

pytestmark = pytest.mark.django_db

TOLD = {
    "given_name": "Ayşe",
    "family_name": "van der Linden-Öztürk",
    "birth_date": "4 mei 1980",
    "postcode": "2514 gl",
    "house_number": "12 B",
    "moved_in_on": "08-2025",
    "email": "ayse@voorbeeld.example",
}


@pytest.fixture
def newcomer() -> Client:
    user = User.objects.create(
        kind=User.Kind.CITIZEN, issuer="https://login.example", subject="new", created_at=timezone.now()
    )
    Person.objects.create(
        household=Household.objects.create(), login_reference=login_reference(user.issuer, user.subject)
    )
    return client_of(user)


@pytest.mark.parametrize("url", ["/mijn", "/mijn/verzoek", "/mijn/huisarts", "/mijn/inzage"])
def test_a_new_login_is_asked_who_it_is_first(newcomer: Client, url: str) -> None:
    assert newcomer.get(url)["Location"] == "/mijn/gegevens"


def test_what_is_told_is_kept_with_the_place_of_the_postcode(newcomer: Client) -> None:
    page = newcomer.post("/mijn/gegevens", TOLD, follow=True)
    assert "Uw gegevens zijn bewaard" in page.content.decode()
    person = Person.objects.get()
    assert (person.birth_date, person.postcode, person.moved_in_on) == (
        date(1980, 5, 4),
        "2514GL",
        date(2025, 8, 1),
    )
    assert person.channel == Person.Channel.EMAIL
    assert person.longitude == pytest.approx(4.3, abs=0.1)
    assert "Ayşe van der Linden-Öztürk" in newcomer.get("/mijn/gegevens").content.decode()


def test_without_an_e_mail_address_news_comes_by_letter(newcomer: Client) -> None:
    newcomer.post("/mijn/gegevens", {**TOLD, "email": ""})
    assert Person.objects.get().channel == Person.Channel.LETTER


def test_all_errors_come_at_once_and_what_was_typed_stays(newcomer: Client) -> None:
    page = newcomer.post("/mijn/gegevens", {"given_name": "Iris", "postcode": "25l4 GL", "birth_date": "31-2-1990"})
    text = page.content.decode()
    assert "Er zijn nog 4 dingen niet goed ingevuld" in text
    assert 'value="25l4 GL"' in text
    assert 'value="31-2-1990"' in text
    assert not Person.objects.get().is_described


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("given_name", "x" * 81, "hoogstens 80 letters"),
        ("family_name", "x" * 100_000, "hoogstens 120 letters"),
        ("postcode", "2514", "4 cijfers en 2 letters"),
        ("postcode", "9" * 9000, "4 cijfers en 2 letters"),
        ("house_number", "1" * 13, "hoogstens 12 tekens"),
        ("birth_date", "1-1-2030", "al geweest"),
        ("birth_date", "1-1-1066", "al geweest"),
        ("birth_date", "gisteren", "Schrijf de datum zo"),
        ("birth_date", "1980", "Schrijf de datum zo"),
        ("moved_in_on", "04-2026", "al geweest"),
        ("email", "geen adres", "e-mailadres in zoals"),
        ("email", "a" * 300 + "@voorbeeld.example", "e-mailadres"),
    ],
)
def test_each_wrong_answer_is_told_how_to_mend_it(newcomer: Client, name: str, value: str, words: str) -> None:
    page = newcomer.post("/mijn/gegevens", {**TOLD, name: value})
    assert words in page.content.decode()
    assert not Person.objects.get().is_described


def test_who_said_it_once_cannot_say_it_again(newcomer: Client) -> None:
    newcomer.post("/mijn/gegevens", TOLD)
    newcomer.post("/mijn/gegevens", {**TOLD, "given_name": "Iemand anders"})
    assert Person.objects.get().given_name == "Ayşe"


def test_the_present_practice_is_found_by_name_stated_and_then_not_confirmed_yet() -> None:
    person, practice = a_person(), a_practice(name="Praktijk De Brink", place="Deventer")
    browser = browser_of(person)
    assert "Wij weten niet wie uw huisarts is" in browser.get("/mijn").content.decode()
    assert browser.get("/mijn/huisarts", {"zoek": "brink deventer"}).context["found"] == [practice]
    told = {"zoek": "brink", "practice": practice.pk, "people": [person.pk], "since": "augustus 2020"}
    page = browser.post("/mijn/huisarts", told, follow=True)
    assert "Nog niet bevestigd" in page.content.decode()
    assert "U verliest niets en doet verder gewoon mee" in page.content.decode()
    enrolment = Enrolment.objects.get(person=person)
    assert (enrolment.source, enrolment.starts_on, enrolment.confirmed_at) == ("stated", date(2020, 8, 1), None)
    assert Confirmation.objects.get(enrolment=enrolment).state == "asked"
    browser.post("/mijn/huisarts", told)
    assert Enrolment.objects.filter(person=person).count() == 1


def test_a_parent_states_the_practice_of_their_children_too_and_of_nobody_elses() -> None:
    parent, practice, stranger = a_person(), a_practice(name="Praktijk De Brink"), a_person()
    child = a_person(parent.household, birth_date=date(2018, 1, 1), parents=[parent])
    told = {"zoek": "brink", "practice": practice.pk, "since": "08-2020"}
    page = browser_of(parent).post("/mijn/huisarts", {**told, "people": [parent.pk, stranger.pk]})
    assert "Kies alleen mensen uit de lijst" in page.content.decode()
    browser_of(parent).post("/mijn/huisarts", {**told, "people": [parent.pk, child.pk]})
    assert set(Enrolment.objects.values_list("person_id", flat=True)) == {parent.pk, child.pk}


@pytest.mark.parametrize("wanted", ["", "   ", "x" * 5000, "bestaat niet", "%", "a" * 79 + " b c d e f g h"])
def test_a_search_that_finds_nothing_says_so(wanted: str) -> None:
    a_practice(name="Praktijk De Brink")
    page = browser_of(a_person()).get("/mijn/huisarts", {"zoek": wanted})
    assert page.status_code == 200
    assert page.context["found"] == []


def test_an_own_place_says_whether_it_is_confirmed_and_held_long_enough() -> None:
    practice = a_practice()
    confirmed = browser_of(a_person(enrolled_at=practice)).get("/mijn").content.decode()
    fresh = browser_of(a_person(enrolled_at=practice, enrolled_on=date(2026, 2, 1))).get("/mijn").content.decode()
    assert "Deze plek kan geruild worden" in confirmed
    assert "korter dan 90 dagen" in fresh
