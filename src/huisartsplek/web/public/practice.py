# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""One practice: the answer, its rule, how to reach it and what one can do."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from huisartsplek.accounts.policies import policy, public
from huisartsplek.integrations.addresses.chosen import chosen_addresses
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.models import Practice
from huisartsplek.practices.queries import PublicPractice
from huisartsplek.requests.search import found_practice
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.intake import PartialStop, VerdictKind
from huisartsplek.rules.values import BadValue, Postcode
from huisartsplek.simulator.distances import DUTCH_SPEEDS, Travel
from huisartsplek.web.components import wording
from huisartsplek.web.components.status import say
from huisartsplek.web.public.asked import ABOUT_PERSON, FactsForm, SearchForm, language_name, read_asked
from huisartsplek.web.public.found import TELLABLE, reasons, size_name
from huisartsplek.web.public.search import visitor_of


@policy(public())
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell what this practice means for the visitor, as far as they told who they are."""
    at = current_moment()
    on = day_in_amsterdam(at)
    asked = read_asked(request.GET)
    data = request.GET if "postcode" in request.GET else None
    form = SearchForm(data, postcodes=chosen_postcodes(), addresses=chosen_addresses(), province=asked.province)
    if not form.is_valid() and data is None:
        form.take_position(asked.position)
    facts = FactsForm(request.GET or None, today=on)
    found = found_practice(slug, visitor_of(form.centre, facts), at=at)
    if found is None:
        raise Http404
    shown = found.public
    kind = found.verdict.kind
    context = {
        "practice": shown.practice,
        "public": shown,
        "policy": shown.policy,
        "title": say(found.verdict).removesuffix("."),
        "reasons": reasons(found, on=on),
        "kind": kind.value,
        "asks_more": kind is VerdictKind.MAYBE and bool(found.verdict.missing & TELLABLE),
        "request_url": f"{reverse('citizen:file_request')}?{urlencode({'wens': shown.practice.slug})}",
        "depends_on_you": shown.policy is not None and isinstance(shown.policy.rule, PartialStop),
        "clauses": _clauses(shown),
        "facts_of_practice": _facts(shown),
        "address": _address(shown.practice),
        "centre": form.centre,
        "form": form,
        "facts": facts,
        "carried": asked.hidden_beside(*ABOUT_PERSON),
        "back_url": f"{reverse('public:practices')}?{asked.query()}" if form.centre else "",
    }
    return render(request, "web/public/practice.html", context)


def _clauses(shown: PublicPractice) -> list[str]:
    """The ways in, each as a sentence; none where the rule is for everybody or for nobody."""
    rule = shown.policy.rule if shown.policy else None
    if not isinstance(rule, PartialStop) or len(rule.admits) < 2:
        return []
    return [say(clause) for clause in rule.admits]


def _address(practice: Practice) -> list[str]:
    try:
        postcode = str(Postcode.parse(practice.postcode))
    except BadValue:
        postcode = practice.postcode
    street = f"{practice.street} {practice.house_number}".strip()
    return [line for line in (street, f"{postcode} {practice.place}") if line]


def _facts(shown: PublicPractice) -> list[tuple[str, str]]:
    practice = shown.practice
    found = [
        (_("Grootte"), size_name(practice.size)),
        (_("Vrouwelijke huisarts"), _("Ja") if practice.has_female_gp else _("Nee")),
        (_("Mannelijke huisarts"), _("Ja") if practice.has_male_gp else _("Nee")),
        (_("Avondspreekuur"), _("Ja") if practice.has_evening_hours else _("Nee")),
        (_("Rolstoel"), _("Ja, geen drempels") if practice.is_step_free else _("Niet zonder drempels")),
        (_("Talen aan de balie"), _languages(practice)),
    ]
    if shown.km is not None:
        travel = {
            "walking": wording.minutes(max(1, DUTCH_SPEEDS.minutes(shown.km, Travel.ON_FOOT))),
            "cycling": wording.minutes(max(1, DUTCH_SPEEDS.minutes(shown.km, Travel.BICYCLE))),
            "driving": wording.minutes(DUTCH_SPEEDS.minutes(shown.km, Travel.CAR)),
        }
        words = (
            _("Ongeveer %(walking)s lopen, %(cycling)s fietsen of %(driving)s met de auto. Dat is een schatting.")
            % travel
        )
        found.append((_("Reistijd"), words))
    if shown.policy is not None:
        swaps = _("Doet mee met ruilrondes") if shown.policy.swaps else _("Doet niet mee met ruilrondes")
        found.append((_("Ruilen"), swaps))
    return found


def _languages(practice: Practice) -> str:
    names = [language_name(code) for code in practice.languages if code != "nl"]
    return ", ".join([language_name("nl"), *names])
