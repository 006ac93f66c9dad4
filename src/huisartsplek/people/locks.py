# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lock people: always before practices, always in key order, so that no two transactions wait for each other."""

from collections.abc import Iterable
from uuid import UUID

from huisartsplek.audit.transactions import require_locking_transaction
from huisartsplek.people.models import Person


def lock_people(person_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Lock these people's rows until the transaction ends and return them by id.

    Other rows may point at a locked person meanwhile: a freeze does so while it holds the places of a whole region.
    """
    require_locking_transaction()
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=set(person_ids)).order_by("pk")
    return {person.pk: person for person in rows}
