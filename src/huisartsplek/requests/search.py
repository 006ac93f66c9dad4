# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The search that everybody does: every practice's own rule, held against what one visitor told of themselves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from huisartsplek.practices.centre import Centre
from huisartsplek.practices.queries import PublicPractice, practices_near, public_practice
from huisartsplek.requests.queries import practices_waited_for
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import Applicant, Verdict, verdict
from huisartsplek.simulator.distances import DUTCH_SPEEDS, Travel


@dataclass(frozen=True, slots=True)
class Visitor:
    """All that a visitor has told of themselves, in the address and nowhere else."""

    centre: Centre | None
    moved_in_on: date | None = None
    has_gp: bool | None = None

    def applicant(self, km: float | None) -> Applicant:
        """Give the facts a rule may weigh; a distance that is only about right decides nothing."""
        is_sure = self.centre is not None and self.centre.pc4 is not None and not self.centre.is_approximate
        sure_km = km if is_sure else None
        return Applicant(
            pc4=self.centre.pc4 if self.centre else None,
            moved_in_on=self.moved_in_on,
            has_gp=self.has_gp,
            distance_km=None if sure_km is None else round(Decimal(sure_km), 1),
            minutes=None if sure_km is None else DUTCH_SPEEDS.minutes(sure_km, Travel.BICYCLE),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A practice with the answer for one visitor."""

    public: PublicPractice
    verdict: Verdict
    others_first: bool


def weigh_all(
    practices: Sequence[PublicPractice], visitor: Visitor, *, waited_for: Collection[UUID], at: datetime
) -> list[Found]:
    """Hold every practice's own rule against what the visitor told."""
    on = day_in_amsterdam(at)
    return [
        Found(
            public,
            verdict(
                public.policy,
                visitor.applicant(public.km),
                has_places=public.has_places,
                confirmed_on=public.confirmed_on,
                on=on,
                others_first=public.practice.pk in waited_for,
            ),
            others_first=public.has_places and public.practice.pk in waited_for,
        )
        for public in practices
    ]


def search(centre: Centre, visitor: Visitor, *, within_km: float, at: datetime) -> list[Found]:
    """Give the practices around a point with their answers, nearest first."""
    return _weigh(practices_near(centre, within_km=within_km, at=at), visitor, at=at)


def search_places(centre: Centre, visitor: Visitor, *, within_km: float, at: datetime) -> list[Found]:
    """Give those that have a place, to look farther away for one that says yes."""
    return _weigh(practices_near(centre, within_km=within_km, at=at, with_places=True), visitor, at=at)


def found_practice(slug: str, visitor: Visitor, *, at: datetime) -> Found | None:
    """Give one practice, by its name in an address, with its answer."""
    public = public_practice(slug, at=at, point=visitor.centre)
    return None if public is None else _weigh([public], visitor, at=at)[0]


def _weigh(practices: Sequence[PublicPractice], visitor: Visitor, *, at: datetime) -> list[Found]:
    # Where there is no waiting list nobody stands before anybody, but for what a round left over: offered at once.
    with_places = [
        public.practice.pk
        for public in practices
        if public.has_places and public.policy is not None and public.policy.waiting_list
    ]
    waited_for = practices_waited_for(with_places) if with_places else frozenset[UUID]()
    return weigh_all(practices, visitor, waited_for=waited_for, at=at)
