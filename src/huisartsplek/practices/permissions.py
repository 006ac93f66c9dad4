# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may know a practice's own numbers: nobody but its staff."""

from huisartsplek.accounts.roles import PRACTICE_ROLES
from huisartsplek.audit.actors import Actor, ActorKind


def may_see_intake(actor: Actor) -> bool:
    """Whether the one who acts does so as staff of a practice; of which one, their role's reach says."""
    return actor.kind is ActorKind.STAFF and actor.role in PRACTICE_ROLES
