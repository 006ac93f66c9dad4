# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The region at a glance: its rounds with what comes next, and what waits too long for its coordinator."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import coordinator, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.practices.models import Region
from huisartsplek.rounds.alarms import count_overdue
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.regional import is_running, regions, rounds_of
from huisartsplek.rounds.services import open_round
from huisartsplek.rules.lifecycles import Owner
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.coordinator.figures import few
from huisartsplek.web.coordinator.reach import own_regions
from huisartsplek.web.coordinator.words import alarm_text, next_step_text, round_name, state_text
from huisartsplek.web.refusals import refusal_text

_WHERE = {
    "registration_not_decided": "coordinator:registrations",
    "number_still_pending": "desk:numbers",
    "number_never_came": "desk:numbers",
}  # the page on which an alarm is answered


@policy(coordinator())
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the rounds of one's region, and what waits too long."""
    at = current_moment()
    reach = own_regions(request)
    rounds = rounds_of(reach)
    shown = [
        _region(region, [one for one in rounds if one.region_id == region.pk], at) for region in regions(reach)
    ]
    return render(request, "web/coordinator/overview.html", {"regions": shown})


def _region(region: Region, rounds: list[Round], at: datetime) -> dict[str, object]:
    running = next((one for one in rounds if is_running(one)), None)
    shown: dict[str, object] = {
        "region": region,
        "running": running,
        "rounds": _table(rounds),
        "alarms": _alarms(region, count_overdue(Owner.COORDINATOR, region.pk, at=at)),
    }
    if running is not None:
        shown |= {"name": round_name(running), "stands": state_text(running), "next": next_step_text(running)}
    return shown


def _table(rounds: list[Round]) -> Table | None:
    if not rounds:
        return None
    return Table(
        caption=_("Rondes van deze regio"),
        columns=(Column(_("Ronde")), Column(_("Hoe staat het ervoor?")), Column(_("Wat komt er nu?"))),
        rows=[
            (
                format_html(
                    '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
                    reverse("coordinator:round", args=[one.pk]),
                    round_name(one),
                ),
                state_text(one),
                next_step_text(one),
            )
            for one in rounds
        ],
    )


def _alarms(region: Region, counts: dict[str, int]) -> Table | None:
    if not counts:
        return None
    return Table(
        caption=_("Wacht te lang in %(region)s") % {"region": region.name},
        columns=(Column(_("Wat")), Column(_("Aantal"), numeric=True)),
        rows=[(_alarm_link(alarm), few(count)) for alarm, count in counts.items()],
        hide_caption=True,
    )


def _alarm_link(alarm: str) -> str:
    if alarm not in _WHERE:
        return alarm_text(alarm)
    link = '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>'
    return format_html(link, reverse(_WHERE[alarm]), alarm_text(alarm))


@policy(coordinator())
@require_POST
def open_next(request: HttpRequest) -> HttpResponse:
    """Open the next round of one's region."""
    region_id = _asked_region(request)
    try:
        round_ = open_round(actor_from(request), region_id, at=current_moment())
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
        return redirect("coordinator:overview")
    messages.success(request, _("De ronde is open. Mensen kunnen meedoen tot u de ronde vastzet."))
    return redirect("coordinator:round", round_.pk)


def _asked_region(request: HttpRequest) -> UUID:
    asked = request.POST.get("region", "")
    for region_id in own_regions(request):
        if str(region_id) == asked:
            return region_id
    raise Http404
