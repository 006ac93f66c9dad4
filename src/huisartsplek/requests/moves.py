# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The switch date of moves by the queue and at once, and calling moves off before it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.services import advance
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.queries import current_enrolments
from huisartsplek.enrolments.services import cancel_moves, switch_moves
from huisartsplek.notices.models import NoticeKind
from huisartsplek.people.models import Consent
from huisartsplek.practices.places import return_places
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.interim import go_on_waiting
from huisartsplek.requests.locks import close_members, lock_request
from huisartsplek.requests.messages import tell_household
from huisartsplek.requests.offers import refuse_wish
from huisartsplek.requests.refused import keep_refusal
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import MoveState, RequestEvent, RequestState
from huisartsplek.rules.refusals import AFTER_A_ROUND, PracticeRefusal, Refusal, RefusalCode
from huisartsplek.rules.reviews import Reviewed


def requests_due(at: datetime) -> list[UUID]:
    """Give the requests with moves outside rounds whose switch date has come."""
    due = Move.objects.filter(
        state=MoveState.PLANNED, switch_on__lte=day_in_amsterdam(at), exchange_id__isnull=True
    )
    return sorted(set(due.values_list("request_id", flat=True)))


def carry_out(actor: Actor, request_id: UUID, *, at: datetime) -> bool:
    """Let the places of one household change hands; False when it was done, or called off, already.

    Who died, emigrated or was enrolled elsewhere meanwhile has said no: nobody of the household moves.
    """
    with transaction.atomic():
        facts = lock_request(request_id)
        moves = planned_moves(request_id)
        if facts.request.state != RequestState.MOVING or not moves:
            return False
        if can_still_move(facts, moves):
            switch_moves(actor, moves, at=at)
            finish(actor, facts, at=at)
        else:
            call_off(actor, facts, moves, at=at)
    return True


def planned_moves(request_id: UUID) -> list[Move]:
    """Give the moves of a request that wait for their switch date."""
    return list(Move.objects.filter(request_id=request_id, state=MoveState.PLANNED).order_by("person_id"))


def can_still_move(facts: Facts, moves: list[Move]) -> bool:
    """Tell whether everybody still wants it, is where their move starts, alive and in the country."""
    if not moves or has_withdrawn_consent(facts):
        return False
    current = current_enrolments(move.person_id for move in moves)
    where = {person_id: enrolment.practice_id for person_id, enrolment in current.items()}
    return all(where.get(move.person_id) == move.from_practice_id for move in moves) and not any(
        member.ended_on for member in facts.members
    )


def has_withdrawn_consent(facts: Facts) -> bool:
    """Tell whether somebody whose yes counted has taken it back, and not given it again.

    For a child the other parent may have given it since.
    """
    consents = Consent.objects.filter(
        reference=facts.request.pk, kind=Consent.Kind.TAKE_PART, person__in=facts.members
    ).order_by("given_at")
    last = {(consent.person_id, consent.given_by_id): consent for consent in consents}.values()
    return any(one.withdrawn_at is not None and not _is_made_good(one, last) for one in last)


def _is_made_good(withdrawn: Consent, others: Iterable[Consent]) -> bool:
    return withdrawn.given_by_id != withdrawn.person_id and any(
        other.person_id == withdrawn.person_id
        and other.given_by_id != other.person_id
        and other.withdrawn_at is None
        and withdrawn.withdrawn_at is not None
        and other.given_at >= withdrawn.withdrawn_at
        for other in others
    )


def finish(actor: Actor, facts: Facts, *, at: datetime) -> None:
    """The request is met: its members may file another one day. Who took the place meanwhile goes on waiting."""
    if go_on_waiting(actor, facts, at=at):
        return
    advance(facts.request, RequestEvent.CARRY_OUT, actor=actor, at=at, person=facts.request.filed_by_id)
    close_members(facts.request)
    tell_household(actor, facts, NoticeKind.MOVED, reference=facts.request.pk, at=at)


def call_off(
    actor: Actor, facts: Facts, moves: list[Move], *, at: datetime, because: PracticeRefusal | None = None
) -> None:
    """Cancel planned moves: the household waits again with its turn, the places go back where they came from."""
    cancel_moves(actor, moves, at=at, because=because)
    give_back(actor, moves, at=at)
    advance(facts.request, RequestEvent.CANCEL, actor=actor, at=at, person=facts.request.filed_by_id)
    tell_household(actor, facts, NoticeKind.MOVE_CANCELLED, reference=moves[0].pk, at=at)


def reasons_to_refuse(move: Move) -> frozenset[PracticeRefusal]:
    """Give what a practice may say before the switch date; the outcome of a round it accepted beforehand."""
    return AFTER_A_ROUND if move.way == Move.Way.ROUND else frozenset(PracticeRefusal)


def refuse_household(
    actor: Actor, move_id: UUID, practice_id: UUID, *, because: PracticeRefusal, at: datetime
) -> list[Move]:
    """The new practice refuses before the switch date: nobody of the household moves, all keep what they have.

    It counts as the household's own "no": its wish for this practice rests a round. Whoever follows it in a round
    falls when that round's places change hands.
    """
    with transaction.atomic():
        move = Move.objects.filter(pk=move_id, to_practice_id=practice_id).first()
        if move is None:
            raise Refusal(RefusalCode.UNKNOWN_PRACTICE, practice=str(practice_id))
        facts = lock_request(move.request_id)
        moves = planned_moves(move.request_id)
        if move.pk not in {planned.pk for planned in moves} or day_in_amsterdam(at) >= move.switch_on:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, on=move.switch_on)
        if because not in reasons_to_refuse(move):
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, reason=because)
        call_off(actor, facts, moves, at=at, because=because)
        keep_refusal(actor, facts.request, practice_id, Reviewed.PRACTICE_NO, because, at=at)
        refuse_wish(facts.request.pk, practice_id)
    return moves


def give_back(actor: Actor, moves: list[Move], *, at: datetime) -> None:
    """Return to the practice the places of cancelled moves that were granted from what was free."""
    granted = [move for move in moves if move.way in {Move.Way.AT_ONCE, Move.Way.QUEUE}]
    if not granted:
        return
    first = granted[0]
    return_places(first.to_practice_id, len(granted), reference=first.request_id, at=at, by=actor.user_id)
