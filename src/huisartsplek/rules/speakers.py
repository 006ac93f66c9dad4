# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who says a text in a language: how it fills in words, counts, and writes a day or a number."""

from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from huisartsplek.rules.wording import MONTHS, Counted, Text

Language = Literal["nl", "en"]


class Speaker(Protocol):
    """Says our texts in one language."""

    def say(self, text: Text, **words: str) -> str:
        """Say a text with these words filled in."""

    def count(self, text: Counted, number: int) -> str:
        """Say a text around a number."""

    def day(self, day: date) -> str:
        """Write a day with its year."""

    def number(self, number: Decimal) -> str:
        """Write a number."""

    def with_capital(self, phrase: str) -> str:
        """Begin a phrase as sentences begin."""


class Dutch:
    """The language our texts are written in."""

    def say(self, text: Text, **words: str) -> str:
        """Fill in the Dutch."""
        return text.nl % words

    def count(self, text: Counted, number: int) -> str:
        """One, or more."""
        return (text.nl_one if number == 1 else text.nl_more) % {"count": number}

    def day(self, day: date) -> str:
        """As in "27 november 2026"."""
        return f"{day.day} {MONTHS[day.month - 1].nl} {day.year}"

    def number(self, number: Decimal) -> str:
        """As in "2,5"."""
        return plain_number(number).replace(".", ",")

    def with_capital(self, phrase: str) -> str:
        """Raise the first letter."""
        return phrase[:1].upper() + phrase[1:]


class English(Dutch):
    """The other language that says everything."""

    def say(self, text: Text, **words: str) -> str:
        """Fill in the English."""
        return text.en % words

    def count(self, text: Counted, number: int) -> str:
        """One, or more."""
        return (text.en_one if number == 1 else text.en_more) % {"count": number}

    def day(self, day: date) -> str:
        """As in "27 November 2026"."""
        return f"{day.day} {MONTHS[day.month - 1].en} {day.year}"

    def number(self, number: Decimal) -> str:
        """As in "2.5"."""
        return plain_number(number)


def plain_number(number: Decimal) -> str:
    """Write a number with a point and without noughts at its end."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


DUTCH: Speaker = Dutch()
ENGLISH: Speaker = English()
