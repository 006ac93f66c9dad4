# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody typed in a form that they sent after their session had ended, for when they log in again.

Only the same person gets it back, in the same browser, at the same page, once; and only forms that say so are kept.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest, QueryDict

from huisartsplek.accounts.session import SEEN_AT

P = ParamSpec("P")
R = TypeVar("R")
_TYPED = "typed_before"
_KEPT_FOR = timedelta(hours=1)
_MOST_CHARACTERS = 20_000
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field


def keeps_typed(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as one whose form survives a session that ended; put it below `@policy`."""
    view.huisartsplek_keeps_typed = True  # type: ignore[attr-defined]  # functions carry attributes
    return view


def keep_typed(request: HttpRequest, view: object, *, at: datetime) -> bool:
    """Keep the form of a request whose session had just ended; tell whether there was one to keep."""
    was = getattr(request, "huisartsplek_was", "")
    sent = request.POST.urlencode() if request.method == "POST" else ""
    if not was or not sent or len(sent) > _MOST_CHARACTERS or not getattr(view, "huisartsplek_keeps_typed", False):
        return False
    request.session[_TYPED] = {
        "of": was,
        "path": request.path,
        "fields": sent,
        "at": at.timestamp(),
    }
    return True


def typed_before(request: HttpRequest) -> QueryDict | None:
    """Give back, once, what the one who is logged in typed on this page before their session ended."""
    kept: dict[str, Any] | None = request.session.get(_TYPED)
    if kept is None or request.method != "GET" or kept["path"] != request.path:
        return None
    del request.session[_TYPED]
    seconds = request.session[SEEN_AT] - kept["at"]  # this request is the last one seen
    if kept["of"] != str(request.user.pk) or seconds > _KEPT_FOR.total_seconds():
        return None
    fields = QueryDict(kept["fields"], mutable=True)
    fields.pop(_TOKEN, None)
    return fields
