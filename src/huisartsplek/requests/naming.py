# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the practice that somebody leaves may hear where they go: asked apart, no unless they say yes."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.permissions import may_decide_for
from huisartsplek.people.services import give_consent, withdraw_consent
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import lock_request
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode


def asked_for(by: Person, facts: Facts, on: date) -> list[Person]:
    """Give the members for whom this person may say it: themselves, and their children.

    For somebody protected the answer is always no: nobody is asked.
    """
    if by.is_protected:
        return []
    return [member for member in facts.members if not member.is_protected and may_decide_for(by, member, on)]


def say_naming(actor: Actor, request_id: UUID, *, by: Person, is_allowed: bool, at: datetime) -> None:
    """Keep whether the old practice may hear it, for this person and the children about whom they decide."""
    with transaction.atomic():
        facts = lock_request(request_id)
        if is_allowed and not asked_for(by, facts, day_in_amsterdam(at)):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        keep_naming(actor, facts, by=by, is_allowed=is_allowed, at=at)


def keep_naming(actor: Actor, facts: Facts, *, by: Person, is_allowed: bool, at: datetime) -> None:
    """Do that for a locked request, for whom it concerns; a no takes back every yes that this person gave in it."""
    kind, reference = Consent.Kind.NAME_NEW_PRACTICE, facts.request.pk
    if not is_allowed:
        for member in facts.members:
            withdraw_consent(actor, person=member, kind=kind, reference=reference, given_by=by, at=at)
        return
    for person in asked_for(by, facts, day_in_amsterdam(at)):
        give_consent(actor, person=person, kind=kind, reference=reference, given_by=by, at=at)
