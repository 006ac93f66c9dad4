# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""For whom somebody may act by a mandate: as the answer of their login says, in that session only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.audit.events import ACTED_FOR, PERSON_READ, PERSON_REGISTERED
from huisartsplek.audit.services import record
from huisartsplek.integrations.login.port import LoginAnswer, Represented
from huisartsplek.people.bsn import find_by_bsn, store_bsn
from huisartsplek.people.models import Household, Person
from huisartsplek.people.queries import login_reference
from huisartsplek.rules.consent import mandate_counts
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.values import BadValue, Bsn


@dataclass(frozen=True, slots=True)
class Mandate:
    """Somebody for whom the one who logged in may act."""

    number: int  # in the answer of the login, from 1
    name: str  # empty: not known here yet, or not for these pages
    ending: str  # the last digits of their BSN, for who has more than one
    may_act: bool


def mandates_of(actor: Actor, answer: LoginAnswer, *, at: datetime) -> list[Mandate]:
    """List for whom one may act, as the login said; that names were read is recorded."""
    found = []
    with transaction.atomic():
        for number, one in _represented(answer):
            person = _known(answer, one)
            may_act = _may_act_for(person, day_in_amsterdam(at))
            shown = person if person is not None and may_act else None
            if shown is not None:
                acting = actor.acting_for(shown.pk, ground=Ground.MANDATE)
                record(PERSON_READ, actor=acting, at=at, person=shown.pk, thing=shown, view="mandates")
            found.append(Mandate(number, shown.full_name if shown else "", one.bsn[-2:], may_act))
    return found


def act_for(actor: Actor, answer: LoginAnswer, number: int, *, at: datetime) -> Person:
    """Begin to act for one of them; who is not known here yet begins as an empty record with their number."""
    with transaction.atomic():
        one = dict(_represented(answer)).get(number)
        if one is None:
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        person = _known(answer, one)
        if not _may_act_for(person, day_in_amsterdam(at)):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        if person is None:
            person = _begin(actor, answer, one, at)
        acting = actor.acting_for(person.pk, ground=Ground.MANDATE)
        record(ACTED_FOR, actor=acting, at=at, person=person.pk, thing=person, begins=True)
    return person


def stop_acting(acting: Actor, *, at: datetime) -> None:
    """Write in the log that somebody acts for another no more."""
    if acting.on_behalf_of is not None:
        with transaction.atomic():
            record(ACTED_FOR, actor=acting, at=at, person=acting.on_behalf_of, begins=False)


def _represented(answer: LoginAnswer) -> Iterator[tuple[int, Represented]]:
    """Give whom the login names, without who logged in and without numbers that are none."""
    others = (one for one in answer.represents if one.bsn != answer.bsn or not one.bsn)
    return enumerate((one for one in others if one.subject or _is_bsn(one.bsn)), start=1)


def _is_bsn(text: str) -> bool:
    try:
        Bsn(text)
    except BadValue:
        return False
    return True


def _known(answer: LoginAnswer, one: Represented) -> Person | None:
    if one.bsn:
        return find_by_bsn(Bsn(one.bsn))
    return Person.objects.filter(login_reference=login_reference(answer.issuer, one.subject)).first()


def _may_act_for(person: Person | None, on: date) -> bool:
    """Tell whether a mandate counts here: not over children, and of a protected person a desk takes care."""
    if person is None:
        return True
    if person.is_protected or person.ended_on is not None:
        return False
    return person.birth_date is None or mandate_counts(person.birth_date, on=on)


def _begin(actor: Actor, answer: LoginAnswer, one: Represented, at: datetime) -> Person:
    reference = login_reference(answer.issuer, one.subject) if one.subject and not one.bsn else None
    person = Person(household=Household.objects.create(), login_reference=reference)
    person.save(force_insert=True)
    acting = actor.acting_for(person.pk, ground=Ground.MANDATE)
    record(PERSON_REGISTERED, actor=acting, at=at, person=person.pk, thing=person)
    if one.bsn:
        store_bsn(acting, person, Bsn(one.bsn), at)
    return person
