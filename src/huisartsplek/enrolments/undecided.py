# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the registrations that were never made, as the coordinator must who decides with the person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PEOPLE_LISTED, PERSON_READ
from huisartsplek.audit.services import Line, record, record_many
from huisartsplek.enrolments.models import Move
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice, Region
from huisartsplek.rules.lifecycles import MoveState


@dataclass(frozen=True, slots=True)
class Undecided:
    """A registration that waits for a coordinator. Of a protected person nothing says who or where they are."""

    id: UUID
    region_id: UUID
    person_id: UUID
    switched_at: datetime
    waits_since: datetime
    decide_by: datetime | None
    person: Person | None
    from_practice: Practice | None
    to_practice: Practice | None

    @property
    def is_protected(self) -> bool:
        """Whether it is somebody of whom no page may tell more."""
        return self.person is None

    @property
    def code(self) -> str:
        """A short name for it, to say at the telephone."""
        return code_of(self.id)


@dataclass(frozen=True, slots=True)
class OwnUndecided:
    """What somebody must know to decide with the coordinator about their own registration."""

    code: str
    practice: Practice
    region: Region


def code_of(move_id: UUID) -> str:
    """Give the short name of a registration: the same to the person and to the coordinator."""
    return move_id.hex[:6].upper()


def own_undecided(person: Person) -> OwnUndecided | None:
    """Give what waits for a coordinator of a person's own registration: all they need, protected or not."""
    waiting = Move.objects.filter(person=person, state=MoveState.WITH_COORDINATOR)
    move = waiting.select_related("to_practice__region").first()
    return None if move is None else OwnUndecided(code_of(move.pk), move.to_practice, move.to_practice.region)


def undecided_in(actor: Actor, region_ids: Collection[UUID], *, at: datetime) -> list[Undecided]:
    """List what waits for the coordinator of these regions, longest first; that they were listed is recorded."""
    with transaction.atomic():
        found = [_as_shown(move) for move in _moves(region_ids).order_by("state_since", "pk")]
        lines = [Line(one.person_id, None, {"view": "region_registrations", "rows": len(found)}) for one in found]
        record_many(PEOPLE_LISTED, lines, actor=actor, at=at)
    return found


def undecided_move(actor: Actor, move_id: UUID, region_ids: Collection[UUID], *, at: datetime) -> Undecided | None:
    """Give one of them; nothing for another region's, or once it is decided. That it was read is recorded."""
    with transaction.atomic():
        move = _moves(region_ids).filter(pk=move_id).first()
        if move is None:
            return None
        record(PERSON_READ, actor=actor, at=at, person=move.person_id, thing=move, view="region_registration")
    return _as_shown(move)


def is_move_in(move_id: UUID, region_ids: Collection[UUID]) -> bool:
    """Tell whether a move goes to a practice of these regions, decided or not."""
    return Move.objects.filter(pk=move_id, to_practice__region_id__in=region_ids).exists()


def count_overdue_at_practices(region_ids: Collection[UUID]) -> int:
    """Count the registrations of these regions that are late and still the practice's to make."""
    return Move.objects.filter(to_practice__region_id__in=region_ids, state=MoveState.OVERDUE).count()


def _moves(region_ids: Collection[UUID]) -> QuerySet[Move]:
    return Move.objects.filter(
        to_practice__region_id__in=region_ids, state=MoveState.WITH_COORDINATOR
    ).select_related("person", "from_practice", "to_practice")


def _as_shown(move: Move) -> Undecided:
    is_protected = move.person.is_protected
    return Undecided(
        id=move.pk,
        region_id=move.to_practice.region_id,
        person_id=move.person_id,
        switched_at=move.own_moment_at,
        waits_since=move.state_since,
        decide_by=move.deadline_at,
        person=None if is_protected else move.person,
        from_practice=None if is_protected else move.from_practice,
        to_practice=None if is_protected else move.to_practice,
    )
