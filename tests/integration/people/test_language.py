# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The language somebody chooses on a page is that of the messages they get."""

import pytest
from tests.builders import AT, SYSTEM, a_citizen, a_person, a_practice, a_request, hours_after
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.accounts.logins import admit
from huisartsplek.audit.models import AuditEvent
from huisartsplek.integrations.login.port import Audience, LoginAnswer
from huisartsplek.notices.models import Notice
from huisartsplek.notices.texts import message_of
from huisartsplek.people.language import choose_language
from huisartsplek.people.models import Person
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.rules.refusals import Refusal

pytestmark = pytest.mark.django_db


def a_notice(person: Person, hours: int) -> Notice:
    practice = a_practice(free=1)
    a_request(person, wishes=[practice])
    assert offer_to_first(SYSTEM, practice.pk, at=hours_after(hours)) is not None
    return Notice.objects.filter(person_id=person.pk).latest("state_since")


def test_who_switches_to_english_gets_the_next_message_in_english() -> None:
    person, other = a_person(), a_person()
    page = browser_of(person).post("/mijn/taal", {"taal": "en", "terug": "/mijn/berichten?pagina=2"}, follow=True)
    assert page.redirect_chain == [("/mijn/berichten?pagina=2&taal=en", 302)]
    assert page["Content-Language"] == "en"
    english, dutch = message_of(a_notice(person, 1)), message_of(a_notice(other, 2))
    assert (english.subject, dutch.subject) == ("There is news", "Er is nieuws")
    assert (english.body, dutch.body) == (
        "There is news. Log in to Huisartsplek.",
        "Er is nieuws. Log in op Huisartsplek.",
    )
    changed = AuditEvent.objects.get(kind="person_changed", facts__field="language")
    assert changed.person_id == person.pk


def test_every_page_of_who_is_logged_in_offers_the_switch_as_a_form_that_comes_back() -> None:
    person = a_person()
    browser = browser_of(person)
    for address in ("/mijn", "/mijn/inzage", "/huisartsen?postcode=2514GL", "/"):
        page = browser.get(address).content.decode()
        assert 'action="/mijn/taal"' in page, address
        assert f'name="terug" value="{address}"' in page.replace("\n", " "), address


@pytest.mark.parametrize(
    "back", ["https://elders.example/", "//elders.example", "/bestaat-niet", "", "javascript:1"]
)
def test_the_switch_leads_nowhere_else(back: str) -> None:
    answer = browser_of(a_person()).post("/mijn/taal", {"taal": "en", "terug": back})
    assert answer["Location"] == "/mijn?taal=en"


def test_a_language_that_we_do_not_write_is_none() -> None:
    person = a_person()
    assert browser_of(person).post("/mijn/taal", {"taal": "xx"}).status_code == 404
    assert browser_of(person).get("/mijn/taal").status_code == 405
    choose_language(SYSTEM, person, "xx", at=AT)
    person.refresh_from_db()
    assert person.language == "nl"


def test_the_same_language_again_changes_and_logs_nothing() -> None:
    person = a_person()
    choose_language(SYSTEM, person, "nl", at=AT)
    assert not AuditEvent.objects.filter(facts__field="language").exists()


def test_nobody_chooses_for_somebody_else() -> None:
    with pytest.raises(Refusal):
        choose_language(a_citizen(a_person()), a_person(), "en", at=AT)


@pytest.mark.parametrize(("chosen", "kept"), [("en", "en"), ("", "nl"), ("xx", "nl")])
def test_what_a_visitor_chose_before_logging_in_is_kept_at_the_login(chosen: str, kept: str) -> None:
    answer = LoginAnswer(
        audience=Audience.CITIZEN, issuer="https://login.example", subject="s-9", level="substantial", bsn=""
    )
    user = admit(answer, origin="test", at=AT, language=chosen)
    assert user.person_id is not None
    assert Person.objects.get(pk=user.person_id).language == kept
