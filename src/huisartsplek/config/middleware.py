# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens around every request: where it comes from, a reference to quote, the language chosen."""

import secrets
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError
from django.utils import translation
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]

LANGUAGE_PARAMETER = "taal"
NUL = "\0"
YEAR = 365 * 24 * 60 * 60


class VisitorAddress:
    """Behind a proxy that we trust, take the visitor's address from what the proxy itself wrote down."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Believe the last address only: what stands before it anybody may have sent."""
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if settings.TRUSTS_PROXY and forwarded:
            request.META["REMOTE_ADDR"] = forwarded.rpartition(",")[2].strip()
        return self.get_response(request)


class RequestReference:
    """Give each request a short reference that stands in the log and on the page that apologises."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Bind the reference until this thread's next request: Django logs a failure after the last middleware."""
        reference = secrets.token_hex(6)
        request.META["HP_REFERENCE"] = reference
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(reference=reference, method=request.method)
        response = self.get_response(request)
        response["X-Request-Reference"] = reference
        return response


class LanguageChoice:
    """Follow `?taal=nl` or `?taal=en` on any page, and remember it in a cookie."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch before the page is made."""
        chosen = request.GET.get(LANGUAGE_PARAMETER, "")
        if chosen not in dict(settings.LANGUAGES):
            return self.get_response(request)
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        response = self.get_response(request)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
        patch_vary_headers(response, ("Cookie",))
        return response


class ReadableText:
    """Refuse a request with a NUL anywhere in its text: nobody types one, and the database cannot hold one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the address, the question and the form before any page does; the API names the field itself."""
        asks_page = not request.path.startswith("/api/")
        if NUL in request.path or (asks_page and _has_nul(request.GET)) or _has_nul(_form_of(request)):
            raise BadRequest("a NUL in the text")
        return self.get_response(request)


def _form_of(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except UnreadablePostError as broken_off:
        raise BadRequest("the form broke off") from broken_off


def _has_nul(fields: QueryDict) -> bool:
    return any(NUL in text for name, values in fields.lists() for text in (name, *values))
