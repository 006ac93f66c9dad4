# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tell the people of a request that there is news; what the news is, they read after logging in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from huisartsplek.audit.actors import Actor
from huisartsplek.notices.models import BY_ANOTHER_WAY, NoticeKind
from huisartsplek.notices.services import notify
from huisartsplek.people.models import Person
from huisartsplek.people.reaching import ways_to_reach
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.voices import other_parents, who_hears


def tell_household(actor: Actor, facts: Facts, kind: NoticeKind, *, reference: UUID, at: datetime) -> None:
    """Queue one message for everybody who has a say, and who filed; sent once for each `reference`.

    Once a move is planned a parent who may object hears that there is a last day to do so.
    """
    tell_people(actor, who_hears(facts, at), kind, reference=reference, at=at)
    if kind is NoticeKind.MOVE_PLANNED:
        tell_other_parents(actor, facts, NoticeKind.CHILD_MOVES, reference=reference, at=at)


def tell_other_parents(actor: Actor, facts: Facts, kind: NoticeKind, *, reference: UUID, at: datetime) -> None:
    """Queue one message for each parent with authority over a child in it who did not say yes themselves."""
    parents = Person.objects.filter(pk__in=other_parents(facts, at)).order_by("pk")
    tell_people(actor, parents, kind, reference=reference, at=at)


def ask_household(actor: Actor, facts: Facts, kind: NoticeKind, *, reference: UUID, at: datetime) -> None:
    """Queue a message for each of them by two of the ways they have, for what silence has a consequence."""
    for person in who_hears(facts, at):
        tell_people(actor, [person], kind, reference=reference, at=at)
        ways = ways_to_reach(person)
        if person.ended_on is None and len(ways) > 1:
            channel, address = ways[1]
            # The key that the message would have if the first way failed: then it is not sent twice.
            key = f"{kind}:{reference}:{person.pk}{BY_ANOTHER_WAY}{channel}"
            notify(
                person.pk,
                kind,
                to_address=address,
                key=key,
                at=at,
                actor=actor,
                channel=channel,
                language=person.language,
            )


def tell_people(actor: Actor, people: Iterable[Person], kind: NoticeKind, *, reference: UUID, at: datetime) -> None:
    """Queue one message for each of these people who is alive and in the country; once for each `reference`."""
    for person in people:
        if person.ended_on is not None:
            continue
        (channel, address), *others = ways_to_reach(person)
        notify(
            person.pk,
            kind,
            to_address=address,
            key=f"{kind}:{reference}:{person.pk}",
            at=at,
            actor=actor,
            channel=channel,
            language=person.language,
            others=others,
        )


def remind_people(
    actor: Actor, people: Iterable[Person], kind: NoticeKind, *, reference: UUID, at: datetime
) -> list[Person]:
    """Queue one e-mail for each of these people whom news reaches by e-mail; give who they are.

    Nobody gets it by another way: a letter would come too late.
    """
    reminded = [person for person in people if person.ended_on is None and not person.is_reached_by_letter]
    for person in reminded:
        notify(
            person.pk,
            kind,
            to_address=person.email,
            key=f"{kind}:{reference}:{person.pk}",
            at=at,
            actor=actor,
            language=person.language,
        )
    return reminded
