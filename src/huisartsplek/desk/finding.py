# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding the one person somebody at a desk has before them: never a list, and never without a trace."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Unpack
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_LOOKED_FOR
from huisartsplek.audit.services import record
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.queries import OPEN_MOVE_STATES, current_enrolments
from huisartsplek.people.bsn import find_by_bsn, store_bsn
from huisartsplek.people.models import Person
from huisartsplek.people.numbers import file_without_number
from huisartsplek.people.services import MoreDetails, register_person
from huisartsplek.requests.models import Offer, RequestMember
from huisartsplek.rules.lifecycles import OfferState
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.values import Bsn, Postcode


@dataclass(frozen=True, slots=True)
class Place:
    """The desk at which somebody works: of a region, or of a practice for who comes there."""

    scope_id: UUID
    is_practice: bool
    uses_bsn: bool  # a care provider may; a region only where the law allows it there


@dataclass(frozen=True, slots=True)
class Told:
    """Who somebody says they are."""

    given_name: str
    family_name: str
    birth_date: date
    postcode: Postcode


def may_help_at(place: Place, person: Person) -> bool:
    """Whether this desk helps this person: a region's helps all, a practice's only who comes or wants to come."""
    if not place.is_practice:
        return True
    here = current_enrolments([person.pk]).get(person.pk)
    if here is not None and here.practice_id == place.scope_id:
        return True
    comes = Move.objects.filter(person=person, to_practice_id=place.scope_id, state__in=OPEN_MOVE_STATES)
    wishes = RequestMember.objects.filter(person=person, is_open=True, request__wishes__practice_id=place.scope_id)
    offers = Offer.objects.filter(
        practice_id=place.scope_id,
        state__in=[OfferState.OPEN, OfferState.ACCEPTED],
        request__members__person=person,
    )
    return comes.exists() or wishes.exists() or offers.exists()


def person_with_number(actor: Actor, place: Place, bsn: Bsn, *, at: datetime) -> Person | None:
    """Find whose BSN this is, among those whom this desk helps."""
    if not place.uses_bsn:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    found = find_by_bsn(bsn)
    return _seen(actor, place, [] if found is None else [found], "bsn", at)


def person_described(actor: Actor, place: Place, told: Told, *, at: datetime) -> Person | None:
    """Find who fits all of what somebody says of themselves; nobody where two do."""
    rows = Person.objects.filter(
        birth_date=told.birth_date,
        postcode=f"{told.postcode.pc4}{told.postcode.letters}",
        family_name__iexact=told.family_name.strip(),
        given_name__iexact=told.given_name.strip(),
        ended_on__isnull=True,
    )
    return _seen(actor, place, list(rows[:2]), "description", at)


def _seen(actor: Actor, place: Place, found: list[Person], by: str, at: datetime) -> Person | None:
    known = [person for person in found if may_help_at(place, person)]
    one = known[0] if len(known) == 1 and len(found) == 1 else None
    with transaction.atomic():
        record(PERSON_LOOKED_FOR, actor=actor, at=at, person=one.pk if one else None, by=by, rows=1 if one else 0)
    return one


def enter_person(
    actor: Actor,
    desk: Place,
    told: Told,
    *,
    house_number: str,
    bsn: Bsn | None,
    at: datetime,
    **more: Unpack[MoreDetails],
) -> Person:
    """Enter somebody whom nobody knows yet; without a BSN their number is pending, and they are still filed."""
    if desk.is_practice:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    with transaction.atomic():
        person = register_person(
            actor,
            household_id=None,
            given_name=told.given_name.strip(),
            family_name=told.family_name.strip(),
            birth_date=told.birth_date,
            postcode=told.postcode,
            house_number=house_number,
            at=at,
            **more,
        )
        if bsn is not None and desk.uses_bsn:
            store_bsn(actor, person, bsn, at)
        else:
            file_without_number(actor, person, region_id=desk.scope_id, at=at)
    return person


def tell_number(actor: Actor, place: Place, person: Person, bsn: Bsn, *, at: datetime) -> None:
    """Keep the BSN of the person who is helped, where a desk may."""
    if not place.uses_bsn:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    store_bsn(actor, person, bsn, at)
