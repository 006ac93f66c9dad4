# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/beheer`: what stands still or waits for the operator. Counts and names of jobs; nothing about anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import operator, policy
from huisartsplek.audit.queries import unsealed_tail
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.notify.port import Channel
from huisartsplek.notices.work import failed_work, stalled_work, stuck_notices, try_again
from huisartsplek.rounds.alarms import Overdue, overdue_things
from huisartsplek.rounds.regional import halted_rounds
from huisartsplek.rules.lifecycles import Owner
from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.coordinator.words import alarm_text, moment_text, round_name

if TYPE_CHECKING:
    from datetime import datetime

    from huisartsplek.audit.queries import Tail

# What waits too long for the operator, by its alarm.
ALARMS = {
    "switch_date_passed": gettext_noop("Overstappen waarvan de dag voorbij is"),
    "freeze_late": gettext_noop("Rondes die vastgezet hadden moeten zijn"),
    "draw_late": gettext_noop("Rondes waarvan het lot te laat is"),
    "computing_late": gettext_noop("Rondes waarvan het berekenen te lang duurt"),
    "round_not_settled": gettext_noop("Rondes waarvan de antwoorden nog niet verwerkt zijn"),
    "round_not_carried_out": gettext_noop("Rondes waarvan niet elke overstap klaar is"),
    "alert_not_lapsed": gettext_noop("Seintjes die niemand bevestigde en die nog niet weg zijn"),
    "alert_not_asked_again": gettext_noop("Seintjes waarvan niet is gevraagd of ze nog nodig zijn"),
    "alert_not_ended": gettext_noop("Seintjes die voorbij zijn en nog niet weg"),
    "still_looking_not_reminded": gettext_noop("Vragen of iemand nog zoekt, die niet herhaald zijn"),
    "still_looking_not_ended": gettext_noop("Vragen of iemand nog zoekt, zonder antwoord en zonder gevolg"),
    "notice_not_sent": gettext_noop("Berichten die langer dan een uur wachten"),
    "notice_fate_unknown": gettext_noop("Berichten waarvan na 14 dagen niet bekend is of ze aankwamen"),
    "notice_failed": gettext_noop("Berichten die langer dan een dag geleden mislukten"),
}
CHANNELS = {
    Channel.EMAIL: gettext_noop("E-mail"),
    Channel.LETTER: gettext_noop("Brief"),
    Channel.SMS: gettext_noop("Sms"),
}
_CALM_SECONDS = 60  # sealing is at most some seconds behind


@policy(operator())
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what stands still, and since when."""
    actor, at = actor_from(request), current_moment()
    tail = unsealed_tail()
    context = {
        "overdue": _overdue(overdue_things(Owner.OPERATOR, None, at=at)),
        "halted": [(f"{one.region.name}, {round_name(one)}", alarm_text(one.halted_by)) for one in halted_rounds()],
        "failed": [(work, _since(work.since)) for work in failed_work(actor)],
        "stalled": [(work, _since(work.since)) for work in stalled_work(actor)],
        "notices": _table(
            _("Berichten die niet weg konden"),
            [(_(CHANNELS[Channel(one.channel)]), one.number, _since(one.since)) for one in stuck_notices(actor)],
        ),
        "tail": _tail_text(tail),
        "tail_is_late": tail.age.total_seconds() > _CALM_SECONDS,
    }
    return render(request, "web/operator/board.html", context)


def _overdue(found: list[Overdue]) -> Table | None:
    since: dict[str, datetime] = {}
    numbers: dict[str, int] = {}
    for one in found:
        numbers[one.alarm] = numbers.get(one.alarm, 0) + 1
        since.setdefault(one.alarm, one.waits_since)  # longest first
    rows = [(_(ALARMS[alarm]), number, _since(since[alarm])) for alarm, number in numbers.items()]
    return _table(_("Wacht te lang"), rows)


def _table(caption: str, rows: list[tuple[str, int, str]]) -> Table | None:
    if not rows:
        return None
    columns = (Column(_("Wat")), Column(_("Aantal"), numeric=True), Column(_("Sinds")))
    return Table(caption=caption, columns=columns, rows=rows, hide_caption=True)


def _since(moment: datetime | None) -> str:
    return moment_text(moment) if moment else _("Onbekend")


def _tail_text(tail: Tail) -> str:
    if not tail.lines:
        return _("Elke regel van het logboek is verzegeld.")
    seconds = int(tail.age.total_seconds())
    return _("Nog niet verzegeld: %(lines)d. De oudste regel is %(seconds)d seconden oud.") % {
        "lines": tail.lines,
        "seconds": seconds,
    }


@policy(operator())
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Let the failed jobs of one name be tried again."""
    number = try_again(actor_from(request), request.POST.get("taak", ""), at=current_moment())
    if number:
        messages.success(request, _("Wij proberen opnieuw: %(number)d.") % {"number": number})
    else:
        messages.info(request, _("Er was niets om opnieuw te proberen."))
    return redirect("operator:board")
