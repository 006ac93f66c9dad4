# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn`: the household and its present practice, the one thing to do now, and how the request stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huisartsplek.accounts.acting import acts_for
from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.enrolments.queries import PracticeSaidNo, present_places, said_no
from huisartsplek.enrolments.undecided import own_undecided
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.joining import joinings_to_answer
from huisartsplek.people.queries import household_of, people_decided_for
from huisartsplek.requests.advice import advice_for
from huisartsplek.requests.insurer_help import help_of
from huisartsplek.requests.prospects import Outlook, Prospect
from huisartsplek.requests.queries import (
    OwnRequest,
    has_hidden_request,
    moved_lately,
    offer_of,
    prospects,
    requests_of,
    wished_of,
)
from huisartsplek.requests.receipts import own_moves
from huisartsplek.requests.record_transfer import TransferQuestion, open_transfers
from huisartsplek.requests.staying import children_asked_for, objected_lately
from huisartsplek.requests.still_looking import question_of
from huisartsplek.rounds.queries import own_rounds, reasons_last_time
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.web.citizen.beforehand import beforehand_text
from huisartsplek.web.citizen.household import (
    household_rows,
    listed,
    practice_panels,
    request_lead,
    request_steps,
    state_text,
)
from huisartsplek.web.citizen.naming import NamingQuestion, naming_question
from huisartsplek.web.citizen.reading import for_the_described, has_mandates
from huisartsplek.web.citizen.refusals import newest_refusals
from huisartsplek.web.citizen.reviews import review_cards
from huisartsplek.web.citizen.round_reasons import HAD, sentences
from huisartsplek.web.citizen.waiting import AdviceCard, InterimChoice, advice_cards, interim_choice
from huisartsplek.web.citizen.wish_cards import Household, WishCard, search_url, wish_cards

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.audit.actors import Actor
    from huisartsplek.people.models import Person
    from huisartsplek.web.components.parts import Step

CHANGEABLE = (RequestState.WAITING, RequestState.OFFERED)


@dataclass(frozen=True, slots=True)
class RequestSection:
    """A request with its steps and wishes as the page shows them."""

    own: OwnRequest
    lead: str
    standing: tuple[str, str]  # how it stands: a heading and a sentence
    steps: tuple[Step, ...]
    cards: list[WishCard]
    may_change: bool
    refusal: PracticeSaidNo | None  # while that is why the request waits again
    at_once: Prospect | None  # the first wish, where it can be met now
    naming: NamingQuestion | None  # whether the old practice may hear where they go
    interim: InterimChoice | None  # whether they keep waiting for higher wishes
    advice: list[AdviceCard]  # what would shorten the waiting

    @property
    def next_rank(self) -> int:
        """The rank of staying where one is."""
        return len(self.cards) + 1


@dataclass(frozen=True, slots=True)
class Task:
    """The one thing to do now."""

    kind: str  # which text the page shows
    url: str = ""
    request: OwnRequest | None = None
    at_once: Prospect | None = None
    transfer: TransferQuestion | None = None
    until: datetime | None = None


@policy(citizen_or_desk())
@require_GET
@for_the_described
def home(request: HttpRequest, reader: Person) -> HttpResponse:
    """Show a citizen how things stand."""
    actor, at = actor_from(request), current_moment()
    on = day_in_amsterdam(at)
    members = household_of(actor, reader.pk, at=at)
    places = present_places([member.pk for member in members], on=on)
    sections = [section_of(own, at=at) for own in requests_of(actor, at=at)]
    task = task_for(actor, sections, open_transfers(reader, at=at), at=at)
    speaks_for = {reader.pk, *(child.pk for child in people_decided_for(reader, on))}
    return render(
        request,
        "web/citizen/home.html",
        {
            "now": at,
            "task": task,
            "undecided": own_undecided(reader),
            "people": household_rows(members, reader, [section.own for section in sections], on=on),
            "panels": practice_panels(members, places, speaks_for=speaks_for),
            "sections": sections,
            "search_url": search_url(reader),
            "rounds": own_rounds(actor),
            "receipts": own_moves(reader, at=at),
            "reviews": review_cards(actor, reader, at=at),
            "refusals": newest_refusals(reader),
            "help": help_of(reader),
            "moved": [own.request.pk for own in moved_lately(actor, reader, at=at) if naming_question(own, at=at)],
            "asked_for": children_asked_for(actor, at=at),
            "kept_out": listed([child.given_name for child in objected_lately(actor, at=at)]),
            "has_hidden": has_hidden_request(actor, at=at),
            "mandates": has_mandates(request) and acts_for(request) is None,
            "joining": bool(joinings_to_answer(reader, at=at)),
            "stay": _stay(places[reader.pk].practice.name if reader.pk in places else ""),
        },
    )


def _stay(name: str) -> str:
    return _("Blijven bij %(practice)s") % {"practice": name} if name else _("Blijven zoals het nu is")


def section_of(own: OwnRequest, *, at: datetime) -> RequestSection:
    """Lay out one request."""
    found = prospects(own, at=at)
    may_change = own.may_change and own.request.state in CHANGEABLE
    may_choose = own.may_change and own.is_complete and own.request.state == RequestState.WAITING

    def address(prospect: Prospect, step: str) -> str:
        path = reverse("citizen:change_wish", args=[own.request.pk, prospect.practice.pk, step])
        return f"{path}?gezien={own.request.version}"

    def review(prospect: Prospect) -> str:
        return reverse("citizen:review_wish", args=[own.request.pk, prospect.practice.pk])

    def choose(prospect: Prospect) -> str:
        return reverse("citizen:enrol_now", args=[own.request.pk, prospect.practice.slug])

    household = Household(
        len(own.facts.members),
        own.request.since,
        own.is_complete,
        is_filed=True,
        offered=own.offer.practice_id if own.offer else None,
        moves_to=own.moves[0].to_practice_id if own.moves else None,
        state=RequestState(own.request.state),
    )
    first = found[0] if found and may_choose and found[0].outlook is Outlook.AT_ONCE else None
    cards = wish_cards(
        found,
        household,
        address=address if may_change else None,
        choose=choose if may_choose else None,
        review=review,
        last_round=_last_round(own) if own.request.state == RequestState.WAITING else None,
    )
    refusal = said_no(own.request.pk) if own.request.state == RequestState.WAITING else None
    return RequestSection(
        own=own,
        lead=request_lead(own),
        standing=state_text(own),
        steps=request_steps(own, at=at),
        cards=_with_choices(own, cards, at=at),
        may_change=may_change,
        refusal=refusal if refusal and refusal.at == own.request.state_since else None,
        at_once=first,
        naming=naming_question(own, at=at),
        interim=interim_choice(own, at=at),
        advice=advice_cards(own, advice_for(own, found, at=at)),
    )


def _with_choices(own: OwnRequest, cards: list[WishCard], *, at: datetime) -> list[WishCard]:
    """Add to each wish whether the reader is asked first when a swap comes."""
    texts = beforehand_text(own, own.viewer, at=at)
    if own.request.state not in CHANGEABLE or not texts:
        return cards
    chosen = [(pk, *texts[pk]) for pk in wished_of(own)]
    return [
        replace(
            card,
            in_swap=text,
            in_swap_change=change,
            in_swap_url=reverse("citizen:beforehand", args=[own.request.pk, pk]),
        )
        for card, (pk, text, change) in zip(cards, chosen, strict=True)
    ]


def _last_round(own: OwnRequest) -> dict[UUID, str]:
    reasons = reasons_last_time(own.viewer, own.request.pk)
    return {reason.practice.pk: " ".join(sentences(reason)) for reason in reasons if reason.became not in HAD}


def task_for(
    actor: Actor, sections: list[RequestSection], transfers: list[TransferQuestion], *, at: datetime
) -> Task | None:
    """Find what is most urgent: an offer, somebody's yes, the record of who moves, a place that is there now."""
    for section in sections:
        offer = section.own.offer
        seen = offer_of(actor, offer.pk, at=at) if offer is not None else None
        if seen is not None and seen.is_open(at=at) and seen.has_a_say and seen.own_answer is None:
            url = reverse("citizen:offer", args=[seen.offer.pk])
            return Task("offer", url, section.own, until=seen.offer.answer_by)
    for section in sections:
        if section.own.asked_of_viewer:
            return Task("consent", reverse("citizen:take_part", args=[section.own.request.pk]), section.own)
    for section in sections:
        if (still := _still_task(section.own)) is not None:
            return still
    if transfers:
        url = reverse("citizen:record_transfer", args=[transfers[0].move.pk])
        return Task("transfer", url, transfer=transfers[0])
    for section in sections:
        if section.at_once is not None:
            own, practice = section.own, section.at_once.practice
            url = reverse("citizen:enrol_now", args=[own.request.pk, practice.slug])
            return Task("at_once", url, own, at_once=section.at_once)
    return None


def _still_task(own: OwnRequest) -> Task | None:
    url = reverse("citizen:still_looking", args=[own.request.pk])
    if own.may_change and own.request.state == RequestState.SLEEPING:
        return Task("asleep", url, own)
    if own.may_change and own.request.state == RequestState.WAITING and question_of(own.request.pk) is not None:
        return Task("still", url, own)
    return None
