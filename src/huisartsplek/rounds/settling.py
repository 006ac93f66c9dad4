# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settle a round after the answers: what hangs together and has every yes goes on, the rest keeps everything.

A cycle stands only when all in it said yes; in a chain those nearer the free place go on. Who falls by somebody
else's "no" keeps place and turn, and goes first within their class next time if the waiting list alone would have
given them a wish.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import MOVE_PLANNED, Fact
from huisartsplek.audit.services import advance, advance_many, begin_many
from huisartsplek.engine.exchanges import carried_out
from huisartsplek.engine.results import MoveTable
from huisartsplek.enrolments.models import Move
from huisartsplek.people.locks import lock_people
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.models import Offer, Request, RequestMember
from huisartsplek.requests.offers import refuse_wish, with_every_yes
from huisartsplek.rounds.messages import tell_after_commit
from huisartsplek.rounds.models import Correction, Entry, Exchange, PlannedMove, Round
from huisartsplek.rounds.publishing import still_able
from huisartsplek.rounds.services import lock_round, release_places
from huisartsplek.rules.corrections import TurnBack
from huisartsplek.rules.dates import is_first_of_quarter, switch_on
from huisartsplek.rules.lifecycles import (
    CorrectionState,
    ExchangeEvent,
    OfferEvent,
    OfferState,
    RequestEvent,
    RequestState,
    RoundEvent,
    RoundState,
)

SHORTEST_NOTICE_DAYS = 7  # a round that is settled late changes hands later too


def settle_round(actor: Actor, round_id: UUID, *, at: datetime) -> bool:
    """Settle a published round once its last deadline has passed; False when it is not its time, or done already.

    All of it happens in one transaction: killed half-way, nothing happened, and the job does it again.
    """
    with transaction.atomic():
        round_ = lock_round(round_id)
        if round_.state != RoundState.PUBLISHED or round_.answers_until is None or at <= round_.answers_until:
            return False
        planned = list(PlannedMove.objects.filter(round=round_).select_related("exchange"))
        went_first = used_their_turn(round_)
        # Also who does not move: a request is written only under its members, as everywhere else.
        members = RequestMember.objects.filter(request__in=went_first).values_list("person_id", flat=True)
        lock_people({*members, *(move.person_id for move in planned)})
        able = still_able(planned)
        offers = {o.request_id: o for o in Offer.objects.filter(round_id=round_.pk)}
        accepted = {pk for pk in able if pk in offers and offers[pk].state == OfferState.ACCEPTED}
        # Whoever turned 12 since the answer says yes themselves, or their household does not move.
        yes = with_every_yes(able, [offers[pk] for pk in accepted], at)
        standing = standing_requests(planned, yes)
        round_.switch_on = max(switch_day_of(round_), switch_on(at, lead_days=SHORTEST_NOTICE_DAYS))
        _stand(actor, round_, planned, offers, able, standing, at)
        _fall(actor, offers, standing, at)
        _mark(round_, planned, standing)
        _settle_exchanges(actor, round_, planned, standing, at)
        _remember_floor(round_, went_first, accepted - standing)
        release_places(actor, round_, used=_used(planned, standing), at=at)
        round_.settled_at = at
        round_.own_moment_at = first_switch_moment(round_)
        round_.save()
        advance(round_, RoundEvent.SETTLE, actor=actor, at=at)
        tell_after_commit(round_.pk)
    return True


def used_their_turn(round_: Round) -> list[UUID]:
    """Give who went first in this round. Who was told since the freeze that they go first next time keeps that."""
    entries = Entry.objects.filter(round=round_, went_first=True)
    anew = Correction.objects.filter(
        request__in=entries.values("request_id"),
        gives__in=[gives for gives in TurnBack if gives.goes_first],
        state=CorrectionState.CONFIRMED,
        state_since__gt=round_.frozen_at,
    )
    went = entries.exclude(request__in=anew.values("request_id"))
    return list(went.values_list("request_id", flat=True))


def standing_requests(planned: Iterable[PlannedMove], yes: set[UUID]) -> set[UUID]:
    """Give the largest set that said yes and in which each moving member's source is free or leaves in the set."""
    moves = list(planned)
    table = MoveTable(
        person=[str(move.person_id) for move in moves],
        request=[str(move.request_id) for move in moves],
        from_=[str(move.from_practice_id or "") for move in moves],
        to=[str(move.to_practice_id) for move in moves],
        rank=[0] * len(moves),  # what was wished does not matter any more
        exchange=[0] * len(moves),
        source=[str(move.source_id or "") for move in moves],
    )
    return {UUID(request) for request in carried_out(table, {str(pk) for pk in yes})}


def switch_day_of(round_: Round) -> date:
    """Give the day on which the places of a published round change hands."""
    if round_.switch_on is None or is_first_of_quarter(round_.switch_on):
        raise ValueError("a published round has a switch date, never the first of a quarter")
    return round_.switch_on


def first_switch_moment(round_: Round) -> datetime:
    """Give the moment from which the round's moves are carried out."""
    return Move(switch_on=switch_day_of(round_)).own_moment_at


def _stand(
    actor: Actor,
    round_: Round,
    planned: list[PlannedMove],
    offers: dict[UUID, Offer],
    able: dict[UUID, Facts],
    standing: set[UUID],
    at: datetime,
) -> None:
    moves = [
        Move(
            person_id=move.person_id,
            request_id=move.request_id,
            exchange_id=move.exchange_id,
            held_for=round_.pk if move.source_id is None else None,
            from_practice_id=move.from_practice_id,
            to_practice_id=move.to_practice_id,
            way=Move.Way.ROUND,
            sure_at=at,
            switch_on=switch_day_of(round_),
        )
        for move in planned
        if move.request_id in standing
    ]
    begin_many(moves, kind=MOVE_PLANNED, actor=actor, at=at, way=Move.Way.ROUND, each=_facts_of_move)
    # An answer-in-time that is settled late moves the day: the offer says the one that holds.
    Offer.objects.filter(round_id=round_.pk, request_id__in=standing).update(switch_on=switch_day_of(round_))
    advance_many([offers[pk] for pk in standing], OfferEvent.STAND, actor=actor, at=at, round_id=round_.pk)
    requests = [able[pk].request for pk in standing]
    for request in requests:
        request.own_moment_at = first_switch_moment(round_)
    Request.objects.bulk_update(requests, ["own_moment_at"], batch_size=1000)
    advance_many(requests, RequestEvent.STAND, actor=actor, at=at, round_id=round_.pk)


def _facts_of_move(move: Model) -> dict[str, Fact]:
    if not isinstance(move, Move):
        raise TypeError("only moves are planned")
    return {"practice_id": move.to_practice_id, "request_id": move.request_id}


def _fall(actor: Actor, offers: dict[UUID, Offer], standing: set[UUID], at: datetime) -> None:
    """Let silence count as a no, and let those who said yes but whose exchange fell wait again."""
    silent = [o for o in offers.values() if o.state == OfferState.OPEN]
    fallen = [o for o in offers.values() if o.state == OfferState.ACCEPTED and o.request_id not in standing]
    requests = {r.pk: r for r in Request.objects.filter(pk__in=[o.request_id for o in [*silent, *fallen]])}
    _advance_requests(actor, [requests[o.request_id] for o in silent], RequestEvent.LAPSE, at)
    advance_many(silent, OfferEvent.LAPSE, actor=actor, at=at)
    for offer in silent:
        refuse_wish(offer.request_id, offer.practice_id)
    _advance_requests(actor, [requests[o.request_id] for o in fallen], RequestEvent.FALL, at)
    advance_many(fallen, OfferEvent.FALL, actor=actor, at=at)


def _advance_requests(actor: Actor, requests: list[Request], event: RequestEvent, at: datetime) -> None:
    open_ = [r for r in requests if r.state in {RequestState.OFFERED, RequestState.ACCEPTED}]
    advance_many(open_, event, actor=actor, at=at)


def _mark(round_: Round, planned: list[PlannedMove], standing: set[UUID]) -> None:
    for move in planned:
        move.stands = move.request_id in standing
    PlannedMove.objects.bulk_update(planned, ["stands"], batch_size=1000)
    moved = Entry.objects.filter(round=round_, request_id__in={move.request_id for move in planned})
    moved.update(stands=False)
    moved.filter(request_id__in=standing).update(stands=True)


def _settle_exchanges(
    actor: Actor, round_: Round, planned: list[PlannedMove], standing: set[UUID], at: datetime
) -> None:
    exchanges = {e.pk: e for e in Exchange.objects.filter(round=round_)}
    alive = {move.exchange_id for move in planned if move.request_id in standing}
    for exchange in exchanges.values():
        exchange.own_moment_at = first_switch_moment(round_)
    Exchange.objects.bulk_update(exchanges.values(), ["own_moment_at"], batch_size=1000)
    stand = [e for pk, e in exchanges.items() if pk in alive]
    fall = [e for pk, e in exchanges.items() if pk not in alive]
    advance_many(stand, ExchangeEvent.STAND, actor=actor, at=at)
    advance_many(fall, ExchangeEvent.FALL, actor=actor, at=at)


def _remember_floor(round_: Round, went_first: Collection[UUID], fallen: set[UUID]) -> None:
    """Going first is used up by a round; who falls below their floor by another's no gets it again."""
    Request.objects.filter(pk__in=went_first).update(goes_first=False)
    round_.fell_below_floor = let_go_first(round_, fallen)


def let_go_first(round_: Round, fallen: set[UUID]) -> int:
    """Of requests that fell by another's no, let those go first next time that the waiting list alone had helped.

    Give how many they are.
    """
    fell = Entry.objects.filter(round=round_, queue_rank__isnull=False, request_id__in=fallen)
    Request.objects.filter(pk__in=list(fell.values_list("request_id", flat=True))).update(goes_first=True)
    return fell.update(fell_below_floor=True)


def _used(planned: list[PlannedMove], standing: set[UUID]) -> dict[UUID, int]:
    used: dict[UUID, int] = {}
    for move in planned:
        if move.request_id in standing and move.source_id is None:
            used[move.to_practice_id] = used.get(move.to_practice_id, 0) + 1
    return used
