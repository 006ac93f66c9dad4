# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every request: nothing undeclared is served, and a session ends in time."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from huisartsplek.accounts.declarations import NINJA
from huisartsplek.accounts.models import User
from huisartsplek.accounts.policies import declared_policy
from huisartsplek.accounts.session import SEEN_AT, session_ends_at

Handler = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """End a session after a while without a request, and in any case after its whole time."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Log out who stayed away or in too long; keep what somebody logged in sees out of every cache."""
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        now = timezone.now()
        if now >= session_ends_at(request, user):
            logout(request)
            request.huisartsplek_was = str(user.pk)  # type: ignore[attr-defined]  # read by `typed.py`
            return self.get_response(request)
        request.session[SEEN_AT] = now.timestamp()
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response


class DefaultDeny:
    """Serve no view that does not declare who may open it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the work to `process_view`, which knows the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Let through what declares itself; the operations of an API guard themselves and are checked at start."""
        del args, kwargs
        match = request.resolver_match
        is_api = match is not None and NINJA in match.app_names
        if declared_policy(view) is None and not is_api:
            raise Http404
