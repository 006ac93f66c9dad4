# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""People for tests: each call makes somebody new, with nothing taken for granted but a name."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from tests.integration.people.examples import AT, ISSUER, Change, LogIn, ParentMaker, PersonMaker

from huisartsplek.accounts.models import User
from huisartsplek.audit.actors import Actor
from huisartsplek.people.models import Household, Person, Representation
from huisartsplek.people.queries import login_reference

_numbers = count(1)


@pytest.fixture
def person(db: None) -> PersonMaker:
    """Make a person: `person()`, `person(birth_date=…, household=…)`."""

    def make(**fields: Any) -> Person:
        household = fields.pop("household", None) or Household.objects.create()
        known = {
            "given_name": "Iris",
            "family_name": "Voorbeeld",
            "birth_date": date(1980, 5, 17),
            "postcode": "2514",
        }
        return Person.objects.create(household=household, **{**known, **fields})

    return make


@pytest.fixture
def log_in(db: None) -> LogIn:
    """Give a person a login and return them as the one who acts."""

    def make(person: Person) -> Actor:
        user = User.objects.create(
            kind=User.Kind.CITIZEN, issuer=ISSUER, subject=f"subject-{next(_numbers)}", created_at=AT
        )
        person.login_reference = login_reference(user.issuer, user.subject)
        person.save()
        return Actor.person(user.pk)

    return make


@pytest.fixture
def parent(db: None) -> ParentMaker:
    """Make somebody the parent with authority over somebody, always or for a period."""

    def make(parent: Person, child: Person, **period: date | None) -> Representation:
        return Representation.objects.create(
            representative=parent,
            represented=child,
            basis=Representation.Basis.PARENT,
            valid_from=period.get("valid_from") or date(2000, 1, 1),
            valid_until=period.get("valid_until"),
        )

    return make


@pytest.fixture
def in_production() -> Change:
    """Work for a while as if real people's numbers were kept here."""

    @contextmanager
    def act() -> Iterator[None]:
        with override_settings(IS_PRODUCTION=True):
            yield

    return act


@pytest.fixture
def newer_key() -> Change:
    """Work for a while with one more key, which is the newest, in front of those of the ring."""

    @contextmanager
    def act() -> Iterator[None]:
        ring = settings.BSN_KEYS
        newest = max(ring.as_dict) + 1
        with override_settings(BSN_KEYS=dataclasses.replace(ring, keys=((newest, bytes(32)), *ring.keys))):
            yield

    return act
