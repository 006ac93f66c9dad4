# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every round for the auditor: what to download, and the command that replays it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huisartsplek.accounts.policies import auditor, policy
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.reports import public_round, published_rounds
from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.coordinator.round_page import draw_facts
from huisartsplek.web.coordinator.words import round_name, state_text


@policy(auditor())
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """List every round of every region, newest first."""
    found = published_rounds()
    rows = [
        (
            format_html(
                '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
                reverse("auditor:round", args=[one.pk]),
                f"{one.region.name}, {round_name(one)}",
            ),
            state_text(one),
        )
        for one in found
    ]
    columns = (Column(_("Ronde")), Column(_("Hoe staat het ervoor?")))
    table = Table(_("Alle rondes"), columns, rows, hide_caption=True) if rows else None
    return render(request, "web/auditor/rounds.html", {"table": table})


@policy(auditor())
@require_safe
def one_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show what of a round can be checked, and how."""
    found = public_round(round_id)
    if found is None:
        raise Http404
    round_ = found.round
    return render(
        request,
        "web/auditor/round.html",
        {
            "round": round_,
            "name": round_name(round_),
            "stands": state_text(round_),
            "is_public": found.is_public,
            "draw": draw_facts(round_),
            "commands": _commands(round_),
        },
    )


def _commands(round_: Round) -> str:
    """What to type to replay a round that was downloaded; commands have no language."""
    return (
        f"unzip ronde-{round_.pk}.zip -d ronde\nhuisartsplek round verify ronde/in ronde/out --seed '{round_.seed}'"
    )
