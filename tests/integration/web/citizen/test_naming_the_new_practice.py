# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The old practice hears where somebody goes only when they said so: apart, no by default, and to take back."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from tests.builders import (
    AT,
    PRACTICE_STAFF,
    SYSTEM,
    a_citizen,
    a_person,
    a_practice,
    a_request,
    days_after,
    hours_after,
)
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.queries import departures_of
from huisartsplek.people.models import Consent, Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.naming import say_naming
from huisartsplek.requests.offers import answer_offer, offer_to_first
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Practice:
    return a_practice(name="Praktijk De Brink")


@pytest.fixture
def there() -> Practice:
    return a_practice(free=4, name="Praktijk Zilverschoon")


@pytest.fixture
def fatima(here: Practice) -> Person:
    return a_person(given_name="Fatima", enrolled_at=here)


def named_at(here: Practice) -> dict[str, bool]:
    """Who leaves, and whether the practice hears where to."""
    leaving = departures_of(PRACTICE_STAFF, here.pk, at=AT)
    return {one.move.person.given_name: one.goes_to is not None for one in leaving}


def filed(browser: Client, filer: Person, there: Practice, **more: str) -> Request:
    form = {"key": uuid4(), "members": [filer.pk], "wens": [there.slug], **more}
    browser.post("/mijn/verzoek", form)
    return Request.objects.get(filed_by=filer)


@pytest.mark.parametrize(("ticked", "is_told"), [({}, False), ({"oude_praktijk": "ja"}, True)])
def test_who_files_says_it_apart_and_says_no_by_leaving_the_box_alone(
    ticked: dict[str, str], is_told: bool, fatima: Person, here: Practice, there: Practice
) -> None:
    browser = browser_of(fatima)
    browser.get("/mijn/verzoek", {"wens": there.slug})
    page = browser.get("/mijn/verzoek").content.decode()
    assert "Mijn oude praktijk mag horen naar welke praktijk ik ga" in page
    assert "checked" not in page.split('name="oude_praktijk"')[1].split(">")[0]
    request = filed(browser, fatima, there, **ticked)
    admit_at_once(SYSTEM, request.pk, there.pk, at=AT)
    assert named_at(here) == {"Fatima": is_told}


def test_the_box_is_not_ticked_for_somebody_after_a_fault_in_the_form(fatima: Person, there: Practice) -> None:
    browser = browser_of(fatima)
    form = {"key": uuid4(), "members": [], "wens": [there.slug]}
    for ticked, stays in (({}, False), ({"oude_praktijk": "ja"}, True)):
        page = browser.post("/mijn/verzoek", form | ticked)
        assert page.context["naming"].is_allowed is stays


def test_who_has_no_practice_or_is_protected_is_not_asked(there: Practice) -> None:
    nobodys, hidden = a_person(), a_person(enrolled_at=a_practice(), is_protected=True)
    for person in (nobodys, hidden):
        browser = browser_of(person)
        browser.get("/mijn/verzoek", {"wens": there.slug})
        assert "oude_praktijk" not in browser.get("/mijn/verzoek").content.decode()
        request = filed(browser, person, there, oude_praktijk="ja")
        assert browser.get(f"/mijn/oude-praktijk/{request.pk}").status_code == 404
        assert not Consent.objects.filter(kind="name_new_practice").exists()


def test_a_yes_to_an_offer_carries_the_answer_and_a_no_does_not(
    fatima: Person, here: Practice, there: Practice
) -> None:
    for answer, expected in (("nee", 0), ("ja", 1)):
        wanted = a_practice(free=1)
        person = a_person(enrolled_at=here)
        a_request(person, wishes=[wanted])
        offer = offer_to_first(SYSTEM, wanted.pk, at=AT)
        assert offer is not None
        browser = browser_of(person)
        assert "oude_praktijk" in browser.get(f"/mijn/aanbod/{offer.pk}").content.decode()
        browser.post(f"/mijn/aanbod/{offer.pk}", {"antwoord": answer, "oude_praktijk": "ja"})
        assert Consent.objects.filter(kind="name_new_practice", person=person).count() == expected


def test_enrolling_at_once_asks_it_and_a_box_left_empty_takes_an_earlier_yes_back(
    fatima: Person, here: Practice, there: Practice
) -> None:
    browser = browser_of(fatima)
    request = filed(browser, fatima, there, oude_praktijk="ja")
    page = browser.get(f"/mijn/verzoek/{request.pk}/nu/{there.slug}")
    assert page.context["naming"].is_allowed
    browser.post(f"/mijn/verzoek/{request.pk}/nu/{there.slug}", {})
    assert named_at(here) == {"Fatima": False}
    kinds = AuditEvent.objects.filter(person_id=fatima.pk, facts__consent="name_new_practice").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["consent_given", "consent_withdrawn"]


def test_who_joins_says_it_for_themselves_and_nobody_says_it_for_another_adult(
    fatima: Person, here: Practice, there: Practice
) -> None:
    joris = a_person(fatima.household, given_name="Joris", enrolled_at=here)
    request = a_request(fatima, members=[fatima, joris], wishes=[there], consented=False)
    say_naming(SYSTEM, request.pk, by=fatima, is_allowed=True, at=AT)
    browser = browser_of(joris)
    assert not browser.get(f"/mijn/meedoen/{request.pk}").context["naming"].is_allowed
    browser.post(f"/mijn/meedoen/{request.pk}", {"antwoord": "ja"})
    admit_at_once(SYSTEM, request.pk, there.pk, at=AT)
    assert named_at(here) == {"Fatima": True, "Joris": False}


def test_a_parent_says_it_for_a_small_child_and_together_with_one_of_thirteen(
    fatima: Person, here: Practice, there: Practice
) -> None:
    small, teenager = (
        a_person(fatima.household, given_name=name, birth_date=born, parents=[fatima], enrolled_at=here)
        for name, born in (("Sami", date(2020, 1, 1)), ("Noor", date(2012, 6, 1)))
    )
    request = a_request(fatima, members=[fatima, small, teenager], wishes=[there])
    admit_at_once(SYSTEM, request.pk, there.pk, at=AT)
    page = browser_of(fatima).get(f"/mijn/oude-praktijk/{request.pk}").content.decode()
    assert "Noor" in page
    assert "Sami" in page
    say_naming(SYSTEM, request.pk, by=fatima, is_allowed=True, at=AT)
    assert named_at(here) == {"Fatima": True, "Sami": True, "Noor": False}
    say_naming(SYSTEM, request.pk, by=teenager, is_allowed=True, at=AT)
    assert named_at(here) == {"Fatima": True, "Sami": True, "Noor": True}


def test_it_is_changed_at_mijn_as_long_as_the_old_practice_sees_the_leaver(
    fatima: Person, here: Practice, there: Practice, set_clock: SetClock
) -> None:
    request = a_request(fatima, wishes=[there])
    admit_at_once(SYSTEM, request.pk, there.pk, at=AT)
    browser, address = browser_of(fatima), f"/mijn/oude-praktijk/{request.pk}"
    assert address in browser.get("/mijn").content.decode()
    browser.post(address, {"oude_praktijk": "ja"})
    assert named_at(here) == {"Fatima": True}
    carry_out(SYSTEM, request.pk, at=days_after(14))
    set_clock(days_after(20))
    assert address in browser.get("/mijn").content.decode()
    page = browser.post(address, {}, follow=True).content.decode()
    assert "hoort niet naar welke praktijk u gaat" in page
    assert named_at(here) == {"Fatima": False}
    set_clock(days_after(14 + 29))
    assert address not in browser.get("/mijn").content.decode()


def test_nobody_learns_where_a_protected_housemate_goes_from_who_moves_along(
    fatima: Person, here: Practice, there: Practice
) -> None:
    hidden = a_person(fatima.household, given_name="Lotte", is_protected=True, enrolled_at=here)
    request = a_request(fatima, members=[fatima, hidden], wishes=[there])
    say_naming(SYSTEM, request.pk, by=fatima, is_allowed=True, at=AT)
    admit_at_once(SYSTEM, request.pk, there.pk, at=AT)
    assert named_at(here) == {"Fatima": False, "Lotte": False}


def test_a_stranger_says_nothing_about_it(fatima: Person, there: Practice) -> None:
    request, stranger = a_request(fatima, wishes=[there]), a_person()
    browser = browser_of(stranger)
    assert browser.get(f"/mijn/oude-praktijk/{request.pk}").status_code == 404
    assert browser.post(f"/mijn/oude-praktijk/{request.pk}", {"oude_praktijk": "ja"}).status_code == 404
    with pytest.raises(Refusal) as refused:
        say_naming(a_citizen(fatima), request.pk, by=stranger, is_allowed=True, at=AT)
    assert refused.value.code is RefusalCode.NOT_YOUR_TURN


def test_an_offer_answered_without_the_question_leaves_what_was_said_before(fatima: Person) -> None:
    wanted = a_practice(free=1)
    request = a_request(fatima, wishes=[wanted])
    say_naming(SYSTEM, request.pk, by=fatima, is_allowed=True, at=AT)
    offer = offer_to_first(SYSTEM, wanted.pk, at=AT)
    assert offer is not None
    answer_offer(SYSTEM, offer.pk, person=fatima, answered_by=fatima, says_yes=True, at=hours_after(1))
    assert Consent.objects.filter(kind="name_new_practice", withdrawn_at=None).count() == 1
