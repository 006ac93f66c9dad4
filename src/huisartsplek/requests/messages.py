# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tell the people of a request that there is news; what the news is, they read after logging in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from huisartsplek.audit.actors import Actor
from huisartsplek.integrations.notify.port import Channel
from huisartsplek.notices.models import NoticeKind
from huisartsplek.notices.services import notify
from huisartsplek.people.models import Person
from huisartsplek.requests.facts import Facts
from huisartsplek.rules.consent import SAYS_YES_TOO_FROM
from huisartsplek.rules.dates import age_on, day_in_amsterdam


def tell_household(actor: Actor, facts: Facts, kind: NoticeKind, *, reference: UUID, at: datetime) -> None:
    """Queue one message for each member who answers for themselves; sent once for each `reference`."""
    on = day_in_amsterdam(at)
    members = [member for member in facts.members if age_on(member.born_on, on) >= SAYS_YES_TOO_FROM]
    tell_people(actor, members, kind, reference=reference, at=at)


def tell_people(actor: Actor, people: Iterable[Person], kind: NoticeKind, *, reference: UUID, at: datetime) -> None:
    """Queue one message for each of these people who is alive and in the country; once for each `reference`."""
    for member in people:
        if member.ended_on is not None:
            continue
        by_letter = member.channel == Person.Channel.LETTER or not member.email
        notify(
            member.pk,
            kind,
            to_address=f"{member.postcode} {member.house_number}".strip() if by_letter else member.email,
            key=f"{kind}:{reference}:{member.pk}",
            at=at,
            actor=actor,
            channel=Channel.LETTER if by_letter else Channel.EMAIL,
            language=member.language,
        )
