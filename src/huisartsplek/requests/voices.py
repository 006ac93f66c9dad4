# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose yes counts for a request, who therefore hears of it, and whom of them a letter reaches.

Only who lives with the household that asks: a parent at another address is told of their child, and may object, and
learns nothing of the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable
from datetime import datetime
from uuid import UUID

from huisartsplek.people.models import Consent, Person
from huisartsplek.people.queries import among, needed_consents_of, parents_of
from huisartsplek.requests.facts import Facts
from huisartsplek.rules.consent import Member, parent_has_a_say, parents_to_tell
from huisartsplek.rules.dates import day_in_amsterdam


def who_has_a_say(facts: Facts, at: datetime) -> frozenset[UUID]:
    """Give everybody at home whose yes counts for some member: members from 12, and parents of those under 16."""
    return _voices([facts], at)[facts.request.pk]


def who_hears(facts: Facts, at: datetime) -> list[Person]:
    """Give everybody who is told what happens to the request: who has a say, and who filed it."""
    heard = who_has_a_say(facts, at) | {facts.request.filed_by_id}
    return list(Person.objects.filter(pk__in=heard).order_by("pk"))


def awaiting_a_letter(many: Collection[Facts], at: datetime) -> set[UUID]:
    """Give the requests of which a letter reaches somebody who has a say: they have longer to answer."""
    voices = _voices(many, at)
    people = Person.objects.filter(pk__in=among(frozenset[UUID]().union(*voices.values())))
    by_letter = {person.pk for person in people if person.is_reached_by_letter}
    return {request_id for request_id, voice in voices.items() if voice & by_letter}


def _voices(many: Collection[Facts], at: datetime) -> dict[UUID, frozenset[UUID]]:
    needed = needed_consents_of({member for facts in many for member in facts.members}, day_in_amsterdam(at))
    counting = {
        facts.request.pk: frozenset(
            UUID(str(person)) for member in facts.members for person in needed[member.pk].still_asked(frozenset())
        )
        for facts in many
    }
    homes = {member.pk: member.household_id for facts in many for member in facts.members}
    beside = frozenset[UUID]().union(*counting.values()) - homes.keys()
    if beside:
        homes |= dict(Person.objects.filter(pk__in=among(beside)).values_list("pk", "household_id"))
    return {
        facts.request.pk: frozenset(
            person for person in counting[facts.request.pk] if homes[person] == facts.request.household_id
        )
        for facts in many
    }


def other_parents(facts: Facts, at: datetime) -> dict[UUID, list[Person]]:
    """Give, for each parent with authority who did not say yes themselves, the children for whom they may object.

    Nobody hears this way of a protected child: who decides for it says so at a desk.
    """
    on = day_in_amsterdam(at)
    children = [one for one in facts.members if not one.is_protected and parent_has_a_say(one.born_on, on=on)]
    parents = parents_of([child.pk for child in children], on)
    yeses = Consent.objects.filter(
        person__in=children, kind=Consent.Kind.TAKE_PART, reference=facts.request.pk, withdrawn_at__isnull=True
    )
    given: dict[UUID, set[Hashable]] = defaultdict(set)
    for child_id, giver_id in yeses.values_list("person_id", "given_by_id"):
        given[child_id].add(giver_id)
    found: dict[UUID, list[Person]] = defaultdict(list)
    for child in children:
        member = Member(child.pk, child.born_on, parents.get(child.pk, frozenset()))
        for parent in parents_to_tell(member, given[child.pk] | {facts.request.filed_by_id}, on=on):
            found[UUID(str(parent))].append(child)
    return dict(found)
