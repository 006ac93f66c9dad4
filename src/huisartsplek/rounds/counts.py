# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round in numbers: what is in it, what it decided, and what people answered. Counts only, nobody in them.

Who shows them to others hides the small ones.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q

from huisartsplek.practices.models import Places, PolicyVersion
from huisartsplek.requests.models import Offer, RequestMember, Wish
from huisartsplek.rounds.freezing import brought, waiting_in
from huisartsplek.rounds.models import Entry, EntryMember, Exchange, PlannedMove, Round, RoundFile, RoundPlaces
from huisartsplek.rules.lifecycles import ExchangeState, OfferState


class Outcome(StrEnum):
    """What the engine decides about a request."""

    MOVED = "moved"
    STAYS = "stays"
    WAITS = "waits"


class Way(StrEnum):
    """How people come by their place."""

    PLACE = "place"  # alone, into a free place
    CYCLE = "cycle"
    CHAIN = "chain"
    MIXED = "mixed"  # cycles and chains that hang together by a household


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a round."""

    requests: int
    persons: int
    practices: int  # see `practices_in`
    wishes: int

    @property
    def wishes_per_request(self) -> float:
        """How many wishes a request has in the middle."""
        return round(self.wishes / self.requests, 1) if self.requests else 0.0


@dataclass(frozen=True, slots=True)
class Decided:
    """What the engine decided, in people unless it says otherwise."""

    persons: Mapping[Outcome, int]
    requests: Mapping[Outcome, int]
    by_way: Mapping[Way, int]
    by_rank: Mapping[int, int]
    exchanges_by_size: Mapping[int, int]  # exchanges, by the requests in each; only those of two and more
    by_queue_alone: int  # who would have got a wish from the waiting list alone
    one_no_mean: float  # requests that fall by one "no"
    one_no_largest: int


@dataclass(frozen=True, slots=True)
class Answers:
    """How far the answers to a round's offers are, in requests."""

    offers: int
    yes: int
    no: int
    open: int
    silent: int  # till the deadline


@dataclass(frozen=True, slots=True)
class Settled:
    """What stands after the answers."""

    requests: int
    persons: int
    switched: int  # of those persons: whose switch is done
    fell: int  # requests with an offer that do not go on
    fell_below_floor: int


def practices_in(round_: Round, *, at: datetime) -> int:
    """Count the practices that take part: those of the region that bring a place to the round, or swap.

    Before the freeze: that would, if it were frozen at this moment; afterwards the moment makes no difference.
    """
    if round_.frozen_at is not None:
        return RoundPlaces.objects.filter(Q(held__gt=0) | Q(swaps=True), round=round_).count()
    in_force = PolicyVersion.objects.filter(
        practice__region_id=round_.region_id, practice__is_active=True, replaced_at__isnull=True
    )
    free = {places.pk: places for places in Places.objects.filter(practice__region_id=round_.region_id, free__gt=0)}
    policies = [(version.practice_id, version.value()) for version in in_force]
    return sum(policy.swaps or (pk in free and brought(free[pk], policy, at) > 0) for pk, policy in policies)


def contents_now(round_: Round, *, at: datetime) -> Contents:
    """Count what an open round would hold if it were frozen now; consents are looked at by the freeze itself."""
    waiting = waiting_in(round_.region_id)
    return Contents(
        requests=waiting.count(),
        persons=RequestMember.objects.filter(request__in=waiting).count(),
        practices=practices_in(round_, at=at),
        wishes=Wish.objects.filter(
            request__in=waiting, practice__region_id=round_.region_id, rests_rounds=0
        ).count(),
    )


def contents_of(round_: Round) -> Contents:
    """Count what a frozen round holds."""
    wishes = RoundFile.objects.filter(round=round_, is_input=True, name="wishes.csv").values_list(
        "content", flat=True
    )
    return Contents(
        requests=Entry.objects.filter(round=round_).count(),
        persons=EntryMember.objects.filter(round=round_).count(),
        practices=practices_in(round_, at=round_.state_since),
        wishes=sum(max(0, bytes(content).count(b"\n") - 1) for content in wishes),
    )


def decided_in(round_: Round) -> Decided:
    """Count what was computed."""
    entries = Entry.objects.filter(round=round_)
    rows = entries.values("outcome", "rank").annotate(people=Count("members"), n=Count("pk", distinct=True))
    persons: Counter[Outcome] = Counter()
    requests: Counter[Outcome] = Counter()
    by_rank: Counter[int] = Counter()
    for row in rows:
        outcome = Outcome(row["outcome"])
        persons[outcome] += row["people"]
        requests[outcome] += row["n"]
        if outcome is Outcome.MOVED and row["rank"] is not None:
            by_rank[row["rank"]] += row["people"]
    one_no = _report_file(round_).get("one_no_takes_out", {})
    moves = PlannedMove.objects.filter(round=round_)
    sizes = Exchange.objects.filter(round=round_, requests__gt=1).values_list("requests")
    return Decided(
        persons={outcome: persons[outcome] for outcome in Outcome},
        requests={outcome: requests[outcome] for outcome in Outcome},
        by_way=_by_way(moves.values_list("exchange__kind", "exchange__requests").annotate(n=Count("pk"))),
        by_rank=dict(sorted(by_rank.items())),
        exchanges_by_size=dict(sizes.annotate(n=Count("pk")).order_by("requests")),
        by_queue_alone=EntryMember.objects.filter(round=round_, entry__queue_rank__isnull=False).count(),
        one_no_mean=float(one_no.get("mean", 0)),
        one_no_largest=int(one_no.get("largest", 0)),
    )


def _by_way(rows: Iterable[tuple[str, int, int]]) -> dict[Way, int]:
    found: Counter[Way] = Counter()
    for kind, requests, people in rows:
        found[Way.PLACE if kind == "chain" and requests == 1 else Way(kind)] += people
    return {way: found[way] for way in Way}


def _report_file(round_: Round) -> dict[str, Any]:
    files = RoundFile.objects.filter(round=round_, is_input=False, name="report.json")
    for content in files.values_list("content", flat=True):
        return dict(json.loads(bytes(content)))
    return {}


def answers_to(round_: Round) -> Answers:
    """Count the answers to a round's offers so far."""
    states = Counter(Offer.objects.filter(round_id=round_.pk).values_list("state", flat=True))
    yes = states[OfferState.ACCEPTED] + states[OfferState.STANDING] + states[OfferState.FALLEN]
    return Answers(
        offers=states.total(),
        yes=yes,
        no=states[OfferState.DECLINED] + states[OfferState.WITHDRAWN],
        open=states[OfferState.OPEN],
        silent=states[OfferState.LAPSED],
    )


def settled_in(round_: Round) -> Settled:
    """Count what stands after the answers."""
    entries = Entry.objects.filter(round=round_)
    moves = PlannedMove.objects.filter(round=round_, stands=True)
    return Settled(
        requests=entries.filter(stands=True).count(),
        persons=moves.count(),
        switched=moves.filter(exchange__state=ExchangeState.CARRIED_OUT).count(),
        fell=entries.filter(stands=False).count(),
        fell_below_floor=round_.fell_below_floor or 0,
    )
