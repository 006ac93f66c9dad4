# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who goes before whom, and how many places a practice brings to a round."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

WISH_RESTS_AT_MOST = timedelta(days=90)
"""A wish that was refused sits out one round; where no round is held it counts again after this time."""


class PriorityClass(IntEnum):
    """The national classes; a lower number goes first, and nobody sets it for one person."""

    PRACTICE_CLOSES = 0
    WITHOUT_PRACTICE = 1
    EVERYONE_ELSE = 2


@dataclass(frozen=True)
class PriorityPolicy:
    """The published rule of priority, with the place where it comes from."""

    version: str
    source: str
    classes: tuple[PriorityClass, ...]


NATIONAL_PRIORITY = PriorityPolicy(
    version="2",  # since 2: who takes an interim practice keeps the class in which they waited
    source="Huisartsplek, national priority rule 2; a proposal until the ministry adopts a rule",
    classes=tuple(PriorityClass),
)


@dataclass(frozen=True)
class Standing:
    """What counts for priority about one member: the present practice and nothing else."""

    has_practice: bool
    practice_closes: bool = False
    is_newborn_of_enrolled_parent: bool = False

    def __post_init__(self) -> None:
        if self.practice_closes and not self.has_practice:
            raise ValueError("only a practice one has can close")


def priority_class(members: Iterable[Standing]) -> PriorityClass:
    """Give a household its class: 0 a member's practice closes, 1 nobody has one, 2 everyone else."""
    household = tuple(members)
    if not household:
        raise ValueError("a household has at least one member")
    if any(member.practice_closes for member in household):
        return PriorityClass.PRACTICE_CLOSES
    if any(member.has_practice for member in household):
        return PriorityClass.EVERYONE_ELSE
    if all(member.is_newborn_of_enrolled_parent for member in household):
        return PriorityClass.EVERYONE_ELSE
    return PriorityClass.WITHOUT_PRACTICE


def class_in_queue(now: PriorityClass, kept: int | None) -> PriorityClass:
    """Give the class somebody waits in: their own of today, or the better one they waited in.

    Who took an interim practice while they waited keeps that one: taking it never costs a place in the queue.
    """
    return now if kept is None else min(now, PriorityClass(kept))


def file_priority(cls: PriorityClass, goes_first: bool) -> int:
    """Give the number in a round's file: who goes first does so within the class, never across."""
    return 2 * cls if goes_first else 2 * cls + 1


def lot(seed: str, request: str) -> str:
    """Draw a request's lot, which anyone can draw again: SHA-256 in hex of `SEED:REQUEST`."""
    return hashlib.sha256(f"{seed}:{request}".encode()).hexdigest()


@dataclass(frozen=True, order=True)
class QueueKey:
    """A request's place in the order: priority, then since when, then lot."""

    priority: int
    since: datetime
    lot: str

    def __post_init__(self) -> None:
        if self.since.tzinfo is None:
            raise ValueError("waiting since a moment without a time zone cannot be ordered")


def places_for_round(
    left_of_total: int, weekly: int | None, weeks_since_last_freeze: int, given_or_offered_since: int
) -> int:
    """Give the places held for a round: no more than is left, nor than the weekly number still allows."""
    if min(left_of_total, weekly or 0, weeks_since_last_freeze, given_or_offered_since) < 0:
        raise ValueError("numbers of places and weeks are never negative")
    if weekly is None:
        return left_of_total
    return min(left_of_total, max(0, weekly * weeks_since_last_freeze - given_or_offered_since))
