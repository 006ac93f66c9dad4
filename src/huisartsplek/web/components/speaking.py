# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rules said in any language of the pages: Dutch and English by themselves, the others through translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, ngettext

from huisartsplek.rules.speakers import DUTCH, ENGLISH, plain_number
from huisartsplek.web.components.wording import day as day_with_year

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from huisartsplek.rules.speakers import Speaker
    from huisartsplek.rules.wording import Counted, Text


class Translated:
    """Says our texts in the language of the page that is being made."""

    def say(self, text: Text, **words: str) -> str:
        """Fill in the translation."""
        return gettext(text.nl) % words

    def count(self, text: Counted, number: int) -> str:
        """Take the form that the language has for this number."""
        return ngettext(text.nl_one, text.nl_more, number) % {"count": number}

    def day(self, day: date) -> str:
        """Write a day as the other words on the page do."""
        return day_with_year(day)

    def number(self, number: Decimal) -> str:
        """Write a number with the comma or point of the language."""
        return number_format(plain_number(number))

    def with_capital(self, phrase: str) -> str:
        """Raise the first letter; the Turkish i keeps its dot."""
        first = "İ" if get_language() == "tr" and phrase[:1] == "i" else phrase[:1].upper()
        return first + phrase[1:]


_TRANSLATED: Speaker = Translated()


def page_speaker() -> Speaker:
    """Who says a rule in the language of the page."""
    language = (get_language() or "nl")[:2]
    return {"nl": DUTCH, "en": ENGLISH}.get(language, _TRANSLATED)
