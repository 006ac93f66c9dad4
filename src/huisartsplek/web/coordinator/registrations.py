# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/regio/inschrijvingen`: registrations that a practice never made, decided with the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import coordinator, policy
from huisartsplek.audit.actors import Ground
from huisartsplek.enrolments.returning import give_time, return_move
from huisartsplek.enrolments.undecided import (
    Undecided,
    count_overdue_at_practices,
    is_move_in,
    undecided_in,
    undecided_move,
)
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.rules.refusals import Refusal
from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.components.wording import day, weekday
from huisartsplek.web.coordinator.figures import few
from huisartsplek.web.coordinator.reach import own_regions
from huisartsplek.web.coordinator.words import Act
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from huisartsplek.web.components.parts import Text


class SpokenForm(forms.Form):
    """That the coordinator decides together with the person, and knows that it is them."""

    gesproken = forms.BooleanField(
        label=gettext_lazy("Ik heb deze persoon gesproken en weet zeker wie het is"),
        error_messages={"required": gettext_lazy("Zet een kruisje als u de persoon hebt gesproken")},
    )


@policy(coordinator())
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision in one's own regions."""
    regions = own_regions(request)
    found = undecided_in(actor_from(request), regions, at=current_moment())
    overdue = count_overdue_at_practices(regions)
    context = {"table": _table(found) if found else None, "overdue": few(overdue) if overdue else ""}
    return render(request, "web/coordinator/registrations.html", context)


def _table(found: list[Undecided]) -> Table:
    return Table(
        caption=_("Wacht op uw beslissing"),
        columns=(
            Column(_("Wie")),
            Column(_("Nieuwe praktijk")),
            Column(_("Overstap")),
            Column(_("Beslis uiterlijk")),
        ),
        rows=[
            (
                format_html(
                    '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
                    reverse("coordinator:registration", args=[one.id]),
                    who(one),
                ),
                one.to_practice.name if one.to_practice else _("Afgeschermd"),
                day(one.switched_at),
                weekday(one.decide_by) if one.decide_by else "",
            )
            for one in found
        ],
        hide_caption=True,
    )


def who(one: Undecided) -> str:
    """How somebody is called here; of a protected person only the code."""
    return one.person.full_name if one.person else _("Afgeschermd, code %(code)s") % {"code": one.code}


@policy(coordinator())
@require_safe
def one(request: HttpRequest, move_id: UUID) -> HttpResponseBase:
    """Show one of them, with what can be decided."""
    found = _own(request, move_id)
    if found is None:
        return _decided_already(request)
    context = {"one": found, "who": who(found), "facts": _facts(found)}
    return render(request, "web/coordinator/registration.html", context)


def _facts(one: Undecided) -> list[tuple[Text, object]]:
    facts: list[tuple[Text, object]] = [
        (_("Code"), one.code),
        (_("Overgestapt op"), day(one.switched_at)),
        (_("Bij u sinds"), day(one.waits_since)),
    ]
    if one.person is None:
        return facts
    nobody = _("Geen")
    return [
        *facts,
        (_("Geboren op"), day(one.person.born_on)),
        (_("E-mail"), one.person.email or nobody),
        (_("Adres"), _address(one)),
        (_("Vorige praktijk"), one.from_practice.name if one.from_practice else nobody),
        (_("Nieuwe praktijk"), one.to_practice.name if one.to_practice else nobody),
        (_("Telefoon van de nieuwe praktijk"), (one.to_practice.phone if one.to_practice else "") or nobody),
    ]


def _address(one: Undecided) -> str:
    person = one.person
    return f"{person.postcode} {person.house_number} {person.place}".strip() if person else ""


@policy(coordinator())
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, move_id: UUID) -> HttpResponseBase:
    """Say what going back means, and let the person be with the practice they came from."""
    found = _own(request, move_id)
    if found is None:
        return _decided_already(request)
    without = found.person is not None and found.from_practice is None
    act = Act(
        _("Wilt u deze persoon terugbrengen?"),
        _("Doe dit alleen samen met de persoon. Het kan niet meer terug."),
        [
            _("De persoon had geen huisarts en heeft er straks weer geen. Een nieuw verzoek kan meteen.")
            if without
            else _("De persoon hoort weer bij de vorige huisarts, die intussen voor de zorg bleef zorgen."),
            _("De plek bij de nieuwe praktijk gaat naar de wachtlijst van die praktijk."),
            _("Niemand anders verliest een plek. Wie op de plek van deze persoon kwam, blijft daar."),
        ],
        _("Ja, breng deze persoon terug"),
    )
    return _decide(request, found, act, return_move, _("De persoon is terug bij de situatie van vóór de overstap."))


@policy(coordinator())
@require_http_methods(["GET", "HEAD", "POST"])
def more_time(request: HttpRequest, move_id: UUID) -> HttpResponseBase:
    """Say what another term means, and give it to the new practice."""
    found = _own(request, move_id)
    if found is None:
        return _decided_already(request)
    act = Act(
        _("Wilt u de nieuwe praktijk meer tijd geven?"),
        _("Doe dit als de persoon bij de nieuwe praktijk wil blijven."),
        [
            _("De praktijk krijgt nog 14 dagen om de inschrijving vast te leggen."),
            _("Tot die tijd zorgt de vorige huisarts verder. De persoon verliest niets."),
            _("Lukt het weer niet, dan komt de inschrijving bij u terug."),
        ],
        _("Ja, geef meer tijd"),
    )
    return _decide(request, found, act, give_time, _("De nieuwe praktijk heeft nog 14 dagen."))


def _own(request: HttpRequest, move_id: UUID) -> Undecided | None:
    """Give what waits here; nothing once it is decided. Another region's does not exist."""
    regions = own_regions(request)
    if not is_move_in(move_id, regions):
        raise Http404
    return undecided_move(actor_from(request), move_id, regions, at=current_moment())


def _decided_already(request: HttpRequest) -> HttpResponseBase:
    messages.info(request, _("Over deze inschrijving hoeft u niets meer te beslissen."))
    return redirect("coordinator:registrations")


def _decide(
    request: HttpRequest, found: Undecided, act: Act, decide: Callable[..., object], done: str
) -> HttpResponseBase:
    form = SpokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actor = actor_from(request).acting_for(found.person_id, ground=Ground.REGION_TASK)
        try:
            decide(actor, found.id, found.region_id, at=current_moment())
        except Refusal as refusal:
            messages.info(request, refusal_text(refusal))
        else:
            messages.success(request, done)
        return redirect("coordinator:registrations")
    context = {
        "act": act,
        "form": form,
        "about": who(found),
        "up": _("Inschrijvingen"),
        "up_url": reverse("coordinator:registrations"),
        "here": who(found),
        "back_url": reverse("coordinator:registration", args=[found.id]),
    }
    return render(request, "web/coordinator/confirm.html", context)
