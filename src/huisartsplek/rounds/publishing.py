# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Publish a computed round: everybody who can get a wish gets an offer, with a deadline and a switch date."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import OFFER_MADE, Fact
from huisartsplek.audit.services import advance, advance_many, begin_many
from huisartsplek.people.locks import lock_people
from huisartsplek.people.queries import among
from huisartsplek.requests.facts import Facts, load_facts
from huisartsplek.requests.models import Offer, Request
from huisartsplek.requests.voices import awaiting_a_letter
from huisartsplek.rounds.beforehand import accept_beforehand
from huisartsplek.rounds.bulk import collecting_later, update_rows
from huisartsplek.rounds.messages import tell_after_commit
from huisartsplek.rounds.models import Entry, Exchange, PlannedMove, Round
from huisartsplek.rounds.services import lock_round
from huisartsplek.rules.answering import next_reminder
from huisartsplek.rules.dates import answer_deadline, switch_on
from huisartsplek.rules.lifecycles import (
    EXCHANGE,
    ExchangeState,
    RequestEvent,
    RequestState,
    RoundEvent,
    RoundState,
)
from huisartsplek.rules.refusals import Refusal, RefusalCode


def publish_round(actor: Actor, round_id: UUID, *, at: datetime) -> Round:
    """Make the outcome public and offer it. It cannot be changed: a coordinator says when, never what.

    Who is no longer as they were at the freeze (moved, died, withdrew) gets no offer; that counts as a no. Where
    everybody said yes beforehand the offer is accepted at once; they may still say no until its deadline.
    """
    with collecting_later(), transaction.atomic():
        round_ = lock_round(round_id)
        if round_.state != RoundState.COMPUTED or not round_.is_verified:
            raise Refusal(RefusalCode.ROUND_NOT_READY)
        planned = list(PlannedMove.objects.filter(round=round_).select_related("exchange"))
        lock_people(move.person_id for move in planned)
        able = still_able(planned)
        by_letter = awaiting_a_letter(able.values(), at)
        deadlines = _deadlines(planned, by_letter, at)
        round_.answers_until = max(deadlines.values(), default=answer_deadline(at, by_letter=False))
        round_.switch_on = switch_on(round_.answers_until)
        round_.published_at = at
        round_.own_moment_at = round_.answers_until
        round_.save()
        offers = _make_offers(actor, round_, round_.switch_on, planned, able, deadlines, by_letter, at)
        accept_beforehand(offers, able, at=at)
        Exchange.objects.filter(round=round_).update(
            own_moment_at=round_.answers_until,
            deadline_at=EXCHANGE.watch[ExchangeState.PROPOSED].deadline.due_at(at, own_at=round_.answers_until),
            alarmed_at=None,
        )
        advance(round_, RoundEvent.PUBLISH, actor=actor, at=at)
        tell_after_commit(round_.pk)
    return round_


def still_able(planned: Iterable[PlannedMove]) -> dict[UUID, Facts]:
    """Give the locked requests that are as they were at the freeze: waiting, with everybody where they were."""
    by_request: dict[UUID, list[PlannedMove]] = defaultdict(list)
    for move in planned:
        by_request[move.request_id].append(move)
    facts = load_facts(Request.objects.filter(pk__in=list(by_request)))
    return {
        pk: fact
        for pk, fact in facts.items()
        if fact.request.state in {RequestState.WAITING, RequestState.OFFERED, RequestState.ACCEPTED}
        and is_unchanged(fact, by_request[pk])
    }


def is_unchanged(facts: Facts, planned: Iterable[PlannedMove]) -> bool:
    """Tell whether everybody lives, still takes part, and is enrolled where they were when the round was frozen."""
    where = {member.pk: facts.practice_of(member) for member in facts.members}
    return not any(member.ended_on for member in facts.members) and all(
        move.person_id in where and where[move.person_id] == move.from_practice_id for move in planned
    )


def _deadlines(planned: Iterable[PlannedMove], by_letter: set[UUID], at: datetime) -> dict[UUID, datetime]:
    """Give each exchange its deadline: as long as a letter needs where it holds somebody reached by letter."""
    slow = {move.exchange_id for move in planned if move.request_id in by_letter}
    return {move.exchange_id: answer_deadline(at, by_letter=move.exchange_id in slow) for move in planned}


def _make_offers(
    actor: Actor,
    round_: Round,
    switch_day: date,
    planned: list[PlannedMove],
    able: dict[UUID, Facts],
    deadlines: dict[UUID, datetime],
    by_letter: set[UUID],
    at: datetime,
) -> list[Offer]:
    entries = Entry.objects.filter(round=round_, rank__isnull=False)
    ranks = {pk: rank for pk, rank in entries.values_list("request_id", "rank") if rank is not None}
    waiting = {pk: fact for pk, fact in able.items() if fact.request.state == RequestState.WAITING}
    offers: dict[UUID, Offer] = {}
    for move in planned:
        if move.request_id in waiting and move.request_id not in offers:
            fact = waiting[move.request_id]
            offers[move.request_id] = Offer(
                request=fact.request,
                practice_id=move.to_practice_id,
                way=Offer.Way.ROUND,
                rank=ranks[move.request_id],
                round_id=round_.pk,
                exchange_id=move.exchange_id,
                made_at=at,
                by_letter=move.request_id in by_letter,
                answer_by=deadlines[move.exchange_id],
                remind_at=next_reminder(at, deadlines[move.exchange_id], after=at),
                switch_on=switch_day,
            )
            fact.request.own_moment_at = round_.answers_until
    begin_many(
        list(offers.values()), kind=OFFER_MADE, actor=actor, at=at, way=Offer.Way.ROUND, each=_facts_of_offer
    )
    requests = [waiting[pk].request for pk in offers]
    Request.objects.filter(pk__in=among(offers)).update(own_moment_at=round_.answers_until)
    advance_many(requests, RequestEvent.OFFER, actor=actor, at=at, round_id=round_.pk)
    for move in planned:
        move.offer = offers.get(move.request_id)
    update_rows(PlannedMove, ("offer",), ((move.pk, (move.offer_id,)) for move in planned))
    return list(offers.values())


def _facts_of_offer(offer: Model) -> dict[str, Fact]:
    if not isinstance(offer, Offer):
        raise TypeError("only offers are offered")
    return {"practice_id": offer.practice_id, "request_id": offer.request_id}
