# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may see a household's request, and who may change it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from huisartsplek.people.models import Person
from huisartsplek.requests.facts import Facts
from huisartsplek.rules.consent import DECIDES_ALONE_FROM
from huisartsplek.rules.dates import age_on


def may_see_request(viewer: Person, facts: Facts, *, decides_for: Collection[UUID]) -> bool:
    """Whether this person filed it, moves with it, or decides for somebody who does."""
    if viewer.household_id != facts.request.household_id:
        return False
    members = {member.pk for member in facts.members}
    return viewer.pk == facts.request.filed_by_id or viewer.pk in members or bool(members & set(decides_for))


def may_change_request(viewer: Person, facts: Facts, *, on: date) -> bool:
    """Whether this person may change or stop it: who filed it, or a member from 16 on."""
    if viewer.household_id != facts.request.household_id:
        return False
    return viewer.pk == facts.request.filed_by_id or any(
        member.pk == viewer.pk and age_on(member.born_on, on) >= DECIDES_ALONE_FROM for member in facts.members
    )
