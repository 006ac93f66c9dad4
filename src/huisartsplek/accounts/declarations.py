# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the site with its declared policy; one without keeps the site from starting."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver
from ninja import NinjaAPI

from huisartsplek.accounts.policies import Policy, declared_policy, public

NINJA = "ninja"  # the application name that django-ninja gives to its addresses
_DESCRIPTIONS = frozenset({"openapi-json", "openapi-view"})
_apis: dict[str, NinjaAPI] = {}


@dataclass(frozen=True, slots=True)
class Declaration:
    """One address, the ways it may be used, and who may."""

    route: str
    name: str
    methods: tuple[str, ...]  # empty: the view itself decides
    policy: Policy | None


def register_api(api: NinjaAPI) -> None:
    """Make the operations of an API known, so that each is checked and listed as views are."""
    _apis[api.urls_namespace] = api


def all_declarations(urlconf: str | None = None) -> tuple[Declaration, ...]:
    """List every address of the site, pages and API operations, with what it declares."""
    return tuple(_walk(get_resolver(urlconf).url_patterns, "", ()))


def check_every_view_declares(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Name every address whose view does not say who may open it."""
    del app_configs
    return [
        checks.Error(
            f"the view at /{found.route} does not declare who may open it",
            hint="decorate it with @policy(...), or an API operation with @operation_policy(...)",
            id="accounts.E001",
        )
        for found in all_declarations()
        if found.policy is None
    ]


def _walk(
    patterns: Iterable[URLPattern | URLResolver], prefix: str, namespaces: tuple[str, ...]
) -> Iterator[Declaration]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join([*namespaces, pattern.name or ""])
            yield Declaration(route, name, (), declared_policy(pattern.callback))
        elif pattern.app_name == NINJA and pattern.namespace in _apis:
            yield from _operations(_apis[pattern.namespace], pattern, route)
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, route, inner)


def _operations(api: NinjaAPI, resolver: URLResolver, prefix: str) -> Iterator[Declaration]:
    """List the operations of an API; its own description is for everybody."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern) and pattern.name in _DESCRIPTIONS:
            yield Declaration(
                prefix + str(pattern.pattern), f"{api.urls_namespace}:{pattern.name}", ("GET",), public()
            )
    for path_prefix, router in api._routers:  # noqa: SLF001  ninja has no public way to list operations
        for path, view in router.path_operations.items():
            for operation in view.operations:
                route = prefix + f"{path_prefix}{path}".lstrip("/")
                name = f"{api.urls_namespace}:{operation.view_func.__name__}"
                yield Declaration(route, name, tuple(operation.methods), declared_policy(operation.view_func))
