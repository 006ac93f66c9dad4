# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may see a household's request, and who may change it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from huisartsplek.audit.actors import Actor, ActorKind
from huisartsplek.people.models import Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.people.queries import parents_of, person_of
from huisartsplek.requests.facts import Facts
from huisartsplek.rules.consent import decides_alone


def may_see_request(viewer: Person, facts: Facts, *, decides_for: Collection[UUID], on: date) -> bool:
    """Whether this person filed it, moves with it, or decides for somebody who does; see also `is_hidden_from`."""
    if viewer.household_id != facts.request.household_id or is_hidden_from(viewer, facts, on=on):
        return False
    members = {member.pk for member in facts.members}
    return viewer.pk == facts.request.filed_by_id or viewer.pk in members or bool(members & set(decides_for))


def is_hidden_from(viewer: Person, facts: Facts, *, on: date) -> bool:
    """Whether a protected person goes along, or asked for it: then nobody else sees where it may lead.

    Only their own children, and a protected parent, do. Requests of who becomes protected are set apart; this holds
    for one that was filed, or kept, with them all the same.
    """
    protected = {member.pk for member in facts.members if member.is_protected}
    is_member = any(member.pk == facts.request.filed_by_id for member in facts.members)
    if not is_member and facts.request.filed_by.is_protected:
        protected.add(facts.request.filed_by_id)
    protected.discard(viewer.pk)
    if not protected:
        return False
    parents = parents_of([viewer.pk, *protected], on)
    own_parents = parents.get(viewer.pk, frozenset())
    return not all(
        one in own_parents or (viewer.is_protected and viewer.pk in parents.get(one, frozenset()))
        for one in protected
    )


def may_change_request(viewer: Person, facts: Facts, *, on: date) -> bool:
    """Whether this person may change or stop it: who filed it, or a member from 16 on."""
    if viewer.household_id != facts.request.household_id:
        return False
    return viewer.pk == facts.request.filed_by_id or any(
        member.pk == viewer.pk and decides_alone(member.born_on, on=on) for member in facts.members
    )


def may_act_on_request(actor: Actor, facts: Facts, *, on: date) -> bool:
    """Whether the one who acts may change it: our own jobs, or a citizen who may, by themselves or at a desk."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    viewer = person_of(actor)
    return viewer is not None and may_change_request(viewer, facts, on=on)


def may_withdraw_request(actor: Actor, facts: Facts, *, by: Person, on: date) -> bool:
    """Whether the one who acts may end it in this person's name."""
    return may_act_on_request(actor, facts, on=on) and may_speak_for(actor, by)


def may_answer_offer(actor: Actor, *, person: Person, answered_by: Person) -> bool:
    """Whether the one who acts may pass on this person's own answer; nobody answers for somebody else."""
    return person.pk == answered_by.pk and may_speak_for(actor, answered_by)
