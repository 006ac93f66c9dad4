# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The roles that staff can hold, and what each reaches over."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from huisartsplek.audit.actors import Ground


class ScopeType(StrEnum):
    """Over what a role is held."""

    PRACTICE = "practice"
    REGION = "region"
    INSURER = "insurer"
    COUNTRY = "country"


class Role(StrEnum):
    """What somebody may be at work."""

    PRACTICE_OWNER = "practice_owner"
    PRACTICE_ASSISTANT = "practice_assistant"
    COORDINATOR = "coordinator"
    DESK = "desk"
    MEDIATOR = "mediator"
    PRIVACY_OFFICER = "privacy_officer"
    AUDITOR = "auditor"
    OPERATOR = "operator"

    @property
    def scope_type(self) -> ScopeType:
        """Over what this role is held."""
        return _SCOPES[self]

    @property
    def ground(self) -> Ground:
        """The ground on which somebody in this role acts."""
        return _GROUNDS[self]


_SCOPES = {
    Role.PRACTICE_OWNER: ScopeType.PRACTICE,
    Role.PRACTICE_ASSISTANT: ScopeType.PRACTICE,
    Role.COORDINATOR: ScopeType.REGION,
    Role.DESK: ScopeType.REGION,
    Role.MEDIATOR: ScopeType.INSURER,
    Role.PRIVACY_OFFICER: ScopeType.COUNTRY,
    Role.AUDITOR: ScopeType.COUNTRY,
    Role.OPERATOR: ScopeType.COUNTRY,
}
_GROUNDS = {
    Role.PRACTICE_OWNER: Ground.TREATMENT_RELATION,
    Role.PRACTICE_ASSISTANT: Ground.TREATMENT_RELATION,
    Role.COORDINATOR: Ground.REGION_TASK,
    Role.DESK: Ground.REGION_TASK,
    Role.MEDIATOR: Ground.CONSENT,
    Role.PRIVACY_OFFICER: Ground.LEGAL_TASK,
    Role.AUDITOR: Ground.LEGAL_TASK,
    Role.OPERATOR: Ground.OPERATIONS,
}
PRACTICE_ROLES = frozenset({Role.PRACTICE_OWNER, Role.PRACTICE_ASSISTANT})


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody holds now, over one practice, region or insurer, or over the country."""

    role: Role
    scope_id: UUID | None
