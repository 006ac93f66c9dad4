# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What became of a wish in a round, in plain words: bands for places in the queue, no count of people below ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from huisartsplek.rounds.reasons import Became, Lacks, WishReason
from huisartsplek.web.components.wording import number

if TYPE_CHECKING:
    from huisartsplek.rules.figures import Figure

HAD = frozenset({Became.GOT, Became.GOT_HIGHER})


def sentences(reason: WishReason) -> list[str]:
    """Say what became of a wish, and what a swap lacked."""
    lines = [_became(reason), _ahead(reason.ahead) if reason.ahead else "", _lacks(reason)]
    return [line for line in lines if line]


def _became(reason: WishReason) -> str:
    texts = {
        Became.BEHIND: _behind(reason),
        Became.GOT: _("Deze wens kreeg u."),
        Became.GOT_HIGHER: _("U kreeg een wens die u liever had."),
        Became.OWN_ONLY: _("Vol: er was hier geen plek voor wie nog geen patiënt van deze praktijk was."),
        Became.DOES_NOT_FIT: _("Er was hier niet genoeg plek voor u allemaal samen."),
        Became.KEPT_FOR_OTHERS: _("Vol: de plekken gingen naar mensen voor wie hier plek wordt vrijgehouden."),
        Became.QUEUE_GIVES: _("Met alleen de wachtlijst had u deze wens of een hogere gekregen."),
    }
    return texts[reason.became]


def _behind(reason: WishReason) -> str:
    if reason.last is None or reason.own is None:
        return _("Vol: de plekken gingen naar mensen vóór u in de rij.")
    first, last = reason.own
    own = {"first": number(first), "last": number(last)}
    if reason.last == reason.own:
        text = _("Vol. U en de laatste die hier een plek kreeg, stonden allebei tussen plek %(first)s en %(last)s.")
        return text % own
    got = {"got_first": number(reason.last[0]), "got_last": number(reason.last[1])}
    text = _(
        "Vol. De laatste die hier een plek kreeg, stond in de rij tussen plek %(got_first)s en %(got_last)s."
        " U stond tussen plek %(first)s en %(last)s."
    )
    return text % (own | got)


def _ahead(ahead: Figure) -> str:
    if ahead.count is None:
        return _("Vóór u in de rij wachten minder dan 10 anderen op deze praktijk.")
    if ahead.count == 0:
        return _("Vóór u in de rij wacht niemand anders op deze praktijk.")
    return _("Vóór u in de rij wachten ongeveer %(count)s anderen op deze praktijk.") % {
        "count": number(ahead.count)
    }


def _lacks(reason: WishReason) -> str:
    if reason.lacks is None:
        return ""
    texts = {
        Lacks.NO_PRACTICE: _("Ruilen kon niet: u hebt nog geen huisarts, dus geen plek om te geven."),
        Lacks.NOT_TRADED: _(
            "Ruilen kon niet: uw plek bij uw huisarts van nu telt nog niet mee. Die moet eerst bevestigd zijn."
        ),
        Lacks.OWN_DOES_NOT_SWAP: _("Ruilen kon niet: uw praktijk van nu doet niet mee met ruilen."),
        Lacks.WISHED_DOES_NOT_SWAP: _("Ruilen kon niet: deze praktijk doet niet mee met ruilen."),
        Lacks.NO_LEAVER: _("Ruilen kon niet: niemand die hier een plek kon geven, wilde weg."),
        Lacks.TAKER: _taker(reason.wishers),
    }
    return texts[reason.lacks]


def _taker(wishers: Figure | None) -> str:
    if wishers is not None and wishers.count == 0:
        return _("Ruilen kon niet: niemand anders wil de plek die u te geven hebt.")
    some = _("Enkele anderen willen de plek die u te geven hebt. Maar een ruil die u hierheen bracht, was er niet.")
    if wishers is None or wishers.count is None:
        return some
    many = _(
        "Ongeveer %(count)s anderen willen de plek die u te geven hebt."
        " Maar een ruil die u hierheen bracht, was er niet."
    )
    return many % {"count": number(wishers.count)}
