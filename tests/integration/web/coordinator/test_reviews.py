# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking a person to look at an outcome, and the coordinator's answer: on both pages, without a name."""

from datetime import date
from uuid import uuid4

import pytest
from tests.builders import AT, CLOSED, COORDINATOR, OPEN, a_household, a_person, a_practice, a_region, a_request
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, computed
from tests.integration.web.citizen.logged_in import browser_of
from tests.integration.web.coordinator.at_work import coordinator_of
from tests.integration.web.coordinator.conftest import SetClock

from huisartsplek.audit.models import AuditEvent
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice, Region
from huisartsplek.requests.models import Request, Review
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rules.intake import Clause, IntakePolicy, LivesIn, PartialStop, StopReason

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_the_builders_moment(set_clock: SetClock) -> None:
    set_clock(AT)


@pytest.fixture
def region() -> Region:
    return a_region()


@pytest.fixture
def practice(region: Region) -> Practice:
    return a_practice(CLOSED, region=region, name="Praktijk De Dam")


@pytest.fixture
def fatima() -> Person:
    return a_person(a_household(), given_name="Fatima", family_name="Zonneveld", postcode="2514GL")


@pytest.fixture
def request_(fatima: Person, practice: Practice) -> Request:
    return a_request(fatima, wishes=[practice])


def asking(request: Request, practice: Practice, outcome: str = "wens") -> str:
    return f"/mijn/verzoek/{request.pk}/meekijken/{outcome}/{practice.pk}"


def test_a_wish_that_a_rule_refuses_is_asked_about_answered_and_read(
    fatima: Person, request_: Request, practice: Practice, region: Region
) -> None:
    browser, at_work = browser_of(fatima), coordinator_of(region)
    address = asking(request_, practice)
    assert address in browser.get("/mijn").content.decode()
    assert "maandag 9 maart" in browser.get(address).content.decode()
    page = browser.post(address, {"waarom": "rule"}, follow=True).content.decode()
    assert "De wens voor Praktijk De Dam levert nu niets op" in page
    review = Review.objects.get()
    listing = at_work.get("/regio/beoordelingen").content.decode()
    assert review.pk.hex[:6].upper() in listing
    one = at_work.get(f"/regio/beoordelingen/{review.pk}").content.decode()
    for name in ("Fatima", "Zonneveld", "2514GL", "1980"):
        assert name not in listing
        assert name not in one
    assert "Dit huishouden mag niet" in one
    at_work.post(f"/regio/beoordelingen/{review.pk}", {"antwoord": "right_by_rule"})
    page = browser.get("/mijn").content.decode()
    assert "De uitkomst klopt. De regel van de praktijk laat dit nu niet toe." in page
    assert "Een mens heeft meegekeken" in browser.get("/mijn/berichten").content.decode()
    assert "Niemand in uw regio wacht op een antwoord" in at_work.get("/regio/beoordelingen").content.decode()


def test_reading_it_is_recorded_for_everybody_it_is_about(
    fatima: Person, practice: Practice, region: Region
) -> None:
    joris = a_person(fatima.household)
    request = a_request(fatima, members=[fatima, joris], wishes=[practice])
    browser_of(fatima).post(asking(request, practice), {"waarom": "unclear"})
    at_work, review = coordinator_of(region), Review.objects.get()
    at_work.get("/regio/beoordelingen")
    at_work.get(f"/regio/beoordelingen/{review.pk}")
    seen = AuditEvent.objects.filter(role="coordinator", facts__view="review").values_list("person_id", flat=True)
    assert set(seen) == {fatima.pk, joris.pk}
    assert AuditEvent.objects.get(facts__view="reviews").person_id == fatima.pk


def test_what_a_rule_weighs_stays_hidden_where_somebody_at_home_is_protected(region: Region) -> None:
    rule = PartialStop(admits=(Clause((LivesIn(((2511, 2513),)),)),))
    policy = IntakePolicy(rule=rule, valid_from=date(2020, 1, 1), swaps=False, stop_reason=StopReason.FULL_LIST)
    practice = a_practice(policy, region=region, free=1)
    shown, hidden = a_person(), a_person()
    a_person(hidden.household, is_protected=True)
    at_work = coordinator_of(region)
    for person, is_shown in ((shown, True), (hidden, False)):
        browser_of(person).post(asking(a_request(person, wishes=[practice]), practice), {"waarom": "rule"})
        review = Review.objects.get(asked_by=person)
        page = at_work.get(f"/regio/beoordelingen/{review.pk}").content.decode()
        assert ("U woont in 2514" in page) is is_shown


def test_the_outcome_of_a_round_is_asked_about_once_it_is_public(region: Region, set_clock: SetClock) -> None:
    seeker, *_ = a_swap(region)
    round_ = computed(region)
    browser = browser_of(seeker.person)
    address = f"/mijn/rondes/{round_.pk}/meekijken"
    assert browser.get(address).status_code == 404
    publish_round(COORDINATOR, round_.pk, at=PUBLISHED_AT)
    set_clock(PUBLISHED_AT)
    assert address in browser.get(f"/mijn/rondes/{round_.pk}").content.decode()
    browser.post(address, {"waarom": "order"})
    assert browser_of(a_person()).post(address, {"waarom": "order"}).status_code == 404
    review = Review.objects.get()
    assert (review.outcome, review.round_id, review.region) == ("round", round_.pk, region)
    at_work = coordinator_of(region)
    page = at_work.get(f"/regio/beoordelingen/{review.pk}").content.decode()
    assert "Kreeg een plek voor wens 1" in page
    at_work.post(f"/regio/beoordelingen/{review.pk}", {"antwoord": "right_by_order"})
    assert "Er waren mensen vóór u in de rij" in browser.get("/mijn").content.decode()


def test_a_refusal_at_once_leads_to_the_page_where_one_can_ask(fatima: Person, region: Region) -> None:
    practice = a_practice(OPEN, region=region)
    request = a_request(fatima, wishes=[practice])
    page = browser_of(fatima).post(f"/mijn/verzoek/{request.pk}/nu/{practice.slug}", {}, follow=True)
    assert "niet genoeg plek" in page.content.decode()
    assert asking(request, practice, "nu") in page.content.decode()


def test_a_form_without_a_reason_says_so_and_asks_nothing(
    fatima: Person, request_: Request, practice: Practice
) -> None:
    browser = browser_of(fatima)
    for sent in ({}, {"waarom": "ik heb pijn"}):
        page = browser.post(asking(request_, practice), sent)
        assert page.status_code == 200
        assert "Fout:" in page.content.decode()
    assert not Review.objects.exists()


def test_an_answer_that_is_none_of_the_list_changes_nothing(
    fatima: Person, request_: Request, practice: Practice, region: Region
) -> None:
    browser_of(fatima).post(asking(request_, practice), {"waarom": "rule"})
    at_work, review = coordinator_of(region), Review.objects.get()
    page = at_work.post(f"/regio/beoordelingen/{review.pk}", {"antwoord": "turn_restored"})
    assert page.status_code == 200
    review.refresh_from_db()
    assert review.state == "asked"


def test_who_asked_says_that_it_is_no_longer_needed(
    fatima: Person, request_: Request, practice: Practice, region: Region
) -> None:
    browser = browser_of(fatima)
    browser.post(asking(request_, practice), {"waarom": "rule"})
    review = Review.objects.get()
    assert browser_of(a_person()).post(f"/mijn/meekijken/{review.pk}/terug").status_code == 404
    browser.post(f"/mijn/meekijken/{review.pk}/terug")
    assert f"meekijken/{review.pk}" not in browser.get("/mijn").content.decode()
    at_work = coordinator_of(region)
    assert at_work.get(f"/regio/beoordelingen/{review.pk}").status_code == 302
    assert coordinator_of(a_region()).get(f"/regio/beoordelingen/{review.pk}").status_code == 404


def test_a_practice_that_does_not_exist_is_nothing_to_ask_about(fatima: Person, request_: Request) -> None:
    address = f"/mijn/verzoek/{request_.pk}/meekijken/wens/{uuid4()}"
    assert browser_of(fatima).get(address).status_code == 302
