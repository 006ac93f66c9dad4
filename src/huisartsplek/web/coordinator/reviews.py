# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/regio/beoordelingen`: what people of the region asked a person to look at, and the answers. Without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import coordinator, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.review_queries import ReviewFile, review_file, reviews_of_regions
from huisartsplek.requests.reviews import answer_review
from huisartsplek.rounds.reviews import reviewed_entry
from huisartsplek.rules.intake import Admitted, Refused, Undecided
from huisartsplek.rules.lifecycles import ReviewState
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.reviews import ANSWERS, ReviewAnswer, Reviewed
from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.components.status import say
from huisartsplek.web.components.wording import day, weekday
from huisartsplek.web.coordinator.corrections import to_mend_table, waiting_table
from huisartsplek.web.coordinator.reach import own_regions
from huisartsplek.web.refusals import refusal_text
from huisartsplek.web.reviews import about, code_of, found_text, next_text, reason_text

if TYPE_CHECKING:
    from uuid import UUID

    from huisartsplek.requests.models import Review
    from huisartsplek.web.components.parts import Text

# What a round decided for a request, in the words of who judges it.
ROUND_OUTCOMES = {
    "moved": gettext_noop("Kreeg een plek voor wens %(rank)s"),
    "stays": gettext_noop("Blijft bij de praktijk van nu"),
    "waits": gettext_noop("Blijft wachten, zonder praktijk"),
}
ROUND_REASONS = {
    "no-wish": gettext_noop("Geen van de wensen telde mee"),
    "household-does-not-fit": gettext_noop("Er was plek, maar niet voor het hele huishouden"),
    "passed-in-swap": gettext_noop("Een ander ruilde zijn plek"),
    "full-swap-needs-taker": gettext_noop("Vol, en niemand wilde de praktijk van nu"),
    "full": gettext_noop("Vol, of de plek ging naar mensen eerder in de rij"),
}


class AnswerForm(forms.Form):
    """What was found, from the answers that fit this outcome."""

    def __init__(self, *args: Any, outcome: Reviewed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["antwoord"] = forms.ChoiceField(
            label=_("Wat hebt u gevonden?"),
            help_text=_("De persoon leest precies deze zinnen."),
            choices=[(one.value, f"{found_text(one)} {next_text(one)}") for one in ANSWERS[outcome]],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Kies wat u hebt gevonden"),
                "invalid_choice": _("Kies een antwoord uit de lijst"),
            },
        )


@policy(coordinator())
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List what waits for an answer of one's own regions."""
    regions, at = own_regions(request), current_moment()
    found = reviews_of_regions(actor_from(request), regions, at=at)
    context = {
        "table": _table(found) if found else None,
        "waiting": waiting_table(regions),
        "to_mend": to_mend_table(regions, at=at),
    }
    return render(request, "web/coordinator/reviews.html", context)


def _table(reviews: list[Review]) -> Table:
    return Table(
        caption=_("Wacht op een antwoord"),
        columns=(Column(_("Code")), Column(_("Waarover")), Column(_("Waarom gevraagd")), Column(_("Uiterlijk"))),
        rows=[
            (
                format_html(
                    '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
                    reverse("coordinator:review", args=[one.pk]),
                    code_of(one),
                ),
                about(one),
                reason_text(one),
                weekday(one.deadline_at) if one.deadline_at else "",
            )
            for one in reviews
        ],
        hide_caption=True,
    )


@policy(coordinator())
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """Show what a question rests on, and take the answer."""
    actor, at, regions = actor_from(request), current_moment(), own_regions(request)
    found = review_file(actor, review_id, regions, at=at)
    if found is None:
        raise Http404
    if found.review.state != ReviewState.ASKED:
        messages.info(request, _("Deze vraag wacht niet meer op een antwoord."))
        return redirect("coordinator:reviews")
    form = AnswerForm(request.POST if request.method == "POST" else None, outcome=Reviewed(found.review.outcome))
    if request.method == "POST" and form.is_valid():
        try:
            answer_review(actor, review_id, regions, answer=ReviewAnswer(form.cleaned_data["antwoord"]), at=at)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            messages.success(request, _("Het antwoord is bewaard. De persoon krijgt bericht."))
        return redirect("coordinator:reviews")
    context = {
        "form": form,
        "code": code_of(found.review),
        "about": about(found.review),
        "until": found.review.deadline_at,
        "facts": _facts(found),
        "checks": [say(check) for check in found.checks],
        "round_id": found.review.round_id,
    }
    return render(request, "web/coordinator/review.html", context)


def _facts(found: ReviewFile) -> list[tuple[Text, object]]:
    facts: list[tuple[Text, object]] = [
        (_("Waarom gevraagd"), reason_text(found.review)),
        (_("Gevraagd op"), day(found.review.asked_at)),
        (_("Het verzoek"), _request_text(found)),
    ]
    if found.policy is not None:
        facts.append((_("De regel van de praktijk"), say(found.policy)))
    match found.assessment:
        case Admitted():
            facts.append((_("Wat de regel nu zegt"), _("Dit huishouden mag")))
        case Refused():
            facts.append((_("Wat de regel nu zegt"), _("Dit huishouden mag niet")))
        case Undecided():
            facts.append((_("Wat de regel nu zegt"), _("Niet te zeggen: er ontbreekt een gegeven")))
        case None:
            pass
    entry = reviewed_entry(found.review)
    if entry is not None and entry.outcome:
        decided = _(ROUND_OUTCOMES[entry.outcome]) % {"rank": entry.rank or ""}
        facts.append((_("Wat de ronde besliste"), decided))
        if entry.reason in ROUND_REASONS:
            facts.append((_("Waarom"), _(ROUND_REASONS[entry.reason])))
    return facts


def _request_text(found: ReviewFile) -> str:
    text = ngettext(
        "%(count)d persoon, in de rij sinds %(day)s", "%(count)d mensen, in de rij sinds %(day)s", found.people
    )
    return text % {"count": found.people, "day": day(found.review.request.since)}
