# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Codes that people hand over themselves: to join a household, or to give a member of it a login of their own.

A code works once and for a week. A no, a block and silence look the same to who made it.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from huisartsplek.accounts.models import User
from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_CHANGED, PERSON_LINKED
from huisartsplek.audit.services import record
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Block, Household, Invitation, Person, PersonBsn
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.people.queries import children_at_home, people_decided_for, person_of
from huisartsplek.rules.consent import decides_alone, says_yes_too
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode

DAYS_A_CODE_WORKS = 7
CODE_LENGTH = 10
_SIGNS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # read aloud and written down without mistakes; no words come out of it


def new_code() -> str:
    """Draw a code that nobody can guess: 48 bits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(CODE_LENGTH))


def _digest(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign in _SIGNS)
    return salted_hmac("huisartsplek.people.invitations", plain, algorithm="sha256").hexdigest()


def invite(actor: Actor, *, by: Person, code: str, at: datetime, member: Person | None = None) -> Invitation:
    """Make a code by which somebody joins this person's household, or `member` of it gets a login of their own.

    The code made before for the same works no more.
    """
    with transaction.atomic():
        people = lock_people({by.pk, *([member.pk] if member else [])})
        inviter = people[by.pk]
        on = day_in_amsterdam(at)
        if not may_speak_for(actor, inviter) or not decides_alone(inviter.born_on, on=on):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        if member is not None and not may_give_login(inviter, people[member.pk], at=at):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        open_invitations(inviter, at=at).filter(person=member).update(expires_at=at)
        invitation = Invitation.objects.create(
            invited_by=inviter,
            person=member,
            digest=_digest(code),
            made_at=at,
            expires_at=at + timedelta(days=DAYS_A_CODE_WORKS),
        )
        record(PERSON_CHANGED, actor=actor, at=at, person=inviter.pk, thing=invitation, field="invitation")
    return invitation


def may_give_login(by: Person, member: Person, *, at: datetime) -> bool:
    """Whether this person may hand a member of their household a code for a login of their own.

    A child of 12 to 15 gets it from a parent, who is older from who lives there. Whose number is known needs none:
    their login finds them.
    """
    on = day_in_amsterdam(at)
    if member.household_id != by.household_id or member.ended_on or member.is_protected:
        return False
    if not member.is_described or member.login_reference or PersonBsn.objects.filter(person=member).exists():
        return False
    if not says_yes_too(member.born_on, on=on):
        return False
    return decides_alone(member.born_on, on=on) or member in people_decided_for(by, on)


def open_invitations(by: Person, *, at: datetime) -> QuerySet[Invitation]:
    """Give the codes this person made that nobody used yet, as far as they may know."""
    return Invitation.objects.filter(invited_by=by, is_accepted=False, expires_at__gt=at).order_by("made_at")


def invitation_by(code: str, *, reader: Person, at: datetime) -> Invitation | None:
    """Find what a code is for, for who typed it; nothing when it works no more or who made it is blocked."""
    found = Invitation.objects.filter(digest=_digest(code), answered_at__isnull=True, expires_at__gt=at)
    invitation = found.select_related("invited_by", "person").first()
    if invitation is None or invitation.invited_by.ended_on:
        return None
    if reader.blocks.filter(blocked=invitation.invited_by).exists():
        return None
    if invitation.person is None:
        return invitation if invitation.invited_by.household_id != reader.household_id else None
    still = may_give_login(invitation.invited_by, invitation.person, at=at)
    return invitation if still and not reader.is_described else None


def refuse_invitation(actor: Actor, *, code: str, by: Person, block: bool, at: datetime) -> None:
    """Say no, and if they want so never be asked by the same person again; who invited hears nothing of it."""
    with transaction.atomic():
        invitation = locked_invitation(actor, code, by, at)
        answer_invitation(invitation, at, is_accepted=False)
        if block:
            Block.objects.get_or_create(person=by, blocked=invitation.invited_by, defaults={"since": at})
        record(PERSON_CHANGED, actor=actor, at=at, person=by.pk, thing=by, field="invitation_refused")


def accept_login(actor: Actor, *, code: str, by: Person, at: datetime) -> Person:
    """Let who logged in for the first time be the member of a household for whom the code was made."""
    with transaction.atomic():
        invitation = locked_invitation(actor, code, by, at)
        if invitation.person is None:
            raise Refusal(RefusalCode.CHANGED_MEANWHILE)
        people = lock_people([by.pk, invitation.person.pk])
        empty, member = people[by.pk], people[invitation.person.pk]
        if actor.on_behalf_of is not None:
            raise Refusal(RefusalCode.NOT_YOUR_TURN)  # a login of their own is not for who acts for somebody
        if not may_give_login(invitation.invited_by, member, at=at):
            raise Refusal(RefusalCode.CHANGED_MEANWHILE)
        reference, former_home = empty.login_reference, empty.household_id
        empty.login_reference = None
        empty.save(update_fields=["login_reference"])
        member.login_reference = reference
        member.save(update_fields=["login_reference"])
        User.objects.filter(person_id=empty.pk).update(person_id=member.pk)
        answer_invitation(invitation, at, is_accepted=True)
        record(PERSON_LINKED, actor=actor, at=at, person=member.pk, thing=member)
        empty.delete()
        Household.objects.filter(pk=former_home, members__isnull=True).delete()
    return member


def move_out(actor: Actor, *, by: Person, at: datetime) -> list[Person]:
    """Let somebody live apart from their household from now on, with the children who go along with them."""
    with transaction.atomic():
        if not may_speak_for(actor, by) or not decides_alone(by.born_on, on=day_in_amsterdam(at)):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        return move_apart(actor, who_goes_along(by, at=at), by=by, at=at)


def move_apart(actor: Actor, goers: Collection[Person], *, by: Person, at: datetime) -> list[Person]:
    """Give these people a household of their own; the codes that this person made work no more."""
    with transaction.atomic():
        people = lock_people(person.pk for person in goers)
        open_invitations(by, at=at).update(expires_at=at)
        return rehouse(actor, list(people.values()), Household.objects.create().pk, at)


def who_goes_along(person: Person, *, at: datetime) -> list[Person]:
    """Give this person, and the children of whom nobody else at home has authority."""
    on = day_in_amsterdam(at)
    at_home = Person.objects.filter(household=person.household_id, ended_on__isnull=True).exclude(pk=person.pk)
    own = children_at_home(person, on)
    others = {child.pk for mate in at_home for child in children_at_home(mate, on)}
    return [person, *(child for child in own if child.pk not in others)]


def rehouse(actor: Actor, people: list[Person], household_id: UUID, at: datetime) -> list[Person]:
    """Let these locked people live in this household from now on."""
    for person in people:
        person.household_id = household_id
        person.save(update_fields=["household"])
        record(PERSON_CHANGED, actor=actor, at=at, person=person.pk, thing=person, field="household")
    return people


def locked_invitation(actor: Actor, code: str, by: Person, at: datetime) -> Invitation:
    """Find what a code is for, for who typed it, with all whom it concerns locked; refused if it works no more."""
    own = person_of(actor)
    if own is None or own.pk != by.pk:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    found = invitation_by(code, reader=by, at=at)
    if found is None:
        raise Refusal(RefusalCode.CHANGED_MEANWHILE)
    lock_people({by.pk, found.invited_by_id, *([found.person_id] if found.person_id else [])})
    again = invitation_by(code, reader=by, at=at)
    if again is None:
        raise Refusal(RefusalCode.CHANGED_MEANWHILE)
    return again


def answer_invitation(invitation: Invitation, at: datetime, *, is_accepted: bool) -> None:
    """Keep that a code was answered: it works no more."""
    invitation.answered_at, invitation.is_accepted = at, is_accepted
    invitation.save(update_fields=["answered_at", "is_accepted"])
