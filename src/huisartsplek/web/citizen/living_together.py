# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/huishouden`: who lives together, codes to join or to log in oneself, and leaving without a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen, citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.invitations import (
    CODE_LENGTH,
    accept_login,
    invitation_by,
    invite,
    may_give_login,
    new_code,
    open_invitations,
    refuse_invitation,
)
from huisartsplek.people.queries import household_of
from huisartsplek.people.services import register_person
from huisartsplek.requests.households import join_household, leave_household
from huisartsplek.rules.consent import decides_alone
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.values import Postcode
from huisartsplek.web.citizen.forms import ChildForm
from huisartsplek.web.citizen.household import household_rows
from huisartsplek.web.citizen.joining import joining_panel
from huisartsplek.web.citizen.reading import for_the_described, reader_of
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from datetime import datetime

    from huisartsplek.people.models import Invitation, Person

_CODES = "codes"
MOST_TYPED = 40  # signs of a code that are read


def forget_codes(request: HttpRequest) -> None:
    """Drop the codes that were made in this session from it; they keep working."""
    request.session.pop(_CODES, None)


@dataclass(frozen=True, slots=True)
class OpenCode:
    """A code that was made and not used yet, as its maker sees it."""

    name: str  # whose own login it is for; empty: to join
    code: str  # empty: made in another session
    until: datetime


@policy(citizen_or_desk())
@require_GET
@for_the_described
def household(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Show who lives together, and what one can do about it."""
    at = current_moment()
    on = day_in_amsterdam(at)
    members = household_of(actor_from(request), reader.pk, at=at)
    context = {
        "people": household_rows(members, reader, [], on=on),
        "codes": _codes(request, reader, at),
        "without_login": [one for one in members if may_give_login(reader, one, at=at)],
        "decides": decides_alone(reader.born_on, on=on),
        "joining": joining_panel(actor_from(request), reader, at=at),
        "may_leave": len(members) > 1 and decides_alone(reader.born_on, on=on),
    }
    return render(request, "web/citizen/living_together.html", context)


def _codes(request: HttpRequest, reader: Person, at: datetime) -> list[OpenCode]:
    kept = request.session.get(_CODES, {})
    return [
        OpenCode(
            one.person.given_name if one.person else "",
            _in_two(kept.get(str(one.pk), "")),
            one.expires_at,
        )
        for one in open_invitations(reader, at=at).select_related("person")
    ]


def _in_two(code: str) -> str:
    half = CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}".strip()


@policy(citizen())
@require_POST
@for_the_described
def make_code(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Make a code to hand over, and show it in this session only."""
    actor, at = actor_from(request), current_moment()
    wanted = request.POST.get("voor", "")
    member = None
    if wanted:
        at_home = household_of(actor, reader.pk, at=at)
        member = next((one for one in at_home if str(one.pk) == wanted), None)
        if member is None:
            raise Http404
    code = new_code()
    try:
        made = invite(actor, by=reader, code=code, member=member, at=at)
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        request.session[_CODES] = {**request.session.get(_CODES, {}), str(made.pk): code}
        messages.success(request, _("De code is gemaakt. Geef hem zelf: op papier of in een bericht."))
    return redirect("citizen:household")


@policy(citizen())
@require_http_methods(["GET", "POST"])
def use_code(request: HttpRequest) -> HttpResponseBase:
    """Read a code, say what it is for, and take a yes or a no."""
    reader, at = reader_of(request), current_moment()
    typed = request.POST.get("code", "")[:MOST_TYPED]
    found = invitation_by(typed, reader=reader, at=at) if typed.strip() else None
    if found is None:
        context = {"typed": typed, "is_wrong": request.method == "POST"}
        return render(request, "web/citizen/use_code.html", context)
    if found.person is None and not reader.is_described:
        messages.info(request, _("Vertel eerst wie u bent. Vul daarna uw code nog een keer in."))
        return redirect("citizen:details")
    answer = request.POST.get("antwoord", "")
    if answer not in {"ja", "nee", "nooit"}:
        who = found.invited_by
        context = {
            "typed": typed,
            "member": found.person,
            "inviter": "" if who.is_protected else who.given_name,
        }
        return render(request, "web/citizen/answer_code.html", context)
    return _answered(request, reader, found, typed, answer, at)


def _answered(
    request: HttpRequest, reader: Person, found: Invitation, code: str, answer: str, at: datetime
) -> HttpResponseBase:
    actor = actor_from(request)
    try:
        if answer != "ja":
            refuse_invitation(actor, code=code, by=reader, block=answer == "nooit", at=at)
            text = _("U zei nee. Er is niets veranderd. Wie u vroeg, hoort hier niets van.")
        elif found.person is None:
            waiting = join_household(actor, code=code, by=reader, at=at)
            text = _("Gelukt. U hoort nu bij dit huishouden. U beslist zelf over uw eigen huisarts.")
            if waiting is not None:
                text = _("Uw ja is bewaard. Er wonen daar meer volwassenen. Die zeggen eerst ja. U krijgt bericht.")
        else:
            accept_login(actor, code=code, by=reader, at=at)
            text = _("Gelukt. Dit is nu uw eigen login. U beslist zelf mee.")
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        messages.success(request, text)
    return redirect("citizen:home")


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def add_child(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Enter a child who lives with the reader; a number is not needed."""
    at = current_moment()
    form = ChildForm(request.POST or None, today=day_in_amsterdam(at))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            register_person(
                actor_from(request),
                household_id=reader.household_id,
                given_name=told["given_name"],
                family_name=told["family_name"],
                birth_date=told["birth_date"],
                postcode=Postcode.parse(reader.postcode),
                house_number=reader.house_number,
                at=at,
                place=reader.place,
                longitude=reader.longitude,
                latitude=reader.latitude,
                moved_in_on=max(reader.moved_in_on, told["birth_date"]) if reader.moved_in_on else None,
                language=reader.language,
            )
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            messages.success(request, _("%(name)s staat nu bij uw huishouden.") % {"name": told["given_name"]})
        return redirect("citizen:household")
    return render(request, "web/citizen/add_child.html", {"form": form})


@policy(citizen_or_desk())
@require_POST
@for_the_described
def leave(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Let the reader live apart from now on; nobody hears of it."""
    try:
        leave_household(actor_from(request), by=reader, at=current_moment())
    except Refusal as refusal:
        messages.info(request, refusal_text(refusal))
    else:
        messages.success(request, _("U hoort niet meer bij dit huishouden. Niemand krijgt daar bericht van."))
    return redirect("citizen:home")
