# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts people say yes to, each with its version: what somebody agreed to is kept as they read it.

A text is never changed: a better one is a next version, so that a yes of last year is still to last year's text.
The texts are for the lawyer to look at. They name practices, never people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from huisartsplek.rules.wording import Text

Language = Literal["nl", "en"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as somebody read it, and which version in which language it was."""

    version: str
    text: str


# For each version: for oneself, and for one's child.
RECORD_TRANSFER: Mapping[int, tuple[Text, Text]] = {
    1: (
        Text(
            "Mijn medisch dossier mag naar mijn nieuwe huisarts. {old} mag het sturen aan {new}. Het"
            " dossier gaat van huisarts naar huisarts. Huisartsplek ziet het nooit. {new} vraagt het op"
            " bij {old}: zij weten dan van elkaar dat ik overstap. Ik kan dit terugnemen zolang het"
            " dossier niet is verstuurd.",
            "My medical record may go to my new GP. {old} may send it to {new}. The record goes from GP"
            " to GP. Huisartsplek never sees it. {new} asks {old} for it: they then know of each other"
            " that I change. I can take this back as long as the record has not been sent.",
        ),
        Text(
            "Het medisch dossier van mijn kind mag naar de nieuwe huisarts. {old} mag het sturen aan"
            " {new}. Het dossier gaat van huisarts naar huisarts. Huisartsplek ziet het nooit. {new}"
            " vraagt het op bij {old}: zij weten dan van elkaar dat mijn kind overstapt. Ik kan dit"
            " terugnemen zolang het dossier niet is verstuurd.",
            "My child's medical record may go to the new GP. {old} may send it to {new}. The record goes"
            " from GP to GP. Huisartsplek never sees it. {new} asks {old} for it: they then know of each"
            " other that my child changes. I can take this back as long as the record has not been sent.",
        ),
    ),
}


def record_transfer_text(*, for_child: bool) -> Text:
    """Give the text of today with the practices still open, for who translates it; what binds is the Dutch."""
    return RECORD_TRANSFER[max(RECORD_TRANSFER)][for_child]


def record_transfer_wording(
    *, from_practice: str, to_practice: str, for_child: bool, language: Language
) -> Wording:
    """Give the text of today about the record of oneself or of a child, from one practice to another."""
    number = max(RECORD_TRANSFER)
    text = record_transfer_text(for_child=for_child)
    whose = "child" if for_child else "self"
    words = text.nl if language == "nl" else text.en
    return Wording(f"record_transfer/{number}/{whose}/{language}", words.format(old=from_practice, new=to_practice))


INSURER_HELP: Mapping[int, Text] = {
    1: Text(
        "Mijn zorgverzekeraar {insurer} mag zien dat ik een huisarts zoek, om mij daarbij te helpen. {insurer} ziet"
        " mijn naam, geboortedatum en e-mailadres, en sinds wanneer ik zoek. Niets over mijn gezondheid, mijn"
        " huisgenoten, mijn adres of mijn huisarts van nu. Het geldt zolang ik zoek. Ik kan dit altijd terugnemen.",
        "My health insurer {insurer} may see that I look for a GP, in order to help me. {insurer} sees my name,"
        " date of birth and e-mail address, and since when I have been looking. Nothing about my health, the"
        " people I live with, my address or my present GP. It holds as long as I look. I can always take this"
        " back.",
    ),
}


def insurer_help_wording(insurer: str, *, language: Language) -> Wording:
    """Give the text of today about the help of one's own insurer."""
    number = max(INSURER_HELP)
    text = INSURER_HELP[number]
    words = text.nl if language == "nl" else text.en
    return Wording(f"insurer_help/{number}/{language}", words.format(insurer=insurer))
