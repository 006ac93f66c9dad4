# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that is held about a person, for themselves: read from the tables as they are.

Other people in it are "somebody else"; practices and regions go by their names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PEOPLE_EXPORTED
from huisartsplek.audit.services import record
from huisartsplek.people.insight import Look, looks_at
from huisartsplek.people.models import Person
from huisartsplek.people.queries import has_bsn, person_of
from huisartsplek.practices.models import Practice, Region
from huisartsplek.privacy.held import HELD, WITHHELD
from huisartsplek.requests.models import Request
from huisartsplek.requests.queries import hidden_requests_of
from huisartsplek.rules.refusals import Refusal, RefusalCode

SELF, SOMEBODY_ELSE = "self", "somebody_else"
_MOST_LINES = 5000
Value = str | int | float | bool | list[object] | dict[str, object] | None
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Holding:
    """The rows of one table about a person."""

    table: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Export:
    """Everything held about a person at a moment, and who used it."""

    made_at: datetime
    holdings: Sequence[Holding]
    log: Sequence[Look]
    has_bsn: bool


def everything_about(actor: Actor, *, at: datetime) -> Export:
    """Give the one who asks everything that is held about them; the log tells that they asked."""
    person = person_of(actor)
    if person is None:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    with transaction.atomic():
        hidden = [request.pk for request in hidden_requests_of(person, at=at)]
        holdings = [Holding(table, _rows(table, paths, person, hidden)) for table, paths in HELD.items()]
        looks = [look for own in (False, True) for look in looks_at(actor, at=at, own=own, most=_MOST_LINES)]
        count = sum(len(holding.rows) for holding in holdings)
        record(PEOPLE_EXPORTED, actor=actor, at=at, person=person.pk, view="own_data", rows=count)
        return Export(at, holdings, sorted(looks, key=lambda look: look.at, reverse=True), has_bsn(person))


def columns_of(table: str) -> list[models.Field[object, object]]:
    """List the columns of a table that its rows are copied with."""
    withheld = WITHHELD.get(table, {})
    return [field for field in apps.get_model(table)._meta.concrete_fields if field.name not in withheld]


def _rows(table: str, paths: Sequence[str], person: Person, hidden: Sequence[UUID]) -> list[Row]:
    """Copy the rows, but for those of a request with somebody protected: they would tell where that person goes."""
    about = Q()
    for path in paths:
        about |= Q(**{path: person.pk})
    model = apps.get_model(table)
    found = model._default_manager.filter(about).distinct().order_by("pk")
    if hidden and model is Request:
        found = found.exclude(pk__in=hidden)
    elif hidden and any(field.attname == "request_id" for field in model._meta.concrete_fields):
        found = found.exclude(request_id__in=hidden)
    names: dict[tuple[type[models.Model], object], str] = {}
    columns = columns_of(table)
    return [{column.name: _value(column, row, person, names) for column in columns} for row in found]


def _value(
    column: models.Field[object, object],
    row: models.Model,
    person: Person,
    names: dict[tuple[type[models.Model], object], str],
) -> Value:
    value = getattr(row, column.attname)
    about = column.related_model
    if value is not None and about is Person:
        return SELF if value == person.pk else SOMEBODY_ELSE
    if value is not None and (about is Practice or about is Region):
        if (about, value) not in names:
            names[about, value] = about._default_manager.values_list("name", flat=True).get(pk=value)
        return names[about, value]
    return _plain(value)


def _plain(value: object) -> Value:
    match value:
        case None | str() | bool() | int() | float():
            plain: Value = value
        case datetime() | date():
            plain = value.isoformat()
        case bytes() | memoryview():
            plain = bytes(value).hex()
        case list() | tuple():
            plain = [_plain(one) for one in value]
        case dict():
            plain = {str(name): _plain(one) for name, one in value.items()}
        case _:
            plain = str(value)
    return plain
