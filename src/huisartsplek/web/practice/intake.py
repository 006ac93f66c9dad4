# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/praktijk/beleid`: whom a practice takes, how many and until when; seen as the public will, then signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.policies import policy, practice_staff
from huisartsplek.accounts.queries import names_of_staff
from huisartsplek.accounts.typed import keeps_typed, typed_before
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.practices.queries import own_intake, signed_before
from huisartsplek.practices.services import set_intake
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import IntakePolicy, PublicStatus, public_status
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.web.components.forms import faults
from huisartsplek.web.components.wording import TYPED_IS_BACK
from huisartsplek.web.practice.at_work import NAMED, AtWork, for_a_practice
from huisartsplek.web.practice.policy_form import (
    MOST_CLAUSES,
    STANDING_NOTES,
    WholeForm,
    form_of,
    rearranged_form,
    sent_form,
)
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import QueryDict

    from huisartsplek.practices.models import PolicyVersion
    from huisartsplek.practices.queries import OwnIntake

ADD, LOOK, SAVE = "regel-erbij", "bekijk", "bewaar"


@dataclass(frozen=True, slots=True)
class Preview:
    """What everybody will read."""

    policy: IntakePolicy
    status: PublicStatus
    is_new: bool  # not signed yet


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows besides the policy in force."""

    form: WholeForm
    seen_version: int
    preview: Preview | None = None
    added: bool = False  # the last clause was just added
    refusal: str = ""
    has_conflict: bool = False


@policy(practice_staff())
@keeps_typed
@require_http_methods(["GET", "POST"])
@for_a_practice
def intake(request: HttpRequest, here: AtWork) -> HttpResponseBase:
    """Show and change the intake policy and the places."""
    at = current_moment()
    on = day_in_amsterdam(at)
    own = own_intake(here.actor, here.practice.pk, at=at)
    if own is None:
        raise Http404
    typed = typed_before(request)
    if typed is not None and typed.get(NAMED) == str(here.practice.pk):
        messages.info(request, TYPED_IS_BACK)
        shown = Shown(sent_form(typed, today=on), _seen_version(typed), _in_force(own))
    elif request.method != "POST":
        shown = Shown(form_of(own.policy, own.free, today=on), own.version, _in_force(own))
    else:
        form = _sent(request, on)
        shown = Shown(form, _seen_version(request.POST), added=request.POST.get("stap") == ADD)
        if form.main.is_bound and form.is_valid():
            shown = replace(shown, preview=_preview(form, on))
            if request.POST.get("stap") == SAVE:
                try:
                    return _save(here, form, shown.seen_version, at, request)
                except Refusal as refusal:
                    shown = _refused(shown, refusal, own)
    return _page(request, here, own, shown)


def _sent(request: HttpRequest, on: date) -> WholeForm:
    step = request.POST.get("stap", "")
    gone = request.POST.get("weg", "")
    removed = int(gone) if gone.isdecimal() and len(gone) < 4 else None
    if step == ADD or removed is not None:
        return rearranged_form(request.POST, today=on, added=step == ADD, removed=removed)
    return sent_form(request.POST, today=on)


def _seen_version(sent: QueryDict) -> int:
    """The version of the places that the form showed; what cannot be read never matches."""
    seen = sent.get("gezien", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else -1


def _in_force(own: OwnIntake) -> Preview | None:
    return None if own.policy is None else Preview(own.policy, own.status, is_new=False)


def _preview(form: WholeForm, on: date) -> Preview:
    wanted = form.policy()
    has_places = form.main.cleaned_data["people_more"] > 0
    status = public_status(wanted, has_places=has_places, confirmed_on=on, on=on)
    return Preview(wanted, status, is_new=True)


def _save(here: AtWork, form: WholeForm, seen: int, at: datetime, request: HttpRequest) -> HttpResponseBase:
    set_intake(
        here.actor,
        here.practice.pk,
        policy=form.policy(),
        people_more=form.main.cleaned_data["people_more"],
        seen_version=seen,
        at=at,
    )
    messages.success(request, _("Bewaard. Zo ziet iedereen het vanaf nu."))
    return redirect("practice:today")


def _refused(shown: Shown, refusal: Refusal, own: OwnIntake) -> Shown:
    """Say why nothing was saved; who has seen what changed meanwhile may then save over it."""
    if refusal.code is not RefusalCode.CHANGED_MEANWHILE:
        return replace(shown, refusal=refusal_text(refusal))
    return replace(shown, has_conflict=True, seen_version=own.version)


def _page(request: HttpRequest, here: AtWork, own: OwnIntake, shown: Shown) -> HttpResponseBase:
    earlier = signed_before(here.actor, here.practice.pk)
    context = {
        "here": here,
        "intake": own,
        "shown": shown,
        "faults": faults(shown.form.forms),
        "main": shown.form.main,
        "clauses": shown.form.clauses,
        "standing_notes": STANDING_NOTES,
        "may_add": len(shown.form.clauses) < MOST_CLAUSES,
        "history": _history(earlier),
    }
    return render(request, "web/practice/intake.html", context)


def _history(versions: list[PolicyVersion]) -> list[tuple[PolicyVersion, IntakePolicy, str]]:
    names = names_of_staff({version.signed_by for version in versions if version.signed_by})
    return [(one, one.value(), names.get(one.signed_by, "") if one.signed_by else "") for one in versions]
