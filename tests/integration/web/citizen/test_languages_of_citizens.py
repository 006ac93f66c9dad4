# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""In each language of citizens: pages, what binds beside them, messages, errors; and never for who is at work."""

import pytest
from django.conf import settings
from django.test import Client
from tests.builders import AT, SYSTEM, a_citizen, a_person, a_practice, a_request
from tests.integration.web.citizen.logged_in import browser_of
from tests.integration.web.coordinator.at_work import staff_browser
from tests.unit.web.page import Element, parse

from huisartsplek.accounts.roles import Role
from huisartsplek.notices.models import Notice
from huisartsplek.notices.texts import message_of
from huisartsplek.people.language import choose_language
from huisartsplek.people.models import Consent
from huisartsplek.requests.services import admit_at_once

pytestmark = pytest.mark.django_db

UNREAD = [tongue.code for tongue in settings.TONGUES if not tongue.is_complete]


def page_of(browser: Client, address: str) -> Element:
    return parse(browser.get(address).content.decode())


@pytest.mark.parametrize("language", UNREAD)
def test_a_browser_that_asks_for_a_language_gets_it_and_dutch_is_one_step_away(language: str) -> None:
    page = page_of(Client(headers={"accept-language": f"{language},en;q=0.5"}), "/")
    assert page.one("html").attrs["lang"] == language
    assert page.one("a", hreflang="nl").text == "Nederlands"
    assert "Zoek huisartsen" not in page.one("main").text


@pytest.mark.parametrize("language", ["ar"])
def test_what_one_says_yes_to_about_the_record_stands_in_dutch_beside_the_translation(language: str) -> None:
    here, there = a_practice(name="Praktijk De Brink"), a_practice(free=1, name="Praktijk Zilverschoon")
    person = a_person(enrolled_at=here)
    (move,) = admit_at_once(SYSTEM, a_request(person, wishes=[there]).pk, there.pk, at=AT)
    browser, address = browser_of(person), f"/mijn/overstap/{move.pk}/dossier?taal={language}"
    shown = page_of(browser, address).one("main")
    beside = shown.one("div", class_="hp-binding")
    dutch = "Mijn medisch dossier mag naar mijn nieuwe huisarts. Praktijk De Brink mag het sturen"
    assert beside.one("p", lang="nl").text.startswith(dutch)
    assert beside.one("details", lang="en").one("p").text.startswith("My medical record may go to my new GP.")
    assert dutch not in shown.text.replace(beside.text, "")
    browser.post(address, {"antwoord": "ja"})
    assert Consent.objects.get(kind="record_transfer").wording.startswith(dutch)


def test_a_message_comes_in_the_language_of_who_gets_it() -> None:
    person, practice = a_person(), a_practice(free=1)
    choose_language(a_citizen(person), person, "uk", at=AT)
    admit_at_once(SYSTEM, a_request(person, wishes=[practice]).pk, practice.pk, at=AT)
    notice = Notice.objects.get(person_id=person.pk)
    assert notice.language == "uk"
    subjects = set()
    for tongue in settings.TONGUES:
        notice.language = tongue.code
        subjects.add(message_of(notice).subject)
        assert "Huisartsplek" in message_of(notice).body
    assert len(subjects) == len(settings.TONGUES)


@pytest.mark.parametrize("language", UNREAD)
def test_an_error_is_told_in_the_language_too(language: str) -> None:
    page = page_of(Client(), f"/bestaat-niet?taal={language}")
    assert page.one("html").attrs["lang"] == language
    assert page.one("h1").text != "Deze pagina bestaat niet"


@pytest.mark.parametrize("language", ["ar", "pl"])
def test_who_is_at_work_reads_dutch_or_english_whatever_they_chose(language: str) -> None:
    browser = staff_browser(Role.PRIVACY_OFFICER)
    for address in ("/logboek", "/"):
        page = page_of(browser, f"{address}?taal={language}")
        assert (page.one("html").attrs["lang"], page.one("html").attrs["dir"]) == ("nl", "ltr")
        assert [link.text for link in page.all("a") if "hreflang" in link.attrs] == ["English"]
    page = parse(browser.get("/logboek", headers={"accept-language": f"{language},en"}).content.decode())
    assert page.one("html").attrs["lang"] == "en"


@pytest.mark.parametrize("language", ["ar"])
def test_the_api_speaks_dutch_or_english(language: str) -> None:
    answer = Client(headers={"accept-language": language}).get("/api/v1/practices", {"postcode": "?"})
    assert answer["Content-Language"] == "nl"
