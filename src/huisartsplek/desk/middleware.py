# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person's own pages below the address of the help that somebody at a desk gives them.

`/regio/loket/<help>/mijn` is `/mijn` of who is helped, and every address on that page stays below that of the help.
What is not about them, and help that is over or somebody else's, does not exist.
"""

import re
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, get_script_prefix, resolve, reverse, set_script_prefix

from huisartsplek.accounts.helping import Helping, put_helping
from huisartsplek.accounts.models import User
from huisartsplek.accounts.queries import roles_of
from huisartsplek.accounts.roles import HeldRole, Role
from huisartsplek.desk.matters import request_moved_by
from huisartsplek.desk.models import Help, Matter
from huisartsplek.desk.queries import open_help
from huisartsplek.integrations.clock.chosen import current_moment

Handler = Callable[[HttpRequest], HttpResponse]
_STAY = "/ingelogd-blijven"  # what an employee does for themselves from such a page
_PAGES = "mijn|huisartsen|uitleg|rondes|seintje|over|privacy|toegankelijkheid"
_BELOW = re.compile(
    r"(?P<desk>/(?:regio|praktijk)/loket)/(?P<help>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    rf"(?P<path>/(?:(?:{_PAGES})(?:/.*)?)?|{_STAY})"
)
# Pages of a request that name a move of it.
_OF_A_MOVE = frozenset({"citizen:receipt", "citizen:record_transfer"})


class HelpAddress:
    """Open the pages of the person who is helped, below the address of the help."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the page below the help's address as the person's own; leave every other address alone."""
        match = _BELOW.fullmatch(request.path_info)
        if match is None:
            return self.get_response(request)
        if not isinstance(request.user, User):
            back = urlencode({"next": match["desk"]})
            return HttpResponseRedirect(f"{reverse('accounts:log_in_staff')}?{back}")
        if match["path"] == _STAY:
            request.path_info = _STAY
            return self.get_response(request)
        help_ = open_help(request.user.pk, UUID(match["help"]), at=current_moment())
        if help_ is None or HeldRole(Role(help_.role), help_.scope_id) not in roles_of(request.user):
            raise Http404
        desk_url, path = f"{match['desk']}/{match['help']}", match["path"]
        if help_.matter and not _is_about(help_, path):
            if path == "/mijn":  # where an answer leads to
                return HttpResponseRedirect(desk_url)
            raise Http404
        put_helping(request, _helping(help_, desk_url))
        before = get_script_prefix()
        set_script_prefix(f"{desk_url}/")
        request.path_info = path
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)


def _helping(help_: Help, desk_url: str) -> Helping:
    return Helping(
        help_id=help_.pk,
        person_id=help_.person_id,
        person_name=help_.person.full_name,
        role=Role(help_.role),
        ends_at=help_.ends_at,
        desk_url=desk_url,
    )


def _is_about(help_: Help, path: str) -> bool:
    """Tell whether a page is about the one matter that a letter's code opened."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if help_.matter == Matter.OFFER:
        return match.kwargs.get("offer_id") == help_.matter_id
    if match.view_name in _OF_A_MOVE:
        return request_moved_by(match.kwargs["move_id"]) == help_.matter_id
    return match.kwargs.get("request_id") == help_.matter_id or match.view_name == "citizen:home"
