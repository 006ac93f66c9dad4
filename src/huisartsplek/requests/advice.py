# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would shorten somebody's waiting: only what is so today, each from a rule, a queue or an enrolment.

Nothing is said of other people but the band of a queue, as in the queues they wait in themselves.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from huisartsplek.enrolments.queries import HELD_AT_LEAST, is_tradable
from huisartsplek.practices.models import PolicyVersion, Practice
from huisartsplek.practices.queries import PublicPractice, practices_near
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.prospects import Outlook, Prospect
from huisartsplek.requests.queries import OwnRequest, practices_waited_for
from huisartsplek.requests.services import MOST_WISHES
from huisartsplek.requests.standing import Standing, standings_in
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import Admitted, PublicStatus
from huisartsplek.rules.lifecycles import RequestState

NEAR_KM = 8.0
LOOKED_AT = 25  # the nearest practices
QUEUES_LOOKED_AT = 8


class Helps(StrEnum):
    """Something that would shorten the waiting."""

    PLACE_NOW = "place_now"
    SHORTER_QUEUE = "shorter_queue"
    SWAPS_TOO = "swaps_too"
    CONFIRMATION = "confirmation"
    HELD_LONGER = "held_longer"


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that helps, with what it rests on."""

    helps: Helps
    practice: Practice
    km: float | None = None
    standing: Standing | None = None  # where they would stand
    from_: date | None = None  # from when on it helps


def advice_for(own: OwnRequest, wishes: Sequence[Prospect], *, at: datetime) -> list[Advice]:
    """Give what would shorten the waiting of a request, the surest first; nothing where it can be met now."""
    facts, on = own.facts, day_in_amsterdam(at)
    if own.request.state != RequestState.WAITING or any(wish.outlook is Outlook.AT_ONCE for wish in wishes):
        return []
    found = _about_the_present_place(facts, on)
    home = next((one for one in own.members if one.longitude is not None and one.latitude is not None), None)
    if home is None or len(wishes) >= MOST_WISHES:
        return found
    known = {wish.practice.pk for wish in wishes} | {facts.practice_of(member) for member in facts.members}
    near = practices_near(Centre(home.longitude or 0.0, home.latitude or 0.0), within_km=NEAR_KM, at=at)
    others = [one for one in near[:LOOKED_AT] if one.practice.pk not in known and one.policy is not None]
    return [
        *_place_now(facts, others, on),
        *_shorter_queue(facts, others, wishes, at),
        *_swaps_too(facts, others, wishes, on),
        *found,
    ]


@dataclass(frozen=True, slots=True)
class Centre:
    """Where somebody lives."""

    lon: float
    lat: float


def _admits(facts: Facts, public: PublicPractice, on: date) -> bool:
    return public.policy is not None and isinstance(facts.assess(public.practice, public.policy, on=on), Admitted)


def _place_now(facts: Facts, others: Collection[PublicPractice], on: date) -> list[Advice]:
    """Name the nearest practice with a place that its rule gives this household, and for which nobody waits."""
    with_place = [
        public
        for public in others
        if len(facts.members) == 1  # how many places there are is the practice's own
        and public.has_places
        and public.status is not PublicStatus.UNKNOWN
        and _admits(facts, public, on)
    ]
    waited_for = practices_waited_for([public.practice.pk for public in with_place]) if with_place else frozenset()
    free = [public for public in with_place if public.practice.pk not in waited_for]
    return [Advice(Helps.PLACE_NOW, public.practice, public.km) for public in free[:1]]


def _shorter_queue(
    facts: Facts, others: Collection[PublicPractice], wishes: Sequence[Prospect], at: datetime
) -> list[Advice]:
    """Name the practice in whose queue they would stand in a nearer band than in any they stand in."""
    on = day_in_amsterdam(at)
    queues = [
        public
        for public in others
        if public.policy is not None
        and public.policy.waiting_list
        and public.status is not PublicStatus.UNKNOWN
        and _admits(facts, public, on)
    ][:QUEUES_LOOKED_AT]
    standings = standings_in(facts, [public.practice.pk for public in queues], at=at)
    own = [wish.standing.weight for wish in wishes if wish.standing is not None]
    ranked = sorted(queues, key=lambda public: (standings[public.practice.pk].weight, public.km or 0.0))
    best = next(iter(ranked), None)
    if best is None or (own and standings[best.practice.pk].weight >= min(own)):
        return []
    return [Advice(Helps.SHORTER_QUEUE, best.practice, best.km, standings[best.practice.pk])]


def _swaps_too(
    facts: Facts, others: Collection[PublicPractice], wishes: Sequence[Prospect], on: date
) -> list[Advice]:
    """Name the nearest practice that only swaps and would swap with them, for who has a place to give."""
    if any(wish.outlook is Outlook.ROUND for wish in wishes) or not _has_place_to_give(facts, on):
        return []
    swapping = (
        public
        for public in others
        if public.policy is not None
        and public.status is PublicStatus.SWAP_ONLY
        and public.practice.region_id == facts.request.region_id
        and isinstance(facts.assess_in_round(public.practice, public.policy, on=on), Admitted)
    )
    return [Advice(Helps.SWAPS_TOO, public.practice, public.km) for public in list(swapping)[:1]]


def _has_place_to_give(facts: Facts, on: date) -> bool:
    enrolments = [facts.enrolments.get(member.pk) for member in facts.members]
    if not all(enrolment is not None and is_tradable(enrolment, on=on) for enrolment in enrolments):
        return False
    here = {enrolment.practice_id for enrolment in enrolments if enrolment is not None}
    rules = PolicyVersion.objects.filter(practice__in=here, replaced_at__isnull=True)
    return {rule.practice_id for rule in rules if rule.value().swaps} == here


def _about_the_present_place(facts: Facts, on: date) -> list[Advice]:
    """Say what a place lacks before it can be swapped: the practice's word, or some more time."""
    found: dict[tuple[Helps, object], Advice] = {}
    practices = Practice.objects.in_bulk({one.practice_id for one in facts.enrolments.values()})
    for enrolment in facts.enrolments.values():
        practice = practices[enrolment.practice_id]
        if enrolment.confirmed_at is None:
            found.setdefault((Helps.CONFIRMATION, practice.pk), Advice(Helps.CONFIRMATION, practice))
        elif not is_tradable(enrolment, on=on):
            held_since = enrolment.held_since or enrolment.starts_on
            held = Advice(Helps.HELD_LONGER, practice, from_=held_since + HELD_AT_LEAST)
            found.setdefault((Helps.HELD_LONGER, practice.pk), held)
    return list(found.values())
