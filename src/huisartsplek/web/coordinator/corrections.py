# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/regio/beoordelingen/<review>/herstel` and `/regio/herstel/<correction>`: a turn comes back, by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import coordinator, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rounds.corrections import (
    confirm_correction,
    correction_in,
    corrections_waiting,
    earlier_dates,
    may_be_mended,
    propose_correction,
    reject_correction,
    review_in,
    reviews_to_mend,
    withdraw_correction,
)
from huisartsplek.rules.corrections import ProvenError, TurnBack
from huisartsplek.rules.lifecycles import CorrectionState
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.components.wording import day, weekday
from huisartsplek.web.coordinator.reach import own_regions
from huisartsplek.web.corrections import ERRORS, GIVES, error_text, gives_text
from huisartsplek.web.refusals import refusal_text
from huisartsplek.web.reviews import about, code_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.requests.models import Review
    from huisartsplek.rounds.models import Correction
    from huisartsplek.web.components.parts import Text

ACTS = {"ja": confirm_correction, "nee": reject_correction, "terug": withdraw_correction}


class ProposalForm(forms.Form):
    """What went wrong, and what comes back; a date only from those that were theirs."""

    def __init__(self, *args: Any, dates: Sequence[datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = dates
        self.fields["fout"] = forms.ChoiceField(
            label=_("Wat ging er fout?"),
            help_text=_("De persoon leest precies deze zin."),
            choices=[(one.value, _(text)) for one, text in ERRORS.items()],
            widget=forms.RadioSelect,
            error_messages={"required": _("Kies wat er fout ging"), "invalid_choice": _("Kies uit de lijst")},
        )
        self.fields["beurt"] = forms.ChoiceField(
            label=_("Wat krijgt de persoon terug?"),
            choices=[(one.value, _(text)) for one, text in GIVES.items() if dates or not one.gives_date],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Kies wat de persoon terugkrijgt"),
                "invalid_choice": _("Kies uit de lijst"),
            },
        )
        if dates:
            self.fields["datum"] = forms.ChoiceField(
                label=_("Welke datum telt weer?"),
                help_text=_("Alleen een datum die deze mensen al hadden, van een verzoek dat stopte."),
                choices=[(str(number), day(moment)) for number, moment in enumerate(dates)],
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": _("Kies een datum uit de lijst")},
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a date where one comes back."""
        told = super().clean() or {}
        gives = told.get("beurt")
        if gives and TurnBack(gives).gives_date and not told.get("datum") and "datum" not in self.errors:
            self.add_error("datum", _("Kies welke datum weer telt"))
        return told

    @property
    def since(self) -> datetime | None:
        """The date that comes back; none where only going first does."""
        told = self.cleaned_data
        return self.dates[int(told["datum"])] if TurnBack(told["beurt"]).gives_date else None


def waiting_table(region_ids: Collection[UUID]) -> Table | None:
    """Lay out the proposals that wait for a second person; nothing where there are none."""
    rows = [
        (
            _link(reverse("coordinator:correction", args=[one.pk]), code_of(one.review)),
            about(one.review),
            gives_text(one),
            weekday(one.deadline_at) if one.deadline_at else "",
        )
        for one in corrections_waiting(region_ids)
    ]
    columns = (Column(_("Code")), Column(_("Waarover")), Column(_("Wat er terugkomt")), Column(_("Uiterlijk")))
    return Table(_("Wacht op een tweede mens"), columns, rows, hide_caption=True) if rows else None


def to_mend_table(region_ids: Collection[UUID], *, at: datetime) -> Table | None:
    """Lay out the questions in which an error was found; nothing where there are none."""
    rows = [
        (
            _link(reverse("coordinator:propose_correction", args=[one.pk]), code_of(one)),
            about(one),
            day(one.state_since),
        )
        for one in reviews_to_mend(region_ids, at=at)
    ]
    columns = (Column(_("Code")), Column(_("Waarover")), Column(_("Antwoord gegeven op")))
    return Table(_("Er was een fout"), columns, rows, hide_caption=True) if rows else None


def _link(url: str, text: str) -> str:
    return format_html('<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>', url, text)


@policy(coordinator())
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Propose to give a turn back; nothing changes before a second person says so too."""
    actor, at, regions = actor_from(request), current_moment(), own_regions(request)
    review = review_in(regions, review_id)
    if review is None:
        raise Http404
    if not may_be_mended(review, at=at):
        messages.info(request, _("Bij deze vraag is nu niets te herstellen."))
        return redirect("coordinator:reviews")
    form = ProposalForm(request.POST if request.method == "POST" else None, dates=earlier_dates(review.request))
    if request.method == "POST" and form.is_valid():
        try:
            propose_correction(
                actor,
                review_id,
                regions,
                error=ProvenError(form.cleaned_data["fout"]),
                gives=TurnBack(form.cleaned_data["beurt"]),
                since=form.since,
                at=at,
            )
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            messages.success(request, _("Uw voorstel is bewaard. Een andere coördinator beslist erover."))
        return redirect("coordinator:reviews")
    context = {"form": form, "code": code_of(review), "about": about(review), "facts": _facts_of(review)}
    return render(request, "web/coordinator/propose_correction.html", context)


def _facts_of(review: Review) -> list[tuple[Text, object]]:
    return [
        (_("Antwoord gegeven op"), day(review.state_since)),
        (_("Datum van het verzoek nu"), day(review.request.since)),
    ]


@policy(coordinator())
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, correction_id: UUID) -> HttpResponseBase:
    """Show a proposal, and take the second person's yes or no, or let who made it take it back."""
    actor, at, regions = actor_from(request), current_moment(), own_regions(request)
    correction = correction_in(regions, correction_id)
    if correction is None:
        raise Http404
    act = ACTS.get(request.POST.get("besluit", "")) if request.method == "POST" else None
    if act is not None:
        try:
            act(actor, correction_id, regions, at=at)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            texts = {
                "ja": _("De beurt is teruggegeven. De mensen om wie het gaat, krijgen bericht."),
                "nee": _("Er is niets veranderd. U kunt een ander voorstel doen."),
                "terug": _("Uw voorstel is weg. Er is niets veranderd."),
            }
            messages.success(request, texts[request.POST["besluit"]])
        return redirect("coordinator:reviews")
    if correction.state != CorrectionState.PROPOSED:
        messages.info(request, _("Over dit voorstel is al beslist."))
        return redirect("coordinator:reviews")
    context = {
        "correction": correction,
        "code": code_of(correction.review),
        "about": about(correction.review),
        "facts": _facts(correction),
        "is_own": correction.proposed_by == actor.user_id,
    }
    return render(request, "web/coordinator/correction.html", context)


def _facts(correction: Correction) -> list[tuple[Text, object]]:
    return [
        (_("Wat er fout ging"), error_text(correction)),
        (_("Wat er terugkomt"), gives_text(correction)),
        (_("Datum van het verzoek nu"), day(correction.request.since)),
        (_("Voorgesteld op"), day(correction.proposed_at)),
    ]
