# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every answer under `/api/`, also where no operation was reached."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from huisartsplek.api.rest.v1.problems import MEDIA_TYPE, problem
from huisartsplek.api.rest.v1.service import VERSION

Handler = Callable[[HttpRequest], HttpResponse]


class ApiAnswers:
    """Name the version, keep answers out of caches, let any site read them, and make each error a problem."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave pages alone."""
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = self.get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST and response.get("Content-Type") != MEDIA_TYPE:
            response = _as_problem(response)
        response["API-Version"] = VERSION
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "API-Version"
        response["Cache-Control"] = "no-store"
        if is_head:
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    kept = {name: value for name, value in response.items() if name not in {"Content-Type", "Content-Length"}}
    if "Allow" in kept:
        kept["Allow"] = ", ".join(sorted({*kept["Allow"].split(", "), "HEAD"}))
    return problem(response.status_code, headers=kept)
