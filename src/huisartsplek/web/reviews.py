# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody asked a person to look at, why, and what was found: the same words for them and for the region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huisartsplek.rules.reviews import ReviewAnswer, Reviewed, ReviewReason

if TYPE_CHECKING:
    from huisartsplek.requests.models import Review

REASONS: dict[ReviewReason, str] = {
    ReviewReason.RULE: gettext_noop("Ik denk dat de regel verkeerd is toegepast"),
    ReviewReason.DATA: gettext_noop("Ik denk dat gegevens over mij niet kloppen"),
    ReviewReason.ORDER: gettext_noop("Ik denk dat ik eerder aan de beurt was"),
    ReviewReason.UNCLEAR: gettext_noop("Ik begrijp niet waarom dit de uitkomst is"),
}
# What was found, and what happens next.
FOUND: dict[ReviewAnswer, tuple[str, str]] = {
    ReviewAnswer.RIGHT_BY_RULE: (
        gettext_noop("De uitkomst klopt. De regel van de praktijk laat dit nu niet toe."),
        gettext_noop(
            "Verandert de regel of uw situatie, dan kijkt de computer vanzelf opnieuw."
            " Uw verzekeraar moet u helpen een huisarts te vinden."
        ),
    ),
    ReviewAnswer.RIGHT_BY_ORDER: (
        gettext_noop("De uitkomst klopt. Er waren mensen vóór u in de rij."),
        gettext_noop("Uw plek in de rij en de datum van uw verzoek blijven staan."),
    ),
    ReviewAnswer.RIGHT_NO_PLACE: (
        gettext_noop("De uitkomst klopt. Er was geen plek en er was geen ruil."),
        gettext_noop("Uw wensen blijven staan. U doet vanzelf weer mee als er plek komt, en in de volgende ronde."),
    ),
    ReviewAnswer.RIGHT_REASON: (
        gettext_noop("De praktijk mocht deze reden geven."),
        gettext_noop("Uw wens telt één ronde niet mee en daarna weer wel. U houdt uw huisarts van nu."),
    ),
    ReviewAnswer.RULE_APPLIED_WRONGLY: (
        gettext_noop("Dit klopt niet. De regel van de praktijk is verkeerd toegepast."),
        gettext_noop(
            "Bel ons en noem de code. Dan hoort u hoe het wordt hersteld."
            " Intussen houdt u uw huisarts, uw wensen en uw datum."
        ),
    ),
    ReviewAnswer.DATA_WRONG: (
        gettext_noop("Dit klopt niet. De computer rekende met gegevens die niet kloppen."),
        gettext_noop("Bel ons en noem de code. Dan verbeteren wij de gegevens, en telt daarna het goede."),
    ),
    ReviewAnswer.NEEDS_A_TALK: (
        gettext_noop("Wij kunnen dit pas beoordelen als wij met u gesproken hebben."),
        gettext_noop("Bel ons en noem de code. Er is intussen niets veranderd."),
    ),
}


def code_of(review: Review) -> str:
    """The code by which somebody names their question at the telephone, and the region lists it."""
    return review.pk.hex[:6].upper()


def about(review: Review) -> str:
    """Which outcome it is about."""
    name = review.practice.name if review.practice is not None else ""
    match Reviewed(review.outcome):
        case Reviewed.WISH:
            return _("De wens voor %(practice)s levert nu niets op") % {"practice": name}
        case Reviewed.AT_ONCE:
            return _("Meteen inschrijven bij %(practice)s kon niet") % {"practice": name}
        case Reviewed.PRACTICE_NO:
            return _("%(practice)s zei nee tegen de overstap") % {"practice": name}
        case Reviewed.ROUND:
            return _("De uitkomst van een ronde in %(region)s") % {"region": review.region.name}


def reason_text(review: Review) -> str:
    """Why it was asked."""
    return _(REASONS[ReviewReason(review.reason)])


def found_text(answer: ReviewAnswer) -> str:
    """What was found."""
    return _(FOUND[answer][0])


def next_text(answer: ReviewAnswer) -> str:
    """What happens next."""
    return _(FOUND[answer][1])
