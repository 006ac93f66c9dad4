# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/verzoek`: file one request for the household, with the practices it wants, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.accounts.typed import keeps_typed, typed_before
from huisartsplek.enrolments.queries import present_places
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.queries import children_at_home, household_of
from huisartsplek.practices.queries import practices_by_slug
from huisartsplek.requests.prospects import Outlook, Prospect
from huisartsplek.requests.queries import prospects as prospects_of_own
from huisartsplek.requests.queries import prospects_of_draft, request_of, requests_of
from huisartsplek.requests.services import file_request
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.web.citizen.drafts import add_to_draft, drafted, forget_draft, is_step, keep_draft, rearranged
from huisartsplek.web.citizen.forms import RequestForm
from huisartsplek.web.citizen.household import age_text, listed
from huisartsplek.web.citizen.naming import TICKED, NamingQuestion
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.citizen.wish_cards import Household, search_url, wish_cards
from huisartsplek.web.components.wording import TYPED_IS_BACK, isolated
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import QueryDict

    from huisartsplek.people.models import Person
    from huisartsplek.practices.models import Practice

MOST_NAMED = 30  # wishes read from one form; the service refuses more than ten


@policy(citizen_or_desk())
@keeps_typed
@require_http_methods(["GET", "POST"])
@for_the_described
def file(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Show the draft of a request, and file it; what was typed in a session that ended is shown, not filed."""
    at = current_moment()
    if wanted := request.GET.get("wens", ""):
        return _add(request, wanted[:120], at)
    actor = actor_from(request)
    members = [one for one in household_of(actor, reader.pk, at=at) if one.is_described]
    chosen = drafted(request)
    refusal = None
    typed = request.POST if request.method == "POST" else typed_before(request)
    form = _form(typed, members, at)
    naming = _naming(typed, reader, at)
    if request.method != "POST" and typed is not None:
        messages.info(request, TYPED_IS_BACK)
        chosen = practices_by_slug(typed.getlist("wens")[:MOST_NAMED]) or chosen
    if request.method == "POST":
        named = practices_by_slug(request.POST.getlist("wens")[:MOST_NAMED])
        if form.is_valid():
            try:
                return _file(request, reader, form, named, at, may_name=naming is not None and naming.is_allowed)
            except Refusal as said_no:
                refusal = said_no
        chosen = named or chosen
    going = _going(form, members)
    household = Household(len(going), at, is_complete=False, is_filed=False)
    found = prospects_of_draft(reader, going, chosen, at=at) if chosen else []
    cards = wish_cards(found, household, address=_address)
    context = {
        "form": form,
        "cards": cards,
        "naming": naming,
        "chosen": chosen,
        "search_url": search_url(reader),
        "refusal": refusal_text(refusal) if refusal else "",
        "next_rank": len(cards) + 1,
    }
    return render(request, "web/citizen/file_request.html", context)


def _form(typed: QueryDict | None, members: Sequence[Person], at: datetime) -> RequestForm:
    on = day_in_amsterdam(at)
    choices = [(str(one.pk), f"{isolated(one.full_name)}, {age_text(one, on)}") for one in members]
    return RequestForm(
        typed,
        members=choices,
        initial={"key": uuid4(), "members": [value for value, _name in choices]},
    )


def _naming(typed: QueryDict | None, reader: Person, at: datetime) -> NamingQuestion | None:
    """Ask the reader whether the old practice may hear where they go, and keep the tick of a form sent in."""
    on = day_in_amsterdam(at)
    people = [reader, *children_at_home(reader, on)]
    if reader.is_protected or not present_places([person.pk for person in people], on=on):
        return None
    is_ticked = typed is not None and typed.get("oude_praktijk") == TICKED
    return NamingQuestion(listed([child.given_name for child in people[1:]]), is_ticked)


def _going(form: RequestForm, members: Sequence[Person]) -> list[Person]:
    ticked = form["members"].value() or []
    return [one for one in members if str(one.pk) in ticked] or list(members)


def _address(prospect: Prospect, step: str) -> str:
    return reverse("citizen:change_draft", args=[prospect.practice.slug, step])


def _add(request: HttpRequest, slug: str, at: datetime) -> HttpResponseBase:
    """Put a practice on the short list; with a request that runs already, ask whether to add it there."""
    practice = next(iter(practices_by_slug([slug])), None)
    if practice is None:
        raise Http404
    running = next((own for own in requests_of(actor_from(request), at=at) if own.may_change), None)
    if running is not None:
        return redirect("citizen:add_wish", running.request.pk, practice.slug)
    if not add_to_draft(request, practice):
        messages.info(request, refusal_text(Refusal(RefusalCode.TOO_MANY_WISHES)))
    return redirect("citizen:file_request")


def _file(
    request: HttpRequest,
    reader: Person,
    form: RequestForm,
    wishes: Sequence[Practice],
    at: datetime,
    *,
    may_name: bool,
) -> HttpResponseBase:
    actor = actor_from(request)
    filed = file_request(
        actor,
        filer=reader,
        member_ids=form.member_ids(),
        wishes=[practice.pk for practice in wishes],
        key=form.cleaned_data["key"],
        at=at,
        may_name=may_name,
    )
    forget_draft(request)
    messages.success(request, _("Uw verzoek is gedaan. Uw datum telt vanaf nu."))
    return redirect(_next_page(request, filed.pk, at))


def _next_page(request: HttpRequest, request_id: UUID, at: datetime) -> str:
    """Where the first wish can be met at once and everybody said yes, that is asked next."""
    own = request_of(actor_from(request), request_id, at=at)
    first = prospects_of_own(own, at=at)[0] if own is not None and own.is_complete else None
    if first is not None and first.outlook is Outlook.AT_ONCE:
        return reverse("citizen:enrol_now", args=[request_id, first.practice.slug])
    return reverse("citizen:home")


@policy(citizen_or_desk())
@require_POST
@for_the_described
def change_draft(request: HttpRequest, reader: Person, slug: str, step: str) -> HttpResponseBase:
    """Move a practice of the draft up or down, or take it off."""
    del reader
    chosen = drafted(request)
    practice = next((one for one in chosen if one.slug == slug), None)
    if practice is not None and is_step(step):
        keep_draft(request, rearranged(chosen, practice, step))
    return redirect("citizen:file_request")
