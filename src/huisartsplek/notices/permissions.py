# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may see and handle messages that did not go out."""

from huisartsplek.accounts.roles import Role
from huisartsplek.audit.actors import Actor, ActorKind


def may_handle_failed_notices(actor: Actor) -> bool:
    """Whether the failed messages are this party's to solve: the operator's, and the system's own."""
    return actor.kind is ActorKind.SYSTEM or actor.role == Role.OPERATOR
