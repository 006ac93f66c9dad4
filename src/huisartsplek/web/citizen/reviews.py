# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking a person to look at what the computer decided, and the answer, at `/mijn`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.practices.queries import practices_by_id
from huisartsplek.requests.queries import request_of
from huisartsplek.requests.review_queries import own_review, own_reviews
from huisartsplek.requests.reviews import ask_about_practice, withdraw_review
from huisartsplek.rounds.corrections import turns_restored
from huisartsplek.rounds.queries import own_outcome
from huisartsplek.rounds.reviews import ask_about_round
from huisartsplek.rules.dates import REVIEW_WORKING_DAYS, working_days_after
from huisartsplek.rules.lifecycles import ReviewState
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.reviews import ReviewAnswer, Reviewed, ReviewReason
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.corrections import restored_text
from huisartsplek.web.refusals import refusal_text
from huisartsplek.web.reviews import REASONS, about, code_of, found_text, next_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.audit.actors import Actor
    from huisartsplek.people.models import Person
    from huisartsplek.requests.models import Review
    from huisartsplek.rounds.models import Correction


class ReviewForm(forms.Form):
    """Why somebody asks, from a closed list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["waarom"] = forms.ChoiceField(
            label=_("Waarom vraagt u dit?"),
            choices=[(reason.value, _(text)) for reason, text in REASONS.items()],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Kies waarom u dit vraagt"),
                "invalid_choice": _("Kies een reden uit de lijst"),
            },
        )


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A question with its answer as the page of whoever asked shows it."""

    review: Review
    about: str
    code: str
    is_open: bool
    found: str
    next: str
    may_withdraw: bool
    restored: str = ""  # the turn that came back, and why


def review_cards(actor: Actor, reader: Person, *, at: datetime) -> list[ReviewCard]:
    """Lay out what the reader, or somebody who moves with them, asked."""
    reviews = own_reviews(actor, at=at)
    restored = turns_restored([review.pk for review in reviews])
    return [_card(review, reader, restored.get(review.pk)) for review in reviews]


def _card(review: Review, reader: Person, correction: Correction | None) -> ReviewCard:
    is_open = review.state == ReviewState.ASKED
    return ReviewCard(
        review=review,
        about=about(review),
        code=code_of(review),
        is_open=is_open,
        found="" if is_open else found_text(ReviewAnswer(review.answer)),
        next="" if is_open else next_text(ReviewAnswer(review.answer)),
        may_withdraw=is_open and review.asked_by_id == reader.pk,
        restored="" if correction is None else restored_text(correction),
    )


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def ask_of_practice(
    request: HttpRequest, reader: Person, request_id: UUID, practice_id: UUID, outcome: Reviewed
) -> HttpResponseBase:
    """Ask a person to look at what was decided about a practice for one's own request."""
    actor, at = actor_from(request), current_moment()
    practice = next(iter(practices_by_id([practice_id])), None)
    if request_of(actor, request_id, at=at) is None:
        raise Http404
    if practice is None:
        return redirect("citizen:home")

    def ask(reason: ReviewReason) -> Review:
        return ask_about_practice(actor, request_id, practice_id, outcome=outcome, by=reader, reason=reason, at=at)

    texts = {
        Reviewed.WISH: _("Het gaat over uw wens voor %(practice)s."),
        Reviewed.AT_ONCE: _("Het gaat over meteen inschrijven bij %(practice)s."),
        Reviewed.PRACTICE_NO: _("Het gaat over het nee van %(practice)s."),
    }
    return _ask(request, texts[outcome] % {"practice": practice.name}, ask, at)


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def ask_of_round(request: HttpRequest, reader: Person, round_id: UUID) -> HttpResponseBase:
    """Ask a person to look at what a round decided for one's own request."""
    actor, at = actor_from(request), current_moment()
    own = own_outcome(actor, round_id)
    if own is None or not own.is_public:
        raise Http404
    text = _("Het gaat over uw uitkomst van ronde %(number)d in %(region)s.")

    def ask(reason: ReviewReason) -> Review:
        return ask_about_round(actor, round_id, by=reader, reason=reason, at=at)

    return _ask(request, text % {"number": own.round.number, "region": own.round.region.name}, ask, at)


def _ask(request: HttpRequest, text: str, ask: Callable[[ReviewReason], Review], at: datetime) -> HttpResponseBase:
    form = ReviewForm(request.POST if request.method == "POST" else None)
    until = working_days_after(at, REVIEW_WORKING_DAYS)
    if request.method == "POST" and form.is_valid():
        try:
            ask(ReviewReason(form.cleaned_data["waarom"]))
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
            return redirect("citizen:home")
        messages.success(request, _("Een mens kijkt mee. Het antwoord komt op deze pagina te staan."))
        return redirect(reverse("citizen:home") + "#meekijken")
    return render(request, "web/citizen/ask_review.html", {"form": form, "about": text, "until": until})


@policy(citizen_or_desk())
@require_POST
@for_the_described
def withdraw(request: HttpRequest, reader: Person, review_id: UUID) -> HttpResponseBase:
    """Say that nobody needs to look any more."""
    actor, at = actor_from(request), current_moment()
    if own_review(actor, review_id) is None:
        raise Http404
    try:
        withdraw_review(actor, review_id, by=reader, at=at)
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        messages.success(request, _("Dat is bewaard. Niemand kijkt meer mee."))
    return redirect("citizen:home")
