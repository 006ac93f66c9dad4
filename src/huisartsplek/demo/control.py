# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page that turns the demo world: its clock, its other people, and the mail it would have sent."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huisartsplek.accounts.policies import policy, public
from huisartsplek.demo.jobs import others_answer
from huisartsplek.demo.others import offers_to_answer
from huisartsplek.integrations.clock.chosen import current_moment, forward_clock
from huisartsplek.integrations.notify.chosen import local_outbox
from huisartsplek.rounds.jobs import go_on_after_commit
from huisartsplek.rounds.models import Round
from huisartsplek.rules.dates import AMSTERDAM
from huisartsplek.rules.lifecycles import RoundState

MAILS_SHOWN = 20


@policy(public())
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the clock, what it can be put forward to, and the newest mail."""
    at = current_moment()
    return render(
        request,
        "demo/control.html",
        {
            "now": at,
            "moments": _moments(at),
            "unanswered": offers_to_answer().count(),
            "mails": local_outbox().messages()[:MAILS_SHOWN],
        },
    )


@policy(public())
@require_POST
def put_forward(request: HttpRequest) -> HttpResponse:
    """Put the clock forward to one of the moments on the page."""
    moment = _moments(current_moment()).get(request.POST.get("moment", ""), (None, ""))[0]
    if moment is None:
        messages.info(request, _("Dat moment is al voorbij. Kies een ander moment."))
    else:
        forward_clock().put_forward_to(moment)
        with transaction.atomic():
            go_on_after_commit()
        messages.success(request, _("De klok van de voorbeeldwereld staat vooruit."))
    return redirect("demo:control")


@policy(public())
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Let the other people of the demo answer, in the background."""
    others_answer.defer()
    messages.success(request, _("De andere mensen antwoorden nu. Dat duurt een paar minuten."))
    return redirect("demo:control")


def _moments(at: datetime) -> dict[str, tuple[datetime, str]]:
    """Give by name what one would wait for: an hour, a day, the end of answering, the switch date."""
    moments = {
        "hour": (at + timedelta(hours=1), _("een uur verder")),
        "day": (at + timedelta(days=1), _("een dag verder")),
    }
    for round_ in Round.objects.filter(state__in=[RoundState.PUBLISHED, RoundState.SETTLED]):
        if round_.answers_until and round_.state == RoundState.PUBLISHED:
            after = round_.answers_until + timedelta(minutes=1)
            moments[f"answers-{round_.pk}"] = (after, _("na het antwoorden in de ronde"))
        if round_.switch_on:
            morning = datetime.combine(round_.switch_on, time(8), AMSTERDAM)
            moments[f"switch-{round_.pk}"] = (morning, _("de ochtend van de overstap"))
    return {name: one for name, one in moments.items() if one[0] > at}
