# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the site, opened by nobody and by everybody, with their own things and with others'."""

from collections.abc import Iterator

import pytest
from django.test import Client
from tests.builders import AT, SYSTEM
from tests.integration.access.subjects import Subject, World, a_world
from tests.integration.access.walking import (
    BESIDE,
    METHODS,
    NAMED_IN_FORM,
    OWNED,
    Address,
    ask,
    every_address,
    own_path,
    paths_of_others,
    shared_path,
)

from huisartsplek.accounts.models import User
from huisartsplek.accounts.policies import Party, Reach
from huisartsplek.accounts.roles import Role
from huisartsplek.accounts.services import revoke_role, stop_user
from huisartsplek.audit.events import Action
from huisartsplek.audit.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OPENED = frozenset({200, 302, 400, 405})
ALSO_RIGHT = {
    "readyz": frozenset({503}),  # no worker runs beside this test
    # The login provider itself is not running here, and its addresses want a program's own secret.
    "accounts:log_in": frozenset({503}),
    "accounts:log_in_back": frozenset({403}),  # nobody began to log in
    "accounts:log_in_staff": frozenset({503}),
    "demo_login:token": frozenset({401}),
    "demo_login:userinfo": frozenset({401}),
}
# The token address of the local login provider: programs use it, with a secret of their own and without cookies.
WITHOUT_CSRF = frozenset({"demo_login:token"})


@pytest.fixture
def world() -> World:
    return a_world()


def addresses(*, public: bool) -> Iterator[Address]:
    return (address for address in every_address() if address.policy.is_public is public)


def one_of_each(world: World) -> list[Subject]:
    """Give one of each kind: who keeps out a role keeps out all who hold it."""
    return list({subject.party: subject for subject in reversed(world.subjects)}.values())


def is_admitted(subject: Subject, address: Address) -> bool:
    admitted = address.policy.admitted
    if subject.party in admitted:
        return True
    return isinstance(subject.party, Role) and Party.STAFF in admitted


def test_every_parameter_of_every_route_is_one_that_this_walk_can_fill_in(world: World) -> None:
    unknown = {address.name: address.parameters - OWNED - BESIDE for address in every_address()}
    assert {name: left for name, left in unknown.items() if left} == {}
    nobody = world.subjects[0]
    assert [one.name for one in every_address() if shared_path(one, nobody, world) is None] == []


def test_what_is_for_everybody_opens_for_everybody(world: World) -> None:
    wrong = []
    for address in addresses(public=True):
        for subject in one_of_each(world):
            path = shared_path(address, subject, world)
            assert path is not None
            for method in METHODS:
                answer = ask(subject.browser(), method, path, subject.form)
                if answer.status_code not in OPENED | ALSO_RIGHT.get(address.declared.name, frozenset()):
                    wrong.append((address.name, subject.name, method, answer.status_code))
    assert wrong == [], "\n".join(map(str, wrong))


def test_nobody_is_sent_to_log_in(world: World) -> None:
    nobody, wrong = world.subjects[0], []
    for address in addresses(public=False):
        path = shared_path(address, nobody, world)
        assert path is not None
        for method in METHODS:
            answer = ask(Client(), method, path)
            is_right = answer.status_code == 401 if address.is_api else _leads_to_login(answer.get("Location", ""))
            if not is_right:
                wrong.append((address.name, method, answer.status_code))
    assert wrong == [], "\n".join(map(str, wrong))


def _leads_to_login(location: str) -> bool:
    return location.startswith("/inloggen")


def test_for_the_wrong_role_there_is_nothing(world: World) -> None:
    wrong, tried = [], 0
    for address in addresses(public=False):
        for subject in one_of_each(world):
            if subject.party is None or is_admitted(subject, address):
                continue
            path = shared_path(address, subject, world)
            assert path is not None
            for method in METHODS:
                tried += 1
                status = ask(subject.browser(), method, path, subject.form).status_code
                if status != 404:
                    wrong.append((address.name, subject.name, method, status))
    assert wrong == [], "\n".join(map(str, wrong))
    assert tried > 300


def test_everybody_opens_their_own_and_everything_that_is_for_their_role(world: World) -> None:
    never_opened, wrong = [], []
    for address in addresses(public=False):
        opened = False
        for subject in world.subjects[1:]:
            path = own_path(address, subject, world)
            if path is None or not is_admitted(subject, address):
                continue
            statuses = {
                method: ask(subject.browser(), method, path, subject.form).status_code for method in METHODS
            }
            opened = opened or bool(set(statuses.values()) & {200, 302})
            # A form without a word in it may ask for what is not there; the page itself is.
            if not address.is_owned and statuses["GET"] == 404:
                wrong.append((address.name, subject.name, statuses))
        if not opened:
            never_opened.append(address.name)
    assert wrong == [], "\n".join(map(str, wrong))
    assert never_opened == []


def test_what_is_somebody_elses_does_not_exist(world: World) -> None:
    wrong, tried, answered = [], set(), set()
    for address in addresses(public=False):
        if not address.is_owned:
            continue
        for subject in world.subjects[1:]:
            if not is_admitted(subject, address):
                continue
            for path in paths_of_others(address, subject, world):
                tried.add(address.name)
                for method in METHODS:
                    status = ask(subject.browser(), method, path, subject.form).status_code
                    if status == 404:
                        answered.add(address.name)
                    elif status != 405:
                        wrong.append((address.name, subject.name, method, status))
    assert wrong == [], "\n".join(map(str, wrong))
    owned = {address.name for address in addresses(public=False) if address.is_owned}
    assert tried == owned
    assert answered == owned


def test_a_form_that_names_what_is_somebody_elses_finds_nothing(world: World) -> None:
    tried = set()
    for address in addresses(public=False):
        name = NAMED_IN_FORM.get(address.declared.name)
        if name is None:
            continue
        for subject in world.subjects:
            others = {other.form[name] for other in world.subjects if name in other.form} - set(
                subject.form.values()
            )
            for theirs in others if is_admitted(subject, address) else ():
                tried.add(address.declared.name)
                answer = ask(subject.browser(), "POST", f"/{address.declared.route}", {name: theirs})
                assert answer.status_code == 404, (address.name, subject.name)
    assert tried == set(NAMED_IN_FORM)


def test_nothing_is_changed_without_the_token_against_forged_forms(world: World) -> None:
    wrong = []
    for address in every_address():
        if address.declared.name in WITHOUT_CSRF:
            continue
        admitted = [subject for subject in world.subjects if is_admitted(subject, address)] or world.subjects[:1]
        for subject in admitted:
            path = own_path(address, subject, world) or shared_path(address, subject, world)
            assert path is not None
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                status = ask(subject.browser(enforce_csrf_checks=True), method, path).status_code
                if status != 403 and not (address.is_api and status == 405):
                    wrong.append((address.name, subject.name, method, status))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("way", ["revoked", "stopped"])
def test_who_lost_a_role_or_was_stopped_is_out_at_the_next_request(world: World, way: str) -> None:
    out = set()
    for subject in world.subjects[1:]:
        user = subject.user
        assert user is not None
        if user.pk in out or (isinstance(subject.party, Party) and way == "revoked"):
            continue  # who acts for somebody is out together with who they are themselves
        out.add(user.pk)
        client = subject.browser()
        pages = [
            path
            for address in addresses(public=False)
            if is_admitted(subject, address) and (path := own_path(address, subject, world)) is not None
        ]
        pages = [path for path in pages if ask(client, "GET", path).status_code == 200]
        assert pages or subject.party is Role.OPERATOR, f"{subject.name} has no page to lose"
        if way == "stopped":
            stop_user(user, actor=SYSTEM, at=AT)
        else:
            _lose_roles(user)
        expected = 302 if way == "stopped" else 404
        assert {ask(client, "GET", path).status_code for path in pages} <= {expected}, subject.name


def _lose_roles(user: User) -> None:
    for grant in list(user.role_grants.filter(revoked_at__isnull=True)):
        revoke_role(user, Role(grant.role), scope_id=grant.scope_id, actor=SYSTEM, at=AT)


def test_a_page_that_shows_somebody_else_is_recorded(world: World) -> None:
    silent, shown = [], set()
    for address in addresses(public=False):
        if address.policy.reach is Reach.NOBODYS:
            continue
        for subject in world.subjects[1:]:
            path = own_path(address, subject, world)
            if path is None or not is_admitted(subject, address):
                continue
            known = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            answer = subject.browser().get(path)
            if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
                continue
            text = answer.content.decode()
            seen = [one for one in world.people if one != subject.person and one.given_name in text]
            if not seen:
                continue
            shown.add(address.declared.name)
            reads = AuditEvent.objects.filter(pk__gt=known, action__in=(Action.READ, Action.SEARCH))
            recorded = set(
                reads.filter(actor_id=getattr(subject.user, "pk", None)).values_list("person_id", flat=True)
            )
            if None not in recorded and not {one.pk for one in seen} <= recorded:
                silent.append((address.name, subject.name, path))
    assert silent == []
    assert shown >= {"citizen:home", "practice:today"}
