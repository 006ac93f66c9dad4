# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody gets everything that is held about them, nothing of anybody else, and never a BSN."""

import json
import re
import zlib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from tests.builders import AT, SYSTEM, a_citizen, a_person, a_practice, a_region
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, published
from tests.integration.web.citizen.logged_in import browser_of, browser_of_staff

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.models import AuditEvent
from huisartsplek.people.bsn import store_bsn
from huisartsplek.people.models import Block, Person
from huisartsplek.privacy.export import SELF, SOMEBODY_ELSE, columns_of, everything_about
from huisartsplek.privacy.held import HELD, NOT_COPIED, WITHHELD
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.values import Bsn
from huisartsplek.web.citizen.held_words import COLUMNS, TABLES

BY_ID = {"person_id", "actor_id", "on_behalf_of", "by", "answered_by", "signed_by", "user"}
# Django's and the job queue's own tables; jobs carry the ids of things only, and go when they are done.
NOT_OURS = {"auth", "contenttypes", "sessions", "procrastinate"}


def names_a_person(model: type[models.Model]) -> bool:
    return any(field.related_model is Person or field.name in BY_ID for field in model._meta.concrete_fields)


def tables_with_people() -> Iterator[str]:
    """Walk every table: those that name a person, and those that hang on one of them."""
    found: set[type[models.Model]] = {Person}
    ours = [model for model in apps.get_models() if model._meta.app_label not in NOT_OURS]
    # A practice, a region, an insurer and a round are about no one person, though people stand in them.
    public = {"Practice", "Region", "Insurer", "Round", "Household"}
    grew = True
    while grew:
        more = {
            model
            for model in ours
            if model.__name__ not in public
            and (
                names_a_person(model) or any(field.related_model in found for field in model._meta.concrete_fields)
            )
        }
        grew, found = not more <= found, found | more
    return (model._meta.label for model in found)


def test_no_table_that_names_a_person_is_forgotten() -> None:
    known = HELD.keys() | NOT_COPIED.keys()
    assert set(tables_with_people()) - known == set()
    assert HELD.keys() & NOT_COPIED.keys() == set()
    assert {label for label in known if label.split(".")[0] != "demo"} <= {m._meta.label for m in apps.get_models()}


def test_the_walk_finds_a_table_that_was_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "people.Consent" in set(tables_with_people())
    assert "requests.Wish" in set(tables_with_people()), "it hangs on a request, which somebody filed"


def test_what_is_left_out_has_a_reason_and_exists() -> None:
    assert all(NOT_COPIED.values())
    for table, columns in WITHHELD.items():
        names = {field.name for field in apps.get_model(table)._meta.concrete_fields}
        assert columns.keys() <= names
        assert all(columns.values())


def test_every_table_and_column_has_a_name_in_words() -> None:
    assert TABLES.keys() == HELD.keys()
    used = {column.name for table in HELD for column in columns_of(table)}
    assert used == COLUMNS.keys()


@pytest.fixture
def seeker() -> Person:
    """Somebody in a round with an offer, a housemate and a BSN."""
    region = a_region()
    person = a_swap(region)[0].person
    published(region)
    store_bsn(SYSTEM, person, Bsn.parse("999990019"), AT)
    return person


pytestmark = pytest.mark.django_db


def test_everything_of_a_round_is_in_it_and_nobody_else_is(seeker: Person) -> None:
    mate = a_person(seeker.household, given_name="Quirine", is_protected=True)
    export = everything_about(a_citizen(seeker), at=PUBLISHED_AT)
    held = {holding.table: holding.rows for holding in export.holdings}
    for table in ("people.Person", "people.Consent", "requests.Request", "requests.Wish", "requests.Offer"):
        assert held[table], table
    for table in ("rounds.Entry", "rounds.EntryMember", "rounds.PlannedMove", "enrolments.Enrolment"):
        assert held[table], table
    text = json.dumps(held)
    assert "Quirine" not in text
    for other in Person.objects.exclude(pk=seeker.pk):
        assert str(other.pk) not in text
        assert other.email not in text
    assert str(mate.pk) not in text
    assert {row["person"] for row in held["requests.RequestMember"]} == {SELF}
    assert {row["source"] for row in held["rounds.PlannedMove"]} <= {SOMEBODY_ELSE, None}


def test_who_is_blocked_or_refused_is_not_told(seeker: Person) -> None:
    other = a_person()
    Block.objects.create(person=other, blocked=seeker, since=AT)
    held = {one.table: one.rows for one in everything_about(a_citizen(seeker), at=AT).holdings}
    assert held["people.Block"] == []


def test_only_a_citizen_asks_and_the_log_tells(seeker: Person) -> None:
    with pytest.raises(Refusal):
        everything_about(Actor.anonymous(origin="x"), at=AT)
    everything_about(a_citizen(seeker), at=AT)
    assert AuditEvent.objects.filter(kind="people_exported", person_id=seeker.pk).count() == 1


def test_the_files_are_whole_and_hold_no_bsn(seeker: Person) -> None:
    browser = browser_of(seeker)
    told = browser.get("/mijn/gegevens/meenemen/json")
    assert told["Content-Disposition"].startswith("attachment")
    assert told["Cache-Control"] == "no-store"
    found = json.loads(told.content)
    assert found["bsn"]["isKept"] is True
    assert found["held"]["people.Person"][0]["given_name"] == seeker.given_name
    assert found["log"]
    pdf = browser.get("/mijn/gegevens/meenemen/pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Type"] == "application/pdf"
    raw = b"".join(zlib_parts(pdf.content))
    for content in (told.content, pdf.content, raw):
        assert b"999990019" not in content
    assert re.search(rb"/Lang", pdf.content)


def zlib_parts(pdf: bytes) -> Iterator[bytes]:
    for part in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(part.rstrip())
        except zlib.error:
            yield part


def test_there_is_no_other_form_and_nobody_else_gets_one(seeker: Person) -> None:
    assert browser_of(seeker).get("/mijn/gegevens/meenemen/xml").status_code == 404
    assert browser_of_staff().get("/mijn/gegevens/meenemen/json").status_code == 404
    a_practice()
