# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Version 1 as a whole: its description, its operations, and how it answers what goes wrong."""

import functools
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from huisartsplek.accounts.declarations import register_api
from huisartsplek.accounts.policies import LoginNeeded
from huisartsplek.api.rest.v1.faults import WrongQuestion, faults_in_names, validation_faults
from huisartsplek.api.rest.v1.operations import router
from huisartsplek.api.rest.v1.problems import MEDIA_TYPE, problem, refusal_problem
from huisartsplek.rules.refusals import Refusal

VERSION = "1.0.0"
PATH = "/api/v1"
_HEADERS = {"API-Version": {"description": "De volledige versie", "schema": {"type": "string"}}}


class VersionOne(NinjaAPI):
    """The API, whose description is also what decides which parameters a question has."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Describe the API with paths below its server, and with errors as the problems that they are."""
        del path_prefix, path_params
        found = super().get_openapi_schema(path_prefix="")
        for operation in _operations(found):
            answers = {str(status): answer for status, answer in operation["responses"].items()}
            operation["responses"] = {status: _described(status, answer) for status, answer in answers.items()}
        return found

    def on_exception(self, request: HttpRequest, exc: Exception | type[Exception]) -> HttpResponse:
        """Answer what is expected to go wrong; a bug is logged where every other one is."""
        match exc:
            case WrongQuestion():
                return problem(400, errors=[*exc.errors, *faults_in_names(request, self.known_to(request))])
            case ValidationError():
                found = validation_faults(exc.errors)
                return problem(400, errors=[*found, *faults_in_names(request, self.known_to(request))])
            case Http404():
                return problem(404)
            case LoginNeeded():
                return problem(401, headers={"WWW-Authenticate": "Session"})
            case Refusal():
                return refusal_problem(exc)
            case HttpError():
                return problem(exc.status_code)
            case _:
                raise exc

    def known_to(self, request: HttpRequest) -> frozenset[str]:
        """Give the names of the query parameters that this question has."""
        match = request.resolver_match
        return self.parameters.get((match.url_name or "") if match is not None else "", frozenset())

    @functools.cached_property
    def parameters(self) -> dict[str, frozenset[str]]:
        """The names of the query parameters of each operation."""
        return {
            operation["operationId"]: frozenset(
                one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"
            )
            for operation in _operations(self.get_openapi_schema())
        }


_ERRORS = {"400": "De vraag klopt niet; alle fouten staan erbij", "404": "Dit bestaat niet"}


def _operations(found: OpenAPISchema) -> list[dict[str, Any]]:
    return [operation for path in found["paths"].values() for operation in path.values()]


def _described(status: str, answer: dict[str, Any]) -> dict[str, Any]:
    """Complete what the library says of an answer: its headers, and that an error is a problem."""
    if status not in _ERRORS:
        return {**answer, "description": "Het antwoord", "headers": _HEADERS}
    (content,) = answer["content"].values()
    return {"description": _ERRORS[status], "headers": _HEADERS, "content": {MEDIA_TYPE: content}}


def _contact() -> dict[str, str]:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return {"name": name or "Huisartsplek", "email": address, "url": f"{settings.ORIGIN}/over"}


api = VersionOne(
    title="Huisartsplek",
    version=VERSION,
    description="Bij welke huisartsenpraktijk iemand terecht kan, en hoe elke ruilronde is na te rekenen."
    " Namen zijn Engels, uitleg is Nederlands; zinnen komen in het Engels bij `Accept-Language: en`.",
    urls_namespace="api-v1",
    docs_url=None,
    docs_decorator=require_safe,
    servers=[{"url": f"{settings.ORIGIN}{PATH}", "description": "Deze installatie"}],
    openapi_extra={
        "info": {
            "contact": _contact(),
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "tags": [
            {"name": "practices", "description": "Huisartsenpraktijken"},
            {"name": "rounds", "description": "Ruilrondes"},
        ],
    },
)


def only_known_parameters(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse a question with a parameter that the operation does not have: it would be passed over in silence."""

    @functools.wraps(operation)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if faults_in_names(request, api.known_to(request)):
            raise WrongQuestion
        return operation(request, *args, **kwargs)

    return checked


api.add_decorator(only_known_parameters)
api.add_router("", router)
register_api(api)
