# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/praktijk/kies`: for which practice somebody works who works at more than one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.policies import policy, practice_staff
from huisartsplek.practices.queries import practices_by_id
from huisartsplek.web.practice.at_work import NAMED, at_work, own_practices, pick


@policy(practice_staff())
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponseBase:
    """Ask which practice, and keep it for this session."""
    own = own_practices(request)
    if request.method == "POST":
        wanted = _id(request.POST.get(NAMED, ""))
        if wanted not in own:
            raise Http404
        pick(request, wanted)
        return redirect("practice:today")
    here = at_work(request)
    context = {"practices": practices_by_id(list(own)), "here": here.practice if here else None}
    return render(request, "web/practice/choose.html", context)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
