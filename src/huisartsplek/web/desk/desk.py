# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/regio/loket` and `/praktijk/loket`: find the one person before you, or enter them, and begin to help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.policies import desk, policy, practice_staff
from huisartsplek.desk.finding import enter_person, person_described, person_with_number
from huisartsplek.desk.models import Help, Matter
from huisartsplek.desk.queries import present_help
from huisartsplek.desk.script import LANGUAGES
from huisartsplek.desk.services import begin_help, begin_help_by_code, count_try, require_tries_left
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.people.models import Person
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.components.status import reader_language
from huisartsplek.web.desk.forms import CODE, NUMBER, DeskForm, EnterForm
from huisartsplek.web.desk.place import AtDesk, at_practice, at_region
from huisartsplek.web.practice.at_work import AtWork, for_a_practice
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from datetime import datetime


@policy(desk())
@require_http_methods(["GET", "POST"])
def region(request: HttpRequest) -> HttpResponseBase:
    """The desk of a region."""
    return _serve(request, at_region(request))


@policy(practice_staff())
@require_http_methods(["GET", "POST"])
@for_a_practice
def practice(request: HttpRequest, here: AtWork) -> HttpResponseBase:
    """The desk of a practice, for who comes there."""
    return _serve(request, at_practice(here))


def _serve(request: HttpRequest, at_desk: AtDesk) -> HttpResponseBase:
    at = current_moment()
    busy = present_help(at_desk.employee_id, at=at)
    if busy is not None:
        messages.info(request, _("U helpt nog iemand. Rond dat eerst af."))
        return redirect(at_desk.address_of(busy))
    language = _script_language(request)
    enters = "maak" in request.POST and not at_desk.place.is_practice
    kind = EnterForm if enters else DeskForm
    form = _form(kind, request, at_desk, language, at)
    refusal, is_unknown = "", False
    if request.method == "POST" and form.is_valid():
        try:
            begun = _begin(at_desk, form, at)
        except Refusal as said_no:
            refusal = refusal_text(said_no)
        else:
            if begun is not None:
                return redirect(_first_page(at_desk, begun))
            is_unknown = True
    if is_unknown and not at_desk.place.is_practice and form.cleaned_data["via"] != NUMBER:
        typed = {name: _as_typed(value) for name, value in form.cleaned_data.items()}
        form = _form(EnterForm, request, at_desk, language, at, initial=typed)
    context = {
        "form": form,
        "refusal": refusal,
        "is_unknown": is_unknown,
        "enters": isinstance(form, EnterForm),
        "is_practice": at_desk.place.is_practice,
        "language": language,
    }
    return render(request, "web/desk/desk.html", context)


def _script_language(request: HttpRequest) -> str:
    asked = (request.POST.get("script_language") if request.method == "POST" else request.GET.get("script")) or ""
    return asked if asked in LANGUAGES else reader_language()


def _form(
    kind: type[DeskForm],
    request: HttpRequest,
    at_desk: AtDesk,
    language: str,
    at: datetime,
    initial: dict[str, Any] | None = None,
) -> DeskForm:
    typed = request.POST if request.method == "POST" and initial is None else None
    today, uses_bsn = day_in_amsterdam(at), at_desk.place.uses_bsn
    return kind(typed, today=today, uses_bsn=uses_bsn, language=language, initial=initial)


def _as_typed(value: object) -> object:
    return value if isinstance(value, list) else "" if value is None else str(value)


def _begin(at_desk: AtDesk, form: DeskForm, at: datetime) -> Help | None:
    """Begin to help; nothing where nobody fits, or a number is not known."""
    actor, place, told = at_desk.actor, at_desk.place, form.cleaned_data
    if told["via"] == CODE:
        return begin_help_by_code(
            actor, place, code=told["code"], birth_date=told["birth_date"], read=form.read_aloud, at=at
        )
    form.read_aloud.require_whole()
    require_tries_left(actor, at=at)
    person: Person | None
    if told["via"] == NUMBER:
        person = person_with_number(actor, place, told["bsn"], at=at)
    else:
        person = person_described(actor, place, form.told, at=at)
        if person is None and isinstance(form, EnterForm):
            person = _enter(at_desk, form, at)
    if person is None:
        count_try(actor, at=at)
        return None
    identified_by = Help.IdentifiedBy(told["identified_by"])
    return begin_help(actor, place, person, identified_by=identified_by, read=form.read_aloud, at=at)


def _enter(at_desk: AtDesk, form: EnterForm, at: datetime) -> Person:
    told = form.cleaned_data
    home = chosen_postcodes().locate(told["postcode"])
    return enter_person(
        at_desk.actor,
        at_desk.place,
        form.told,
        house_number=told["house_number"],
        bsn=told.get("bsn"),
        at=at,
        street=told["street"],
        place=home.place,
        longitude=home.lon,
        latitude=home.lat,
        email=told["email"],
        channel=Person.Channel.EMAIL if told["email"] else Person.Channel.LETTER,
        language=told["script_language"],
    )


def _first_page(at_desk: AtDesk, begun: Help) -> str:
    """Where the help begins: at the offer a letter told of, else at the person's own first page."""
    below = at_desk.address_of(begun)
    if begun.matter == Matter.OFFER and begun.matter_id is not None:
        return below + reverse("citizen:offer", args=[begun.matter_id])
    return below + reverse("citizen:home")
