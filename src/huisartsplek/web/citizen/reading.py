# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who reads a page: the citizen who is logged in, or in whose name they act, once that person is described."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from huisartsplek.accounts.acting import acts_for
from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.session import login_answer
from huisartsplek.people.queries import person_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from huisartsplek.people.models import Person

P = ParamSpec("P")


def reader_of(request: HttpRequest) -> Person:
    """Give the person who is logged in, whom somebody at a desk helps, or in whose name they act by a mandate."""
    person = person_of(actor_from(request))
    if person is None:
        raise Http404
    return person


def has_mandates(request: HttpRequest) -> bool:
    """Whether the login of this session said that one may act for others."""
    answer = login_answer(request)
    return answer is not None and bool(answer.represents)


def for_the_described(
    view: Callable[Concatenate[HttpRequest, Person, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give the view its reader; who has not said who they are is asked that first, or for whom they act."""

    @functools.wraps(view)
    def described(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        reader = reader_of(request)
        if not reader.is_described:
            if acts_for(request) is None and has_mandates(request):
                return redirect("citizen:acting")
            return redirect("citizen:details")
        return view(request, reader, *args, **kwargs)

    return described
