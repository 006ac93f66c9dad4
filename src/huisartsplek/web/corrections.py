# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A turn that comes back, in words: what went wrong and what counts now; the same for the person and the region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huisartsplek.rules.corrections import ProvenError, TurnBack
from huisartsplek.web.components.wording import day

if TYPE_CHECKING:
    from huisartsplek.rounds.models import Correction

ERRORS: dict[ProvenError, str] = {
    ProvenError.RULE_APPLIED_WRONGLY: gettext_noop("De regel van een praktijk was verkeerd toegepast."),
    ProvenError.DATA_WRONG: gettext_noop("De computer rekende met gegevens die niet klopten."),
    ProvenError.ENDED_WRONGLY: gettext_noop("Een eerder verzoek was ten onrechte gestopt."),
    ProvenError.ANSWER_LOST: gettext_noop("Een antwoord was wel gegeven, maar telde niet mee."),
}
GIVES: dict[TurnBack, str] = {
    TurnBack.DATE: gettext_noop("De eerdere datum telt weer."),
    TurnBack.GOES_FIRST: gettext_noop("Het verzoek gaat in de volgende ronde voor, binnen de eigen groep."),
    TurnBack.BOTH: gettext_noop(
        "De eerdere datum telt weer, en het verzoek gaat in de volgende ronde voor, binnen de eigen groep."
    ),
}


def error_text(correction: Correction) -> str:
    """What went wrong."""
    return _(ERRORS[ProvenError(correction.error)])


def gives_text(correction: Correction) -> str:
    """What is given back, with the date where there is one."""
    text = _(GIVES[TurnBack(correction.gives)])
    if correction.since is None:
        return text
    return text + " " + _("Die datum is %(day)s.") % {"day": day(correction.since)}


def restored_text(correction: Correction) -> str:
    """What came back and why, for whoever got it back."""
    when = _("Twee medewerkers van de regio keken dit na. Het geldt sinds %(day)s.") % {
        "day": day(correction.state_since)
    }
    return " ".join([error_text(correction), gives_text(correction), when])
