# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a mediator finds here now: how cases come, and that there are none without somebody's consent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huisartsplek.accounts.policies import mediator, policy


@policy(mediator())
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say that nobody has asked for help by this insurer yet, and how that will come."""
    return render(request, "web/insurer/cases.html")
