# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a coordinator does with a round: open it, close it, publish what was computed, or cancel it.

A coordinator never sets a practice's number or rule and never picks a person. What happens in between (freeze,
draw, compute, settle, switch) is done by jobs.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import ROUND_OPENED
from huisartsplek.audit.services import advance, advance_many, begin
from huisartsplek.audit.transactions import require_locking_transaction
from huisartsplek.integrations.beacon.port import BeaconPort
from huisartsplek.practices.locks import lock_places
from huisartsplek.practices.models import PlaceEntry, Places
from huisartsplek.practices.places import change_places
from huisartsplek.requests.models import Offer
from huisartsplek.requests.queue import rest_queues, wake_queues
from huisartsplek.rounds.bulk import collecting_later
from huisartsplek.rounds.freezing import (
    give_aliases,
    hold_places,
    let_wishes_rest_once_less,
    places_of_region,
    read_market,
    store_input,
    tables_of,
)
from huisartsplek.rounds.models import Entry, Exchange, Round, RoundPlaces
from huisartsplek.rounds.next_step import go_on_with_after_commit
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import ExchangeEvent, OfferState, RoundEvent, RoundState
from huisartsplek.rules.refusals import Refusal, RefusalCode

RULES_VERSION = "1"
HELD_STATES = (RoundState.FROZEN, RoundState.DRAWN, RoundState.COMPUTED, RoundState.PUBLISHED)


def open_round(actor: Actor, region_id: UUID, *, at: datetime) -> Round:
    """Open the region's next round. There is one at a time: of two coordinators at once, one is refused."""
    last = Round.objects.filter(region_id=region_id).aggregate(last=Max("number"))["last"] or 0
    round_ = Round(region_id=region_id, number=last + 1, opened_at=at)
    try:
        with transaction.atomic():
            begin(round_, kind=ROUND_OPENED, actor=actor, at=at, region_id=region_id, number=round_.number)
    except IntegrityError:
        raise Refusal(RefusalCode.ROUND_ALREADY_OPEN) from None
    return round_


def lock_round(round_id: UUID) -> Round:
    """Lock a round: before people and practices, so that two steps of one round never run at once."""
    require_locking_transaction()
    return Round.objects.select_for_update(no_key=True, of=("self",)).select_related("region").get(pk=round_id)


def begin_closing(actor: Actor, round_id: UUID, *, at: datetime) -> Round:
    """Let a round be frozen as soon as no offer by the queues of its region is open any more.

    From now on those queues make no new offers, so that this comes no later than the last answer. Everything else
    goes on: people file and change requests, and are admitted at once, until the places are held.
    """
    with transaction.atomic():
        round_ = lock_round(round_id)
        if round_.state not in {RoundState.OPEN, RoundState.CLOSING}:
            raise Refusal(RefusalCode.ROUND_FROZEN)
        # An offer is made under the lock of its practice: it is there before this, or finds that the queue rests.
        lock_places(places_of_region(round_.region_id))
        rest_queues(round_.region_id)
        round_.own_moment_at = max(at, last_answer_by(round_.region_id) or at)
        round_.save(update_fields=["own_moment_at"])
        advance(round_, RoundEvent.CLOSE, actor=actor, at=at)
        go_on_with_after_commit(round_.pk)
    return round_


def freeze_round(
    actor: Actor, round_id: UUID, *, beacon: BeaconPort, at: datetime, clock: Callable[[], datetime]
) -> Round:
    """Freeze who takes part and hold the places; publish the hash and the source of the draw, named beforehand.

    A closing round waits for the open offers by its queues, and holds the places before these go on. A freeze that
    took so long that by the clock its draw is known already is refused: nobody may freeze with it in hand.
    """
    on = day_in_amsterdam(at)
    with collecting_later(), transaction.atomic():
        round_ = lock_round(round_id)
        if round_.state == RoundState.OPEN:
            raise Refusal(RefusalCode.ROUND_NOT_READY)
        if round_.state != RoundState.CLOSING:
            raise Refusal(RefusalCode.ROUND_FROZEN)
        # Before anything is read: until they are held, nobody offers, grants or lowers a place of the region.
        lock_places(places_of_region(round_.region_id))
        unanswered = open_offers_in(round_.region_id).count()
        if unanswered:
            raise Refusal(RefusalCode.ROUND_NOT_READY, offers=unanswered)
        market = read_market(round_, on=on)
        held = hold_places(actor, round_, market, at=at)
        give_aliases(market.participants)
        store_input(round_, market, tables_of(round_, market, held, on=on))
        let_wishes_rest_once_less(round_)
        wake_queues(round_.region_id)
        round_.frozen_at = at
        round_.beacon = beacon.source
        round_.beacon_round = beacon.round_after(at + beacon.lead)
        round_.is_example_draw = beacon.is_example
        round_.rules_version = RULES_VERSION
        round_.own_moment_at = beacon.due_at(round_.beacon_round)
        round_.save()
        advance(round_, RoundEvent.FREEZE, actor=actor, at=at, input_sha256=round_.input_sha256)
        go_on_with_after_commit(round_.pk, wait=round_.own_moment_at - at)
        if clock() >= round_.own_moment_at:
            raise Refusal(RefusalCode.ROUND_NOT_READY, drawn_at=round_.own_moment_at)
    return round_


def open_offers_in(region_id: UUID) -> QuerySet[Offer]:
    """Give the offers by the queues of this region's practices that still wait for an answer."""
    return Offer.objects.filter(practice__region_id=region_id, way=Offer.Way.QUEUE, state=OfferState.OPEN)


def last_answer_by(region_id: UUID) -> datetime | None:
    """Give the last moment at which one of those offers can be answered."""
    last: datetime | None = open_offers_in(region_id).aggregate(last=Max("answer_by"))["last"]
    return last


def cancel_round(actor: Actor, round_id: UUID, *, at: datetime) -> Round:
    """Cancel a round that is not public yet. It stays listed with its hash; the held places are free again."""
    with transaction.atomic():
        round_ = lock_round(round_id)
        was_frozen = round_.frozen_at is not None
        was_closing = round_.state == RoundState.CLOSING
        advance(round_, RoundEvent.CANCEL, actor=actor, at=at)
        advance_many(list(Exchange.objects.filter(round=round_)), ExchangeEvent.FALL, actor=actor, at=at)
        if was_frozen:
            _give_weeks_back(round_)
            release_places(actor, round_, used={}, at=at)
        if was_closing:
            wake_queues(round_.region_id)
    return round_


def _give_weeks_back(round_: Round) -> None:
    """A round that never was takes no weeks of a practice that takes so many people a week."""
    before = RoundPlaces.objects.filter(round=round_)
    lock_places(before.values_list("practice_id", flat=True))
    Places.objects.filter(pk__in=before.values("practice_id"), last_freeze_at=round_.frozen_at).update(
        last_freeze_at=Subquery(before.filter(practice=OuterRef("practice")).values("frozen_before_at"))
    )


def release_places(actor: Actor, round_: Round, *, used: dict[UUID, int], at: datetime) -> None:
    """End the holding of a round's places: what was used is granted, what is left over goes to the queues first.

    Whoever was in it may be in another.
    """
    Entry.objects.filter(round=round_).update(is_unsettled=False)
    brought = {row.practice_id: row for row in RoundPlaces.objects.filter(round=round_, held__gt=0)}
    for practice_id, places in sorted(lock_places(brought).items()):
        row = brought[practice_id]
        row.used = used.get(practice_id, 0)
        row.released = row.held - row.used
        if row.used:
            change_places(
                places,
                PlaceEntry.Kind.GRANT,
                held=-row.used,
                people=row.used,
                reference=round_.pk,
                at=at,
                by=actor.user_id,
            )
        if row.released:
            change_places(
                places,
                PlaceEntry.Kind.RELEASE,
                free=row.released,
                held=-row.released,
                reference=round_.pk,
                at=at,
                by=actor.user_id,
            )
    RoundPlaces.objects.bulk_update(brought.values(), ["used", "released"])
