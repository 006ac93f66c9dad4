# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How somebody is reached, which they may correct themselves at any time."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_CHANGED
from huisartsplek.audit.services import record
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.rules.refusals import Refusal, RefusalCode


class LetterWishes(TypedDict, total=False):
    """What letters need beyond the postcode and house number."""

    street: str
    wants_large_print: bool


def change_contact(
    actor: Actor,
    person: Person,
    *,
    email: str,
    channel: Person.Channel,
    at: datetime,
    **letters: Unpack[LetterWishes],
) -> Person:
    """Keep by which way news reaches somebody; what stays the same leaves no trace."""
    if channel == Person.Channel.EMAIL and not email:
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW, field="email")
    with transaction.atomic():
        locked = lock_people([person.pk])[person.pk]
        if not may_speak_for(actor, locked):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        if channel == Person.Channel.SMS and not locked.phone:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, field="phone")
        told = {"email": email, "channel": channel, **letters}
        for name, value in told.items():
            if getattr(locked, name) != value:
                setattr(locked, name, value)
                record(PERSON_CHANGED, actor=actor, at=at, person=locked.pk, thing=locked, field=name)
        locked.save(update_fields=list(told))
    return locked
