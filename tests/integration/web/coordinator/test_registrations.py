# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A coordinator decides with the person about a registration that the new practice never made."""

import pytest
from django.test import Client
from tests.builders import a_person, a_practice, a_region, days_after
from tests.integration.enrolments.late import overdue, with_the_coordinator
from tests.integration.web.citizen.conftest import SetClock
from tests.integration.web.citizen.logged_in import browser_of
from tests.integration.web.coordinator.at_work import coordinator_of
from tests.unit.web.page import Element, parse

from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Enrolment, Move
from huisartsplek.practices.models import Places

pytestmark = pytest.mark.django_db
LIST = "/regio/inschrijvingen"
DECIDED_AT = days_after(43)


@pytest.fixture(autouse=True)
def on_the_day(set_clock: SetClock) -> None:
    """Look after the term of the practice."""
    set_clock(DECIDED_AT)


def main_of(client: Client, url: str) -> Element:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return parse(answer.content.decode()).one("main")


def post(client: Client, url: str, **form: str) -> str:
    answer = client.post(url, form, follow=True)
    assert answer.status_code == 200
    return parse(answer.content.decode()).one("main").text


def page_of(move: Move) -> str:
    return f"{LIST}/{move.pk}"


def test_the_list_says_who_waits_and_each_of_them_can_see_that_it_was_read() -> None:
    region = a_region()
    wanted = a_practice(free=3, region=region, name="Praktijk De Linde")
    person, move = with_the_coordinator(a_practice(name="Praktijk Vroeger"), wanted)
    overdue(a_practice(), wanted)
    client = coordinator_of(region)
    words = main_of(client, LIST).text
    assert person.full_name in words
    assert "Praktijk De Linde" in words
    assert "nog aan de praktijk om vast te leggen: minder dan 10" in words
    assert LIST in client.get("/regio").content.decode(), "it is reached from what waits too long"
    listed = AuditEvent.objects.filter(kind="people_listed", facts__view="region_registrations")
    assert [event.person_id for event in listed] == [person.pk], "who is late at the practice is counted only"
    words = main_of(client, page_of(move)).text
    assert "Praktijk Vroeger" in words
    assert person.email in words
    assert AuditEvent.objects.filter(kind="person_read", person_id=person.pk, facts__view="region_registration")


def test_a_protected_person_has_a_code_and_no_name_address_or_practice() -> None:
    region = a_region()
    here, wanted = a_practice(name="Praktijk Vroeger"), a_practice(free=1, region=region, name="Praktijk De Linde")
    person, move = with_the_coordinator(here, wanted, is_protected=True)
    client = coordinator_of(region)
    for url in (LIST, page_of(move), f"{page_of(move)}/terug", f"{page_of(move)}/meer-tijd"):
        page = client.get(url).content.decode()
        assert move.pk.hex[:6].upper() in page, url
        hidden = (person.family_name, person.email, person.postcode, here.name, wanted.name)
        assert [one for one in hidden if one in page] == [], url


@pytest.mark.parametrize("is_protected", [True, False])
def test_the_person_reads_the_code_that_the_coordinator_asks_for_and_nobody_else_does(is_protected: bool) -> None:
    region = a_region()
    person, move = with_the_coordinator(None, a_practice(free=1, region=region), is_protected=is_protected)
    at_home, code = a_person(person.household), move.pk.hex[:6].upper()
    assert code in main_of(browser_of(person), "/mijn").text
    assert code not in main_of(browser_of(at_home), "/mijn").text
    coordinator = coordinator_of(region)
    assert code in main_of(coordinator, page_of(move)).text
    post(coordinator, f"{page_of(move)}/terug", gesproken="on")
    assert code not in main_of(browser_of(person), "/mijn").text


def test_back_to_the_old_practice_in_the_name_of_the_person_and_not_without_a_talk() -> None:
    region = a_region()
    here, wanted = a_practice(), a_practice(free=1, region=region)
    person, move = with_the_coordinator(here, wanted)
    client = coordinator_of(region)
    assert "Het kan niet meer terug" in main_of(client, f"{page_of(move)}/terug").text
    words = post(client, f"{page_of(move)}/terug")
    assert "Zet een kruisje" in words
    move.refresh_from_db()
    assert move.state == "with_coordinator"
    assert "terug bij de situatie" in post(client, f"{page_of(move)}/terug", gesproken="on")
    assert Enrolment.objects.get(person=person, ends_on=None).practice == here
    assert Places.objects.get(pk=wanted.pk).free == 1
    event = AuditEvent.objects.get(kind="advanced", facts__event="return")
    assert (event.on_behalf_of, event.facts["reason"]) == (person.pk, "spoken_with_person")


def test_more_time_for_the_new_practice() -> None:
    region = a_region()
    wanted = a_practice(free=1, region=region)
    _, move = with_the_coordinator(a_practice(), wanted)
    client = coordinator_of(region)
    assert "nog 14 dagen" in post(client, f"{page_of(move)}/meer-tijd", gesproken="on")
    move.refresh_from_db()
    assert move.state == "overdue"
    assert "hoeft u niets meer te beslissen" in post(client, f"{page_of(move)}/terug", gesproken="on")
    move.refresh_from_db()
    assert move.state == "overdue", "it is the practice's again"


def test_who_had_no_practice_reads_so_before_the_decision() -> None:
    region = a_region()
    _, move = with_the_coordinator(None, a_practice(free=1, region=region))
    assert "had geen huisarts" in main_of(coordinator_of(region), f"{page_of(move)}/terug").text


@pytest.mark.parametrize("act", ["", "/terug", "/meer-tijd"])
def test_a_registration_of_another_region_does_not_exist(act: str) -> None:
    _, move = with_the_coordinator(a_practice(), a_practice(free=1))
    client = coordinator_of(a_region())
    assert client.get(f"{page_of(move)}{act}").status_code == 404
    if act:
        assert client.post(f"{page_of(move)}{act}", {"gesproken": "on"}).status_code == 404
    assert "Er wacht niets op uw beslissing" in main_of(client, LIST).text
    move.refresh_from_db()
    assert move.state == "with_coordinator"
