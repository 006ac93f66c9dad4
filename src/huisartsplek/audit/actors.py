# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who acts: the one value that every service, query and record asks for."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self
from uuid import UUID

_ROLE = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class ActorKind(StrEnum):
    """What sort of party acts."""

    PERSON = "person"
    STAFF = "staff"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


class Ground(StrEnum):
    """The legal ground or purpose on which somebody acts."""

    OWN_REQUEST = "own_request"
    PARENTAL_AUTHORITY = "parental_authority"
    MANDATE = "mandate"
    TREATMENT_RELATION = "treatment_relation"
    REGION_TASK = "region_task"
    CONSENT = "consent"
    LEGAL_TASK = "legal_task"
    OPERATIONS = "operations"


@dataclass(frozen=True, slots=True)
class Actor:
    """One party at work: who it is, in which role, for whom, from where and on what ground."""

    kind: ActorKind
    user_id: UUID | None
    role: str
    on_behalf_of: UUID | None = None
    origin: str = ""
    ground: Ground = Ground.OPERATIONS

    def __post_init__(self) -> None:
        if not _ROLE.fullmatch(self.role):
            raise ValueError("a role is a short lower-case word")
        if len(self.origin) > 64:
            raise ValueError("an origin is an address or the name of a service")
        if (self.user_id is None) == (self.kind in {ActorKind.PERSON, ActorKind.STAFF}):
            raise ValueError("people and staff have a user, the system and strangers have none")

    @classmethod
    def person(cls, user_id: UUID, *, origin: str = "") -> Self:
        """A citizen who is logged in and acts for themselves."""
        return cls(ActorKind.PERSON, user_id, "citizen", origin=origin, ground=Ground.OWN_REQUEST)

    @classmethod
    def staff(cls, user_id: UUID, role: str, *, ground: Ground, origin: str = "") -> Self:
        """Somebody at work, in one of their roles."""
        return cls(ActorKind.STAFF, user_id, role, origin=origin, ground=ground)

    @classmethod
    def system(cls, service: str, *, ground: Ground = Ground.OPERATIONS) -> Self:
        """One of our own services, such as the jobs."""
        return cls(ActorKind.SYSTEM, None, "system", origin=service, ground=ground)

    @classmethod
    def anonymous(cls, *, origin: str = "") -> Self:
        """Somebody who is not logged in."""
        return cls(ActorKind.ANONYMOUS, None, "anonymous", origin=origin, ground=Ground.OWN_REQUEST)

    @property
    def passes_on_word_of(self) -> UUID | None:
        """The person beside somebody at work, whose own word they type in; nobody while they act for themselves."""
        at_a_desk = self.kind is ActorKind.STAFF and self.ground is Ground.OWN_REQUEST
        return self.on_behalf_of if at_a_desk else None

    def acting_for(self, person_id: UUID, *, ground: Ground) -> Self:
        """The same party, now on behalf of another person."""
        return replace(self, on_behalf_of=person_id, ground=ground)
