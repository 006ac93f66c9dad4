# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose rounds somebody may open here: those of the regions they coordinate, and nobody else's."""

from uuid import UUID

from django.http import Http404, HttpRequest

from huisartsplek.accounts.identity import held_roles
from huisartsplek.accounts.roles import Role
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.regional import round_in


def own_regions(request: HttpRequest) -> frozenset[UUID]:
    """Give the regions that who sends this request coordinates."""
    roles = held_roles(request)
    return frozenset(held.scope_id for held in roles if held.role is Role.COORDINATOR and held.scope_id)


def own_round(request: HttpRequest, round_id: UUID) -> Round:
    """Give a round of one's own region; another region's does not exist."""
    found = round_in(own_regions(request), round_id)
    if found is None:
        raise Http404
    return found
