# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What will happen with each wish: at once, by the queue, in a round, nothing now, or nobody knows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from huisartsplek.practices.models import Places, PolicyVersion, Practice
from huisartsplek.practices.places import left_this_week
from huisartsplek.requests.facts import Facts, km_from_home
from huisartsplek.requests.queue import goes_first, room_for_queue
from huisartsplek.requests.standing import Standing, standings_in
from huisartsplek.requests.waiting_times import WaitedMonths, waiting_times
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import (
    Admitted,
    Fact,
    IntakePolicy,
    PublicStatus,
    Refused,
    RefusedBecause,
    Undecided,
    public_status,
)


class Outlook(StrEnum):
    """What will happen with a wish, as things stand today."""

    AT_ONCE = "at_once"
    QUEUE = "queue"
    ROUND = "round"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why a wish waits, brings nothing now, or cannot be told."""

    THERE_ALREADY = "there_already"
    OUTSIDE_RULE = "outside_rule"
    CLOSED = "closed"
    NOT_ENOUGH_ROOM = "not_enough_room"
    OTHER_REGION = "other_region"
    RESTS = "rests"
    NOT_CONFIRMED_LATELY = "not_confirmed_lately"
    FACT_MISSING = "fact_missing"
    PRACTICE_STOPPED = "practice_stopped"


@dataclass(frozen=True, slots=True)
class Prospect:
    """One wish with what will happen with it."""

    practice: Practice
    rank: int
    outlook: Outlook
    status: PublicStatus
    why: Why | None = None
    km: float | None = None
    standing: Standing | None = None  # where they stand in its queue, or would stand
    waited: WaitedMonths | None = (
        None  # how long half of those waited who got a place there; empty: too few to tell
    )
    until: date | None = None  # how long the practice's rule holds, where it says so
    missing: frozenset[Fact] = frozenset()


@dataclass(frozen=True, slots=True)
class Wished:
    """A practice somebody wants, and whether that wish sits out the next round."""

    practice: Practice
    rests: bool = False


@dataclass(frozen=True, slots=True)
class _Offered:
    """What a practice has on the day of the question."""

    policy: IntakePolicy
    room: int
    status: PublicStatus


def prospects_of(facts: Facts, wishes: Sequence[Wished], *, at: datetime) -> list[Prospect]:
    """Tell for each wish, best first, what will happen with it for this household."""
    on = day_in_amsterdam(at)
    offered = _offered([wished.practice.pk for wished in wishes], at=at, on=on)
    answers = [_outlook(facts, wished, offered.get(wished.practice.pk), on=on) for wished in wishes]
    waiting = [w.practice.pk for w, (outlook, *_) in zip(wishes, answers, strict=True) if outlook is Outlook.QUEUE]
    standings = standings_in(facts, waiting, at=at)
    times = waiting_times(waiting, at=at)
    return [
        Prospect(
            practice=wished.practice,
            rank=rank,
            outlook=outlook,
            status=offered[wished.practice.pk].status if wished.practice.pk in offered else PublicStatus.UNKNOWN,
            why=why,
            km=km_from_home(facts.members, wished.practice),
            standing=standings.get(wished.practice.pk),
            waited=times.get(wished.practice.pk),
            until=offered[wished.practice.pk].policy.valid_until if wished.practice.pk in offered else None,
            missing=missing,
        )
        for rank, (wished, (outlook, why, missing)) in enumerate(zip(wishes, answers, strict=True), start=1)
    ]


def whys_of(facts: Facts, practices: Sequence[Practice], *, at: datetime) -> list[Why | None]:
    """Tell for each practice only why a wish for it brings nothing now, if so; nothing of its queue is read."""
    on = day_in_amsterdam(at)
    offered = _offered([practice.pk for practice in practices], at=at, on=on)
    return [_outlook(facts, Wished(one), offered.get(one.pk), on=on)[1] for one in practices]


def _offered(practice_ids: Collection[UUID], *, at: datetime, on: date) -> dict[UUID, _Offered]:
    versions = PolicyVersion.objects.filter(practice_id__in=practice_ids, replaced_at__isnull=True)
    places = Places.objects.in_bulk(list(practice_ids))
    found = {}
    for version in versions:
        policy, own = version.value(), places.get(version.practice_id)
        free = own.free if own else 0
        week = left_this_week(version.practice_id, policy.weekly, at=at) if free else None
        room = free if week is None else min(free, week)
        status = public_status(policy, has_places=room > 0, confirmed_on=own.confirmed_on if own else None, on=on)
        found[version.practice_id] = _Offered(policy, room, status)
    return found


_Answer = tuple[Outlook, Why | None, frozenset[Fact]]


def _outlook(facts: Facts, wished: Wished, offered: _Offered | None, *, on: date) -> _Answer:
    if not wished.practice.is_active:
        return _nothing(Why.PRACTICE_STOPPED)
    if facts.members and facts.arrivals_at(wished.practice.pk) == 0:
        return _nothing(Why.THERE_ALREADY)
    if offered is None or offered.status is PublicStatus.UNKNOWN:
        return Outlook.UNKNOWN, Why.NOT_CONFIRMED_LATELY, frozenset()
    return _under_the_rule(facts, wished, offered, on=on)


def _under_the_rule(facts: Facts, wished: Wished, offered: _Offered, *, on: date) -> _Answer:
    match facts.assess(wished.practice, offered.policy, on=on):
        case Undecided(missing):
            return Outlook.UNKNOWN, Why.FACT_MISSING, missing
        case Refused(because) if because is not RefusedBecause.FULL_STOP:
            return _nothing(Why.OUTSIDE_RULE)
        case Admitted() if _is_first(facts, wished.practice, offered, on=on):
            return Outlook.AT_ONCE, None, frozenset()
        case Admitted() if offered.policy.waiting_list:
            return Outlook.QUEUE, None, frozenset()
        case Admitted() if offered.room and not offered.policy.swaps:
            return _nothing(Why.NOT_ENOUGH_ROOM)
        case _:
            return _in_round(facts, wished, offered, on=on)


def _is_first(facts: Facts, practice: Practice, offered: _Offered, *, on: date) -> bool:
    if facts.arrivals_at(practice.pk) > offered.room:
        return False
    for_queue = room_for_queue(practice.pk, offered.policy, offered.room)
    if facts.arrivals_at(practice.pk) <= offered.room - for_queue:
        return True
    return goes_first(facts, practice, offered.policy, room=for_queue, on=on)


def _in_round(facts: Facts, wished: Wished, offered: _Offered, *, on: date) -> _Answer:
    if not offered.policy.swaps:
        return _nothing(Why.CLOSED)
    if not isinstance(facts.assess_in_round(wished.practice, offered.policy, on=on), Admitted):
        return _nothing(Why.OUTSIDE_RULE)
    if wished.practice.region_id != facts.request.region_id:
        return _nothing(Why.OTHER_REGION)
    return _nothing(Why.RESTS) if wished.rests else (Outlook.ROUND, None, frozenset())


def _nothing(why: Why) -> _Answer:
    return Outlook.NOTHING, why, frozenset()
