# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""People see which organisation looked at their data and why; never which employee."""

import pytest
from django.db import transaction
from tests.builders import AT, a_person, a_practice
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.accounts.models import User
from huisartsplek.accounts.roles import Role
from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_READ
from huisartsplek.audit.models import AuditEvent
from huisartsplek.audit.services import record
from huisartsplek.people.models import Person

pytestmark = pytest.mark.django_db


def an_employee_reads(person: Person, organisation: str) -> None:
    practice = a_practice(name=organisation)
    user = User.objects.create(
        kind=User.Kind.STAFF, issuer="https://werk.example", subject="1", display_name="Bilal Demir", created_at=AT
    )
    user.role_grants.create(
        role=Role.PRACTICE_ASSISTANT, scope_type="practice", scope_id=practice.pk, granted_at=AT
    )
    actor = Actor.staff(user.pk, Role.PRACTICE_ASSISTANT, ground=Role.PRACTICE_ASSISTANT.ground)
    with transaction.atomic():
        record(PERSON_READ, actor=actor, at=AT, person=person.pk, view="arrivals")


def test_an_employee_is_named_by_practice_and_role_only() -> None:
    person = a_person()
    an_employee_reads(person, "Praktijk De Lindehof")
    text = browser_of(person).get("/mijn/inzage").content.decode()
    assert "Praktijk De Lindehof, assistent" in text
    assert "Uw gegevens bekeken" in text
    assert "voor uw zorg" in text
    assert "Bilal" not in text


def test_where_nobody_else_looked_it_says_only_you() -> None:
    page = browser_of(a_person()).get("/mijn/inzage")
    assert "Niemand keek in uw gegevens" in page.content.decode()
    assert "alleen uzelf" in page.content.decode()


def test_what_was_done_with_others_stays_out_of_it() -> None:
    an_employee_reads(a_person(), "Praktijk Elders")
    assert "Praktijk Elders" not in browser_of(a_person()).get("/mijn/inzage").content.decode()


def test_reading_the_log_is_in_the_log() -> None:
    person = a_person()
    browser = browser_of(person)
    browser.get("/mijn/inzage")
    assert AuditEvent.objects.filter(kind="log_read", person_id=person.pk).exists()
    assert "Dit overzicht bekeken" in browser.get("/mijn/inzage").content.decode()


def test_the_same_act_on_one_day_is_one_row_with_a_number() -> None:
    person = a_person()
    mate = browser_of(a_person(person.household))
    for _ in range(3):
        mate.get("/mijn")
    text = browser_of(person).get("/mijn/inzage").content.decode()
    assert "Iemand uit uw huishouden" in text
    assert "Uw gegevens bekeken, 3 keer" in text
