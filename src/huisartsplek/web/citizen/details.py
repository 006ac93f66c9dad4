# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/gegevens` and `/mijn/huisarts`: who somebody is, where they live, and who their GP is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.enrolments.queries import present_places
from huisartsplek.enrolments.services import state_practice_of_all
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.queries import children_at_home, consents_given_by, has_bsn
from huisartsplek.people.services import describe_person
from huisartsplek.practices.queries import practices_like
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.values import Postcode
from huisartsplek.web.citizen.forms import DetailsForm, StatedPracticeForm
from huisartsplek.web.citizen.held_words import bsn_words
from huisartsplek.web.citizen.reading import for_the_described, reader_of
from huisartsplek.web.components.wording import day
from huisartsplek.web.languages import page_tongue
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from datetime import datetime

    from huisartsplek.web.components.parts import Text

MOST_FOUND = 10
CONSENTS: dict[Consent.Kind, str] = {
    Consent.Kind.TAKE_PART: gettext_noop("Meedoen met een verzoek"),
    Consent.Kind.RECORD_TRANSFER: gettext_noop("Uw dossier naar de nieuwe praktijk"),
    Consent.Kind.INSURER_HELP: gettext_noop("Hulp van uw zorgverzekeraar"),
    Consent.Kind.NAME_NEW_PRACTICE: gettext_noop("Uw oude praktijk mag horen waar u heen gaat"),
}


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponseBase:
    """Ask a new login who they are, once; afterwards show what we know."""
    reader, at = reader_of(request), current_moment()
    if reader.is_described:
        context = {
            "facts": _facts(reader),
            "bsn_kept": bsn_words(is_kept=has_bsn(reader)),
            "consents": _consents(reader),
        }
        return render(request, "web/citizen/details.html", context)
    form = DetailsForm(request.POST or None, today=day_in_amsterdam(at))
    if request.method == "POST" and form.is_valid():
        try:
            _describe(request, reader, form, at)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            messages.success(request, _("Uw gegevens zijn bewaard."))
        return redirect("citizen:home")
    return render(request, "web/citizen/details_form.html", {"form": form})


def _describe(request: HttpRequest, reader: Person, form: DetailsForm, at: datetime) -> None:
    told = form.cleaned_data
    home = chosen_postcodes().locate(told["postcode"])
    describe_person(
        actor_from(request),
        reader,
        given_name=told["given_name"],
        family_name=told["family_name"],
        birth_date=told["birth_date"],
        postcode=told["postcode"],
        house_number=told["house_number"],
        at=at,
        place=home.place,
        longitude=home.lon,
        latitude=home.lat,
        moved_in_on=told["moved_in_on"],
        email=told["email"],
        channel=Person.Channel.EMAIL if told["email"] else Person.Channel.LETTER,
        language=page_tongue().code,
    )


def _facts(reader: Person) -> list[tuple[Text, object]]:
    address = f"{Postcode.parse(reader.postcode)} {reader.house_number}".strip()
    letters = _("met grote letters") if reader.wants_large_print else _("met gewone letters")
    ways = {Person.Channel.EMAIL: _("e-mail"), Person.Channel.SMS: _("sms"), Person.Channel.LETTER: _("brief")}
    by = ways[reader.reached_by]
    return [
        (_("Naam"), reader.full_name),
        (_("Geboortedatum"), day(reader.born_on)),
        (_("Postcode en huisnummer"), address),
        (_("Plaats"), reader.place or _("niet bekend")),
        (_("U woont hier sinds"), day(reader.moved_in_on) if reader.moved_in_on else _("niet bekend")),
        (_("E-mailadres"), reader.email or _("niet bekend")),
        (_("Straat"), reader.street or _("niet bekend")),
        (_("Telefoonnummer voor sms"), reader.phone or _("niet bekend")),
        (_("Bericht krijgt u per"), by),
        (_("Brieven"), letters),
    ]


def _consents(reader: Person) -> list[tuple[Text, datetime]]:
    return [(_(CONSENTS[Consent.Kind(one.kind)]), one.given_at) for one in consents_given_by(reader)]


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def present_practice(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Let somebody say at which practice they, or children they decide for, are enrolled now."""
    at = current_moment()
    on = day_in_amsterdam(at)
    people = _without_practice(reader, at)
    if not people:
        messages.info(request, _("Uw huisarts van nu is al bekend."))
        return redirect("citizen:home")
    wanted = (request.POST or request.GET).get("zoek", "").strip()[:80]
    found = practices_like(wanted, most=MOST_FOUND)
    form = StatedPracticeForm(
        request.POST or None,
        people=[(str(person.pk), person.full_name) for person in people],
        practices=[(str(found_one.pk), f"{found_one.name}, {found_one.place}") for found_one in found],
        today=on,
    )
    if request.method == "POST" and form.is_valid():
        chosen = [person for person in people if str(person.pk) in form.cleaned_data["people"]]
        practice = next(one for one in found if str(one.pk) == form.cleaned_data["practice"])
        try:
            state_practice_of_all(actor_from(request), chosen, practice.pk, since=form.cleaned_data["since"], at=at)
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            text = _("Bewaard. Wij vragen %(practice)s of dit klopt. U hoeft niets te doen.")
            messages.success(request, text % {"practice": practice.name})
        return redirect("citizen:home")
    context = {"form": form, "wanted": wanted, "found": found}
    return render(request, "web/citizen/present_practice.html", context)


def _without_practice(reader: Person, at: datetime) -> list[Person]:
    on = day_in_amsterdam(at)
    people = [reader, *children_at_home(reader, on)]
    places = present_places([person.pk for person in people], on=on)
    return [person for person in people if person.pk not in places]
