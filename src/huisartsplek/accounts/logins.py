# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a believed answer of a login provider changes here: the user, and the person they are."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from huisartsplek.accounts.linking import person_of
from huisartsplek.accounts.models import User
from huisartsplek.accounts.services import register_user
from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import LOGGED_IN, LOGGED_OUT, LOGIN_REFUSED, Outcome
from huisartsplek.audit.services import record
from huisartsplek.integrations.login.port import Audience, LoginAnswer, LoginRefused, RefusedBecause

_KINDS = {Audience.CITIZEN: User.Kind.CITIZEN, Audience.STAFF: User.Kind.STAFF}


def admit(answer: LoginAnswer, *, origin: str, at: datetime, language: str = "") -> User:
    """Return the user who logged in, or refuse who was stopped; the log tells.

    `language` is what a citizen chose before logging in; empty: nothing.
    """
    stranger = Actor.anonymous(origin=origin)
    kind = _KINDS[answer.audience]
    with transaction.atomic():
        user = register_user(
            kind,
            issuer=answer.issuer,
            subject=answer.subject,
            display_name=answer.name[:120] if kind is User.Kind.STAFF else "",
            actor=stranger,
            at=at,
        )
        if not user.is_active or user.kind != kind:
            raise LoginRefused(RefusedBecause.STOPPED)
        if kind is User.Kind.CITIZEN:
            actor = Actor.person(user.pk, origin=origin)
            _link(user, answer, actor, at, language)
        else:
            actor = Actor.staff(user.pk, "staff", ground=stranger.ground, origin=origin)
        level = answer.level.rsplit(":", 1)[-1].rsplit("/", 1)[-1].lower()
        record(LOGGED_IN, actor=actor, at=at, person=user.person_id, thing=user, which=answer.audience, level=level)
        return user


def refuse(audience: Audience, because: RefusedBecause, *, origin: str, at: datetime) -> None:
    """Write in the log that somebody was not let in, and why."""
    with transaction.atomic():
        record(
            LOGIN_REFUSED,
            actor=Actor.anonymous(origin=origin),
            at=at,
            outcome=Outcome.REFUSED,
            which=audience,
            reason=because,
        )


def leave(user: User, *, actor: Actor, at: datetime) -> None:
    """Write in the log that somebody logged out."""
    with transaction.atomic():
        record(LOGGED_OUT, actor=actor, at=at, person=user.person_id, thing=user)


def _link(user: User, answer: LoginAnswer, actor: Actor, at: datetime, language: str) -> None:
    person_id = person_of(answer, actor=actor, at=at, language=language)
    if person_id is not None and person_id != user.person_id:
        # A person has one login; who comes in by another one from now on is no longer known by the former.
        former = User.objects.filter(person_id=person_id)
        former.update(person_id=None, session_epoch=F("session_epoch") + 1)
        User.objects.filter(pk=user.pk).update(person_id=person_id)
        user.person_id = person_id
