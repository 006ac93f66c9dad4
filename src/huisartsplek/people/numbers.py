# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""People without a BSN: filed all the same, never refused for it, and not enrolled at once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import NUMBER_PENDING, PERSON_READ
from huisartsplek.audit.services import Line, advance, begin, record_many
from huisartsplek.people.models import PendingNumber, Person
from huisartsplek.rules.lifecycles import NumberEvent, NumberState
from huisartsplek.rules.refusals import Refusal, RefusalCode

NOT_KNOWN = (NumberState.PENDING, NumberState.WITHOUT)


def file_without_number(actor: Actor, person: Person, *, region_id: UUID, at: datetime) -> PendingNumber:
    """Keep, in the caller's transaction, that this person's number is pending, and whose desk it was."""
    pending = PendingNumber(person=person, region_id=region_id)
    begin(pending, kind=NUMBER_PENDING, actor=actor, at=at, person=person.pk)
    return pending


def learn_number(actor: Actor, person: Person, *, at: datetime) -> None:
    """Let a number that was pending be known, in the transaction that stores it."""
    pending = PendingNumber.objects.filter(person=person, state__in=NOT_KNOWN).first()
    if pending is not None:
        advance(pending, NumberEvent.LEARN, actor=actor, at=at, person=person.pk)


def go_without_number(actor: Actor, person_id: UUID, *, regions: Collection[UUID], at: datetime) -> None:
    """Keep that no number is to be expected soon; the practice may still learn it, at the first visit."""
    with transaction.atomic():
        found = PendingNumber.objects.select_for_update(of=("self",)).filter(
            person_id=person_id, region__in=regions
        )
        pending = found.first()
        if pending is None:
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        advance(pending, NumberEvent.GO_WITHOUT, actor=actor, at=at, person=person_id)


def anybody_without_number(persons: Iterable[Person]) -> bool:
    """Tell whether the number of one of these people is still to come."""
    return PendingNumber.objects.filter(person__in=list(persons), state__in=NOT_KNOWN).exists()


def pending_numbers(actor: Actor, regions: Collection[UUID], *, at: datetime) -> list[PendingNumber]:
    """List whose number a region waits for, longest first; reading is recorded."""
    with transaction.atomic():
        late = Q(state=NumberState.WITHOUT, deadline_at__lt=at)
        rows = PendingNumber.objects.filter(Q(state=NumberState.PENDING) | late, region__in=regions)
        found = list(rows.select_related("person").order_by("state_since", "pk")[:200])
        lines = [Line(one.person_id, one, {"view": "pending_numbers"}) for one in found]
        record_many(PERSON_READ, lines, actor=actor, at=at)
    return found
