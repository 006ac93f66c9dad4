# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What has waited its time goes on to the next owner; nothing is ever undone by it.

A registration that a practice did not finish is its task after 14 days and the coordinator's after 28; a question
that a practice did not answer becomes the coordinator's.
"""

from datetime import datetime

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.services import advance
from huisartsplek.enrolments.models import Confirmation, Move
from huisartsplek.people.locks import lock_people
from huisartsplek.rules.lifecycles import ConfirmationEvent, ConfirmationState, MoveEvent, MoveState

NEXT = {MoveState.SWITCHED: MoveEvent.OVERDUE, MoveState.OVERDUE: MoveEvent.ESCALATE}


def pass_on(actor: Actor, *, at: datetime) -> None:
    """Pass on every registration and every question whose deadline has passed."""
    moves = Move.objects.filter(state__in=NEXT, deadline_at__lt=at).order_by("deadline_at")
    for move in moves.iterator():
        _pass_on_move(actor, move, at)
    questions = Confirmation.objects.filter(state=ConfirmationState.ASKED, deadline_at__lt=at)
    for question in questions.select_related("enrolment").order_by("deadline_at").iterator():
        _pass_on_question(actor, question, at)


def _pass_on_move(actor: Actor, move: Move, at: datetime) -> None:
    with transaction.atomic():
        lock_people([move.person_id])
        move.refresh_from_db()
        event = NEXT.get(MoveState(move.state))
        if event is not None and move.deadline_at is not None and move.deadline_at < at:
            advance(move, event, actor=actor, at=at)


def _pass_on_question(actor: Actor, question: Confirmation, at: datetime) -> None:
    person_id = question.enrolment.person_id
    with transaction.atomic():
        lock_people([person_id])
        question.refresh_from_db()
        if question.state == ConfirmationState.ASKED:
            advance(question, ConfirmationEvent.LAPSE, actor=actor, at=at, person=person_id)
