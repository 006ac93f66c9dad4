# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may open a view: declared at the view itself, and kept there.

A page sends a stranger to log in. Who is logged in without the right role is told that the page does not
exist: other people's things do not exist. An API operation raises `LoginNeeded` instead of redirecting.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ParamSpec, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from huisartsplek.accounts.helping import helping_of
from huisartsplek.accounts.identity import actor_from, held_roles
from huisartsplek.accounts.models import User
from huisartsplek.accounts.roles import PRACTICE_ROLES, HeldRole, Role
from huisartsplek.accounts.typed import keep_typed
from huisartsplek.audit.events import ACCESS_REFUSED, PERSON_READ, Outcome
from huisartsplek.audit.services import record
from huisartsplek.integrations.clock.chosen import current_moment

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
T = TypeVar("T")


class Party(StrEnum):
    """Whom a policy lets in, besides the holders of roles."""

    EVERYBODY = "everybody"
    CITIZEN = "citizen"
    STAFF = "staff"  # whatever role they hold, or none yet
    HELPING = "helping"  # whoever helps a citizen at a desk just now, about that citizen


class Reach(StrEnum):
    """About whose things a view is, for those it lets in."""

    NOBODYS = "nobodys"  # public facts, or nothing of anybody
    OWN = "own"  # one's own things, or those of one's own practice, region or insurer
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may open a view, and about whose things it then is."""

    admitted: frozenset[Party | Role]
    reach: Reach

    def __or__(self, other: "Policy") -> "Policy":
        if self.reach is not other.reach:
            raise ValueError("one view has one reach")
        return Policy(self.admitted | other.admitted, self.reach)

    @property
    def is_public(self) -> bool:
        """Whether nobody needs to log in."""
        return Party.EVERYBODY in self.admitted


class LoginNeeded(Exception):  # noqa: N818  it reads as what it is
    """A stranger asked for something that only somebody known may have."""


def public() -> Policy:
    """Everybody, without logging in."""
    return Policy(frozenset({Party.EVERYBODY}), Reach.NOBODYS)


def citizen() -> Policy:
    """A citizen, about what is theirs or their household's."""
    return Policy(frozenset({Party.CITIZEN}), Reach.OWN)


def citizen_or_desk() -> Policy:
    """A citizen about what is theirs, by themselves or with somebody at a desk who helps them just now."""
    return Policy(frozenset({Party.CITIZEN, Party.HELPING}), Reach.OWN)


def desk() -> Policy:
    """Who helps people at the desk or on the telephone of a region: its desk, or its coordinator."""
    return _staff({Role.DESK, Role.COORDINATOR}, Reach.OWN)


def practice_staff(*roles: Role) -> Policy:
    """Staff of a practice, about that practice; all of them, or those in one of these roles."""
    return _staff(frozenset(roles) or PRACTICE_ROLES, Reach.OWN)


def coordinator() -> Policy:
    """A coordinator, about their own region."""
    return _staff({Role.COORDINATOR}, Reach.OWN)


def mediator() -> Policy:
    """An insurer's mediator, about cases that somebody consented to."""
    return _staff({Role.MEDIATOR}, Reach.OWN)


def privacy_officer() -> Policy:
    """The privacy officer, about everything logged."""
    return _staff({Role.PRIVACY_OFFICER}, Reach.ALL)


def auditor() -> Policy:
    """The auditor, about every round."""
    return _staff({Role.AUDITOR}, Reach.ALL)


def operator() -> Policy:
    """The operator, about the running of the system."""
    return _staff({Role.OPERATOR}, Reach.ALL)


def logged_in() -> Policy:
    """Anybody who is logged in, about themselves only."""
    return Policy(frozenset({Party.CITIZEN, Party.STAFF, Party.HELPING, *Role}), Reach.OWN)


def _staff(roles: frozenset[Role] | set[Role], reach: Reach) -> Policy:
    return Policy(frozenset(roles), reach)


def policy(declared: Policy) -> Callable[[Callable[P, R]], Callable[P, R | HttpResponseRedirect]]:
    """Declare who may open a page, and keep everybody else out."""

    def decorate(view: Callable[P, R]) -> Callable[P, R | HttpResponseRedirect]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | HttpResponseRedirect:
            request = _request_of(args)
            try:
                _admit(request, declared, _name_of(view))
            except LoginNeeded:
                return _to_login(request, declared, view)
            return view(*args, **kwargs)

        return _with_policy(guarded, declared)

    return decorate


def operation_policy(declared: Policy) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Declare who may use an API operation, and keep everybody else out."""

    def decorate(operation: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(operation)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            _admit(_request_of(args), declared, _name_of(operation))
            return operation(*args, **kwargs)

        return _with_policy(guarded, declared)

    return decorate


def declared_policy(view: object) -> Policy | None:
    """Return what a view declares, or nothing when it forgot to."""
    found = getattr(view, "huisartsplek_policy", None)
    return found if isinstance(found, Policy) else None


def acting_role(request: HttpRequest) -> Role | None:
    """Return the role in which the view's policy let somebody in."""
    found = getattr(request, "huisartsplek_role", None)
    return found if isinstance(found, Role) else None


def _with_policy(view: T, declared: Policy) -> T:
    view.huisartsplek_policy = declared  # type: ignore[attr-defined]  # functions carry attributes
    return view


def _request_of(args: tuple[object, ...]) -> HttpRequest:
    for argument in args[:2]:
        if isinstance(argument, HttpRequest):
            return argument
    raise TypeError("a policy guards a view, whose first argument is the request")


def _name_of(view: Callable[..., object]) -> str:
    module = view.__module__.removeprefix("huisartsplek.")
    return f"{module}.{getattr(view, '__name__', 'view')}".lower()[:60]


def _admit(request: HttpRequest, declared: Policy, view_name: str) -> None:
    if declared.is_public:
        return
    user = request.user
    if not isinstance(user, User):
        raise LoginNeeded
    if (helping := helping_of(request)) is not None:
        if Party.HELPING in declared.admitted:
            _record_help(request, helping.person_id, view_name)
            return
    else:
        held = _admitted_role(declared, held_roles(request))
        if held is not None:
            request.huisartsplek_role = held.role  # type: ignore[attr-defined]  # read by `acting_role`
            return
        if Party(user.kind) in declared.admitted:
            return
    with transaction.atomic():
        record(
            ACCESS_REFUSED, actor=actor_from(request), at=timezone.now(), outcome=Outcome.REFUSED, view=view_name
        )
    raise Http404


def _record_help(request: HttpRequest, person_id: UUID, view_name: str) -> None:
    """Write down each page on which somebody at a desk sees the person they help."""
    with transaction.atomic():
        record(PERSON_READ, actor=actor_from(request), at=current_moment(), person=person_id, view=view_name)


def _admitted_role(declared: Policy, roles: tuple[HeldRole, ...]) -> HeldRole | None:
    return next((held for held in roles if held.role in declared.admitted), None)


def _to_login(request: HttpRequest, declared: Policy, view: object) -> HttpResponseRedirect:
    which = "accounts:log_in" if Party.CITIZEN in declared.admitted else "accounts:log_in_staff"
    may_return = request.method in {"GET", "HEAD"} or keep_typed(request, view, at=timezone.now())
    back = request.get_full_path() if may_return else ""
    query = f"?{urlencode({'next': back})}" if back else ""
    return HttpResponseRedirect(reverse(which) + query)
