# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen's page is there for its owner; for another citizen and for staff it does not exist."""

from uuid import UUID

import pytest
from django.test import Client
from tests.builders import AT, SYSTEM, a_household, a_person, a_practice, a_region, a_request, hours_after
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, published
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of, browser_of_staff

from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Move
from huisartsplek.people.models import Person
from huisartsplek.requests.models import OfferAnswer, Request, RequestMember
from huisartsplek.requests.offers import offer_to_first

pytestmark = pytest.mark.django_db

OWN_PAGES = (
    "/mijn",
    "/mijn/gegevens",
    "/mijn/huisarts",
    "/mijn/verzoek",
    "/mijn/berichten",
    "/mijn/inzage",
)


@pytest.fixture
def owner() -> Person:
    return a_person()


@pytest.fixture
def object_pages(owner: Person) -> list[str]:
    """Every page about one thing of the owner's."""
    practice = a_practice(free=1)
    request = a_request(owner, wishes=[practice, other := a_practice(free=3)])
    offer = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert offer is not None
    return [
        f"/mijn/verzoek/{request.pk}/erbij/{a_practice().slug}",
        f"/mijn/verzoek/{request.pk}/stoppen",
        f"/mijn/verzoek/{request.pk}/nu/{other.slug}",
        f"/mijn/meedoen/{request.pk}",
        f"/mijn/aanbod/{offer.pk}",
    ]


@pytest.mark.parametrize("url", OWN_PAGES)
def test_a_stranger_is_sent_to_log_in_and_back(url: str) -> None:
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen?next=%2Fmijn")


@pytest.mark.parametrize("url", OWN_PAGES)
def test_a_citizen_opens_their_own_page(url: str, owner: Person) -> None:
    answer = browser_of(owner).get(url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", OWN_PAGES)
def test_for_staff_a_citizens_page_does_not_exist(url: str) -> None:
    assert browser_of_staff().get(url).status_code == 404


def test_a_thing_of_ones_own_opens_and_nobody_elses_does(object_pages: list[str], owner: Person) -> None:
    own, other, staff = browser_of(owner), browser_of(a_person()), browser_of_staff()
    for url in object_pages:
        assert own.get(url).status_code in {200, 302}, url
        assert other.get(url).status_code == 404, url
        assert staff.get(url).status_code == 404, url
        assert Client().get(url).status_code == 302, url


def test_nobody_acts_on_what_is_not_theirs(object_pages: list[str], owner: Person) -> None:
    other, staff = browser_of(a_person()), browser_of_staff()
    before = list(Request.objects.values_list("state", "version"))
    for url in object_pages:
        for answer in ("ja", "nee"):
            assert other.post(url, {"antwoord": answer, "gezien": "1"}).status_code == 404, url
            assert staff.post(url, {"antwoord": answer, "gezien": "1"}).status_code == 404, url
    request = Request.objects.get()
    wish = request.wishes.first()
    assert wish is not None
    assert other.post(f"/mijn/verzoek/{request.pk}/wens/{wish.practice_id}/lager?gezien=1").status_code == 404
    assert list(Request.objects.values_list("state", "version")) == before
    assert not OfferAnswer.objects.exists()
    assert not Move.objects.exists()
    assert RequestMember.objects.filter(person=owner, is_open=True).exists()


def test_a_round_and_its_proof_open_for_who_took_part_only(set_clock: SetClock) -> None:
    region = a_region()
    first, _second, *_ = a_swap(region)
    round_ = published(region)
    set_clock(PUBLISHED_AT)
    own, other, staff = browser_of(first.person), browser_of(a_person()), browser_of_staff()
    for url in (f"/mijn/rondes/{round_.pk}", f"/mijn/rondes/{round_.pk}/bewijs"):
        assert own.get(url).status_code == 200
        assert other.get(url).status_code == 404
        assert staff.get(url).status_code == 404


@pytest.mark.parametrize("path", ["aanbod", "meedoen", "rondes"])
def test_what_was_never_there_is_not_found(path: str, owner: Person) -> None:
    assert browser_of(owner).get(f"/mijn/{path}/{UUID(int=7)}").status_code == 404


def test_a_protected_member_stays_out_of_sight_of_the_household(owner: Person) -> None:
    hidden = a_person(owner.household, given_name="Verborgen", is_protected=True)
    assert b"Verborgen" not in browser_of(owner).get("/mijn").content
    assert b"Verborgen" not in browser_of(owner).get("/mijn/verzoek").content
    assert b"Verborgen" in browser_of(hidden).get("/mijn").content


def test_reading_about_a_housemate_is_recorded(owner: Person) -> None:
    mate = a_person(owner.household)
    browser_of(owner).get("/mijn")
    assert AuditEvent.objects.filter(kind="person_read", person_id=mate.pk).exists()
    assert not AuditEvent.objects.filter(kind="person_read", person_id=owner.pk).exists()


def test_a_housemate_from_another_request_cannot_open_what_is_not_theirs() -> None:
    household = a_household()
    filer, mate = a_person(household), a_person(household)
    request = a_request(filer, wishes=[a_practice()])
    assert browser_of(mate).get(f"/mijn/verzoek/{request.pk}/stoppen").status_code == 404
    assert "Uw wensen" not in browser_of(mate).get("/mijn").content.decode()


def test_the_clock_of_the_pages_is_the_one_that_was_set(owner: Person, set_clock: SetClock) -> None:
    set_clock(hours_after(48))
    browser_of(owner).get("/mijn/inzage")
    assert AuditEvent.objects.filter(kind="log_read", at=hours_after(48)).exists()
