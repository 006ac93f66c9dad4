# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages that say what went wrong, in our words and with a reference to name on the telephone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from huisartsplek.web.shell import visitor_shell


def reference_of(request: HttpRequest) -> str:
    """The reference under which the log knows this request, in groups that are easy to say."""
    reference = str(request.META.get("HP_REFERENCE", "")).upper()
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))


def _page(request: HttpRequest, status: int, name: str) -> HttpResponse:
    """An error page that asks nothing of the database, the session or the person's login."""
    frame = replace(visitor_shell(), shows_login=False)
    context = {"shell": frame, "reference": reference_of(request), "path": request.path}
    text = render_to_string(f"web/errors/{name}.html", context)
    response = HttpResponse(text, status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """The browser sent what we cannot read."""
    return _page(request, 400, "400")


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """This page is not for this person."""
    return _page(request, 403, "403")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """There is nothing at this address, or nothing this person may know of."""
    return _page(request, 404, "404")


def server_error(request: HttpRequest) -> HttpResponse:
    """We made a mistake; what was wrong stands in the log under the reference."""
    return _page(request, 500, "500")


def only_by_button(request: HttpRequest) -> HttpResponse:
    """Somebody opened an address that only a button sends something to; nothing was done."""
    return _page(request, 405, "405")


class PlainRefusals:
    """Give who opens the address of a button, or goes back to it, a page instead of an empty one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the API, and whatever says something itself, alone."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.path_info.startswith("/api/"):
            return response
        if response.streaming or response.content:
            return response
        page = only_by_button(request)
        page["Allow"] = response.get("Allow", "")
        return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """A form came back too late or from elsewhere; nothing was done with it."""
    return _page(request, 403, "403_csrf")
