# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether somebody's medical record goes along: asked apart, of each person for themselves, never a condition.

Who decides is who decides about the move: under 12 a parent, from 12 to 15 parent and child, from 16 the person.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_READ
from huisartsplek.audit.services import record
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.queries import CALLED_OFF_STATES
from huisartsplek.enrolments.records import may_still_be_said
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Consent, Person, SaidNo
from huisartsplek.people.permissions import may_decide_for, may_speak_for
from huisartsplek.people.queries import children_at_home
from huisartsplek.people.services import decline_consent, give_consent, still_asked, withdraw_consent
from huisartsplek.rules.consent_texts import Wording
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode

KIND = Consent.Kind.RECORD_TRANSFER


@dataclass(frozen=True, slots=True)
class TransferQuestion:
    """The question about one person's record, with what the reader said to it."""

    move: Move
    is_own: bool
    own_yes: Consent | None
    said_no: bool
    is_whole: bool  # everybody whose yes is needed has said it
    may_say_yes: bool
    is_over: bool  # sent, called off, or too long ago

    @property
    def is_open(self) -> bool:
        """Whether the reader still has to answer."""
        return self.may_say_yes and self.own_yes is None and not self.said_no


def transfer_question(actor: Actor, move_id: UUID, *, by: Person, at: datetime) -> TransferQuestion | None:
    """Give the question about one move to who has a say in it, or once had; nothing to anybody else."""
    move = Move.objects.filter(pk=move_id).select_related("person", "from_practice", "to_practice").first()
    if move is None or move.from_practice is None or not may_speak_for(actor, by):
        return None
    found = _question(move, by, at)
    if found is not None and not found.is_own:
        with transaction.atomic():
            record(PERSON_READ, actor=actor, at=at, person=move.person_id, thing=move, view="record_transfer")
    return found


def open_transfers(by: Person, *, at: datetime) -> list[TransferQuestion]:
    """List the questions about records that somebody has not answered yet; first who moves first."""
    on = day_in_amsterdam(at)
    about = [by.pk, *(child.pk for child in children_at_home(by, on))]
    moves = Move.objects.filter(person_id__in=about, from_practice__isnull=False, record_sent_at__isnull=True)
    running = moves.exclude(state__in=CALLED_OFF_STATES).select_related("person", "from_practice", "to_practice")
    found = [_question(move, by, at) for move in running.order_by("switch_on", "person__birth_date", "pk")]
    return [one for one in found if one is not None and one.is_open]


def _question(move: Move, by: Person, at: datetime) -> TransferQuestion | None:
    on = day_in_amsterdam(at)
    is_own = move.person_id == by.pk
    own_yes = Consent.objects.filter(
        person=move.person_id, kind=KIND, reference=move.pk, given_by=by, withdrawn_at__isnull=True
    ).first()
    is_seen = is_own or (not move.person.is_protected and move.person.household_id == by.household_id)
    has_say = may_decide_for(by, move.person, on) and is_seen
    if not (is_own or own_yes is not None or has_say):
        return None
    may_be_said = may_still_be_said(move, on=on)
    return TransferQuestion(
        move=move,
        is_own=is_own,
        own_yes=own_yes,
        said_no=SaidNo.objects.filter(person=move.person_id, kind=KIND, reference=move.pk, given_by=by).exists(),
        is_whole=not still_asked(move.pk, [move.person], on, kind=KIND),
        may_say_yes=has_say and may_be_said,
        is_over=not may_be_said,
    )


def allow_transfer(actor: Actor, move_id: UUID, *, by: Person, wording: Wording, at: datetime) -> None:
    """Let the old practice send one person's record to the new one, by the text that was read."""
    with transaction.atomic():
        move = _locked(move_id, by, at)
        give_consent(actor, person=move.person, kind=KIND, reference=move.pk, given_by=by, at=at, wording=wording)


def forbid_transfer(actor: Actor, move_id: UUID, *, by: Person, at: datetime) -> None:
    """Say no, or take a yes back, until the record was sent; whoever no longer decides still takes back theirs."""
    with transaction.atomic():
        move = _locked(move_id, by, at)
        if may_decide_for(by, move.person, day_in_amsterdam(at)):
            decline_consent(actor, person=move.person, kind=KIND, reference=move.pk, given_by=by, at=at)
        else:
            withdraw_consent(actor, person=move.person, kind=KIND, reference=move.pk, given_by=by, at=at)


def _locked(move_id: UUID, by: Person, at: datetime) -> Move:
    move = Move.objects.select_related("person").get(pk=move_id)
    if _question(move, by, at) is None:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    lock_people([move.person_id])
    move.refresh_from_db(fields=["state", "record_sent_at"])
    if not may_still_be_said(move, on=day_in_amsterdam(at)):
        raise Refusal(RefusalCode.NOT_ALLOWED_NOW)
    return move
