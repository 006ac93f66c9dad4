# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/gegevens/…`: take along everything we hold about oneself, and correct how one is reached."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen, citizen_or_desk, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.contact import change_contact
from huisartsplek.people.models import Person
from huisartsplek.privacy.export import Export, everything_about
from huisartsplek.privacy.held import NOT_COPIED
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.citizen.contact_form import ContactForm
from huisartsplek.web.citizen.held_words import bsn_words, fact_name, fact_text, table_name
from huisartsplek.web.citizen.news import what_text, who_text, why_text
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.components.wording import clock, weekday_with_year
from huisartsplek.web.languages import language_of_paper
from huisartsplek.web.paper.document import Part, as_pdf
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Iterator


@policy(citizen())
@require_GET
@for_the_described
def as_json(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Give everything we hold about somebody, for a program to read."""
    del reader
    return _file(_as_json(everything_about(actor_from(request), at=current_moment())), "json")


@policy(citizen())
@require_GET
@for_the_described
def as_paper(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Give everything we hold about somebody, to read and print."""
    export = everything_about(actor_from(request), at=current_moment())
    with language_of_paper() as language:
        return _file(_as_pdf(export, reader, language), "pdf")


def _file(content: str | bytes, form: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=f"application/{form}")
    answer["Content-Disposition"] = f'attachment; filename="huisartsplek-mijn-gegevens.{form}"'
    return answer


def _as_json(export: Export) -> str:
    told = {
        "madeAt": export.made_at.isoformat(),
        "bsn": {"isKept": export.has_bsn, "why": bsn_words(is_kept=export.has_bsn)},
        "held": {holding.table: holding.rows for holding in export.holdings},
        "log": [{**asdict(look), "at": look.at.isoformat()} for look in export.log],
        "notCopied": NOT_COPIED,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _as_pdf(export: Export, reader: Person, language: str) -> bytes:
    lead = _("Dit is alles wat Huisartsplek weet van %(name)s op %(day)s om %(time)s.")
    told = {
        "name": reader.full_name,
        "day": weekday_with_year(export.made_at),
        "time": clock(export.made_at),
    }
    return as_pdf(_("Mijn gegevens"), lead % told, list(_parts(export)), language=language)


def _parts(export: Export) -> Iterator[Part]:
    yield Part(_("Uw burgerservicenummer (BSN)"), [bsn_words(is_kept=export.has_bsn)])
    for holding in export.holdings:
        if holding.rows:
            groups = [
                [(fact_name(name), fact_text(value)) for name, value in row.items() if value not in (None, "", [])]
                for row in holding.rows
            ]
            yield Part(table_name(holding.table), groups=groups)
    lines = [
        [
            (
                f"{weekday_with_year(look.at)}, {clock(look.at)}",
                f"{who_text(look)}: {what_text(look)}, {why_text(look)}",
            )
        ]
        for look in export.log
    ]
    yield Part(_("Wie uw gegevens gebruikte"), groups=lines)


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def contact(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Correct the e-mail address, and whether news comes by e-mail or by letter."""
    known = ("email", "channel", "street", "wants_large_print")
    initial = {name: getattr(reader, name) for name in known}
    form = ContactForm(request.POST or None, has_phone=bool(reader.phone), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            change_contact(
                actor_from(request),
                reader,
                email=told["email"],
                channel=Person.Channel(told["channel"]),
                street=told["street"].strip(),
                wants_large_print=told["wants_large_print"],
                at=current_moment(),
            )
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            messages.success(request, _("Bewaard. Zo krijgt u voortaan bericht."))
        return redirect("citizen:details")
    return render(request, "web/citizen/contact_form.html", {"form": form})
