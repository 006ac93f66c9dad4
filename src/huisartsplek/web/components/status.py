# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public status of a practice as badge and pin: words, colours and shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from huisartsplek.rules.intake import PublicStatus
from huisartsplek.rules.sentences import sentence
from huisartsplek.web.components.speaking import page_speaker

if TYPE_CHECKING:
    from huisartsplek.rules.sentences import Sayable
    from huisartsplek.rules.speakers import Language

_CSS_CLASSES = {
    PublicStatus.OPEN: "hp-open",
    PublicStatus.CONDITIONAL: "hp-voorwaarden",
    PublicStatus.WAITING_LIST: "hp-wachtlijst",
    PublicStatus.SWAP_ONLY: "hp-ruil",
    PublicStatus.CLOSED: "hp-gesloten",
    PublicStatus.UNKNOWN: "hp-onbekend",
}


def reader_language() -> Language:
    """The language that binds for who reads this page: Dutch, or English on an English page."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def say(thing: Sayable) -> str:
    """A rule, status, verdict or refusal in the language of the page."""
    return sentence(thing, page_speaker())


@dataclass(frozen=True, slots=True)
class StatusSign:
    """A status with what its templates need."""

    status: PublicStatus

    @property
    def label(self) -> str:
        """The words on the badge."""
        return say(self.status)

    @property
    def css_class(self) -> str:
        """The class that carries its colours."""
        return _CSS_CLASSES[self.status]

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return self.status.value

    @property
    def drawing(self) -> str:
        """The template that draws the shape of its pin."""
        return f"web/components/pins/{self.status.value}.html"


def sign(status: PublicStatus | StatusSign | str) -> StatusSign:
    """The sign of a status, given as itself or by its value."""
    return status if isinstance(status, StatusSign) else StatusSign(PublicStatus(status))
