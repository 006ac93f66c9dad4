# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which language a page is: every one we write for citizens; Dutch or English for who is at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from huisartsplek.accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from huisartsplek.rules.tongues import Tongue

    Handler = Callable[[HttpRequest], HttpResponse]

# Where the views stand that a citizen or a visitor opens; `locale/readers.txt` says the same of texts.
CITIZEN_VIEWS = ("huisartsplek.accounts.", "huisartsplek.web.public.", "huisartsplek.web.citizen.")


def tongue_of(code: str) -> Tongue:
    """Find a language by its code; Dutch when we do not write it."""
    return next((tongue for tongue in settings.TONGUES if tongue.code == code), settings.TONGUES[0])


def page_tongue() -> Tongue:
    """The language of the page or the message that is being made."""
    return tongue_of((translation.get_language() or "")[:2])


@contextmanager
def language_of_paper() -> Iterator[str]:
    """Write what goes on paper in the language of the page where our letters have its script, else in Dutch."""
    spoken = page_tongue()
    with translation.override(spoken.code if spoken.on_paper else settings.LANGUAGE_CODE):
        yield page_tongue().code


def complete_tongues() -> list[Tongue]:
    """The languages in which everything is said."""
    return [tongue for tongue in settings.TONGUES if tongue.is_complete]


def is_for_citizens(view: object) -> bool:
    """Whether a view shows what a citizen or a visitor meets."""
    return str(getattr(view, "__module__", "")).startswith(CITIZEN_VIEWS)


class LanguageOfPage:
    """Show a page that we do not write in somebody's language in Dutch or English."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the work to `process_view`, which knows the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Keep the language where the page has it; else take the one of ours that the browser asks for first."""
        del args, kwargs
        at_work = isinstance(request.user, User) and request.user.kind == User.Kind.STAFF
        request.huisartsplek_tongues = (  # type: ignore[attr-defined]  # read by `offered_tongues`
            list(settings.TONGUES) if is_for_citizens(view) and not at_work else complete_tongues()
        )
        if page_tongue() not in offered_tongues(request):
            translation.activate(_complete_for(request))
            request.LANGUAGE_CODE = translation.get_language()


def offered_tongues(request: HttpRequest | None) -> list[Tongue]:
    """The languages the page is there in."""
    found: list[Tongue] = getattr(request, "huisartsplek_tongues", list(settings.TONGUES))
    return found


def _complete_for(request: HttpRequest) -> str:
    ours = [tongue.code for tongue in complete_tongues()]
    asked = [code[:2] for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    return next((code for code in asked if code in ours), ours[0])
