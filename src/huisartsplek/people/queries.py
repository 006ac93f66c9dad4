# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading people: who is logged in, whom they see at home, for whom they decide, and whose yes is needed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q, Subquery, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from huisartsplek.accounts.models import User
from huisartsplek.audit.actors import Actor, ActorKind, Ground
from huisartsplek.audit.events import PERSON_READ
from huisartsplek.audit.services import Line, record_many
from huisartsplek.people.models import Consent, Person, PersonBsn, Representation
from huisartsplek.rules.consent import Member, NeededConsent, needed_consent, parent_has_a_say


def login_reference(issuer: str, subject: str) -> str:
    """Give the one text by which a login is known: who vouches for it, and what they call the person."""
    return f"{issuer}|{subject}"


def person_of(who: Actor | AbstractBaseUser | AnonymousUser) -> Person | None:
    """Find the citizen who acts or is logged in, or whom somebody at a desk helps just now.

    Nobody for other staff, the system and strangers. Who acts by a mandate is the one in whose name they act;
    nobody once that person is protected, or is no more.
    """
    if isinstance(who, Actor) and who.passes_on_word_of is not None:
        return Person.objects.filter(pk=who.passes_on_word_of).first()
    if isinstance(who, Actor):
        own = _behind(who.user_id) if who.kind is ActorKind.PERSON and who.user_id else None
        if own is not None and who.on_behalf_of is not None and who.ground is Ground.MANDATE:
            return Person.objects.filter(pk=who.on_behalf_of, is_protected=False, ended_on__isnull=True).first()
        return own
    if not isinstance(who, User) or not who.is_active or who.kind != User.Kind.CITIZEN:
        return None
    return Person.objects.filter(login_reference=login_reference(who.issuer, who.subject)).first()


def _behind(user_id: UUID) -> Person | None:
    """Find who logs in as a citizen's user, in one query: a page asks it many times."""
    user = User.objects.filter(pk=user_id, is_active=True, kind=User.Kind.CITIZEN)
    reference = user.annotate(reference=Concat("issuer", Value("|"), "subject", output_field=TextField())).values(
        "reference"
    )
    return Person.objects.filter(login_reference=Subquery(reference[:1])).first()


def visible_to(viewer: Person) -> Q:
    """Select whom a person may see: themselves, and who lives with them and is not protected."""
    at_home = Q(household_id=viewer.household_id, is_protected=False, ended_on__isnull=True)
    return Q(pk=viewer.pk) | at_home


def household_of(actor: Actor, person_id: UUID, *, at: datetime) -> list[Person]:
    """List the household of a person as the one who asks may see it, eldest first; reading is recorded.

    Somebody else's household is empty. Without a birth date yet one comes last.
    """
    with transaction.atomic():
        viewer = person_of(actor)
        if viewer is None:
            return []
        seen = Person.objects.filter(visible_to(viewer)).order_by("birth_date", "pk")
        members = list(seen)
        if person_id not in {person.pk for person in members}:
            return []
        lines = [Line(person.pk, person, {"view": "household"}) for person in members if person.pk != viewer.pk]
        record_many(PERSON_READ, lines, actor=actor, at=at)
        return members


def people_decided_for(person: Person, on: date) -> list[Person]:
    """List the children under 16 whose parent with authority this person is on a day, eldest first.

    A protected child is left out: where it lives must not reach a parent by this way. Who decides for it says so at
    a desk.
    """
    if person.ended_on is not None:
        return []
    children = Person.objects.filter(
        _in_force(on), represented_by__representative=person, is_protected=False, ended_on__isnull=True
    )
    described = [(child.birth_date, child) for child in children.order_by("birth_date", "pk") if child.birth_date]
    return [child for born_on, child in described if parent_has_a_say(born_on, on=on)]


def children_at_home(person: Person, on: date) -> list[Person]:
    """List those of them who live with this parent: of the others no page tells a practice: it would tell a place.

    The children of whom the other parent takes care are theirs to object for, and no more.
    """
    return [child for child in people_decided_for(person, on) if child.household_id == person.household_id]


def parents_of(person_ids: Collection[UUID], on: date) -> dict[UUID, frozenset[UUID]]:
    """Give, for each of these people who has any, the parents with authority over them on a day."""
    if not person_ids:
        return {}
    rows = Representation.objects.filter(
        basis=Representation.Basis.PARENT,
        represented_id__in=list(person_ids),
        representative__ended_on__isnull=True,
    ).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)
    parents: dict[UUID, set[UUID]] = defaultdict(set)
    for child_id, parent_id in rows.values_list("represented_id", "representative_id"):
        parents[child_id].add(parent_id)
    return {child_id: frozenset(found) for child_id, found in parents.items()}


def has_bsn(person: Person) -> bool:
    """Tell whether the number of this person is kept here."""
    return PersonBsn.objects.filter(person=person).exists()


def consents_given_by(person: Person) -> list[Consent]:
    """List what somebody said yes to, for themselves or for a child, and did not take back; newest first."""
    in_force = Consent.objects.filter(given_by=person, withdrawn_at__isnull=True)
    return list(in_force.order_by("-given_at", "pk"))


def addressee(person_id: UUID) -> Person:
    """Give who a message is addressed to, for the one who writes it."""
    return Person.objects.get(pk=person_id)


def among(ids: Iterable[UUID]) -> RawSQL:
    """Ask for rows of many ids, as one array: `filter(pk__in=among(ids))`."""
    return RawSQL("SELECT unnest(%s::uuid[])", (list(ids),))


def needed_consents_of(persons: Iterable[Person], on: date) -> dict[UUID, NeededConsent]:
    """Tell for each of these people whose yes is needed on a day, in one query.

    For who has died or left the country, or has not said who they are, nobody can give it.
    """
    everyone = list(persons)
    children = {
        person.pk
        for person in everyone
        if person.birth_date is not None and parent_has_a_say(person.birth_date, on=on)
    }
    parents = parents_of(children, on)
    return {
        person.pk: NeededConsent(person.pk, own=False, one_of=frozenset())
        if person.birth_date is None or person.ended_on is not None
        else needed_consent(Member(person.pk, person.birth_date, parents.get(person.pk, frozenset())), on=on)
        for person in everyone
    }


def _in_force(on: date) -> Q:
    ends_later = Q(represented_by__valid_until__isnull=True) | Q(represented_by__valid_until__gte=on)
    return ends_later & Q(represented_by__valid_from__lte=on, represented_by__basis=Representation.Basis.PARENT)
