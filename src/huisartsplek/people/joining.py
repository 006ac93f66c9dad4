# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joining a household by a code: at once where only the inviter is of age, else when the other adults agreed.

Until then who joins lives apart, and knows the inviter's first name only; the others know only theirs.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_CHANGED, PERSON_READ
from huisartsplek.audit.services import Line, record, record_many
from huisartsplek.people.invitations import answer_invitation, locked_invitation, rehouse, who_goes_along
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Joining, Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.rules.consent import decides_alone
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode

DAYS_TO_AGREE = 14


def adults_beside(inviter: Person, on: date) -> list[Person]:
    """Give who else decides alone at somebody's home; a protected person is not asked, as nobody may see them."""
    at_home = Person.objects.filter(
        household=inviter.household_id, ended_on__isnull=True, is_protected=False, birth_date__isnull=False
    )
    return [one for one in at_home.exclude(pk=inviter.pk).order_by("pk") if decides_alone(one.born_on, on=on)]


def join(actor: Actor, *, code: str, by: Person, at: datetime) -> Joining | None:
    """Say yes to a code: who was invited lives there from now on, or waits for the other adults.

    The children who go along with them come too.
    """
    with transaction.atomic():
        invitation = locked_invitation(actor, code, by, at)
        on = day_in_amsterdam(at)
        if invitation.person is not None or not decides_alone(by.born_on, on=on):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        answer_invitation(invitation, at, is_accepted=True)
        Joining.objects.filter(person=by, done_at__isnull=True).delete()
        if not adults_beside(invitation.invited_by, on):
            _live_with(actor, by, invitation.invited_by_id, at)
            return None
        joining = Joining.objects.create(
            person=by,
            invited_by=invitation.invited_by,
            asked_at=at,
            expires_at=at + timedelta(days=DAYS_TO_AGREE),
        )
        record(PERSON_CHANGED, actor=actor, at=at, person=by.pk, thing=joining, field="joining")
    return joining


def still_to_agree(joining: Joining, on: date) -> list[Person]:
    """Give the adults of that household, as it is now, whose yes is still wanted."""
    return [one for one in adults_beside(joining.invited_by, on) if one.pk not in joining.agreed]


def own_joining(person: Person, *, at: datetime) -> Joining | None:
    """Give what somebody waits for; after a while without an answer it is over."""
    waiting = Joining.objects.filter(person=person, done_at__isnull=True, expires_at__gt=at)
    joining = waiting.select_related("invited_by").first()
    return joining if joining is not None and joining.invited_by.ended_on is None else None


def joinings_to_answer(person: Person, *, at: datetime) -> list[Joining]:
    """Give who wants to join this person's household and waits for their yes; who was refused waits for nobody."""
    waiting = Joining.objects.filter(
        invited_by__household=person.household_id, done_at__isnull=True, is_refused=False, expires_at__gt=at
    )
    found = waiting.select_related("invited_by", "person").order_by("asked_at", "pk")
    return [one for one in found if person in still_to_agree(one, day_in_amsterdam(at))]


def note_names_shown(actor: Actor, people: Iterable[Person], *, at: datetime) -> None:
    """Record that somebody reads who it is that joins them, or that they wait for."""
    with transaction.atomic():
        lines = [Line(one.pk, one, {"view": "joining"}) for one in people]
        record_many(PERSON_READ, lines, actor=actor, at=at)


def joinings_of_inviter(person: Person, *, at: datetime) -> int:
    """Count who said yes to this person's codes and waits for the others at home."""
    return Joining.objects.filter(invited_by=person, done_at__isnull=True, expires_at__gt=at).count()


def answer_joining(actor: Actor, joining_id: UUID, *, by: Person, agrees: bool, at: datetime) -> Joining:
    """Keep the yes or the no of one adult at home to somebody who joins; a no is told to nobody."""
    with transaction.atomic():
        joining = _locked(joining_id, {by.pk})
        if not may_speak_for(actor, by):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        if joining.pk not in {one.pk for one in joinings_to_answer(by, at=at)}:
            raise Refusal(RefusalCode.CHANGED_MEANWHILE)
        if agrees:
            joining.agreed = [*joining.agreed, by.pk]
        joining.is_refused = not agrees
        joining.save(update_fields=["agreed", "is_refused"])
        record(PERSON_CHANGED, actor=actor, at=at, person=by.pk, thing=joining, field="joining_answered")
    return joining


def finish_joining(actor: Actor, *, by: Person, at: datetime) -> list[Person]:
    """Let who waited live there, now that everybody agreed."""
    with transaction.atomic():
        joining = own_joining(by, at=at)
        if joining is None:
            raise Refusal(RefusalCode.CHANGED_MEANWHILE)
        joining = _locked(joining.pk, {by.pk, joining.invited_by_id})
        on = day_in_amsterdam(at)
        if not may_speak_for(actor, by) or not decides_alone(by.born_on, on=on):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        if joining.done_at is not None or joining.is_refused or still_to_agree(joining, on):
            raise Refusal(RefusalCode.CONSENT_MISSING)
        joining.done_at = at
        joining.save(update_fields=["done_at"])
        return _live_with(actor, by, joining.invited_by_id, at)


def _locked(joining_id: UUID, person_ids: Collection[UUID]) -> Joining:
    lock_people(person_ids)
    return Joining.objects.select_for_update(of=("self",)).select_related("invited_by").get(pk=joining_id)


def _live_with(actor: Actor, by: Person, inviter_id: UUID, at: datetime) -> list[Person]:
    goers = who_goes_along(by, at=at)
    people = lock_people({inviter_id, *(person.pk for person in goers)})
    return rehouse(actor, [people[person.pk] for person in goers], people[inviter_id].household_id, at)
