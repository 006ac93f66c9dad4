# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tell me when one opens near me: the form, and the one page to which every mail about it leads."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import policy, public
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.alerts import alert_of, ask_for_alert, confirm_alert, go_on_with_alert, stop_alert
from huisartsplek.requests.models import PlaceAlert
from huisartsplek.rules.lifecycles import AlertState
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.values import BadValue, Postcode
from huisartsplek.web.public.asked import RADII

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from huisartsplek.audit.actors import Actor

ANSWERS: dict[str, Callable[..., None]] = {"ja": confirm_alert, "door": go_on_with_alert, "stop": stop_alert}


class AlertForm(forms.Form):
    """Where somebody looks, what counts as open for them, and where the mail goes."""

    postcode = forms.CharField(
        label=_("Postcode"),
        help_text=_("Alleen de vier cijfers bewaren wij."),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={
            "required": _("Vul uw postcode in, zoals 2514 GL."),
            "max_length": _("Vul een postcode in, zoals 2514 GL."),
            "null_characters_not_allowed": _("Vul een postcode in, zoals 2514 GL."),
        },
    )
    straal = forms.TypedChoiceField(
        label=_("Hoe ver weg mag het zijn?"),
        coerce=int,
        initial=RADII[0],
        choices=[(radius, _("%(radius)d kilometer") % {"radius": radius}) for radius in RADII],
        error_messages={"required": _("Kies een afstand"), "invalid_choice": _("Kies een afstand uit de lijst")},
    )
    wat = forms.ChoiceField(
        label=_("Wanneer wilt u het horen?"),
        initial=PlaceAlert.Counts.PERHAPS.value,
        widget=forms.RadioSelect,
        choices=[
            (PlaceAlert.Counts.SURE.value, _("Als een praktijk iedereen uit mijn postcode aanneemt")),
            (PlaceAlert.Counts.PERHAPS.value, _("Ook als er een voorwaarde is waar ik misschien aan voldoe")),
            (PlaceAlert.Counts.QUEUE.value, _("Ook als ik op een wachtlijst mag")),
        ],
        error_messages={
            "required": _("Kies wanneer u het wilt horen"),
            "invalid_choice": _("Kies een antwoord uit de lijst"),
        },
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Wij sturen eerst een bericht om te vragen of het klopt."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Vul uw e-mailadres in, zoals naam@voorbeeld.nl."),
            "invalid": _("Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
            "max_length": _("Dit e-mailadres is te lang."),
            "null_characters_not_allowed": _("Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
        },
    )

    def clean_postcode(self) -> int:
        """Keep the four digits only."""
        try:
            return Postcode.parse(self.cleaned_data["postcode"]).pc4
        except BadValue:
            raise forms.ValidationError(_("Vul een postcode in, zoals 2514 GL.")) from None


@policy(public())
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask where, what and whom to tell; the answer is the same whoever asked before."""
    if request.method != "POST":
        known = {name: request.GET[name] for name in ("postcode", "straal") if name in request.GET}
        return _form(request, AlertForm(initial=known))
    form = AlertForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    try:
        ask_for_alert(
            actor_from(request),
            address=form.cleaned_data["email"],
            pc4=form.cleaned_data["postcode"],
            radius_km=form.cleaned_data["straal"],
            counts=form.cleaned_data["wat"],
            language=(get_language() or "nl")[:2],
            visitor=visitor_of(request),
            at=current_moment(),
        )
    except Refusal:
        return _form(request, form, asks_too_often=True)
    return redirect("public:alert_asked")


@policy(public())
@require_safe
def asked_for(request: HttpRequest) -> HttpResponseBase:
    """Say that a mail is on its way, whoever asked."""
    return render(request, "web/public/alert_asked.html")


@policy(public())
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what an alert does, with one button: to let it stand, to go on, or to stop."""
    alert = alert_of(token)
    if alert is None:
        raise Http404
    if request.method == "POST":
        _answer(request.POST.get("antwoord", ""), actor_from(request), alert.pk, at=current_moment())
        return redirect("public:own_alert", token=token)
    search = {"postcode": alert.pc4, "straal": alert.radius_km}
    context = {
        "alert": alert,
        "state": alert.state,
        "is_stopping": "stop" in request.GET and alert.state != AlertState.ENDED,
        "search_url": f"{reverse('public:practices')}?{urlencode(search)}",
    }
    return render(request, "web/public/own_alert.html", context)


def _answer(said: str, actor: Actor, alert_id: UUID, *, at: datetime) -> None:
    """Do what was pressed; an old page whose button no longer fits shows how it stands now."""
    service = ANSWERS.get(said)
    if service is None:
        return
    try:
        service(actor, alert_id, at=at)
    except Refusal:
        return


def _form(request: HttpRequest, form: AlertForm, **more: Any) -> HttpResponseBase:
    return render(request, "web/public/alert.html", {"form": form, **more})


def visitor_of(request: HttpRequest) -> str:
    """Give where a question comes from: one household has a whole range of the newer addresses."""
    text = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    return str(address) if isinstance(address, IPv4Address) else str(ip_network((address, 64), strict=False))
