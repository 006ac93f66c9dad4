# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/verzekeraar`: who asked this insurer for help, by their own consent and only while it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huisartsplek.accounts.identity import actor_from, held_roles
from huisartsplek.accounts.policies import mediator, policy
from huisartsplek.accounts.roles import Role
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.requests.insurer_help import askers_of
from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.components.wording import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huisartsplek.requests.insurer_help import Asker


@policy(mediator())
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """List who asked one's own insurer for help, longest looking first."""
    own = {held.scope_id for held in held_roles(request) if held.role is Role.MEDIATOR and held.scope_id}
    found = askers_of(actor_from(request), own, at=current_moment())
    return render(request, "web/insurer/cases.html", {"table": _table(found) if found else None})


def _table(askers: Sequence[Asker]) -> Table:
    columns = (
        Column(_("Naam")),
        Column(_("Geboren op")),
        Column(_("E-mailadres")),
        Column(_("Zoekt sinds")),
        Column(_("Vroeg om hulp op")),
    )
    rows = [
        (
            one.person.full_name,
            day(one.person.born_on),
            one.person.email or _("niet bekend"),
            day(one.looks_since),
            day(one.asked_at),
        )
        for one in askers
    ]
    return Table(_("Wie u om hulp vroeg"), columns, rows, hide_caption=True)
