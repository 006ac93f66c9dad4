# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A daughter with a mandate does everything for her father of 82, as long as her login says so."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import AT, SYSTEM, a_citizen, a_person, a_practice, a_request
from tests.integration.web.citizen.logged_in import client_of

from huisartsplek.accounts.models import User
from huisartsplek.accounts.session import _ANSWER, _sealed
from huisartsplek.audit.models import AuditEvent
from huisartsplek.demo.bsns import demo_bsn
from huisartsplek.integrations.login.port import Audience, LoginAnswer, Represented
from huisartsplek.people.bsn import find_by_bsn, store_bsn
from huisartsplek.people.models import Consent, Person
from huisartsplek.requests.models import OfferAnswer, Request
from huisartsplek.requests.offers import offer_to_first

pytestmark = pytest.mark.django_db
HERS, HIS, UNKNOWN, PROTECTED, CHILDS = (demo_bsn(number).reveal() for number in range(5))


@pytest.fixture
def father() -> Person:
    person = a_person(given_name="Hendrik", family_name="Bejaard", birth_date=date(1943, 5, 1))
    store_bsn(SYSTEM, person, demo_bsn(1), AT)
    return person


@pytest.fixture
def daughter() -> Person:
    return a_person(given_name="Hanna", family_name="Machtig")


def logged_in(person: Person, *represents: str) -> Client:
    """Log somebody in, whose login says for whom they may act."""
    user = User.objects.filter(person_id=person.pk).first()
    if user is None:
        user = User.objects.get(pk=str(a_citizen(person).user_id))
        user.person_id = person.pk
        user.save()
    browser = client_of(user)
    people = tuple(Represented(bsn=bsn) for bsn in represents)
    answer = LoginAnswer(Audience.CITIZEN, user.issuer, user.subject, "substantial", bsn=HERS, represents=people)
    session = browser.session
    session[_ANSWER] = _sealed(answer, user)
    session.save()
    return browser


def acting(daughter: Person, *represents: str) -> Client:
    browser = logged_in(daughter, *represents)
    assert browser.post("/mijn/namens", {"voor": "1"})["Location"] == "/mijn"
    return browser


def test_from_login_to_filing_waiting_and_answering_she_acts_and_the_log_says_for_whom(
    daughter: Person, father: Person
) -> None:
    practice = a_practice(free=1, name="Praktijk Voorvader")
    browser = logged_in(daughter, HIS)
    assert "Kies voor wie u hier bent" in browser.get("/mijn").content.decode()
    choice = browser.get("/mijn/namens").content.decode()
    assert "Handel voor Hendrik Bejaard" in choice
    assert HIS not in choice
    browser.post("/mijn/namens", {"voor": "1"})
    home = browser.get("/mijn").content.decode()
    assert "U helpt: Hendrik Bejaard" in home
    assert "Hanna" not in home
    browser.get("/mijn/verzoek", {"wens": practice.slug})
    form = browser.get("/mijn/verzoek")
    key = re.search(r'name="key" value="([^"]+)"', form.content.decode())
    assert key
    sent = {"key": key[1], "members": [str(father.pk)], "wens": [practice.slug]}
    assert "Uw verzoek is gedaan" in browser.post("/mijn/verzoek", sent, follow=True).content.decode()
    request = Request.objects.get()
    assert (request.filed_by_id, request.household_id) == (father.pk, father.household_id)
    assert "Praktijk Voorvader" in browser.get("/mijn").content.decode()
    offer = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert offer is not None
    assert browser.get("/mijn").context["task"].kind == "offer"
    browser.post(f"/mijn/aanbod/{offer.pk}", {"antwoord": "ja"})
    answer = OfferAnswer.objects.get()
    assert (answer.person_id, answer.says_yes) == (father.pk, True)
    assert Consent.objects.filter(person=father, given_by=father, withdrawn_at__isnull=True).exists()
    user_id = User.objects.get(person_id=daughter.pk).pk
    events = AuditEvent.objects.filter(person_id=father.pk, actor_id=user_id)
    assert {"acted_for", "request_filed", "consent_given", "offer_answered", "move_planned"} <= set(
        events.values_list("kind", flat=True)
    )
    assert set(events.values_list("on_behalf_of", "ground")) == {(father.pk, "mandate")}
    assert not AuditEvent.objects.filter(person_id=daughter.pk, kind="request_filed").exists()
    his = logged_in(father).get("/mijn/inzage").content.decode()
    assert "Iemand met een machtiging" in his
    assert "Hanna" not in his


def test_it_ends_with_a_click_with_the_session_and_when_the_login_says_it_no_more(
    daughter: Person, father: Person
) -> None:
    request = a_request(father, wishes=[a_practice()])
    page = f"/mijn/verzoek/{request.pk}/stoppen"
    browser = acting(daughter, HIS)
    assert browser.get(page).status_code == 200
    browser.post("/mijn/namens", {"voor": "zelf"})
    assert browser.get(page).status_code == 404
    assert "U helpt" not in browser.get("/mijn").content.decode()
    ended = AuditEvent.objects.filter(kind="acted_for", person_id=father.pk).order_by("-pk").first()
    assert ended is not None
    assert ended.facts["begins"] is False
    again = logged_in(daughter)
    assert again.post("/mijn/namens", {"voor": "1"}, follow=True).context["mandates"] == []
    assert again.get(page).status_code == 404
    assert "geen machtiging" in again.get("/mijn/namens").content.decode()


@pytest.mark.parametrize("wanted", ["0", "2", "-1", "x", "", "9" * 400, "²"])
def test_nobody_acts_for_whom_the_login_does_not_name(wanted: str, daughter: Person, father: Person) -> None:
    request = a_request(father, wishes=[a_practice()])
    browser = logged_in(daughter, HIS)
    assert browser.post("/mijn/namens", {"voor": wanted}).status_code in {302, 404}
    assert browser.get(f"/mijn/verzoek/{request.pk}/stoppen").status_code == 404


def test_who_is_not_known_here_yet_is_described_first_and_found_by_their_own_login_later(daughter: Person) -> None:
    browser = logged_in(daughter, UNKNOWN)
    assert f"eindigt op {UNKNOWN[-2:]}" in browser.get("/mijn/namens").content.decode()
    assert Person.objects.count() == 1, "looking makes nobody known"
    browser.post("/mijn/namens", {"voor": "1"})
    assert browser.get("/mijn")["Location"] == "/mijn/gegevens"
    told = {
        "given_name": "Toos",
        "family_name": "Nieuw",
        "birth_date": "1-5-1940",
        "postcode": "2514GL",
        "house_number": "3",
        "moved_in_on": "1-1-2020",
        "email": "toos@voorbeeld.example",
    }
    assert "Uw gegevens zijn bewaard" in browser.post("/mijn/gegevens", told, follow=True).content.decode()
    person = find_by_bsn(demo_bsn(2))
    assert person is not None
    assert (person.given_name, person.pk == daughter.pk) == ("Toos", False)


def test_not_for_a_child_a_protected_person_or_somebody_who_died_and_the_page_tells_them_not_apart(
    daughter: Person,
) -> None:
    child = a_person(given_name="Kindlief", birth_date=date(2013, 1, 1))
    hidden = a_person(given_name="Kanarie", is_protected=True)
    store_bsn(SYSTEM, child, demo_bsn(4), AT)
    store_bsn(SYSTEM, hidden, demo_bsn(3), AT)
    for bsn in (PROTECTED, CHILDS):
        browser = logged_in(daughter, bsn)
        page = browser.get("/mijn/namens").content.decode()
        assert "Voor deze persoon kan het hier niet" in page
        assert "Kindlief" not in page
        assert "Kanarie" not in page
        browser.post("/mijn/namens", {"voor": "1"})
        assert "U helpt" not in browser.get("/mijn").content.decode()


def test_once_somebody_is_protected_who_acted_for_them_sees_nothing_any_more(
    daughter: Person, father: Person
) -> None:
    browser = acting(daughter, HIS)
    Person.objects.filter(pk=father.pk).update(is_protected=True)
    for page in ("/mijn", "/mijn/inzage", "/mijn/gegevens", "/mijn/gegevens/meenemen/json"):
        answer = browser.get(page)
        assert answer.status_code in {302, 403, 404}, page
        assert "Hendrik" not in answer.content.decode()
    assert browser.get("/mijn/namens").status_code == 200


def test_a_draft_and_a_code_of_the_one_are_not_shown_to_the_other(daughter: Person, father: Person) -> None:
    del father
    browser = logged_in(daughter, HIS)
    practice = a_practice(name="Praktijk Concept")
    browser.get("/mijn/verzoek", {"wens": practice.slug})
    browser.post("/mijn/huishouden/code-maken")
    browser.post("/mijn/namens", {"voor": "1"})
    assert "Praktijk Concept" not in browser.get("/mijn/verzoek").content.decode()
    assert browser.get("/mijn/huishouden").context["codes"] == []


def test_what_deletes_somebodys_data_asks_their_own_login(daughter: Person, father: Person) -> None:
    browser = acting(daughter, HIS)
    assert browser.post(reverse("citizen:erasing"), {"antwoord": "verwijder"})["Location"] == "/mijn/gegevens"
    father.refresh_from_db()
    assert father.given_name == "Hendrik"
