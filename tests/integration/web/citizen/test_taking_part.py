# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everybody who is asked says yes or no themselves; a no takes out who said it and leaves the rest alone."""

from datetime import date

import pytest
from tests.builders import a_household, a_person, a_practice, a_request
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.audit.models import AuditEvent
from huisartsplek.people.models import Consent, Person
from huisartsplek.requests.models import Request, RequestMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent() -> Person:
    return a_person(a_household(), given_name="Fatima")


@pytest.fixture
def girl(parent: Person) -> Person:
    return a_person(parent.household, given_name="Noor", birth_date=date(2013, 1, 1), parents=[parent])


@pytest.fixture
def request_of_two(parent: Person, girl: Person) -> Request:
    return a_request(parent, wishes=[a_practice()], members=[parent, girl], consented=False)


def members(request: Request) -> set[object]:
    return set(RequestMember.objects.filter(request=request, is_open=True).values_list("person_id", flat=True))


def test_a_girl_of_thirteen_is_asked_and_her_yes_completes_it(request_of_two: Request, girl: Person) -> None:
    browser = browser_of(girl)
    assert browser.get("/mijn").context["task"].kind == "consent"
    page = browser.get(f"/mijn/meedoen/{request_of_two.pk}")
    assert "Fatima wil samen naar een andere huisarts" in page.content.decode()
    done = browser.post(f"/mijn/meedoen/{request_of_two.pk}", {"antwoord": "ja"}, follow=True)
    assert "U zei ja" in done.content.decode()
    assert done.context["sections"][0].own.is_complete
    assert done.context["task"] is None


def test_her_no_takes_her_out_and_asks_who_filed_whether_to_go_on(
    request_of_two: Request, parent: Person, girl: Person
) -> None:
    since = request_of_two.since
    browser_of(girl).post(f"/mijn/meedoen/{request_of_two.pk}", {"antwoord": "nee"})
    assert members(request_of_two) == {parent.pk}
    assert not Consent.objects.filter(person=girl, given_by=girl, withdrawn_at__isnull=True).exists()
    assert AuditEvent.objects.filter(kind="child_stays", person_id=girl.pk).exists()
    assert browser_of(girl).get("/mijn").context["sections"] == []
    hers = browser_of(parent)
    home = hers.get("/mijn")
    assert home.context["task"].kind == "consent"
    assert "Een kind gaat niet mee. Wilt u verder zonder dit kind?" in home.content.decode()
    page = hers.get(f"/mijn/meedoen/{request_of_two.pk}").content.decode()
    assert "Wilt u verder zonder Noor?" in page
    hers.post(f"/mijn/meedoen/{request_of_two.pk}", {"antwoord": "ja"})
    assert "Uw verzoek doet mee" in hers.get("/mijn").content.decode()
    request_of_two.refresh_from_db()
    assert request_of_two.since == since


def test_the_no_of_who_is_sixteen_asks_nobody_anew(parent: Person) -> None:
    mate = a_person(parent.household, birth_date=date(2010, 3, 2))
    request = a_request(parent, wishes=[a_practice()], members=[parent, mate], consented=False)
    browser_of(mate).post(f"/mijn/meedoen/{request.pk}", {"antwoord": "nee"})
    assert members(request) == {parent.pk}
    assert browser_of(parent).get("/mijn").context["task"] is None


def test_the_no_of_the_last_one_ends_the_request(parent: Person) -> None:
    mate = a_person(parent.household)
    request = a_request(parent, wishes=[a_practice()], members=[mate], consented=False)
    browser_of(mate).post(f"/mijn/meedoen/{request.pk}", {"antwoord": "nee"})
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_a_parent_says_yes_for_a_child_that_somebody_else_took_along(parent: Person) -> None:
    uncle = a_person(parent.household)
    boy = a_person(parent.household, given_name="Sami", birth_date=date(2018, 1, 1), parents=[parent])
    request = a_request(uncle, wishes=[a_practice()], members=[uncle, boy], consented=False)
    browser = browser_of(parent)
    assert "Mag Sami mee met dit verzoek?" in browser.get(f"/mijn/meedoen/{request.pk}").content.decode()
    browser.post(f"/mijn/meedoen/{request.pk}", {"antwoord": "ja"})
    assert Consent.objects.filter(person=boy, given_by=parent, withdrawn_at__isnull=True).exists()


def test_who_is_not_asked_is_sent_home(request_of_two: Request, parent: Person) -> None:
    page = browser_of(parent).post(f"/mijn/meedoen/{request_of_two.pk}", {"antwoord": "nee"}, follow=True)
    assert "hoeft hier niets meer te doen" in page.content.decode()
    assert len(members(request_of_two)) == 2


@pytest.mark.parametrize("said", ["", "misschien", "ja" * 3000])
def test_an_answer_that_is_none_changes_nothing(request_of_two: Request, girl: Person, said: str) -> None:
    page = browser_of(girl).post(f"/mijn/meedoen/{request_of_two.pk}", {"antwoord": said})
    assert page.status_code == 200
    assert not Consent.objects.filter(given_by=girl).exists()
    assert len(members(request_of_two)) == 2
