# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a search finds: each practice with the answer for this visitor, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from huisartsplek.practices.models import Practice
from huisartsplek.practices.queries import PublicPractice
from huisartsplek.requests.search import Found
from huisartsplek.rules.intake import (
    Admitted,
    Answer,
    ClauseReason,
    Fact,
    PublicStatus,
    Refused,
    Undecided,
    Verdict,
    VerdictKind,
)
from huisartsplek.simulator.distances import DUTCH_SPEEDS, Travel
from huisartsplek.web.components import wording
from huisartsplek.web.components.parts import SearchResult
from huisartsplek.web.components.status import say
from huisartsplek.web.public.asked import Asked, Group, Order, language_name

GROUPS = {
    VerdictKind.YES_NOW: Group.NOW,
    VerdictKind.QUEUE: Group.LATER,
    VerdictKind.SWAP_ONLY: Group.LATER,
    VerdictKind.MAYBE: Group.MAYBE,
}
TELLABLE = frozenset({Fact.PC4, Fact.MOVED_IN_ON, Fact.HAS_GP})


def group_of(found: Found) -> Group | None:
    """In which part of the list a practice stands."""
    return GROUPS.get(found.verdict.kind)


def chosen(found: Sequence[Found], asked: Asked) -> list[Found]:
    """Keep the practices that have what the visitor finds important, in the order they asked for."""
    kept = [one for one in found if _has_wanted(one, asked)]
    if asked.order is Order.NOW_FIRST:
        kept.sort(key=lambda one: one.verdict.kind is not VerdictKind.YES_NOW)
    if asked.order is Order.FRESH:
        kept.sort(key=lambda one: one.public.confirmed_on or date.min, reverse=True)
    return kept


def _has_wanted(one: Found, asked: Asked) -> bool:
    practice = one.public.practice
    return (
        (practice.is_step_free or not asked.step_free)
        and (practice.has_evening_hours or not asked.evening)
        and (practice.has_female_gp or not asked.female_gp)
        and (practice.has_male_gp or not asked.male_gp)
        and (not asked.size or practice.size == asked.size)
        and (not asked.language or asked.language in practice.languages)
    )


def as_result(one: Found, number: int, *, query: str, on: date) -> SearchResult:
    """Put a practice into the words of the list."""
    practice, km = one.public.practice, one.public.km
    travel = (
        ()
        if km is None
        else (
            wording.distance(km),
            wording.walking(DUTCH_SPEEDS.minutes(km, Travel.ON_FOOT)),
            wording.cycling(DUTCH_SPEEDS.minutes(km, Travel.BICYCLE)),
            wording.driving(DUTCH_SPEEDS.minutes(km, Travel.CAR)),
        )
    )
    address = reverse("public:practice", args=[practice.slug])
    link, target = _missing_link(one.verdict)
    return SearchResult(
        number=number,
        name=practice.name,
        url=f"{address}?{query}" if query else address,
        status=one.public.status,
        verdict=say(one.verdict),
        reason=" ".join(reasons(one, on=on)),
        facts=travel,
        offers=offers_of(practice),
        confirmed_on=one.public.confirmed_on,
        link_text=link,
        link_url=target,
        phone=practice.phone if one.verdict.kind is VerdictKind.UNKNOWN else "",
    )


def offers_of(practice: Practice) -> list[str]:
    """Name what people choose a practice on: who works there, when, and for whom it is easy to be there."""
    gps = {(True, True): _("Vrouwelijke en mannelijke huisarts"), (True, False): _("Vrouwelijke huisarts")}
    gps[False, True] = _("Mannelijke huisarts")
    languages = [language_name(code) for code in practice.languages if code != "nl"]
    named = (
        size_name(practice.size),
        gps.get((practice.has_female_gp, practice.has_male_gp), ""),
        _("Avondspreekuur") if practice.has_evening_hours else "",
        _("Geen drempels") if practice.is_step_free else "",
        _("Ook: %(languages)s") % {"languages": ", ".join(languages)} if languages else "",
    )
    return [name for name in named if name]


def size_name(size: str) -> str:
    """Say how many GPs work in a practice."""
    names = {
        Practice.Size.SOLO.value: _("Eén huisarts"),
        Practice.Size.DUO.value: _("Twee huisartsen"),
        Practice.Size.GROUP.value: _("Groep huisartsen"),
    }
    return names.get(size, size)


def _missing_link(answer: Verdict) -> tuple[str, str]:
    if answer.kind is not VerdictKind.MAYBE or not answer.missing & TELLABLE:
        return "", ""
    if Fact.MOVED_IN_ON in answer.missing:
        return _("Vul uw verhuisdatum in"), "#over-u"
    if Fact.HAS_GP in answer.missing:
        return _("Zeg of u nu een huisarts hebt"), "#over-u"
    return _("Vul uw postcode in"), "#zoek"


def reasons(one: Found, *, on: date) -> list[str]:
    """Say why the answer is what it is: the rule, and the visitor's own facts held against it."""
    policy, public = one.public.policy, one.public
    if one.verdict.kind is VerdictKind.UNKNOWN or policy is None:
        return [_silence(public, on)]
    if public.status is PublicStatus.SWAP_ONLY:
        swaps = _("De praktijk heeft nu geen plek, maar doet mee met ruilen.")
        return [swaps] if policy.admits_nobody else [swaps, say(policy.rule), *_against(one.verdict)]
    said = [say(policy.rule)]
    said += _against(one.verdict)
    if one.others_first and one.verdict.kind is VerdictKind.QUEUE:
        said.append(_("Er is plek, maar er staan al mensen op de wachtlijst. Zij gaan misschien voor."))
    if public.status is PublicStatus.CLOSED:
        reason = policy.public_stop_reason()
        said += [say(reason)] if reason is not None else []
    return said


def _silence(public: PublicPractice, on: date) -> str:
    if public.confirmed_on is None or public.policy is None:
        return _("Deze praktijk heeft hier nog niets over zichzelf gezegd.")
    if not public.policy.is_in_force(on=on):
        return _("De regel van deze praktijk geldt vandaag niet.")
    days = (on - public.confirmed_on).days
    return _("De praktijk heeft dit al %(days)d dagen niet bevestigd.") % {"days": days}


def _against(answer: Verdict) -> list[str]:
    """The visitor's own facts, as far as they decided: those of the clause that fits, else those that do not."""
    match answer.assessment:
        case Admitted(reasons):
            fitting = next((reason for reason in reasons if reason.answer is Answer.HOLDS), None)
            return [say(check) for check in fitting.checks] if fitting else []
        case Refused(_because, reasons):
            return _failing(reasons)
        case Undecided() | None:
            return []


def _failing(clauses: Sequence[ClauseReason]) -> list[str]:
    failing = (check for clause in clauses for check in clause.checks if check.answer is Answer.FAILS)
    # What somebody never said and we took for granted is no reason to name.
    told = {say(check): None for check in failing if check.fact is not Fact.VIA_MEDIATION}
    return list(told)[:2]
