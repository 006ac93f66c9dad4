# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log, for the privacy officer: who did what with whose data, when, and on what ground."""

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import policy, privacy_officer
from huisartsplek.accounts.queries import names_of_staff
from huisartsplek.audit.jobs import check_after_commit
from huisartsplek.audit.models import AuditEvent
from huisartsplek.audit.queries import last_check, search_log
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.components.wording import clock, day
from huisartsplek.web.privacy.words import action_text, ground_text, party_text

MOST = 100
EARLIEST = date(2000, 1, 1)
# In English Django by itself would refuse 02-03-2026 and read 02/03/2026 as a day in February.
DAY_FIRST = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]


class SearchForm(forms.Form):
    """What to look for: a person, a period, or both."""

    persoon = forms.UUIDField(
        label=gettext_lazy("Nummer van de persoon"),
        help_text=gettext_lazy("Het interne nummer, 36 tekens. Geen BSN en geen naam."),
        required=False,
        error_messages={
            "invalid": gettext_lazy("Vul het interne nummer in, zoals 1f0c6f0e-5a3b-4c2d-9e8f-7a6b5c4d3e2f.")
        },
    )
    vanaf = forms.DateField(
        label=gettext_lazy("Vanaf"),
        required=False,
        input_formats=DAY_FIRST,
        error_messages={"invalid": gettext_lazy("Vul een datum in, zoals 27-11-2026.")},
    )
    tot_en_met = forms.DateField(
        label=gettext_lazy("Tot en met"),
        required=False,
        input_formats=DAY_FIRST,
        error_messages={"invalid": gettext_lazy("Vul een datum in, zoals 27-11-2026.")},
    )

    def clean(self) -> dict[str, object]:
        """Ask for a person or a period, and for a period that does not end before it begins."""
        found = super().clean() or {}
        first, last = found.get("vanaf"), found.get("tot_en_met")
        newest = day_in_amsterdam(current_moment()) + timedelta(days=1)
        for name, chosen in (("vanaf", first), ("tot_en_met", last)):
            if isinstance(chosen, date) and not EARLIEST <= chosen <= newest:
                self.add_error(name, _("Kies een dag tussen 1-1-2000 en morgen."))
        if not self.errors and not any(found.values()):
            self.add_error("persoon", _("Vul een nummer of een datum in. Anders is het hele logboek gevraagd."))
        if first and last and last < first:
            self.add_error("tot_en_met", _("Kies een dag na de eerste dag, zoals 30-11-2026."))
        return found


@policy(privacy_officer())
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Search the log; the search itself is a line in it."""
    form = SearchForm(request.GET if request.GET.keys() & SearchForm.base_fields.keys() else None)
    found: list[AuditEvent] | None = None
    if form.is_bound and form.is_valid():
        found = search_log(
            actor_from(request),
            person_id=form.cleaned_data["persoon"],
            first=form.cleaned_data["vanaf"],
            last=form.cleaned_data["tot_en_met"],
            at=current_moment(),
            most=MOST + 1,
        )
    return render(
        request,
        "web/privacy/log.html",
        {
            "form": form,
            "table": _table(found[:MOST]) if found else None,
            "is_empty": found == [],
            "has_more": found is not None and len(found) > MOST,
            "most": MOST,
            "last_check": last_check(),
        },
        status=400 if form.errors else 200,
    )


def _table(events: list[AuditEvent]) -> Table:
    names = names_of_staff({event.actor_id for event in events if event.actor_id})
    return Table(
        caption=_("Gevonden regels, de nieuwste eerst"),
        columns=(
            Column(_("Wanneer")),
            Column(_("Wie")),
            Column(_("Wat")),
            Column(_("Over wie")),
            Column(_("Op welke grond")),
        ),
        rows=[
            (
                f"{day(event.at)}, {clock(event.at)}",
                party_text(event, names.get(event.actor_id, "") if event.actor_id else ""),
                action_text(event),
                str(event.person_id or "–"),
                ground_text(event.ground),
            )
            for event in events
        ],
    )


@policy(privacy_officer())
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Have the whole log checked, in the background."""
    with transaction.atomic():
        check_after_commit()
    messages.success(request, _("Het logboek wordt nagekeken. Ververs deze pagina straks voor de uitkomst."))
    return redirect("privacy:log")
