# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody corrects their own name or address. The birth date decides who may decide: that goes with a desk."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_CHANGED
from huisartsplek.audit.services import record
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.rules.refusals import Refusal, RefusalCode


@dataclass(frozen=True, slots=True)
class NameAndHome:
    """What somebody says of themselves; what a postcode says of the place goes with it."""

    given_name: str
    family_name: str
    postcode: str
    house_number: str
    place: str
    longitude: float | None
    latitude: float | None
    moved_in_on: date | None


def correct_name_and_home(actor: Actor, person: Person, said: NameAndHome, *, at: datetime) -> Person:
    """Keep another name or address; what stays the same leaves no trace, and the log says which field changed."""
    with transaction.atomic():
        locked = lock_people([person.pk])[person.pk]
        if not may_speak_for(actor, locked):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        if not locked.is_described:
            raise Refusal(RefusalCode.HOUSEHOLD_INCOMPLETE)
        changed = {name: value for name, value in asdict(said).items() if getattr(locked, name) != value}
        for name, value in changed.items():
            setattr(locked, name, value)
            record(PERSON_CHANGED, actor=actor, at=at, person=locked.pk, thing=locked, field=name)
        if changed:
            locked.save(update_fields=list(changed))
    return locked
