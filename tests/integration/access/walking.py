# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the site, with its parameters filled in, and what came back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from tests.integration.access.subjects import Subject, Things, World

from huisartsplek.accounts.declarations import Declaration, all_declarations
from huisartsplek.accounts.policies import Policy, Reach

METHODS = ("GET", "POST")
_PARAMETER = re.compile(r"[<{](?:\w+:)?(\w+)[>}]")
# What is somebody's: a route with one of these is tried with one's own and with everybody else's.
OWNED = frozenset(
    {
        "help_id",
        "notice_id",
        "request_id",
        "offer_id",
        "round_id",
        "confirmation_id",
        "move_id",
        "departure_id",
        "review_id",
        "statement_id",
        "correction_id",
    }
)
# What is nobody's: filled in so that the rest of the address makes sense.
BESIDE = frozenset({"slug", "practice_id", "step", "which", "token"})
# What the forms of the site ask, answered as somebody would.
FORM = {
    "antwoord": "ja",
    "gezien": "1",
    "because": "identity_not_established",
    "waarom": "rule",
    "gesproken": "on",
    "taal": "en",
}
# Forms that name whose they are in a field, where the route does not.
NAMED_IN_FORM = {
    "coordinator:open": "region",
    "practice:choose": "praktijk",
    "citizen:object": "voor",
    "citizen:answer_joining": "voor",
}


@dataclass(frozen=True)
class Address:
    """One address with what it declares."""

    declared: Declaration

    @property
    def name(self) -> str:
        """Its name, and the address for who reads a failure."""
        return f"{self.declared.name} (/{self.declared.route})"

    @property
    def policy(self) -> Policy:
        """Who may open it."""
        assert self.declared.policy is not None, self.name
        return self.declared.policy

    @property
    def is_api(self) -> bool:
        """Whether a program opens it."""
        return self.declared.route.startswith("api/")

    @property
    def parameters(self) -> frozenset[str]:
        """The parameters of its route."""
        return frozenset(_PARAMETER.findall(self.declared.route))

    @property
    def is_owned(self) -> bool:
        """Whether it is about something that is somebody's."""
        return bool(self.parameters & OWNED) and self.policy.reach is Reach.OWN

    def filled(self, things: Things) -> str | None:
        """Give the path with these things; nothing where one is lacking."""
        if not self.parameters <= things.keys():
            return None
        return "/" + _PARAMETER.sub(lambda found: things[found[1]], self.declared.route)


def every_address() -> list[Address]:
    """List every address there is."""
    return [Address(declared) for declared in all_declarations()]


def own_path(address: Address, subject: Subject, world: World) -> str | None:
    """Give an address about somebody's own things, or about what is for all."""
    shared = world.public if not address.is_owned else {}
    return below(subject, address, address.filled({**shared, **subject.beside, **subject.own}))


def below(subject: Subject, address: Address, path: str | None) -> str | None:
    """Give the path as this one asks for it: below the address of the help, for what is not for everybody."""
    return path if path is None or address.policy.is_public else f"{subject.below}{path}"


def shared_path(address: Address, subject: Subject, world: World) -> str | None:
    """Give an address filled in with something that exists, whoever's it is."""
    everything: Things = {}
    for other in world.subjects:
        everything = {**other.beside, **other.own, **everything}
    return below(subject, address, address.filled({**everything, **world.public, **subject.beside}))


def paths_of_others(address: Address, subject: Subject, world: World) -> Iterable[str]:
    """Give the address filled in with each thing of everybody else of the same kind."""
    for other in world.subjects:
        if other.party != subject.party or other.own == subject.own:
            continue
        theirs = {key: value for key, value in other.own.items() if key in address.parameters}
        if not theirs.keys() & address.parameters or theirs.items() <= subject.own.items():
            continue
        path = below(subject, address, address.filled({**subject.beside, **other.beside, **other.own}))
        if path is not None:
            yield path


def ask(client: Client, method: str, path: str, form: Things | None = None) -> HttpResponse:
    """Ask, with a form that is filled in where that is sent, and undo what it did."""
    data = urlencode({**FORM, **(form or {})}) if method == "POST" else ""
    with transaction.atomic():
        answer = client.generic(method, path, data, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    assert isinstance(answer, HttpResponse)
    return answer
