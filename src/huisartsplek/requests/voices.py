# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose yes counts for a request, who therefore hears of it, and whom of them a letter reaches."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from huisartsplek.people.models import Person
from huisartsplek.people.queries import among, needed_consents_of
from huisartsplek.requests.facts import Facts
from huisartsplek.rules.dates import day_in_amsterdam


def who_has_a_say(facts: Facts, at: datetime) -> frozenset[UUID]:
    """Give everybody whose yes counts for some member: members from 12, and parents of those under 16."""
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
    return {
        facts.request.pk: frozenset(
            UUID(str(person)) for member in facts.members for person in needed[member.pk].still_asked(frozenset())
        )
        for facts in many
    }
