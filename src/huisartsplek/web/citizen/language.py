# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/taal`: the language switch of who is logged in, so that messages come in that language too."""

from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from huisartsplek.accounts.destinations import safe_destination
from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.language import choose_language
from huisartsplek.web.citizen.reading import reader_of


@policy(citizen())
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language with the person, and show the same page in it."""
    language = request.POST.get("taal", "")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    choose_language(actor_from(request), reader_of(request), language, at=current_moment())
    # The address itself says the language: every page remembers that for this browser.
    path, _mark, query = (safe_destination(request.POST.get("terug", "")) or "/mijn").partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "taal"]
    return redirect(f"{path}?{urlencode([*kept, ('taal', language)])}")
