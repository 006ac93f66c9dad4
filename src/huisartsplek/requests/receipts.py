# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The proof of a move, for who moves: with which practice, from which date, under which reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_READ
from huisartsplek.audit.services import Line, record_many
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.undecided import code_of
from huisartsplek.people.models import Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.people.queries import children_at_home, visible_to
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request
from huisartsplek.requests.queries import hidden_requests_of
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import MoveState


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One person on it; the practice sees the same reference beside the same name."""

    move: Move
    reference: str
    has_say: bool  # the reader decides about this person's record


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was agreed with one practice at one moment, for the people of it whom the reader may see."""

    request: Request
    practice: Practice
    agreed_at: datetime
    switch_on: date
    way: Move.Way
    state: MoveState
    lines: Sequence[ReceiptLine]
    from_practices: Sequence[Practice]  # that the readers' own people leave


def receipt_of(actor: Actor, move_id: UUID, *, by: Person, at: datetime) -> Receipt | None:
    """Give the receipt of one move, with who goes along; nothing to whom this person may not be seen."""
    move = Move.objects.filter(pk=move_id).select_related("to_practice").first()
    if move is None or not may_speak_for(actor, by) or move.request_id in _hidden_from(by, at):
        return None
    together = _seen_by(by, move, day_in_amsterdam(at))
    own = next((line.move for line in together if line.move.pk == move.pk), None)
    if own is None:
        return None
    lines = [Line(one.move.person_id, one.move, {"view": "receipt"}) for one in together]
    with transaction.atomic():
        record_many(PERSON_READ, [line for line in lines if line.person != by.pk], actor=actor, at=at)
    left = {line.move.from_practice_id: line.move.from_practice for line in together if line.has_say}
    return Receipt(
        request=Request.objects.get(pk=own.request_id),
        practice=own.to_practice,
        agreed_at=own.sure_at,
        switch_on=own.switch_on,
        way=Move.Way(own.way),
        state=MoveState(own.state),
        lines=together,
        from_practices=[practice for practice in left.values() if practice is not None],
    )


def _seen_by(by: Person, move: Move, on: date) -> list[ReceiptLine]:
    """Give the moves agreed together with this one, of whom somebody may see: all at home, or their own people."""
    speaks_for = {by.pk, *(child.pk for child in children_at_home(by, on))}
    together = Move.objects.filter(
        request_id=move.request_id, to_practice_id=move.to_practice_id, sure_at=move.sure_at
    ).select_related("person", "from_practice", "to_practice")
    everyone = list(together.order_by("person__birth_date", "pk"))
    is_in_it = any(one.person_id in speaks_for for one in everyone)
    filed_it = Request.objects.filter(pk=move.request_id, filed_by=by).exists()
    seen = set(speaks_for)
    if is_in_it or filed_it:
        at_home = Person.objects.filter(visible_to(by), pk__in=[one.person_id for one in everyone])
        seen |= set(at_home.values_list("pk", flat=True))
    return [
        ReceiptLine(one, code_of(one.pk), one.person_id in speaks_for) for one in everyone if one.person_id in seen
    ]


def _hidden_from(by: Person, at: datetime) -> set[UUID]:
    """Give the requests with somebody protected: a receipt would tell where that person goes."""
    return {request.pk for request in hidden_requests_of(by, at=at)}


def own_moves(by: Person, *, at: datetime) -> list[Move]:
    """List the moves of somebody and the children they decide for, one of those that go together; newest first."""
    about = [by.pk, *(child.pk for child in children_at_home(by, day_in_amsterdam(at)))]
    moves = Move.objects.filter(person_id__in=about).select_related("to_practice").order_by("-sure_at", "pk")
    first: dict[tuple[UUID, UUID, datetime], Move] = {}
    for move in moves.exclude(request_id__in=_hidden_from(by, at)):
        first.setdefault((move.request_id, move.to_practice_id, move.sure_at), move)
    return list(first.values())
