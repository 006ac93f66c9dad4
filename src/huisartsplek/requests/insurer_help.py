# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Help of somebody's own insurer: it begins with one yes of their own, and ends when they take it back.

An insurer sees who said yes to it, while they look for a practice, and nobody else.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PEOPLE_LISTED
from huisartsplek.audit.services import Line, record_many
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.services import give_consent, withdraw_consent
from huisartsplek.practices.models import Insurer
from huisartsplek.requests.models import Request, RequestMember
from huisartsplek.rules.consent import decides_alone
from huisartsplek.rules.consent_texts import Language, insurer_help_wording
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode

KIND = Consent.Kind.INSURER_HELP


@dataclass(frozen=True, slots=True)
class AskedHelp:
    """The help somebody asked for: of which insurer, and since when."""

    insurer: Insurer
    since: datetime


def insurers() -> list[Insurer]:
    """Give the insurers that can be asked, by name."""
    return list(Insurer.objects.order_by("name", "uzovi"))


def help_of(person: Person) -> AskedHelp | None:
    """Give the help that somebody asked for and did not stop."""
    consent = Consent.objects.filter(person=person, given_by=person, kind=KIND, withdrawn_at__isnull=True).first()
    insurer = None if consent is None else Insurer.objects.filter(pk=consent.reference).first()
    return None if consent is None or insurer is None else AskedHelp(insurer, consent.given_at)


def ask_insurer(actor: Actor, insurer_id: UUID, *, by: Person, at: datetime, language: Language = "nl") -> Insurer:
    """Let one insurer see that this person looks for a practice; a second one takes the place of the first.

    It holds for the person alone: each other member of the household asks their own insurer.
    """
    with transaction.atomic():
        lock_people([by.pk])
        insurer = Insurer.objects.filter(pk=insurer_id).first()
        if insurer is None:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, insurer=str(insurer_id))
        if not decides_alone(by.born_on, on=day_in_amsterdam(at)) or not _is_looking(by):
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW)
        earlier = help_of(by)
        if earlier is not None and earlier.insurer.pk != insurer.pk:
            _stop(actor, earlier.insurer.pk, by, at)
        wording = insurer_help_wording(insurer.name, language=language)
        give_consent(actor, person=by, kind=KIND, reference=insurer.pk, given_by=by, at=at, wording=wording)
    return insurer


def stop_help(actor: Actor, *, by: Person, at: datetime) -> None:
    """Take that yes back: from now on the insurer sees nothing of this person. None in force is fine."""
    with transaction.atomic():
        lock_people([by.pk])
        earlier = help_of(by)
        if earlier is not None:
            _stop(actor, earlier.insurer.pk, by, at)


def _stop(actor: Actor, insurer_id: UUID, by: Person, at: datetime) -> None:
    withdraw_consent(actor, person=by, kind=KIND, reference=insurer_id, given_by=by, at=at)


def _is_looking(person: Person) -> bool:
    return RequestMember.objects.filter(person=person, is_open=True).exists()


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asked their insurer for help, and since when they look."""

    person: Person
    looks_since: datetime
    asked_at: datetime


def askers_of(actor: Actor, insurer_ids: Collection[UUID], *, at: datetime) -> list[Asker]:
    """List who asked these insurers for help and still looks, longest first; that they were listed is recorded."""
    asked = Consent.objects.filter(kind=KIND, reference__in=list(insurer_ids), withdrawn_at__isnull=True)
    given = {one.person_id: one for one in asked.select_related("person")}
    memberships = RequestMember.objects.filter(
        person__in=list(given), is_open=True, request__state=RequestState.WAITING
    ).select_related("request")
    looking: dict[UUID, Request] = {one.person_id: one.request for one in memberships}
    found = [
        Asker(given[pk].person, request.since, given[pk].given_at)
        for pk, request in looking.items()
        if given[pk].person.ended_on is None
    ]
    lines = [Line(one.person.pk, one.person, {"view": "insurer_help", "rows": len(found)}) for one in found]
    with transaction.atomic():
        record_many(PEOPLE_LISTED, lines, actor=actor, at=at)
    return sorted(found, key=lambda one: (one.looks_since, one.person.pk))
