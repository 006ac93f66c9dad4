# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a coordinator decides, with the person, about a registration that was never made."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import ENROLMENT_BEGUN, ENROLMENT_ENDED, Fact
from huisartsplek.audit.services import Line, advance, record_many
from huisartsplek.enrolments.models import Enrolment, Move
from huisartsplek.people.locks import lock_people
from huisartsplek.practices.places import return_places
from huisartsplek.rules.dates import switch_on
from huisartsplek.rules.lifecycles import MoveEvent
from huisartsplek.rules.refusals import Refusal, RefusalCode

SPOKEN = "spoken_with_person"  # what both decisions rest on


def return_move(actor: Actor, move_id: UUID, region_id: UUID, *, at: datetime) -> Move:
    """Let somebody whom the new practice never recorded be with the old one again, which cared for them meanwhile.

    Nobody else's move is undone; the place at the new practice goes to its queue.
    """
    with transaction.atomic():
        move = _locked(move_id, region_id)
        advance(move, MoveEvent.RETURN, actor=actor, at=at, reason=SPOKEN)
        _go_back(actor, move, at)
        reference = move.held_for or move.request_id
        return_places(move.to_practice_id, 1, reference=reference, at=at, by=actor.user_id)
    return move


def give_time(actor: Actor, move_id: UUID, region_id: UUID, *, at: datetime) -> Move:
    """Give the new practice another term to record somebody who wants to stay with it."""
    with transaction.atomic():
        move = _locked(move_id, region_id)
        advance(move, MoveEvent.GIVE_TIME, actor=actor, at=at, reason=SPOKEN)
    return move


def _locked(move_id: UUID, region_id: UUID) -> Move:
    move = Move.objects.filter(pk=move_id, to_practice__region_id=region_id).first()
    if move is None:
        raise Refusal(RefusalCode.UNKNOWN_PRACTICE)
    lock_people([move.person_id])
    move.refresh_from_db()
    return move


def _go_back(actor: Actor, move: Move, at: datetime) -> None:
    begun, ended = move.begun, move.ended
    if begun is None or begun.ends_on is not None:
        # Meanwhile enrolled elsewhere: there is nothing to go back from.
        raise Refusal(RefusalCode.CHANGED_MEANWHILE)
    begun.ends_on = switch_on(at, lead_days=0)
    if begun.ends_on <= begun.starts_on:
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW, on=begun.starts_on)
    begun.save(update_fields=["ends_on"])
    where: dict[str, Fact] = {"practice_id": begun.practice_id, "on": begun.ends_on}
    record_many(ENROLMENT_ENDED, [Line(move.person_id, begun, where)], actor=actor, at=at)
    if ended is None:
        return
    again = Enrolment.objects.create(
        person_id=move.person_id,
        practice_id=ended.practice_id,
        starts_on=begun.ends_on,
        source=ended.source,
        confirmed_at=ended.confirmed_at,
        held_since=ended.held_since or ended.starts_on,
    )
    where = {"practice_id": again.practice_id, "on": again.starts_on}
    record_many(ENROLMENT_BEGUN, [Line(move.person_id, again, where)], actor=actor, at=at)
