# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes wrong, as problem details (RFC 9457): always 400 for bad input, and all its errors together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huisartsplek.api.refusals import PROBLEMS, title_of
from huisartsplek.rules.refusals import Refusal

MEDIA_TYPE = "application/problem+json"
_TITLES: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: gettext_noop("De vraag klopt niet"),
    HTTPStatus.UNAUTHORIZED: gettext_noop("Log eerst in"),
    HTTPStatus.FORBIDDEN: gettext_noop("Dit mag niet"),
    HTTPStatus.NOT_FOUND: gettext_noop("Dit bestaat niet"),
    HTTPStatus.METHOD_NOT_ALLOWED: gettext_noop("Dit kan hier niet op deze manier"),
    HTTPStatus.INTERNAL_SERVER_ERROR: gettext_noop("Er ging iets mis bij ons"),
}
_DETAILS: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: gettext_noop("Alle fouten staan onder errors."),
    HTTPStatus.UNAUTHORIZED: gettext_noop("Dit is alleen voor wie bekend is."),
    HTTPStatus.FORBIDDEN: gettext_noop("Dit is niet voor u."),
    HTTPStatus.NOT_FOUND: gettext_noop("Op dit adres is niets, of niets dat u mag weten."),
    HTTPStatus.METHOD_NOT_ALLOWED: gettext_noop("De kop Allow noemt de manieren die wel kunnen."),
    HTTPStatus.INTERNAL_SERVER_ERROR: gettext_noop("Het ligt niet aan uw vraag. Probeer het later nog eens."),
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one part of a question."""

    place: str  # query or path
    field: str
    code: str
    detail: str


def problem(
    status: int,
    *,
    title: str = "",
    detail: str = "",
    code: str = "",
    errors: Iterable[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer with a problem; what is not said follows from the status."""
    standing = HTTPStatus(status)
    known_title, known_detail = _TITLES.get(status, standing.phrase), _DETAILS.get(status, "")
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title or _(known_title),
        "status": int(status),
        "detail": detail or (_(known_detail) if known_detail else standing.phrase),
    }
    if code:
        body["code"] = code
    listed = [_written(error) for error in errors]
    if listed:
        body["errors"] = listed
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def refusal_problem(refusal: Refusal) -> HttpResponse:
    """Answer an expected no with its code; the facts behind it stay here."""
    title = title_of(refusal)
    return problem(PROBLEMS[refusal.code].status, title=title, detail=f"{title}.", code=refusal.code.value)


def _written(error: FieldError) -> dict[str, str]:
    fields = asdict(error)
    return {"in": fields.pop("place"), **fields}
