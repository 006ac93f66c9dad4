# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every Dutch text that a citizen meets reads easily enough: level B1, as far as a formula can tell.

Thresholds, for Douma's reading ease (see `reading.py`): 60 for a text of ten words and more, and 25 for a shorter
one, in which a single long word weighs too much for a formula. No sentence has more than 20 words. Words of five
syllables and more are those of a list: each is the name of a thing that has no shorter one.
"""

from statistics import mean

import pytest
from tests.unit.languages.catalogue import of_citizens
from tests.unit.languages.reading import ease, longest, sentences, syllables

LEAST_OF_A_TEXT, LEAST_OF_A_LINE, MOST_WORDS = 60, 25, 20
A_TEXT, A_LINE = 10, 4
DUTCH = sorted({text for entry in of_citizens().values() for text in (entry.text, entry.plural) if text})
LONG_WORDS = {
    # on every form of the government, or of the law
    *("burgerservicenummer", "e-mailadres", "geboortedatum", "gezinshereniging", "identiteitskaart"),
    *("geschilleninstantie", "klachtenfunctionaris", "klachtenregeling"),
    *(
        "telefoonnummer",
        "identiteitsbewijs",
        "legitimatie",
        "zorgbemiddeling",
        "zorgverzekeraar",
        "toegankelijkheid",
    ),
    # what somebody is called at work
    *(
        "coördinator",
        "functionaris",
        "gegevensbescherming",
        "organisatie",
        "privacyfunctionaris",
        "huisartsenpraktijk",
    ),
    # what is done here, in one word on every page
    *(
        "beoordelingen",
        "overgenomen",
        "overstapdatum",
        "teruggegeven",
        "teruggekomen",
        "teruggenomen",
        "uitnodigingen",
    ),
    # must be said exactly
    *("levensgevaarlijk", "onafhankelijk", "onafhankelijke"),
}
# Each with why it stays as it is.
HARD = {
    "Kaart: Natural Earth, plaatsen: GeoNames (CC BY 4.0). Reistijden zijn een schatting.": "names by licence",
    "u komt via bemiddeling door de regio of uw zorgverzekeraar": "the names of the service and of who gives it",
    "Vrouwelijke en mannelijke huisarts": "a fact people choose on",
    "bemiddelaar van een verzekeraar": "what somebody is called at work",
    "coördinator van de regio": "what somebody is called at work",
    "Vingerafdruk van alle verzoeken samen": "what it is called wherever it is published",
    "Opnieuw gerekend: precies dezelfde uitslag": "must be said exactly",
    "U deed dit voorstel zelf. Een andere coördinator van de regio beslist erover.": "read at work",
    "Uw naam, geboortedatum en e-mailadres.": "what exactly is seen",
    "Bij postcode %(pc4)s, binnen %(radius)s kilometer.": "two facts in one line",
}


def length(text: str) -> int:
    return sum(len(words) for words in sentences(text))


def test_every_text_of_citizens_reads_easily() -> None:
    hard = {text: round(ease(text)) for text in DUTCH if length(text) >= A_TEXT and ease(text) < LEAST_OF_A_TEXT}
    assert {text: score for text, score in hard.items() if text not in HARD} == {}


def test_every_line_of_a_few_words_reads_easily() -> None:
    lines = [text for text in DUTCH if A_LINE <= length(text) < A_TEXT]
    hard = {text: round(ease(text)) for text in lines if ease(text) < LEAST_OF_A_LINE}
    assert {text: score for text, score in hard.items() if text not in HARD} == {}


def test_no_sentence_is_long() -> None:
    assert {text: longest(text) for text in DUTCH if longest(text) > MOST_WORDS} == {}


def test_no_word_is_long_that_could_be_shorter() -> None:
    words = {word.lower() for text in DUTCH for part in sentences(text) for word in part if syllables(word) >= 5}
    assert words - LONG_WORDS == set()


def test_the_texts_together_read_very_easily() -> None:
    assert len(DUTCH) > 1000
    assert mean(ease(text) for text in DUTCH if length(text) >= A_TEXT) > 80


def test_no_exception_outlives_its_text() -> None:
    assert set(HARD) - set(DUTCH) == set()


@pytest.mark.parametrize(
    ("word", "count"),
    [("huisarts", 2), ("praktijk", 2), ("nieuwe", 2), ("patiënt", 3), ("ruilen", 2), ("inschrijving", 3)],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_tone_of_authorities_fails_and_ours_does_not() -> None:
    theirs = (
        "Bij uitblijven van een reactie binnen de daartoe gestelde reactietermijn komt het aanbod van rechtswege te"
        " vervallen, en kunnen aan eerdere mededelingen dienaangaande geen rechten worden ontleend."
    )
    ours = "Doet u niets? Dan telt dat als nee. U houdt uw huisarts en uw plek in de rij."
    assert ease(theirs) < 30 < LEAST_OF_A_TEXT < ease(ours)
    assert longest(theirs) > MOST_WORDS > longest(ours)
