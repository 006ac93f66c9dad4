# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a practice does here: sign its intake policy, set its places, say that they still hold."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PLACES_CHANGED, POLICY_SIGNED, PRACTICE_CONFIRMED
from huisartsplek.audit.services import ThingRef, record
from huisartsplek.practices.jobs import serve_queue_after_commit
from huisartsplek.practices.locks import lock_places
from huisartsplek.practices.models import PlaceEntry, Places, PolicyVersion
from huisartsplek.practices.places import change_places
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import IntakePolicy, to_json
from huisartsplek.rules.refusals import Refusal, RefusalCode


def set_intake(
    actor: Actor, practice_id: UUID, *, policy: IntakePolicy, people_more: int, seen_version: int, at: datetime
) -> Places:
    """Sign a new policy and say how many people more the practice takes outside rounds.

    `seen_version` is the version of the places that the form showed: whoever changed them meanwhile is not
    overwritten. What is held for a round stays held.
    """
    if people_more < 0:
        raise Refusal(RefusalCode.NEGATIVE_NUMBER, people_more=people_more)
    if policy.valid_from > day_in_amsterdam(at):
        # It would take the place of the rule in force today, and leave the practice without any until then.
        raise Refusal(RefusalCode.RULE_STARTS_LATER, valid_from=policy.valid_from)
    with transaction.atomic():
        places = _locked(practice_id)
        if places.version != seen_version:
            raise Refusal(RefusalCode.CHANGED_MEANWHILE, version=places.version)
        _sign(actor, practice_id, policy, at)
        has_more = people_more > places.free
        _set_free(actor, places, people_more, at)
        if places.free and not has_more:
            # More places serve the queue by themselves; another rule may let somebody in without one more.
            serve_queue_after_commit(practice_id)
        _confirm(places, at)
        record(PLACES_CHANGED, actor=actor, at=at, thing=places, practice_id=practice_id, version=places.version)
    return places


def confirm_intake(actor: Actor, practice_id: UUID, *, at: datetime) -> Places:
    """Say that the policy and the number still hold: the date the public sees is today again."""
    with transaction.atomic():
        places = _locked(practice_id)
        _confirm(places, at)
        if places.free:
            # By a rule that nobody confirmed for long, nobody was offered a place.
            serve_queue_after_commit(practice_id)
        record(
            PRACTICE_CONFIRMED,
            actor=actor,
            at=at,
            thing=ThingRef("practices.practice", practice_id),
            practice_id=practice_id,
        )
    return places


def _locked(practice_id: UUID) -> Places:
    places = lock_places([practice_id]).get(practice_id)
    if places is None:
        raise Refusal(RefusalCode.UNKNOWN_PRACTICE, practice=str(practice_id))
    return places


def _sign(actor: Actor, practice_id: UUID, policy: IntakePolicy, at: datetime) -> None:
    in_force = PolicyVersion.objects.filter(practice_id=practice_id, replaced_at__isnull=True)
    value = to_json(policy)
    if in_force.filter(policy=value).exists():
        return
    in_force.update(replaced_at=at)
    version = PolicyVersion.objects.create(
        practice_id=practice_id, policy=value, signed_by=actor.user_id, signed_at=at
    )
    record(POLICY_SIGNED, actor=actor, at=at, thing=version, practice_id=practice_id)


def _set_free(actor: Actor, places: Places, people_more: int, at: datetime) -> None:
    change_places(
        places, PlaceEntry.Kind.SET, free=people_more - places.free, reference=None, at=at, by=actor.user_id
    )


def _confirm(places: Places, at: datetime) -> None:
    places.confirmed_on = day_in_amsterdam(at)
    Places.objects.filter(pk=places.pk).update(confirmed_on=places.confirmed_on)
