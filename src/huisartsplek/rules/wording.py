# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fixed words for each code, in Dutch and English; other languages translate the Dutch."""

from typing import NamedTuple

from huisartsplek.rules.intake import Fact, PublicStatus, StopReason, VerdictKind
from huisartsplek.rules.refusals import PracticeRefusal


class Text(NamedTuple):
    """The same words in both languages, with `%(name)s` where something is filled in."""

    nl: str
    en: str


class Counted(NamedTuple):
    """Words around a number, `%(count)s`, for one and for more."""

    nl_one: str
    nl_more: str
    en_one: str
    en_more: str


MONTHS = (
    Text("januari", "January"),
    Text("februari", "February"),
    Text("maart", "March"),
    Text("april", "April"),
    Text("mei", "May"),
    Text("juni", "June"),
    Text("juli", "July"),
    Text("augustus", "August"),
    Text("september", "September"),
    Text("oktober", "October"),
    Text("november", "November"),
    Text("december", "December"),
)
FACTS = {
    Fact.PC4: Text("uw postcode", "your postcode"),
    Fact.MOVED_IN_ON: Text("de datum waarop u hier kwam wonen", "the date you moved here"),
    Fact.DISTANCE_KM: Text("de afstand tot de praktijk", "the distance to the practice"),
    Fact.MINUTES: Text("uw reistijd met de fiets", "your travel time by bicycle"),
    Fact.HAS_GP: Text("de vraag of u al een huisarts heeft", "whether you already have a GP"),
    Fact.HOUSEHOLD_MEMBER_IS_PATIENT: Text(
        "de vraag of iemand in uw huishouden er patiënt is", "whether someone in your household is a patient there"
    ),
    Fact.NEWBORN_SIBLING: Text(
        "de vraag of het om een pasgeboren broertje of zusje van een patiënt gaat",
        "whether it is for a newborn brother or sister of a patient",
    ),
    Fact.FAMILY_REUNIFICATION: Text(
        "de vraag of u door gezinshereniging naar Nederland kwam",
        "whether you came to the Netherlands through family reunification",
    ),
    Fact.VIA_MEDIATION: Text("de vraag of u via bemiddeling komt", "whether you come through mediation"),
}
UNKNOWN_FACTS = {
    Fact.PC4: Text("in welke postcode u woont", "in which postcode you live"),
    Fact.MOVED_IN_ON: Text("sinds wanneer u hier woont", "since when you have lived here"),
    Fact.DISTANCE_KM: Text("hoe ver u van de praktijk woont", "how far from the practice you live"),
    Fact.MINUTES: Text("hoe lang u naar de praktijk fietst", "how long you cycle to the practice"),
    Fact.HAS_GP: Text("of u al een huisarts heeft", "whether you already have a GP"),
    Fact.HOUSEHOLD_MEMBER_IS_PATIENT: Text(
        "of iemand in uw huishouden patiënt van de praktijk is",
        "whether someone in your household is a patient of the practice",
    ),
    Fact.NEWBORN_SIBLING: Text(
        "of het om een pasgeboren broertje of zusje van een patiënt gaat",
        "whether it is for a newborn brother or sister of a patient",
    ),
    Fact.FAMILY_REUNIFICATION: Text(
        "of u door gezinshereniging naar Nederland kwam",
        "whether you came to the Netherlands through family reunification",
    ),
    Fact.VIA_MEDIATION: Text("of u via bemiddeling komt", "whether you come through mediation"),
}
YES_OR_NO = {
    Fact.HAS_GP: (
        Text("U heeft nog geen huisarts", "You have no GP yet"),
        Text("U heeft al een huisarts", "You already have a GP"),
    ),
    Fact.HOUSEHOLD_MEMBER_IS_PATIENT: (
        Text(
            "Niemand in uw huishouden is patiënt van de praktijk",
            "Nobody in your household is a patient of the practice",
        ),
        Text(
            "Iemand in uw huishouden is patiënt van de praktijk",
            "Someone in your household is a patient of the practice",
        ),
    ),
    Fact.FAMILY_REUNIFICATION: (
        Text(
            "U kwam niet door gezinshereniging naar Nederland",
            "You did not come to the Netherlands through family reunification",
        ),
        Text(
            "U kwam door gezinshereniging naar Nederland",
            "You came to the Netherlands through family reunification",
        ),
    ),
    Fact.VIA_MEDIATION: (
        Text("U komt niet via bemiddeling", "You do not come through mediation"),
        Text("U komt via bemiddeling", "You come through mediation"),
    ),
}
STATUSES = {
    PublicStatus.OPEN: Text("Neemt nieuwe patiënten aan", "Takes new patients"),
    PublicStatus.CONDITIONAL: Text("Onder voorwaarden", "Under conditions"),
    PublicStatus.WAITING_LIST: Text("Wachtlijst", "Waiting list"),
    PublicStatus.SWAP_ONLY: Text("Alleen ruilen", "Swaps only"),
    PublicStatus.CLOSED: Text("Gesloten", "Closed"),
    PublicStatus.UNKNOWN: Text("Onbekend", "Unknown"),
}
VERDICTS = {
    VerdictKind.YES_NOW: Text("Ja, u kunt zich hier nu inschrijven.", "Yes, you can enrol here now."),
    VerdictKind.QUEUE: Text("Er is een wachtlijst. U mag erop.", "There is a waiting list. You may join it."),
    VerdictKind.QUEUE_NOT_ALLOWED: Text(
        "Er is een wachtlijst. U mag er niet op.", "There is a waiting list. You may not join it."
    ),
    VerdictKind.SWAP_ONLY: Text("Alleen door te ruilen.", "Only by swapping."),
    VerdictKind.NO: Text("Nee, nu niet.", "No, not now."),
    VerdictKind.UNKNOWN: Text("Wij weten het niet. Bel de praktijk.", "We do not know. Call the practice."),
}
STOP_REASONS = {
    StopReason.FULL_LIST: Text("De praktijk heeft genoeg patiënten.", "The practice has enough patients."),
    StopReason.STAFF: Text("De praktijk heeft te weinig personeel.", "The practice has too few staff."),
    StopReason.HOUSING: Text("De praktijk heeft te weinig ruimte.", "The practice has too little room."),
    StopReason.NEIGHBOURS_CLOSED: Text(
        "Andere praktijken in de buurt nemen niemand aan.", "Other practices nearby take nobody."
    ),
    StopReason.CARE_DEMAND: Text(
        "De patiënten van de praktijk hebben veel zorg nodig.", "The practice's patients need much care."
    ),
    StopReason.SUCCESSION: Text(
        "De praktijk gaat over naar een andere huisarts.", "The practice is passing to another GP."
    ),
    StopReason.OTHER: Text("De praktijk heeft een andere reden.", "The practice has another reason."),
}
PRACTICE_REFUSALS = {
    PracticeRefusal.FULL: Text("De praktijk is vol.", "The practice is full."),
    PracticeRefusal.TOO_FAR: Text("U woont te ver van de praktijk.", "You live too far from the practice."),
    PracticeRefusal.OUTSIDE_RULE: Text(
        "U past niet bij de voorwaarden die de praktijk heeft gepubliceerd.",
        "You do not fit the conditions the practice has published.",
    ),
    PracticeRefusal.CARE_VIEW_AFTER_TALK: Text(
        "Na een gesprek bleek dat u en de praktijk anders denken over zorg.",
        "A talk showed that you and the practice see care differently.",
    ),
    PracticeRefusal.EARLIER_BREACH_OF_TRUST: Text(
        "Het vertrouwen tussen u en de praktijk is eerder geschaad.",
        "Trust between you and the practice was broken before.",
    ),
    PracticeRefusal.IDENTITY_NOT_ESTABLISHED: Text(
        "De praktijk kon niet vaststellen wie u bent.", "The practice could not establish who you are."
    ),
}
