# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a citizen may see and decide about people. Staff get their rights from the apps that know why."""

from datetime import date
from typing import assert_never

from huisartsplek.audit.actors import Actor, ActorKind
from huisartsplek.people.models import Person
from huisartsplek.people.queries import needed_consents_of, person_of, visible_to


def may_see_person(actor: Actor, person: Person) -> bool:
    """Whether the citizen who acts may see this person: themselves, or who lives with them and is not protected."""
    viewer = person_of(actor)
    return viewer is not None and Person.objects.filter(visible_to(viewer), pk=person.pk).exists()


def may_decide_for(person: Person, other: Person, on: date) -> bool:
    """Whether the yes of a person counts for another on a day, or for themselves; from 12 to 15 it takes two."""
    needed = needed_consents_of([other], on)[other.pk]
    if person.pk == other.pk:
        return needed.own
    return needed.one_of is not None and person.pk in needed.one_of


def may_speak_for(actor: Actor, person: Person) -> bool:
    """Whether the one who acts passes on this person's word: their own, or noted by a desk or a job."""
    match actor.kind:
        case ActorKind.PERSON:
            own = person_of(actor)
            return own is not None and own.pk == person.pk
        case ActorKind.STAFF:
            return actor.on_behalf_of == person.pk
        case ActorKind.SYSTEM:
            return True
        case ActorKind.ANONYMOUS:
            return False
        case _ as never:
            assert_never(never)
