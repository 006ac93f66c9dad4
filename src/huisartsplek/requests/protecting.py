# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody becomes protected: from then on nothing they ask for is shared with who they lived with."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor, ActorKind
from huisartsplek.audit.events import PERSON_CHANGED, REQUEST_FILED
from huisartsplek.audit.services import begin, record
from huisartsplek.enrolments.statements import forget_statements
from huisartsplek.people.invitations import move_apart, who_goes_along
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.services import give_consent, still_asked
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.households import open_requests, take_out
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.models import Request, RequestMember, Wish
from huisartsplek.rules.consent import Relation, say_of
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode


def protect_person(actor: Actor, person: Person, *, at: datetime) -> Request | None:
    """Hide where somebody lives and goes; they leave their household, and what they asked with it, silently.

    An offer or a move that is not there yet counts as a no of the shared request, as leaving does. The protected
    person goes on alone, with the children who go along: a request of their own with the same wishes and the same
    turn, which is given back. Places that changed hands already stay as they are.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    with transaction.atomic():
        goers = who_goes_along(person, at=at)
        at_home = Person.objects.filter(household=person.household_id, ended_on__isnull=True)
        requests = open_requests([person, *at_home])
        in_them = RequestMember.objects.filter(request__in=requests).values_list("person_id", flat=True)
        locked = lock_people({person.pk, *in_them, *at_home.values_list("pk", flat=True)})
        own = None
        if at_home.exclude(pk__in=[one.pk for one in goers]).exists():
            shared = [lock_request(pk) for pk in requests]
            yes = {one.pk for facts in shared for one in goers if _said_yes(facts, one, at)}
            for facts in shared:
                take_out(actor, facts, goers, person, at)
            move_apart(actor, goers, by=person, at=at)
            person.refresh_from_db()
            left = next((facts for facts in shared if person.pk in {one.pk for one in facts.members}), None)
            own = _on_their_own(actor, person, goers, left, yes=yes, at=at) if left else None
        forget_statements(goers)
        hidden = locked[person.pk]
        hidden.is_protected = True
        hidden.save(update_fields=["is_protected"])
        person.refresh_from_db()
        record(PERSON_CHANGED, actor=actor, at=at, person=person.pk, thing=person, field="is_protected")
    return own


def _said_yes(facts: Facts, person: Person, at: datetime) -> bool:
    members = [member for member in facts.members if member.pk == person.pk]
    return bool(members) and not still_asked(facts.request.pk, members, day_in_amsterdam(at))


def _on_their_own(
    actor: Actor, person: Person, goers: Sequence[Person], left: Facts, *, yes: Collection[UUID], at: datetime
) -> Request | None:
    """File for who left, with the turn they had; who is too young to file is helped at a desk."""
    if not say_of(Relation.SELF, person.born_on, on=day_in_amsterdam(at)).may_file:
        return None
    if RequestMember.objects.filter(person=person, is_open=True).exists():
        return None  # their places have changed hands: there is nothing left to ask for
    was = left.request
    in_it = {member.pk for member in left.members}
    members = [one for one in goers if one.pk in in_it]
    request = Request(
        household_id=person.household_id,
        filed_by=person,
        since=was.since,
        goes_first=was.goes_first,
        region_id=was.region_id,
        set_aside=list(was.set_aside),
        still_at=was.still_at,
        kept_class=was.kept_class,
    )
    wishes = list(was.wishes.all())
    begin(
        request,
        kind=REQUEST_FILED,
        actor=actor,
        at=at,
        person=person.pk,
        members=len(members),
        wishes=len(wishes),
    )
    RequestMember.objects.bulk_create([RequestMember(request=request, person=one) for one in members])
    Wish.objects.bulk_create(
        [
            Wish(request=request, practice_id=wish.practice_id, rank=wish.rank, rests_rounds=wish.rests_rounds)
            for wish in wishes
        ]
    )
    kind = Consent.Kind.TAKE_PART
    for one in members:
        if one.pk in yes:
            give_consent(actor, person=one, kind=kind, reference=request.pk, given_by=person, at=at)
    return request
