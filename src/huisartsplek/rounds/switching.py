# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The switch date of a round: each exchange is looked at once more, and then changes hands in one transaction."""

from collections import Counter, defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.services import advance
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.queries import is_tradable
from huisartsplek.enrolments.services import switch_moves
from huisartsplek.people.locks import lock_people
from huisartsplek.practices.locks import lock_places
from huisartsplek.practices.models import PlaceEntry, PolicyVersion
from huisartsplek.practices.places import change_places, return_places
from huisartsplek.requests.facts import Facts, load_facts
from huisartsplek.requests.models import Request
from huisartsplek.requests.moves import call_off, can_still_move, finish
from huisartsplek.rounds.models import Exchange, PlannedMove, Round, RoundPlaces
from huisartsplek.rounds.services import lock_round
from huisartsplek.rounds.settling import let_go_first, standing_requests
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import ExchangeEvent, ExchangeState, MoveState, RoundEvent, RoundState


def exchanges_due(round_id: UUID, *, at: datetime) -> list[UUID]:
    """Give the exchanges of a round that stand and whose switch date has come."""
    due = Exchange.objects.filter(
        round_id=round_id, state=ExchangeState.STANDING, round__switch_on__lte=day_in_amsterdam(at)
    )
    return list(due.order_by("number").values_list("pk", flat=True))


def switch_exchange(actor: Actor, exchange_id: UUID, *, at: datetime) -> bool:
    """Carry out one exchange; False when it is not its day, or done already.

    Who died, emigrated, withdrew or was enrolled elsewhere since has said no; whoever needs their place stays too.
    """
    with transaction.atomic():
        planned = list(PlannedMove.objects.filter(exchange_id=exchange_id, stands=True).order_by("person_id"))
        lock_people(move.person_id for move in planned)
        exchange = (
            Exchange.objects.select_for_update(no_key=True, of=("self",))
            .select_related("round")
            .get(pk=exchange_id)
        )
        if exchange.state != ExchangeState.STANDING or not _is_the_day(exchange, at):
            return False
        moves: dict[UUID, list[Move]] = defaultdict(list)
        for move in Move.objects.filter(exchange_id=exchange_id, state=MoveState.PLANNED).order_by("person_id"):
            moves[move.request_id].append(move)
        facts = load_facts(Request.objects.filter(pk__in=list(moves)))
        able = {pk for pk in moves if can_still_move(facts[pk], moves[pk])}
        going = standing_requests(planned, able)
        _switch(actor, facts, moves, going, at)
        _remember_floor(exchange, able - going)
        _give_back(actor, exchange, moves, planned, going, at)
        event = ExchangeEvent.CARRY_OUT if going else ExchangeEvent.FALL
        advance(exchange, event, actor=actor, at=at)
    return True


def _is_the_day(exchange: Exchange, at: datetime) -> bool:
    switch_on = exchange.round.switch_on
    return switch_on is not None and switch_on <= day_in_amsterdam(at)


def _switch(
    actor: Actor, facts: dict[UUID, Facts], moves: dict[UUID, list[Move]], going: set[UUID], at: datetime
) -> None:
    switch_moves(actor, [move for pk in sorted(going) for move in moves[pk]], at=at)
    for pk in sorted(moves):
        if pk in going:
            finish(actor, facts[pk], at=at)
        else:
            call_off(actor, facts[pk], moves[pk], at=at)


def _remember_floor(exchange: Exchange, fallen: set[UUID]) -> None:
    """A no after the settlement is a no all the same: who fell by it goes first next time, and is counted."""
    number = let_go_first(exchange.round, fallen)
    if number:
        Round.objects.filter(pk=exchange.round_id).update(fell_below_floor=F("fell_below_floor") + number)


def _give_back(
    actor: Actor,
    exchange: Exchange,
    moves: dict[UUID, list[Move]],
    planned: list[PlannedMove],
    going: set[UUID],
    at: datetime,
) -> None:
    """Give practices what this exchange leaves them: places granted for nobody after all, and leavers' places.

    A place that a leaver frees and nobody of the exchange takes goes to the queue of the practice they left.
    """
    unused = Counter(
        move.to_practice_id for move in planned if move.source_id is None and move.request_id not in going
    )
    left = _left_open(exchange.round, moves, planned, going)
    for practice_id, places in sorted(lock_places({*unused, *left}).items()):
        if unused[practice_id]:
            return_places(practice_id, unused[practice_id], reference=exchange.round_id, at=at, by=actor.user_id)
        if left[practice_id]:
            change_places(
                places,
                PlaceEntry.Kind.RELEASE,
                free=left[practice_id],
                reference=exchange.round_id,
                at=at,
                by=actor.user_id,
            )


def _left_open(
    round_: Round, moves: dict[UUID, list[Move]], planned: list[PlannedMove], going: set[UUID]
) -> Counter[UUID]:
    """Count for each practice that refills it the places of leavers that nobody took."""
    taken = {move.source_id for move in planned if move.request_id in going}
    frozen_on = day_in_amsterdam(round_.frozen_at or round_.opened_at)
    freed = [
        move.ended.practice_id
        for pk in going
        for move in moves[pk]
        if move.ended is not None and move.person_id not in taken and is_tradable(move.ended, on=frozen_on)
    ]
    refilling = _practices_that_swap(round_, set(freed))
    return Counter(practice_id for practice_id in freed if practice_id in refilling)


def _practices_that_swap(round_: Round, practice_ids: set[UUID]) -> set[UUID]:
    """Give those that refill a leaver's place: as frozen for the round's own, by their own rule elsewhere."""
    frozen = dict(
        RoundPlaces.objects.filter(round=round_, practice__in=practice_ids).values_list("practice_id", "swaps")
    )
    elsewhere = PolicyVersion.objects.filter(practice__in=practice_ids - frozen.keys(), replaced_at__isnull=True)
    swaps = {version.practice_id: version.value().swaps for version in elsewhere} | frozen
    return {practice_id for practice_id, refills in swaps.items() if refills}


def close_round(actor: Actor, round_id: UUID, *, at: datetime) -> bool:
    """Mark a settled round as carried out once all its exchanges are; False while some are not."""
    with transaction.atomic():
        round_ = lock_round(round_id)
        unfinished = Exchange.objects.filter(round=round_, state=ExchangeState.STANDING)
        if round_.state != RoundState.SETTLED or unfinished.exists():
            return False
        advance(round_, RoundEvent.CARRY_OUT, actor=actor, at=at)
    return True
