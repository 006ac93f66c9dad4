# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every refusal in plain words: what is so, and what one can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huisartsplek.rules.refusals import Refusal, RefusalCode

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Mapping[RefusalCode, str] = {
    RefusalCode.NO_PLACES: gettext_noop(
        "Deze praktijk heeft nu niet genoeg plek. Er is niets veranderd. Uw wens blijft staan."
    ),
    RefusalCode.WEEKLY_LIMIT_REACHED: gettext_noop(
        "Deze praktijk neemt deze week niemand meer aan. Uw wens blijft staan: volgende week kan het weer."
    ),
    RefusalCode.NOT_ADMITTED: gettext_noop(
        "De regel van deze praktijk laat dit niet toe. Op de pagina van de praktijk staat waarom."
    ),
    RefusalCode.OTHERS_FIRST: gettext_noop(
        "Er staan mensen vóór u in de rij van deze praktijk. Uw wens blijft staan, met de datum van uw verzoek."
    ),
    RefusalCode.ALREADY_THERE: gettext_noop(
        "Dit is al de huisarts van nu. Kies een andere praktijk, dan kunt u een verzoek doen."
    ),
    RefusalCode.ALREADY_REQUESTED: gettext_noop(
        "Voor één van deze mensen loopt al een verzoek. Dat verzoek kunt u veranderen of stoppen."
    ),
    RefusalCode.TOO_MANY_WISHES: gettext_noop("U kunt hoogstens 10 wensen hebben. Haal er eerst één weg."),
    RefusalCode.NO_WISHES: gettext_noop("Een verzoek heeft minstens één wens. Kies een praktijk."),
    RefusalCode.WISH_TWICE: gettext_noop("Dezelfde praktijk staat twee keer in uw wensen. Haal er één weg."),
    RefusalCode.UNKNOWN_PRACTICE: gettext_noop(
        "Deze praktijk doet hier niet mee, of de praktijk is gestopt. Kies een andere praktijk."
    ),
    RefusalCode.NOT_CONFIRMED: gettext_noop(
        "De praktijk van nu is nog niet bevestigd. Daarom kan deze plek nog niet geruild worden."
        " U verliest niets en doet verder gewoon mee."
    ),
    RefusalCode.HELD_TOO_SHORT: gettext_noop(
        "De huidige inschrijving is nog te kort om te ruilen. U verliest niets en doet verder gewoon mee."
    ),
    RefusalCode.ROUND_FROZEN: gettext_noop("Deze ronde is al vastgezet. Dat kan niet meer worden veranderd."),
    RefusalCode.ROUND_ALREADY_OPEN: gettext_noop("In deze regio loopt al een ronde. Rond die eerst af."),
    RefusalCode.ROUND_NOT_READY: gettext_noop("De ronde is hier nog niet aan toe. Kijk wat er nog moet gebeuren."),
    RefusalCode.PLACES_HELD: gettext_noop(
        "Deze plekken zijn apart gezet voor een ronde. Na de ronde kunt u ze weer veranderen."
    ),
    RefusalCode.DEADLINE_PASSED: gettext_noop(
        "De tijd om te antwoorden is voorbij. Niemand verliest daardoor zijn huisarts."
    ),
    RefusalCode.ALREADY_ANSWERED: gettext_noop(
        "Dit aanbod is al afgehandeld. Op uw eigen pagina staat hoe het ervoor staat."
    ),
    RefusalCode.NOT_YOUR_TURN: gettext_noop("Hier mag iemand anders over beslissen. Er is niets veranderd."),
    RefusalCode.NOT_ALLOWED_NOW: gettext_noop(
        "Dat kan op dit moment niet. Er is niets veranderd. Kijk hieronder hoe het er nu voor staat."
    ),
    RefusalCode.CONSENT_MISSING: gettext_noop(
        "Nog niet iedereen heeft ja gezegd. Zodra iedereen ja zegt, kan het verder."
    ),
    RefusalCode.CHANGED_MEANWHILE: gettext_noop(
        "Dit is intussen veranderd. Hieronder ziet u hoe het nu is. Kijk het na en probeer het opnieuw."
    ),
    RefusalCode.HOUSEHOLD_INCOMPLETE: gettext_noop(
        "Niet iedereen die u koos kan mee. Kies alleen mensen uit uw huishouden van wie wij de gegevens hebben."
    ),
    RefusalCode.MOVING_ALREADY: gettext_noop("Voor één van deze mensen staat al een overstap klaar."),
    RefusalCode.KEY_REUSED: gettext_noop(
        "Dit formulier was al verstuurd met andere antwoorden. Kijk hieronder wat er bewaard is."
    ),
    RefusalCode.NEGATIVE_NUMBER: gettext_noop("Een aantal plekken is 0 of meer. Vul een getal in, zoals 5."),
    RefusalCode.RULE_NOT_CONFIRMED: gettext_noop(
        "Deze praktijk heeft lang niet gezegd of haar regel nog klopt. Daarom kan niemand zich hier nu meteen"
        " inschrijven. Bel de praktijk. Uw wens blijft staan."
    ),
    RefusalCode.RULE_STARTS_LATER: gettext_noop(
        "Een regel gaat in op de dag dat u hem bewaart. Bewaar hem op de dag dat hij moet ingaan."
        " Tot die dag geldt uw regel van nu."
    ),
    RefusalCode.SECOND_PERSON_NEEDED: gettext_noop(
        "U deed dit voorstel zelf. Een andere coördinator van de regio beslist erover."
    ),
    RefusalCode.NUMBER_PENDING: gettext_noop(
        "Van één van deze mensen is het BSN nog niet bekend. Meteen inschrijven kan daarom nog niet."
        " De wens blijft staan, met de datum van het verzoek."
    ),
    RefusalCode.TOO_MANY_TRIES: gettext_noop(
        "Dit is te vaak geprobeerd. Wacht een uur en probeer het dan opnieuw. Er is niets veranderd."
    ),
    RefusalCode.WRONG_CODE: gettext_noop(
        "Deze code werkt niet. Kijk de code na. Misschien is de tijd voorbij, of is de code al gebruikt."
    ),
    RefusalCode.HELPED_ALREADY: gettext_noop(
        "Deze persoon wordt op dit moment al geholpen, of u helpt nog iemand anders. Rond dat eerst af."
    ),
    RefusalCode.BAD_POLICY: gettext_noop("Deze regel kan zo niet. Kijk de voorwaarden nog eens na."),
}


def refusal_text(refusal: Refusal) -> str:
    """Say a refusal in the language of the page."""
    return _(TEXTS[refusal.code])
