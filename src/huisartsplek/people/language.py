# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which language we write to somebody: the one they chose last on a page, before or after logging in."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_CHANGED
from huisartsplek.audit.services import record
from huisartsplek.integrations.login.port import LoginAnswer
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.people.services import link_login
from huisartsplek.rules.refusals import Refusal, RefusalCode


def choose_language(actor: Actor, person: Person, language: str, *, at: datetime) -> Person:
    """Keep in which language somebody reads us; the same again, or a language we do not write, changes nothing."""
    with transaction.atomic():
        locked = lock_people([person.pk])[person.pk]
        if not may_speak_for(actor, locked):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        _keep(actor, locked, language, at)
    return locked


def _keep(actor: Actor, person: Person, language: str, at: datetime) -> None:
    if language in dict(settings.LANGUAGES) and language != person.language:
        person.language = language
        person.save(update_fields=["language"])
        record(PERSON_CHANGED, actor=actor, at=at, person=person.pk, thing=person, field="language")


def person_id_of_login(answer: LoginAnswer, *, actor: Actor, at: datetime, language: str) -> UUID:
    """Find whose login this is, as the accounts app asks for it, and keep the language they chose before."""
    with transaction.atomic():
        person = link_login(answer, actor=actor, at=at)
        _keep(actor, lock_people([person.pk])[person.pk], language, at)
    return person.pk
