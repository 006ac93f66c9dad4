# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who was asked to move along says yes or leaves it to the others."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import MEMBER_LEFT
from huisartsplek.audit.services import record
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.people.services import give_consent, still_asked, withdraw_consent
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.models import ChildStays, Request, RequestMember
from huisartsplek.requests.naming import keep_naming
from huisartsplek.requests.services import end_request
from huisartsplek.requests.staying import leave_behind
from huisartsplek.rules.consent import decides_alone
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode


def take_part(
    actor: Actor, request_id: UUID, *, by: Person, at: datetime, may_name: bool | None = None
) -> list[Person]:
    """Give the yes of this person for everybody for whom it is still wanted: themselves, and their children.

    `may_name`: what they said to their old practice hearing where they go; None: they were not asked.
    """
    with transaction.atomic():
        facts = lock_request(request_id)
        asked = _asked_of(facts, by, at)
        for person in asked:
            give_consent(
                actor, person=person, kind=Consent.Kind.TAKE_PART, reference=request_id, given_by=by, at=at
            )
        if may_name is not None:
            keep_naming(actor, facts, by=by, is_allowed=may_name, at=at)
    return asked


def leave_request(actor: Actor, request_id: UUID, *, by: Person, at: datetime) -> list[Person]:
    """Take everybody for whom this person was asked, and says no, out of a waiting request; the others go on.

    Where a child stays behind alone, who asked for it and its parents at home say anew whether they go on. Without
    anybody left the request ends.
    """
    with transaction.atomic():
        facts = lock_request(request_id)
        request = facts.request
        if not may_speak_for(actor, by):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        leavers = _asked_of(facts, by, at)
        if not leavers:
            raise Refusal(RefusalCode.CHANGED_MEANWHILE)
        if request.state not in {RequestState.WAITING, RequestState.SLEEPING}:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, lifecycle="request", state=request.state, event="leave")
        if len(leavers) == len(facts.members):
            end_request(actor, facts, by=by, at=at)
            return leavers
        if not any(decides_alone(leaver.born_on, on=day_in_amsterdam(at)) for leaver in leavers):
            for child in leavers:
                leave_behind(actor, lock_request(request_id), child, by=by, because=ChildStays.Because.NO, at=at)
            return leavers
        for left, leaver in enumerate(leavers, start=1):
            _leave(actor, request, leaver, by, len(facts.members) - left, at)
    return leavers


def _asked_of(facts: Facts, by: Person, at: datetime) -> list[Person]:
    asked = still_asked(facts.request.pk, facts.members, day_in_amsterdam(at))
    return [member for member in facts.members if by.pk in asked.get(member.pk, frozenset())]


def _leave(actor: Actor, request: Request, leaver: Person, by: Person, members: int, at: datetime) -> None:
    RequestMember.objects.filter(request=request, person=leaver).delete()
    withdraw_consent(actor, person=leaver, kind=Consent.Kind.TAKE_PART, reference=request.pk, given_by=by, at=at)
    record(MEMBER_LEFT, actor=actor, at=at, person=leaver.pk, thing=request, members=members)
