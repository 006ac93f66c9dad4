# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person becomes a number of whom nothing is known: no name, address, birth date, login or household."""

from datetime import date

from django.db import transaction

from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Household, Person


def empty_person(person: Person, *, on: date) -> Person:
    """Take out of a locked person everything that says who it was; they take part in nothing any more."""
    with transaction.atomic():
        row = lock_people([person.pk])[person.pk]
        blank = Person(pk=row.pk, household=Household.objects.create())
        blank.ended_on, blank.end_reason = row.ended_on or on, row.end_reason or Person.End.ERASED
        blank.save(force_update=True)
    return blank
