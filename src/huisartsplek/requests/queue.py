# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The queue of a practice: who stands in it, in which order, and who is first among those it can take."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from huisartsplek.enrolments.models import Move
from huisartsplek.people.services import complete_for_many
from huisartsplek.practices.jobs import serve_queue_after_commit
from huisartsplek.practices.models import Places, Practice, Region
from huisartsplek.practices.places import left_over_from_rounds
from huisartsplek.requests.facts import Facts, load_facts
from huisartsplek.requests.models import Offer, Request, Wish
from huisartsplek.requests.standing import AT_A_TIME, in_turn
from huisartsplek.rules.intake import Admitted, IntakePolicy
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.queue import WISH_RESTS_AT_MOST


def wake_wishes(*, at: datetime) -> int:
    """Let wishes count again that have rested for as long as a wish may; returns how many."""
    lately = at - WISH_RESTS_AT_MOST
    offers = Offer.objects.filter(
        request=OuterRef("request"), practice=OuterRef("practice"), state_since__gt=lately
    )
    moves = Move.objects.filter(
        request_id=OuterRef("request"), to_practice=OuterRef("practice"), state_since__gt=lately
    )
    resting = Wish.objects.filter(~Exists(offers), ~Exists(moves), rests_rounds__gt=0)
    return resting.update(rests_rounds=0)


def queues_with_room() -> list[UUID]:
    """Give the practices that have places free while somebody waits for them."""
    waiting = Wish.objects.filter(practice_id=OuterRef("pk"), rests_rounds=0, request__state=RequestState.WAITING)
    with_room = Places.objects.filter(Exists(waiting), free__gt=0)
    return list(with_room.order_by("pk").values_list("pk", flat=True))


def rest_queues(region_id: UUID) -> None:
    """Let the queues of a region, whose places are locked, make no new offers; open ones go on."""
    Region.objects.filter(pk=region_id).update(queues_rest=True)


def wake_queues(region_id: UUID) -> None:
    """Let the queues of a region make offers again, at once where there is room."""
    Region.objects.filter(pk=region_id).update(queues_rest=False)
    in_region = Practice.objects.filter(region_id=region_id).values_list("pk", flat=True)
    for practice_id in sorted(set(in_region) & set(queues_with_room())):
        serve_queue_after_commit(practice_id)


def is_resting(practice_id: UUID) -> bool:
    """Tell whether a practice's queue makes no offers now. Only what is asked under its lock still holds after."""
    return Region.objects.filter(practices=practice_id, queues_rest=True).exists()


def room_for_queue(practice_id: UUID, policy: IntakePolicy, room: int) -> int:
    """How much of its room goes to who waits: all of it, or without a waiting list what rounds left over."""
    return room if policy.waiting_list or not room else min(room, left_over_from_rounds(practice_id))


def takeable(practice: Practice, policy: IntakePolicy, *, room: int, on: date) -> Iterator[Facts]:
    """Give, in turn, the requests that the practice's rule admits and that fit in `room` places.

    Whoever still needs somebody's consent is passed over: nobody moves without it.
    """
    return _taken(in_turn(practice.pk), practice, policy, room=room, on=on)


def _taken(
    queue: Iterable[Facts], practice: Practice, policy: IntakePolicy, *, room: int, on: date
) -> Iterator[Facts]:
    for facts in queue:
        if not 0 < facts.arrivals_at(practice.pk) <= room:
            continue
        if not isinstance(facts.assess(practice, policy, on=on), Admitted):
            continue
        if complete_for_many({facts.request.pk: facts.members}, on=on):
            yield facts


def goes_first(facts: Facts, practice: Practice, policy: IntakePolicy, *, room: int, on: date) -> bool:
    """Tell whether nobody who would be taken stands before this household.

    Most often one of those who wait longest does: only where none of them does, the whole queue is put in order.
    """
    own = facts.queue_key()
    waiting = Request.objects.filter(
        state=RequestState.WAITING, wishes__practice=practice, wishes__rests_rounds=0, since__lt=facts.request.since
    )
    longest = load_facts(waiting.exclude(pk=facts.request.pk).order_by("since")[:AT_A_TIME])
    before = (other for other in longest.values() if other.queue_key() < own)
    if next(_taken(before, practice, policy, room=room, on=on), None) is not None:
        return False
    first = next(takeable(practice, policy, room=room, on=on), None)
    return first is None or first.request.pk == facts.request.pk or own < first.queue_key()
