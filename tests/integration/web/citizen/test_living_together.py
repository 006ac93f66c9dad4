# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a household: a partner joins with a code, a child logs in itself, and leaving is one click."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from tests.builders import a_household, a_person, a_practice, a_request
from tests.integration.web.citizen.logged_in import browser_of, client_of
from tests.unit.web.page import parse

from huisartsplek.accounts.models import User
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.models import Block, Household, Person
from huisartsplek.people.queries import login_reference
from huisartsplek.rules.dates import day_in_amsterdam

pytestmark = pytest.mark.django_db
BORN_13 = date(2013, 1, 1)


@pytest.fixture
def mother() -> Person:
    return a_person(a_household(), given_name="Fatima")


@pytest.fixture
def partner() -> Person:
    return a_person(a_household(), given_name="Joris")


@pytest.fixture
def new_login() -> Client:
    user = User.objects.create(
        kind=User.Kind.CITIZEN, issuer="https://login.example", subject="new", created_at=timezone.now()
    )
    Person.objects.create(
        household=Household.objects.create(), login_reference=login_reference(user.issuer, user.subject)
    )
    return client_of(user)


def code_made_by(browser: Client, **form: str) -> str:
    page = browser.post("/mijn/huishouden/code-maken", form, follow=True)
    (code,) = [one.code for one in page.context["codes"]]
    assert code in page.content.decode()
    return str(code)


def home_of(person: Person) -> object:
    return Person.objects.get(pk=person.pk).household_id


def test_a_partner_types_the_code_and_says_yes(mother: Person, partner: Person) -> None:
    code = code_made_by(browser_of(mother))
    browser = browser_of(partner)
    asked = browser.post("/mijn/huishouden/code", {"code": code.lower()}).content.decode()
    assert "Woont u samen met Fatima?" in asked
    assert home_of(partner) != home_of(mother)
    done = browser.post("/mijn/huishouden/code", {"code": code, "antwoord": "ja"}, follow=True).content.decode()
    assert "U hoort nu bij dit huishouden" in done
    assert home_of(partner) == home_of(mother)


def test_a_code_that_does_not_work_keeps_what_was_typed_and_says_what_to_do(partner: Person) -> None:
    page = browser_of(partner).post("/mijn/huishouden/code", {"code": "fout <b>"}).content.decode()
    assert "Deze code werkt niet" in page
    assert 'value="fout &lt;b&gt;"' in page
    assert parse(page).one("title").text.strip().startswith("Fout:")


@pytest.mark.parametrize("answer", ["nee", "nooit"])
def test_the_one_who_invited_sees_no_difference_between_a_no_and_silence(
    mother: Person, partner: Person, answer: str
) -> None:
    inviter = browser_of(mother)
    code = code_made_by(inviter)
    before = inviter.get("/mijn/huishouden").context["codes"]
    browser_of(partner).post("/mijn/huishouden/code", {"code": code, "antwoord": answer})
    after = inviter.get("/mijn/huishouden")
    assert after.context["codes"] == before
    assert "Nog niet beantwoord" in after.content.decode()
    assert "Joris" not in after.content.decode()
    assert Block.objects.exists() == (answer == "nooit")


def test_a_protected_inviter_is_not_named(partner: Person) -> None:
    hidden = a_person(a_household(), given_name="Verborgenia", is_protected=True)
    code = code_made_by(browser_of(hidden))
    assert "Verborgenia" not in browser_of(partner).post("/mijn/huishouden/code", {"code": code}).content.decode()


def test_a_girl_of_thirteen_gets_her_own_login_and_is_then_asked(mother: Person, new_login: Client) -> None:
    girl = a_person(mother.household, given_name="Noor", birth_date=BORN_13, parents=[mother])
    a_request(mother, wishes=[a_practice()], members=[mother, girl], consented=False)
    code = code_made_by(browser_of(mother), voor=str(girl.pk))
    assert "/mijn/huishouden/code" in new_login.get("/mijn/gegevens").content.decode()
    assert "Bent u Noor?" in new_login.post("/mijn/huishouden/code", {"code": code}).content.decode()
    home = new_login.post("/mijn/huishouden/code", {"code": code, "antwoord": "ja"}, follow=True)
    assert home.context["task"].kind == "consent"
    assert Person.objects.get(pk=girl.pk).login_reference


def test_who_has_not_said_who_they_are_does_that_before_joining(mother: Person, new_login: Client) -> None:
    code = code_made_by(browser_of(mother))
    assert new_login.post("/mijn/huishouden/code", {"code": code})["Location"] == "/mijn/gegevens"


def test_a_code_for_somebody_elses_child_does_not_exist(mother: Person) -> None:
    strange = a_person(birth_date=BORN_13)
    answer = browser_of(mother).post("/mijn/huishouden/code-maken", {"voor": str(strange.pk)})
    assert answer.status_code == 404


def test_leaving_is_one_click_and_the_others_only_see_who_is_there(mother: Person, partner: Person) -> None:
    mate = a_person(mother.household, given_name="Wegwijs")
    other = browser_of(mother)
    assert "Wegwijs" in other.get("/mijn/huishouden").content.decode()
    done = browser_of(mate).post("/mijn/huishouden/weg", follow=True).content.decode()
    assert "Niemand krijgt daar bericht van" in done
    for address in ("/mijn", "/mijn/huishouden", "/mijn/berichten", "/mijn/inzage", "/mijn/verzoek"):
        assert "Wegwijs" not in other.get(address).content.decode(), address


def test_a_newborn_is_added_without_a_number(mother: Person) -> None:
    browser = browser_of(mother)
    told = {
        "given_name": "Sami",
        "family_name": "Voorbeeld",
        "birth_date": f"{day_in_amsterdam(current_moment()):%d-%m-%Y}",
    }
    page = browser.post("/mijn/huishouden/kind", told, follow=True).content.decode()
    assert "Sami staat nu bij uw huishouden" in page
    assert Person.objects.get(given_name="Sami").household_id == mother.household_id


def test_who_is_sixteen_is_not_added_by_somebody_else(mother: Person) -> None:
    told = {"given_name": "Bas", "family_name": "Voorbeeld", "birth_date": "1-1-2000"}
    page = browser_of(mother).post("/mijn/huishouden/kind", told)
    assert "Vanaf 16 jaar" in page.content.decode()
    assert not Person.objects.filter(given_name="Bas").exists()


def test_a_request_asks_fewer_than_ten_things_and_nothing_about_health(mother: Person) -> None:
    a_person(mother.household, birth_date=BORN_13, parents=[mother])
    browser = browser_of(mother)
    practice = a_practice()
    browser.get("/mijn/verzoek", {"wens": practice.slug})
    page = parse(browser.get("/mijn/verzoek").content.decode())
    typed = [one.attrs for one in page.all("input") if one.attrs.get("type") not in {"hidden", "submit"}]
    asked = {one["name"] for one in [*typed, *(one.attrs for one in page.all("textarea") + page.all("select"))]}
    assert asked <= {"members", "oude_praktijk", "taal"}
    assert len(asked) < 10
