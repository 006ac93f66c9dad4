# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in elsewhere: what we ask of a login provider, and what its answer may tell us."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Audience(StrEnum):
    """Who logs in, each through a registration of its own at a provider."""

    CITIZEN = "citizen"
    STAFF = "staff"


class RefusedBecause(StrEnum):
    """Why an answer of a provider was not believed."""

    CANCELLED = "cancelled"
    UNKNOWN_STATE = "unknown_state"
    TOO_LATE = "too_late"
    CODE_NOT_ACCEPTED = "code_not_accepted"
    PROVIDER_DOWN = "provider_down"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_KEY = "unknown_key"
    BAD_ALGORITHM = "bad_algorithm"
    BAD_TOKEN = "bad_token"  # noqa: S105  a reason, not a password
    WRONG_ISSUER = "wrong_issuer"
    WRONG_AUDIENCE = "wrong_audience"
    WRONG_NONCE = "wrong_nonce"
    EXPIRED = "expired"
    FROM_THE_FUTURE = "from_the_future"
    LEVEL_TOO_LOW = "level_too_low"
    NO_SECOND_FACTOR = "no_second_factor"
    STOPPED = "stopped"


class LoginRefused(Exception):  # noqa: N818  it reads as what it is
    """The provider's answer does not let anybody in."""

    def __init__(self, because: RefusedBecause) -> None:
        super().__init__(because.value)
        self.because = because


@dataclass(frozen=True, slots=True)
class Begun:
    """A login that was begun: where to send the browser, and what only its own session may know."""

    url: str
    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Represented:
    """Somebody for whom the person who logged in may act, as the provider says."""

    subject: str = ""
    bsn: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LoginAnswer:
    """Who logged in, as a provider proved it. The BSN is for the session of this login only."""

    audience: Audience
    issuer: str
    subject: str
    level: str
    name: str = field(default="", repr=False)
    bsn: str = field(default="", repr=False)
    represents: tuple[Represented, ...] = field(default=(), repr=False)


class LoginPort(Protocol):
    """A login provider. Its stand-in for demo and tests is a provider too, over the same protocol."""

    def begin(self) -> Begun:
        """Prepare a login."""

    def finish(self, code: str, begun: Begun, *, at: datetime) -> LoginAnswer:
        """Exchange the code for an answer and check it, or raise `LoginRefused`."""

    def end_url(self) -> str:
        """Return where the browser ends its session at the provider, or nothing."""
