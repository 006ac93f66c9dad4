# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who joins by a code lives apart, and knows one first name, until the other adults at home agreed."""

from datetime import date, timedelta

import pytest
from tests.builders import AT, a_citizen, a_person, a_practice, a_request
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.people.invitations import invite
from huisartsplek.people.joining import DAYS_TO_AGREE
from huisartsplek.people.models import Joining, Person

pytestmark = pytest.mark.django_db
CODE = "BCDFG23456"
PAGES = ("/mijn", "/mijn/huishouden", "/mijn/verzoek", "/mijn/inzage", "/mijn/gegevens/meenemen/json")


@pytest.fixture
def mother() -> Person:
    return a_person(given_name="Fatima", postcode="9876QX")


@pytest.fixture
def aunt(mother: Person) -> Person:
    return a_person(mother.household, given_name="Wegwijs", postcode="9876QX")


@pytest.fixture
def joiner(mother: Person, aunt: Person) -> Person:
    """Somebody who said yes to the code of a household with two adults and a child."""
    a_person(mother.household, given_name="Kindlief", birth_date=date(2018, 1, 1), parents=[mother])
    person = a_person(given_name="Joris")
    invite(a_citizen(mother), by=mother, code=CODE, at=AT)
    page = browser_of(person).post("/mijn/huishouden/code", {"code": CODE, "antwoord": "ja"}, follow=True)
    assert "Die zeggen eerst ja" in page.content.decode()
    return person


def home_of(person: Person) -> object:
    return Person.objects.get(pk=person.pk).household_id


def say(person: Person, answer: str) -> str:
    form = {"antwoord": answer, "voor": str(Joining.objects.get().pk)}
    return browser_of(person).post("/mijn/huishouden/erbij", form, follow=True).content.decode()


def test_until_everybody_agreed_both_sides_know_one_first_name(
    mother: Person, aunt: Person, joiner: Person
) -> None:
    assert home_of(joiner) != mother.household_id
    browser = browser_of(joiner)
    seen = "".join(browser.get(page).content.decode() for page in PAGES)
    assert "U zei ja op de code van Fatima" in seen
    for trace in ("Wegwijs", "Kindlief", "9876QX", "9876 QX", str(mother.household_id)):
        assert trace not in seen, trace
    assert Notice.objects.filter(person_id=aunt.pk, kind=NoticeKind.JOINING_ASKED).exists()
    hers = browser_of(aunt).get("/mijn/huishouden").content.decode()
    assert "Joris wil bij uw huishouden komen" in hers
    assert "Joris wil" not in browser_of(mother).get("/mijn/huishouden").content.decode()
    assert "zeggen nu ja of nee" in browser_of(mother).get("/mijn/huishouden").content.decode()


def test_after_the_last_yes_who_waited_is_told_and_finishes_it(
    mother: Person, aunt: Person, joiner: Person
) -> None:
    assert "Uw antwoord is bewaard" in say(aunt, "ja")
    assert home_of(joiner) != mother.household_id
    assert Notice.objects.filter(person_id=joiner.pk, kind=NoticeKind.JOINING_AGREED).exists()
    assert "U hoort nu bij dit huishouden" in say(joiner, "kom")
    assert home_of(joiner) == mother.household_id
    assert "Wegwijs" in browser_of(joiner).get("/mijn/huishouden").content.decode()


def test_a_no_looks_like_silence_and_nobody_comes_without_a_yes(
    mother: Person, aunt: Person, joiner: Person
) -> None:
    browser = browser_of(joiner)
    before = browser.get("/mijn/huishouden").context["joining"]
    inviter = browser_of(mother).get("/mijn/huishouden").context["joining"]
    say(aunt, "nee")
    assert browser.get("/mijn/huishouden").context["joining"] == before
    assert browser_of(mother).get("/mijn/huishouden").context["joining"] == inviter
    assert not Notice.objects.filter(person_id=joiner.pk).exists()
    say(joiner, "kom")
    assert home_of(joiner) != mother.household_id
    assert browser_of(aunt).get("/mijn/huishouden").context["joining"].to_answer == []


def test_who_asks_for_something_alone_finishes_that_first(mother: Person, aunt: Person, joiner: Person) -> None:
    say(aunt, "ja")
    a_request(joiner, wishes=[a_practice()])
    say(joiner, "kom")
    assert home_of(joiner) != mother.household_id


def test_after_two_weeks_nobody_waits_any_more(
    mother: Person, aunt: Person, joiner: Person, set_clock: SetClock
) -> None:
    set_clock(AT + timedelta(days=DAYS_TO_AGREE))
    assert browser_of(aunt).get("/mijn/huishouden").context["joining"].to_answer == []
    assert not browser_of(joiner).get("/mijn/huishouden").context["joining"].is_waiting
    assert not browser_of(mother).get("/mijn/huishouden").context["joining"].coming


def test_only_the_adults_of_that_home_answer_and_only_who_they_see(
    mother: Person, aunt: Person, joiner: Person
) -> None:
    form = {"antwoord": "ja", "voor": str(Joining.objects.get().pk)}
    girl = a_person(mother.household, birth_date=date(2013, 1, 1), parents=[mother])
    for other in (a_person(), girl, mother, joiner):
        assert browser_of(other).post("/mijn/huishouden/erbij", form).status_code == 404
    for said in ("", "misschien"):
        answer = browser_of(aunt).post("/mijn/huishouden/erbij", {**form, "antwoord": said})
        assert answer.status_code == 404


def test_a_protected_adult_at_home_is_not_asked_and_so_betrayed(mother: Person) -> None:
    a_person(mother.household, given_name="Kanarie", is_protected=True)
    person = a_person()
    invite(a_citizen(mother), by=mother, code=CODE, at=AT)
    browser_of(person).post("/mijn/huishouden/code", {"code": CODE, "antwoord": "ja"})
    assert home_of(person) == mother.household_id
