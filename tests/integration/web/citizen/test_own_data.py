# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/gegevens`: what can be corrected by oneself, and how."""

import pytest
from tests.builders import AT, SYSTEM, a_citizen, a_person, a_practice, a_request
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.audit.models import AuditEvent
from huisartsplek.people.bsn import store_bsn
from huisartsplek.people.contact import change_contact
from huisartsplek.people.correcting import NameAndHome, correct_name_and_home
from huisartsplek.people.models import Person
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.values import Bsn

pytestmark = pytest.mark.django_db
URL = "/mijn/gegevens/bericht"


def test_how_one_is_reached_is_changed_by_oneself_and_stands_in_the_log() -> None:
    person = a_person()
    browser = browser_of(person)
    answer = browser.post(URL, {"email": "nieuw@voorbeeld.example", "channel": "letter"}, follow=True)
    assert "Zo krijgt u voortaan bericht" in answer.content.decode()
    person.refresh_from_db()
    assert (person.email, person.channel) == ("nieuw@voorbeeld.example", "letter")
    changes = AuditEvent.objects.filter(kind="person_changed", person_id=person.pk)
    assert sorted(line.facts["field"] for line in changes) == ["channel", "email"]
    browser.post(URL, {"email": "nieuw@voorbeeld.example", "channel": "letter"})
    assert changes.count() == 2, "the same again leaves no trace"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "geen adres", "channel": "email"}, "Vul een e-mailadres in zoals"),
        ({"email": "", "channel": "email"}, "of kies voor brieven"),
        ({"email": "a@b.nl", "channel": "duif"}, "Kies e-mail of brief"),
    ],
)
def test_a_fault_is_told_and_changes_nothing(typed: dict[str, str], said: str) -> None:
    person = a_person()
    page = browser_of(person).post(URL, typed).content.decode()
    assert said in page
    assert "Fout:" in page
    assert typed["email"] in page
    assert Person.objects.get(pk=person.pk).email == person.email


def test_nobody_changes_how_somebody_else_is_reached() -> None:
    person = a_person()
    with pytest.raises(Refusal):
        change_contact(
            a_citizen(a_person(person.household)), person, email="", channel=Person.Channel.LETTER, at=AT
        )
    with pytest.raises(Refusal):
        change_contact(SYSTEM, person, email="", channel=Person.Channel.EMAIL, at=AT)


def test_the_page_says_what_comes_from_where_and_what_was_said_yes_to() -> None:
    person = a_person()
    page = browser_of(person).get("/mijn/gegevens").content.decode()
    assert "U hebt nu nergens ja op gezegd" in page
    assert "uw praktijk bevestigt die" in page
    assert "Uw BSN hebben wij niet" in page
    assert "Wij bewaren uw BSN" not in page
    store_bsn(SYSTEM, person, Bsn.parse("999990019"), AT)
    page = browser_of(person).get("/mijn/gegevens").content.decode()
    assert "Het staat in geen enkel bestand" in page
    a_request(person, wishes=[a_practice()])
    page = browser_of(person).get("/mijn/gegevens").content.decode()
    assert "Meedoen met een verzoek" in page


CORRECT = "/mijn/gegevens/verbeteren"


def test_name_and_address_are_corrected_by_oneself_and_the_log_says_what() -> None:
    person = a_person(postcode="2514GL")
    browser = browser_of(person)
    form = {
        "given_name": "Ayşe",
        "family_name": person.family_name,
        "postcode": "7411 AA",
        "house_number": "12 B",
        "moved_in_on": "01-2026",
    }
    answer = browser.post(CORRECT, form, follow=True).content.decode()
    assert "Uw gegevens zijn bewaard" in answer
    assert "7411 AA 12 B" in answer
    person.refresh_from_db()
    assert (person.given_name, person.postcode, person.house_number) == ("Ayşe", "7411AA", "12 B")
    assert person.birth_date is not None
    fields = AuditEvent.objects.filter(kind="person_changed", person_id=person.pk)
    told = set(fields.values_list("facts__field", flat=True))
    assert {"given_name", "postcode", "house_number", "place", "moved_in_on"} <= told
    assert "family_name" not in told
    before = fields.count()
    browser.post(CORRECT, form)
    assert fields.count() == before, "the same again leaves no trace"
    assert 'value="7411 AA"' in browser.get(CORRECT).content.decode()
    faults = browser.post(CORRECT, {**form, "postcode": "25l4", "given_name": ""}).content.decode()
    assert "Vul uw voornaam in" in faults
    assert "Vul een postcode in met 4 cijfers en 2 letters" in faults


def test_nobody_corrects_somebody_else() -> None:
    person = a_person()
    said = NameAndHome("A", "B", "2514GL", "1", "", None, None, None)
    with pytest.raises(Refusal):
        correct_name_and_home(a_citizen(a_person(person.household)), person, said, at=AT)
    assert Person.objects.get(pk=person.pk).given_name != "A"
