# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/gegevens/verwijderen`: what deleting one's data does, what stays and why; and doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from huisartsplek.accounts.identity import actor_from
from huisartsplek.accounts.policies import citizen, policy
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.people.queries import has_bsn
from huisartsplek.privacy.erasing import erase, erasure_of
from huisartsplek.privacy.fates import Kept
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.web.citizen.household import listed
from huisartsplek.web.citizen.reading import reader_of
from huisartsplek.web.components.wording import day
from huisartsplek.web.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from huisartsplek.privacy.erasing import Erasure
    from huisartsplek.web.components.parts import Text

SURE = "verwijder"

# What stays, why, and until when.
KEPT_WORDS: Mapping[Kept, tuple[str, str]] = {
    Kept.LOG: (
        gettext_noop("Het logboek: wie wat deed en wanneer"),
        gettext_noop("De wet vraagt dat (NEN 7513). Tot %(until)s. Daarna gaat het weg."),
    ),
    Kept.CARE: (
        gettext_noop("Bij welke praktijk een plek bezet is of was, en overstappen"),
        gettext_noop(
            "Anders kloppen de plekken van de praktijk niet meer. Zonder uw naam, en daarom zonder einddatum."
        ),
    ),
    Kept.DECISIONS: (
        gettext_noop("Verzoeken, antwoorden en wat een ronde besliste"),
        gettext_noop("Een besluit moet na te rekenen zijn. Zonder uw naam, en daarom zonder einddatum."),
    ),
    Kept.PROOF: (
        gettext_noop("Dat er ja is gezegd, en op welke tekst"),
        gettext_noop(
            "Wij moeten een ja kunnen bewijzen (AVG, artikel 7). Zonder uw naam, en daarom zonder einddatum."
        ),
    ),
}


@policy(citizen())
@require_http_methods(["GET", "POST"])
def erasing(request: HttpRequest) -> HttpResponseBase:
    """Repeat what deleting means, and do it; afterwards nobody is logged in any more."""
    reader, actor, at = reader_of(request), actor_from(request), current_moment()
    try:
        planned = erasure_of(actor, at=at)
        if request.method == "POST" and request.POST.get("antwoord") == SURE:
            erase(actor, at=at)
            logout(request)
            return redirect("public:erased")
    except Refusal as refusal:
        own_login = _("Dit kan alleen iemand van 16 jaar of ouder, met een eigen login.")
        is_own = refusal.code is RefusalCode.NOT_YOUR_TURN
        messages.info(request, own_login if is_own else refusal_text(refusal))
        return redirect("citizen:details")
    context = {
        "planned": planned,
        "children": listed([child.given_name for child in planned.children]),
        "kept": kept_words(planned),
        "has_bsn": has_bsn(reader),
        "sure": SURE,
    }
    return render(request, "web/citizen/erasing.html", context)


def kept_words(planned: Erasure) -> list[tuple[Text, Text]]:
    """Say what stays, why, and until when."""
    until = {"until": day(planned.log_until)}
    return [(_(KEPT_WORDS[kept][0]), _(KEPT_WORDS[kept][1]) % until) for kept in Kept if kept in planned.kept]
