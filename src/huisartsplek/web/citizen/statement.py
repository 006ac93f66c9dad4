# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/verklaring`: a paper that says who one's GP is, with a code by which others can check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen_or_desk, policy
from huisartsplek.enrolments.statements import (
    MOST_AT_A_TIME,
    make_statement,
    new_code,
    stateable_by,
    withdraw_statement,
    written,
)
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.web.citizen.reading import for_the_described
from huisartsplek.web.components.wording import clock, day, weekday_with_year
from huisartsplek.web.languages import language_of_paper
from huisartsplek.web.paper.document import Part, as_pdf
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.enrolments.models import Enrolment
    from huisartsplek.people.models import Person


@policy(citizen_or_desk())
@require_http_methods(["GET", "POST"])
@for_the_described
def statement(request: HttpRequest, reader: Person) -> HttpResponseBase:
    """Say of whom a statement can be made, and give it as a file; each file has a code of its own."""
    at = current_moment()
    people = stateable_by(reader, at=at)
    if request.method == "POST":
        chosen = next((one for one in people if str(one.person.pk) == request.POST.get("voor", "")), None)
        if chosen is None or chosen.enrolment is None:
            messages.info(request, _("Van deze persoon kunnen wij nu geen verklaring maken."))
            return redirect("citizen:statement")
        code = new_code()
        try:
            make_statement(actor_from(request), chosen.enrolment.pk, by=reader, code=code, at=at)
        except Refusal as refusal:
            messages.info(request, _why_not(refusal))
            return redirect("citizen:statement")
        return _file(request, chosen.enrolment, code, at)
    return render(request, "web/citizen/statement.html", {"people": people, "reader": reader})


def _why_not(refusal: Refusal) -> str:
    if refusal.code is RefusalCode.NOT_ALLOWED_NOW:
        return _("U hebt al %(most)d verklaringen. Trek er eerst een in.") % {"most": MOST_AT_A_TIME}
    return refusal_text(refusal)


def _file(request: HttpRequest, enrolment: Enrolment, code: str, at: datetime) -> HttpResponse:
    where = request.build_absolute_uri(reverse("public:check"))
    with language_of_paper() as language:
        content = _as_pdf(enrolment, code, where, at, language)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="huisartsplek-verklaring.pdf"'
    return answer


def _as_pdf(enrolment: Enrolment, code: str, where: str, at: datetime, language: str) -> bytes:
    person, practice = enrolment.person, enrolment.practice
    address = " ".join(part for part in (practice.street, practice.house_number) if part)
    lead = _("%(name)s is patiënt bij %(practice)s.") % {"name": person.full_name, "practice": practice.name}
    patient = [
        (_("Naam"), person.full_name),
        (_("Geboortedatum"), day(person.born_on)),
    ]
    gp = [
        (_("Huisartsenpraktijk"), practice.name),
        (_("Plaats"), f"{address}, {practice.place}" if address else practice.place),
        (_("AGB-code van de praktijk"), practice.agb),
        (_("Patiënt sinds"), day(enrolment.starts_on)),
    ]
    made = _("Dit wisten wij op %(day)s om %(time)s. Het geldt zolang de inschrijving duurt.") % {
        "day": weekday_with_year(at),
        "time": clock(at),
    }
    check = [
        _("Klopt dit vandaag nog? Ga naar %(where)s.") % {"where": where},
        _("Neem daar over: de code, de geboortedatum en de AGB-code. U ziet dan alleen of het nog klopt."),
    ]
    parts = [
        Part(_("Patiënt"), groups=[patient]),
        Part(_("Huisarts"), [made], groups=[gp]),
        Part(_("Controleren"), check, groups=[[(_("Code"), written(code))]]),
        Part(
            _("Wat dit niet is"),
            [_("Dit is geen legitimatie. Er staat niets in over gezondheid. Huisartsplek is geen huisarts.")],
        ),
    ]
    return as_pdf(_("Verklaring: dit is mijn huisarts"), lead, parts, language=language)


@policy(citizen_or_desk())
@require_POST
@for_the_described
def withdraw(request: HttpRequest, reader: Person, statement_id: UUID) -> HttpResponseBase:
    """Take a statement back."""
    try:
        withdraw_statement(actor_from(request), statement_id, by=reader, at=current_moment())
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, _("Ingetrokken. Wie de verklaring nu controleert, ziet dat zij niet meer klopt."))
    return redirect("citizen:statement")
