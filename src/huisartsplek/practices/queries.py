# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading practices: as anyone may know them, and as their own staff do."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import cos, radians
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, FilteredRelation, Q, QuerySet, TextField
from django.db.models.functions import Cast

from huisartsplek.audit.actors import Actor
from huisartsplek.practices.models import Places, PolicyVersion, Practice
from huisartsplek.practices.permissions import may_see_intake
from huisartsplek.practices.places import WEEK, granted_by_each, left_this_week
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import IntakePolicy, PublicStatus, from_json, public_status
from huisartsplek.simulator.distances import Point, km_between

_KM_PER_DEGREE = 111.0  # a little less than the shortest, so that the box never cuts off a practice


def practices_by_slug(slugs: Sequence[str]) -> list[Practice]:
    """Give the practices with these names in an address, in the order asked for; unknown ones are left out."""
    known = {practice.slug: practice for practice in Practice.objects.filter(slug__in=slugs, is_active=True)}
    return [known[slug] for slug in dict.fromkeys(slugs) if slug in known]


def practice_by_agb(agb: str) -> Practice | None:
    """Give the practice with this code, which is public."""
    return Practice.objects.filter(agb=agb).first()


def practices_by_id(practice_ids: Sequence[UUID]) -> list[Practice]:
    """Give these practices, those that stopped too, in the order asked for."""
    known = Practice.objects.in_bulk(list(practice_ids))
    return [known[pk] for pk in dict.fromkeys(practice_ids) if pk in known]


def practices_like(text: str, *, most: int = 10) -> list[Practice]:
    """Give practices whose name, place or postcode has every word of the text, by name."""
    found = Practice.objects.filter(is_active=True)
    words = text.split()[:6]
    for word in words:
        found = found.filter(Q(name__icontains=word) | Q(place__icontains=word) | Q(postcode__istartswith=word))
    return list(found.order_by("name", "place", "pk")[:most]) if words else []


@dataclass(frozen=True, slots=True)
class PublicPractice:
    """A practice as anyone may know it on a day: its rule, whether it has a place, never how many."""

    practice: Practice
    policy: IntakePolicy | None
    has_places: bool
    confirmed_on: date | None
    km: float | None
    status: PublicStatus


@dataclass(frozen=True, slots=True)
class _Spot:
    lon: float
    lat: float


def practices_near(
    point: Point, *, within_km: float, at: datetime, with_places: bool = False
) -> list[PublicPractice]:
    """Give the practices within so many kilometres as the crow flies, nearest first. Two queries at most.

    `with_places`: those without a place are left out, to look far away for one that has.
    """
    tall = within_km / _KM_PER_DEGREE
    wide = tall / max(0.1, cos(radians(point.lat)))
    box = Practice.objects.filter(
        is_active=True,
        latitude__range=(point.lat - tall, point.lat + tall),
        longitude__range=(point.lon - wide, point.lon + wide),
    )
    if with_places:
        box = box.filter(places__free__gt=0)
    measured = ((practice, _km_to(practice, point)) for practice in _with_intake(box))
    near = sorted(
        ((practice, km) for practice, km in measured if km <= within_km), key=lambda found: (found[1], found[0].pk)
    )
    return _public(near, at=at)


def public_practice(slug: str, *, at: datetime, point: Point | None = None) -> PublicPractice | None:
    """Give one practice by its name in an address, with the distance to a point where one is named."""
    found = _with_intake(Practice.objects.filter(slug=slug, is_active=True)).first()
    if found is None:
        return None
    (public,) = _public([(found, None if point is None else _km_to(found, point))], at=at)
    return public


def statuses_of(practice_ids: Collection[UUID], *, at: datetime) -> dict[UUID, PublicStatus]:
    """Give the public status of each of these practices, in two queries at most."""
    found = _with_intake(Practice.objects.filter(pk__in=list(practice_ids)))
    return {one.practice.pk: one.status for one in _public([(practice, None) for practice in found], at=at)}


def rules_at(practice_ids: Collection[UUID], *, at: datetime) -> dict[UUID, IntakePolicy]:
    """Give the rule that each of these practices had in force at a moment; who had none is left out."""
    signed = PolicyVersion.objects.filter(
        Q(replaced_at__isnull=True) | Q(replaced_at__gt=at), practice_id__in=list(practice_ids), signed_at__lte=at
    )
    return {version.practice_id: version.value() for version in signed.order_by("signed_at")}


def _with_intake(practices: QuerySet[Practice]) -> QuerySet[Practice]:
    """Add the policy in force and whether anything is free, in the same query; the number is not read."""
    return practices.annotate(
        in_force=FilteredRelation("policies", condition=Q(policies__replaced_at__isnull=True)),
        signed_policy=Cast("in_force__policy", TextField()),
        is_free=ExpressionWrapper(Q(places__free__gt=0), output_field=BooleanField()),
        confirmed_on=F("places__confirmed_on"),
    )


def _km_to(practice: Practice, point: Point) -> float:
    return km_between(point, _Spot(practice.longitude, practice.latitude))


def _public(measured: Sequence[tuple[Practice, float | None]], *, at: datetime) -> list[PublicPractice]:
    policies = {practice.pk: _policy_of(practice) for practice, _km in measured}
    used_up = _used_up((practice for practice, _km in measured), policies, at=at)
    return [
        _seen(practice, policies[practice.pk], km, practice.pk in used_up, on=day_in_amsterdam(at))
        for practice, km in measured
    ]


def _is_free(practice: Practice) -> bool:
    return bool(getattr(practice, "is_free", False))


def _policy_of(practice: Practice) -> IntakePolicy | None:
    signed: str | None = getattr(practice, "signed_policy", None)
    return None if signed is None else _read_policy(signed)


@lru_cache(maxsize=16_384)
def _read_policy(signed: str) -> IntakePolicy:
    """Read a signed policy once, however many people search: the same text is the same policy."""
    return from_json(json.loads(signed))


def _seen(
    practice: Practice, policy: IntakePolicy | None, km: float | None, is_used_up: bool, *, on: date
) -> PublicPractice:
    has_places = _is_free(practice) and not is_used_up
    confirmed_on: date | None = getattr(practice, "confirmed_on", None)
    status = public_status(policy, has_places=has_places, confirmed_on=confirmed_on, on=on)
    return PublicPractice(practice, policy, has_places, confirmed_on, km, status)


def _used_up(
    practices: Iterable[Practice], policies: Mapping[UUID, IntakePolicy | None], *, at: datetime
) -> Collection[UUID]:
    """Tell which of these have places, but gave as many this week as they give in one."""
    weekly = {
        practice.pk: policy.weekly
        for practice in practices
        if (policy := policies[practice.pk]) is not None and policy.weekly is not None and _is_free(practice)
    }
    if not weekly:
        return frozenset()
    given = granted_by_each(weekly, at - WEEK)
    return {practice_id for practice_id, number in weekly.items() if given[practice_id] >= number}


@dataclass(frozen=True, slots=True)
class OwnIntake:
    """What a practice knows of its own intake: its numbers, private to it, and what the public makes of them."""

    practice: Practice
    policy: IntakePolicy | None
    signed_at: datetime | None
    free: int
    held: int
    version: int  # of the places: whoever changes them says which version they saw
    left_this_week: int | None  # nothing: it set no weekly number
    status: PublicStatus
    confirmed_on: date | None

    @property
    def given_this_week(self) -> int | None:
        """How many of its weekly number it has given."""
        if self.policy is None or self.policy.weekly is None or self.left_this_week is None:
            return None
        return self.policy.weekly - self.left_this_week


def own_intake(actor: Actor, practice_id: UUID, *, at: datetime) -> OwnIntake | None:
    """Give the intake of a practice to somebody who works there; `practice_id` is where their role reaches."""
    places = Places.objects.filter(pk=practice_id).select_related("practice").first()
    if places is None or not may_see_intake(actor):
        return None
    signed = PolicyVersion.objects.filter(practice_id=practice_id, replaced_at__isnull=True).first()
    policy = None if signed is None else signed.value()
    public = public_practice(places.practice.slug, at=at)
    return OwnIntake(
        practice=places.practice,
        policy=policy,
        signed_at=None if signed is None else signed.signed_at,
        free=places.free,
        held=places.held,
        version=places.version,
        left_this_week=None if policy is None else left_this_week(practice_id, policy.weekly, at=at),
        status=PublicStatus.UNKNOWN if public is None else public.status,
        confirmed_on=places.confirmed_on,
    )


def signed_before(actor: Actor, practice_id: UUID, *, most: int = 10) -> list[PolicyVersion]:
    """Give the policies that a practice signed earlier, newest first, to somebody who works there."""
    if not may_see_intake(actor):
        return []
    earlier = PolicyVersion.objects.filter(practice_id=practice_id, replaced_at__isnull=False)
    return list(earlier.order_by("-signed_at", "-pk")[:most])
