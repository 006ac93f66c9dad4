# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may open what, and for how long a session lasts."""

import dataclasses
import sys
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.checks import Error
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, include, path
from ninja import NinjaAPI

from huisartsplek.accounts import declarations
from huisartsplek.accounts.declarations import all_declarations, check_every_view_declares, register_api
from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.models import RoleGrant, User
from huisartsplek.accounts.policies import (
    Policy,
    Reach,
    auditor,
    citizen,
    coordinator,
    logged_in,
    mediator,
    operation_policy,
    operator,
    policy,
    practice_staff,
    privacy_officer,
    public,
)
from huisartsplek.accounts.queries import roles_of, scopes_of, staff_with
from huisartsplek.accounts.roles import HeldRole, Role, ScopeType
from huisartsplek.accounts.services import grant_role, register_user, revoke_role, stop_user
from huisartsplek.accounts.session import start_session
from huisartsplek.audit.actors import Actor, Ground
from huisartsplek.audit.models import AuditEvent
from huisartsplek.integrations.login.port import Audience, LoginAnswer

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 9, tzinfo=UTC)
SYSTEM = Actor.system("tests")
SEEN: list[Actor] = []
POLICIES: dict[str, Policy] = {
    "public": public(),
    "citizen": citizen(),
    "practice": practice_staff(),
    "owner": practice_staff(Role.PRACTICE_OWNER),
    "coordinator": coordinator(),
    "mediator": mediator(),
    "privacy": privacy_officer(),
    "auditor": auditor(),
    "operator": operator(),
    "somebody": logged_in(),
}


def page(request: HttpRequest) -> HttpResponse:
    """A page that remembers who opened it."""
    SEEN.append(actor_from(request))
    return HttpResponse("the page")


def log_in_at_once(request: HttpRequest, user_id: str) -> HttpResponse:
    """Start the session that a login would start."""
    user = User.objects.get(pk=user_id)
    answer = LoginAnswer(Audience(user.kind), user.issuer, user.subject, "loa3")
    start_session(request, user, answer, at=datetime.now(UTC))
    return HttpResponse("in")


PATTERNS: list[URLPattern | URLResolver] = [
    *[path(f"as/{name}", policy(declared)(page), name=name) for name, declared in POLICIES.items()],
    path("undeclared", page),
    path("in/<str:user_id>", policy(public())(log_in_at_once)),
    path("", include("huisartsplek.accounts.urls")),
]


@pytest.fixture
def pages(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site with one page per policy, besides the real one's login."""
    module = ModuleType("tests_pages")
    module.urlpatterns = PATTERNS  # type: ignore[attr-defined]  # a URLconf is a module
    monkeypatch.setitem(sys.modules, "tests_pages", module)
    settings.ROOT_URLCONF = "tests_pages"
    SEEN.clear()


def user_of(kind: str, *roles: Role) -> User:
    """Make a citizen, or staff holding roles."""
    user = register_user(
        User.Kind(kind), issuer="https://login.example", subject=str(uuid4()), actor=SYSTEM, at=START
    )
    for role in roles:
        scope_id = None if role.scope_type is ScopeType.COUNTRY else uuid4()
        grant_role(user, role, scope_id=scope_id, actor=SYSTEM, at=START)
    return user


def browser_of(user: User) -> Client:
    """Return a browser in which a user is logged in."""
    client = Client()
    client.get(f"/in/{user.pk}")
    return client


ADMITTED = {
    "citizen": {"public", "citizen", "somebody"},
    Role.PRACTICE_OWNER: {"public", "practice", "owner", "somebody"},
    Role.PRACTICE_ASSISTANT: {"public", "practice", "somebody"},
    Role.COORDINATOR: {"public", "coordinator", "somebody"},
    Role.DESK: {"public", "somebody"},
    Role.MEDIATOR: {"public", "mediator", "somebody"},
    Role.PRIVACY_OFFICER: {"public", "privacy", "somebody"},
    Role.AUDITOR: {"public", "auditor", "somebody"},
    Role.OPERATOR: {"public", "operator", "somebody"},
}


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("party", ADMITTED)
def test_each_party_opens_its_own_pages_and_the_others_do_not_exist(party: str) -> None:
    user = user_of("citizen") if party == "citizen" else user_of("staff", Role(party))
    client = browser_of(user)

    answers = {name: client.get(f"/as/{name}").status_code for name in POLICIES}
    opened = {name for name, status in answers.items() if status == 200}
    hidden = {name for name, status in answers.items() if status == 404}

    assert opened == ADMITTED[party]
    assert hidden == set(POLICIES) - opened
    assert AuditEvent.objects.filter(kind="access_refused", outcome="refused").count() == len(hidden)


@pytest.mark.usefixtures("pages")
def test_a_stranger_is_sent_to_the_login_that_fits_and_back() -> None:
    answers = {name: Client().get(f"/as/{name}?a=1") for name in POLICIES}
    assert answers.pop("public").status_code == 200
    for name in ("citizen", "somebody"):
        assert answers.pop(name)["Location"] == f"/inloggen?next=%2Fas%2F{name}%3Fa%3D1"
    for name, answer in answers.items():
        assert answer["Location"] == f"/inloggen/medewerker?next=%2Fas%2F{name}%3Fa%3D1"
    assert Client().post("/as/citizen")["Location"] == "/inloggen"


@pytest.mark.usefixtures("pages")
def test_an_undeclared_page_is_not_served_to_anybody() -> None:
    assert Client().get("/undeclared").status_code == 404
    assert browser_of(user_of("staff", *Role)).get("/undeclared").status_code == 404


@pytest.mark.usefixtures("pages")
def test_the_site_does_not_start_with_an_undeclared_page() -> None:
    (found,) = check_every_view_declares(None)
    assert isinstance(found, Error)
    assert "/undeclared" in found.msg


def test_every_page_of_the_real_site_declares_who_may_open_it() -> None:
    assert check_every_view_declares(None) == []
    assert {found.name for found in all_declarations()} >= {"healthz", "accounts:log_in", "demo_login:token"}


@pytest.mark.usefixtures("pages")
def test_api_operations_declare_as_pages_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declarations, "_apis", {})
    api = NinjaAPI(urls_namespace="tests-api")

    @api.get("/practices")
    @operation_policy(public())
    def practices(request: HttpRequest) -> dict[str, list[str]]:
        return {"results": []}

    @api.post("/practices/{name}")
    def forgotten(request: HttpRequest, name: str) -> dict[str, str]:
        return {"name": name}

    sys.modules["tests_pages"].urlpatterns = [path("api/", api.urls)]  # type: ignore[attr-defined]
    assert {found.policy for found in all_declarations("tests_pages")} == {None}, "an unknown API declares nothing"
    register_api(api)

    found = {one.name: one for one in all_declarations("tests_pages")}
    assert found["tests-api:practices"].policy == public()
    assert found["tests-api:practices"].methods == ("GET",)
    assert found["tests-api:practices"].route == "api/practices"
    assert found["tests-api:forgotten"].policy is None
    assert found["tests-api:openapi-json"].policy == public()


def test_policies_of_one_reach_can_be_joined() -> None:
    both = coordinator() | mediator()
    assert both.admitted == {Role.COORDINATOR, Role.MEDIATOR}
    assert both.reach is Reach.OWN
    with pytest.raises(ValueError, match="reach"):
        coordinator() | auditor()


@pytest.mark.usefixtures("pages")
def test_the_actor_is_the_user_in_the_role_that_let_them_in() -> None:
    user = user_of("staff", Role.AUDITOR, Role.COORDINATOR)
    client = browser_of(user)
    client.get("/as/coordinator")
    client.get("/as/auditor")
    first, second = SEEN
    assert first == Actor.staff(user.pk, "coordinator", ground=Ground.REGION_TASK, origin="127.0.0.1")
    assert second == Actor.staff(user.pk, "auditor", ground=Ground.LEGAL_TASK, origin="127.0.0.1")


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("take_away", ["role", "user"])
def test_a_revoked_role_or_a_stopped_user_is_out_at_the_next_request(take_away: str) -> None:
    user = user_of("staff", Role.AUDITOR)
    client = browser_of(user)
    assert client.get("/as/auditor").status_code == 200

    if take_away == "role":
        revoke_role(user, Role.AUDITOR, actor=SYSTEM, at=START)
        assert client.get("/as/auditor").status_code == 404
    else:
        stop_user(user, actor=SYSTEM, at=START)
        assert client.get("/as/auditor").status_code == 302
    assert AuditEvent.objects.filter(kind__in=["role_revoked", "user_stopped"]).count() == 1


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(("kind", "idle"), [("citizen", 15), ("staff", 30)])
def test_a_session_ends_after_some_minutes_without_a_request(kind: str, idle: int, time_machine: Any) -> None:
    time_machine.move_to(START, tick=False)
    client = browser_of(user_of(kind))
    for _ in range(3):
        time_machine.shift(timedelta(minutes=idle, seconds=-1))
        assert client.get("/as/somebody").status_code == 200
    time_machine.shift(timedelta(minutes=idle))
    assert client.get("/as/somebody").status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(("kind", "hours"), [("citizen", 2), ("staff", 8)])
def test_a_session_ends_in_any_case_after_its_whole_time(kind: str, hours: int, time_machine: Any) -> None:
    time_machine.move_to(START, tick=False)
    client = browser_of(user_of(kind))
    steps = 12 * hours
    for _ in range(steps - 1):
        time_machine.shift(timedelta(hours=hours) / steps)
        assert client.get("/as/somebody").status_code == 200
    time_machine.shift(timedelta(hours=hours) / steps)
    assert client.get("/as/somebody").status_code == 302


@pytest.mark.usefixtures("pages")
def test_what_somebody_logged_in_sees_is_kept_by_no_cache() -> None:
    assert browser_of(user_of("citizen")).get("/as/citizen")["Cache-Control"] == "no-store"
    assert "Cache-Control" not in Client().get("/as/public")


def test_roles_are_held_over_something_and_once() -> None:
    user, practice_id = user_of("staff"), uuid4()
    grant_role(user, Role.PRACTICE_OWNER, scope_id=practice_id, actor=SYSTEM, at=START)
    grant_role(user, Role.PRACTICE_OWNER, scope_id=practice_id, actor=SYSTEM, at=START)
    assert roles_of(user) == (HeldRole(Role.PRACTICE_OWNER, practice_id),)
    assert scopes_of(user, Role.PRACTICE_OWNER, Role.COORDINATOR) == {practice_id}
    assert staff_with(Role.PRACTICE_OWNER, practice_id) == [user]
    assert AuditEvent.objects.filter(kind="role_granted").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        grant_role(user, Role.COORDINATOR, scope_id=None, actor=SYSTEM, at=START)
    with pytest.raises(IntegrityError), transaction.atomic():
        grant_role(user, Role.AUDITOR, scope_id=practice_id, actor=SYSTEM, at=START)
    revoke_role(user, Role.PRACTICE_OWNER, scope_id=practice_id, actor=SYSTEM, at=START)
    assert roles_of(user) == ()
    assert staff_with(Role.PRACTICE_OWNER, practice_id) == []
    grant_role(user, Role.PRACTICE_OWNER, scope_id=practice_id, actor=SYSTEM, at=START)
    assert RoleGrant.objects.count() == 2


def test_a_citizen_holds_no_role() -> None:
    with pytest.raises(ValueError, match="staff"):
        grant_role(user_of("citizen"), Role.AUDITOR, actor=SYSTEM, at=START)


@pytest.mark.parametrize(("trusts_proxy", "expected"), [(False, "127.0.0.1"), (True, "192.0.2.8")])
@pytest.mark.usefixtures("pages")
def test_the_origin_is_believed_from_our_own_proxy_only(
    settings: LazySettings, trusts_proxy: bool, expected: str
) -> None:
    settings.VARIABLES = dataclasses.replace(settings.VARIABLES, trusts_proxy=trusts_proxy)
    Client().get("/as/public", headers={"X-Forwarded-For": "203.0.113.1, 192.0.2.8"})
    assert SEEN[0].origin == expected
