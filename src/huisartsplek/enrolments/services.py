# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Enrolments change hands here, and only here: planned, switched on one date, registered by the new practice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import (
    CONFIRMATION_ASKED,
    ENROLMENT_BEGUN,
    ENROLMENT_CONFIRMED,
    ENROLMENT_ENDED,
    MOVE_PLANNED,
    PRACTICE_STATED,
)
from huisartsplek.audit.services import Line, advance, advance_many, begin, begin_many, record, record_many
from huisartsplek.enrolments.models import Confirmation, Enrolment, Move
from huisartsplek.enrolments.queries import OPEN_MOVE_STATES, current_enrolments
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Person
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import ConfirmationEvent, ConfirmationState, MoveEvent, MoveState
from huisartsplek.rules.refusals import PracticeRefusal, Refusal, RefusalCode


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a household goes together, by which way, and when."""

    request_id: UUID
    to_practice_id: UUID
    way: Move.Way
    switch_on: date
    exchange_id: UUID | None = None


def plan_moves(actor: Actor, person_ids: Sequence[UUID], plan: Plan, *, at: datetime) -> list[Move]:
    """Plan the moves of these locked people; who is at the practice already does not move."""
    current = current_enrolments(person_ids)
    if Move.objects.filter(person_id__in=person_ids, state__in=OPEN_MOVE_STATES).exists():
        raise Refusal(RefusalCode.MOVING_ALREADY)
    moves = [
        Move(
            person_id=person_id,
            request_id=plan.request_id,
            exchange_id=plan.exchange_id,
            from_practice_id=current[person_id].practice_id if person_id in current else None,
            to_practice_id=plan.to_practice_id,
            way=plan.way,
            sure_at=at,
            switch_on=plan.switch_on,
        )
        for person_id in sorted(person_ids)
        if person_id not in current or current[person_id].practice_id != plan.to_practice_id
    ]
    begin_many(
        moves,
        kind=MOVE_PLANNED,
        actor=actor,
        at=at,
        practice_id=plan.to_practice_id,
        request_id=plan.request_id,
        on=plan.switch_on,
        way=plan.way,
    )
    return moves


def cancel_moves(
    actor: Actor, moves: Sequence[Move], *, at: datetime, because: PracticeRefusal | None = None
) -> None:
    """Call off planned moves of locked people, with the reason if the practice refused: all stay where they are."""
    if because is None:
        advance_many(moves, MoveEvent.CANCEL, actor=actor, at=at)
        return
    advance_many(moves, MoveEvent.CANCEL, actor=actor, at=at, reason=because)
    for move in moves:
        move.refused_because = because
    Move.objects.bulk_update(moves, ["refused_because"])


def switch_moves(actor: Actor, moves: Sequence[Move], *, at: datetime) -> None:
    """Let the places change hands for locked, planned moves whose date has come.

    The old period ends before the new one begins, in this transaction: the day of the switch is the first day at
    the new practice. A person who is no longer where the move started has a practice to lose: refused.
    """
    today = day_in_amsterdam(at)
    if any(move.switch_on > today for move in moves):
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW, on=max(move.switch_on for move in moves))
    current = current_enrolments(move.person_id for move in moves)
    for move in moves:
        here = current.get(move.person_id)
        if (here.practice_id if here else None) != move.from_practice_id:
            raise Refusal(RefusalCode.CHANGED_MEANWHILE, person=str(move.person_id))
    _end_periods(actor, moves, current, at)
    _begin_periods(actor, moves, at)
    Move.objects.bulk_update(moves, ["ended", "begun"])
    advance_many(moves, MoveEvent.SWITCH, actor=actor, at=at)


def _end_periods(actor: Actor, moves: Sequence[Move], current: dict[UUID, Enrolment], at: datetime) -> None:
    lines = []
    for move in moves:
        enrolment = current.get(move.person_id)
        if enrolment is None:
            continue
        enrolment.ends_on = move.switch_on
        move.ended = enrolment
        lines.append(Line(move.person_id, enrolment, {"practice_id": enrolment.practice_id, "on": move.switch_on}))
    Enrolment.objects.bulk_update([move.ended for move in moves if move.ended is not None], ["ends_on"])
    record_many(ENROLMENT_ENDED, lines, actor=actor, at=at)


def _begin_periods(actor: Actor, moves: Sequence[Move], at: datetime) -> None:
    for move in moves:
        move.begun = Enrolment(
            person_id=move.person_id,
            practice_id=move.to_practice_id,
            starts_on=move.switch_on,
            source=Enrolment.Source.MOVED_HERE,
            confirmed_at=at,
        )
    begun = [move.begun for move in moves if move.begun is not None]
    Enrolment.objects.bulk_create(begun)
    lines = [Line(e.person_id, e, {"practice_id": e.practice_id, "on": e.starts_on}) for e in begun]
    record_many(ENROLMENT_BEGUN, lines, actor=actor, at=at)


def register_move(actor: Actor, move_id: UUID, practice_id: UUID, *, at: datetime) -> Move:
    """The new practice has seen the person and recorded the enrolment in ION: the move is finished."""
    with transaction.atomic():
        move = _own_move(move_id, practice_id)
        advance(move, MoveEvent.REGISTER, actor=actor, at=at)
    return move


def _own_move(move_id: UUID, practice_id: UUID) -> Move:
    move = Move.objects.filter(pk=move_id, to_practice_id=practice_id).first()
    if move is None:
        raise Refusal(RefusalCode.UNKNOWN_PRACTICE, practice=str(practice_id))
    lock_people([move.person_id])
    move.refresh_from_db()
    return move


def state_practice(actor: Actor, person: Person, practice_id: UUID, *, since: date, at: datetime) -> Enrolment:
    """A person says where they are enrolled. It counts as a place to trade only once that practice confirms it."""
    with transaction.atomic():
        lock_people([person.pk])
        current = current_enrolments([person.pk]).get(person.pk)
        if current is not None:
            since = max(since, _end_denied(actor, current, practice_id, at))
        if since > day_in_amsterdam(at) or Enrolment.objects.filter(person=person, ends_on__gt=since).exists():
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, since=since)
        enrolment = Enrolment.objects.create(
            person=person, practice_id=practice_id, starts_on=since, source=Enrolment.Source.STATED
        )
        record(PRACTICE_STATED, actor=actor, at=at, person=person.pk, thing=enrolment, practice_id=practice_id)
        begin(
            Confirmation(enrolment=enrolment, practice_id=practice_id),
            kind=CONFIRMATION_ASKED,
            actor=actor,
            at=at,
            person=person.pk,
            practice_id=practice_id,
        )
    return enrolment


def state_practice_of_all(
    actor: Actor, people: Sequence[Person], practice_id: UUID, *, since: date, at: datetime
) -> list[Enrolment]:
    """Do for each of these people what `state_practice` does for one: for all of them, or for nobody."""
    with transaction.atomic():
        lock_people(person.pk for person in people)
        return [state_practice(actor, person, practice_id, since=since, at=at) for person in people]


def _end_denied(actor: Actor, statement: Enrolment, practice_id: UUID, at: datetime) -> date:
    """Let a statement that its practice denied make room for a better one, from the day that is given."""
    denied = Confirmation.objects.filter(enrolment=statement, state=ConfirmationState.DENIED)
    if statement.practice_id == practice_id or not denied.exists():
        raise Refusal(RefusalCode.ALREADY_THERE)
    if Move.objects.filter(person_id=statement.person_id, state=MoveState.PLANNED).exists():
        raise Refusal(RefusalCode.MOVING_ALREADY)
    # It never held: what remains is one day, so that the log keeps something to point at.
    statement.ends_on = statement.starts_on + timedelta(days=1)
    statement.save(update_fields=["ends_on"])
    record(
        ENROLMENT_ENDED,
        actor=actor,
        at=at,
        person=statement.person_id,
        thing=statement,
        practice_id=statement.practice_id,
        on=statement.ends_on,
    )
    return statement.ends_on


def answer_confirmation(
    actor: Actor, confirmation_id: UUID, practice_id: UUID, *, is_ours: bool, at: datetime
) -> Confirmation:
    """The practice says whether the person is theirs. A "no" ends nothing but the statement itself."""
    with transaction.atomic():
        found = Confirmation.objects.filter(pk=confirmation_id, practice_id=practice_id)
        confirmation = found.select_related("enrolment").first()
        if confirmation is None:
            raise Refusal(RefusalCode.UNKNOWN_PRACTICE, practice=str(practice_id))
        person_id = confirmation.enrolment.person_id
        lock_people([person_id])
        confirmation.refresh_from_db()
        event = ConfirmationEvent.CONFIRM if is_ours else ConfirmationEvent.DENY
        advance(confirmation, event, actor=actor, at=at, person=person_id)
        if is_ours:
            _confirm(actor, [confirmation.enrolment], at)
    return confirmation


def _confirm(actor: Actor, enrolments: Iterable[Enrolment], at: datetime) -> None:
    for enrolment in enrolments:
        Enrolment.objects.filter(pk=enrolment.pk).update(confirmed_at=at)
        record(
            ENROLMENT_CONFIRMED,
            actor=actor,
            at=at,
            person=enrolment.person_id,
            thing=enrolment,
            practice_id=enrolment.practice_id,
        )
