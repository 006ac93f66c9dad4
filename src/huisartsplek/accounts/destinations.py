# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where somebody comes out after logging in."""

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from huisartsplek.accounts.models import User
from huisartsplek.accounts.queries import roles_of
from huisartsplek.accounts.roles import Role

CITIZENS = "/mijn"
_STAFF = {
    Role.PRACTICE_OWNER: "/praktijk",
    Role.PRACTICE_ASSISTANT: "/praktijk",
    Role.COORDINATOR: "/regio",
    Role.DESK: "/regio/loket",
    Role.MEDIATOR: "/verzekeraar",
    Role.PRIVACY_OFFICER: "/logboek",
    Role.AUDITOR: "/audit/rondes",
    Role.OPERATOR: "/beheer",
}


def safe_destination(wanted: str) -> str:
    """Return an address of ours that somebody asked for, or nothing for any other text."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    path = wanted.partition("?")[0].partition("#")[0]
    if not is_ours or len(wanted) > 500 or not wanted.isprintable():
        return ""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return "" if "accounts" in match.app_names else wanted


def destination_of(user: User, wanted: str) -> str:
    """Return the page to open after a login: the one asked for, else the first of one's own."""
    if found := safe_destination(wanted):
        return found
    if user.kind == User.Kind.CITIZEN:
        return CITIZENS
    return next((_STAFF[held.role] for held in roles_of(user)), "/")
