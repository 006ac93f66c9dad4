# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a medical record may go along with somebody who moves. The record itself never comes here.

Both practices see no more than that it may be sent, or that it may not: not whether somebody said no, took a yes
back, or was never asked.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import RECORD_SENT
from huisartsplek.audit.services import record
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.queries import CALLED_OFF_STATES, LEFT_LATELY
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Consent
from huisartsplek.people.services import complete_for_many
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode


class RecordStanding(StrEnum):
    """What a practice sees of somebody's record."""

    NONE = "none"  # no practice to get it from
    MAY_BE_SENT = "may_be_sent"
    MAY_NOT = "may_not"
    SENT = "sent"


def may_still_be_said(move: Move, *, on: date) -> bool:
    """Whether a yes or a no about the record still has effect: it can go, was not sent, and is not too late."""
    return (
        move.from_practice_id is not None
        and move.record_sent_at is None
        and move.state not in CALLED_OFF_STATES
        and move.switch_on >= on - LEFT_LATELY
    )


def standing_of(moves: Iterable[Move], *, on: date) -> dict[UUID, RecordStanding]:
    """Tell for each of these moves, its person with it, whether the record may be sent."""
    everyone = list(moves)
    whole = _with_consent(everyone, on)
    return {move.pk: _standing(move, whole) for move in everyone}


def _standing(move: Move, whole: Collection[UUID]) -> RecordStanding:
    if move.from_practice_id is None:
        return RecordStanding.NONE
    if move.record_sent_at is not None:
        return RecordStanding.SENT
    return RecordStanding.MAY_BE_SENT if move.pk in whole else RecordStanding.MAY_NOT


def _with_consent(moves: Collection[Move], on: date) -> set[UUID]:
    asked = {move.pk: [move.person] for move in moves if move.from_practice_id is not None}
    return complete_for_many(asked, on, kind=Consent.Kind.RECORD_TRANSFER) if asked else set()


def note_record_sent(actor: Actor, move_id: UUID, practice_id: UUID, *, at: datetime) -> Move:
    """The old practice says that it has sent the record: from then on no yes is taken back. Twice is once."""
    with transaction.atomic():
        move = Move.objects.filter(pk=move_id, from_practice_id=practice_id).first()
        if move is None:
            raise Refusal(RefusalCode.UNKNOWN_PRACTICE, practice=str(practice_id))
        lock_people([move.person_id])
        move.refresh_from_db()
        if move.record_sent_at is not None:
            return move
        on = day_in_amsterdam(at)
        if move.state in CALLED_OFF_STATES or on < move.switch_on:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, on=move.switch_on)
        if move.pk not in _with_consent([move], on):
            raise Refusal(RefusalCode.CONSENT_MISSING)
        move.record_sent_at = at
        move.save(update_fields=["record_sent_at"])
        record(RECORD_SENT, actor=actor, at=at, person=move.person_id, thing=move, practice_id=practice_id)
    return move
