# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The small round as the page tells it: two questions, pictures, and in plain words why somebody stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huisartsplek.engine.explaining import (
    Behind,
    DoesNotFit,
    DoesNotSwap,
    InQueue,
    InSwaps,
    KeptForOthers,
    NeedsTaker,
    NoLeaver,
    NoPlace,
    NothingToGive,
    OwnOnly,
    QueueGives,
)
from huisartsplek.web.components.exchange_picture import (
    MOST_HOUSES,
    ExchangePicture,
    chain_picture,
    cycle_picture,
    move_sentences,
)
from huisartsplek.web.public.small_round import TOWNS, Exchange, Person, SmallRound, Staying, small_round

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

NOWHERE = "geen"
AS_AN_EXAMPLE = {"nu": "Leiden", "wil": "Delft"}


class TryForm(forms.Form):
    """Where Fatma is, and where she wants to go."""

    nu = forms.ChoiceField(
        label=gettext_lazy("Waar heeft Fatma nu een huisarts?"),
        choices=[(NOWHERE, gettext_lazy("Nergens")), *((town, town) for town in TOWNS)],
        error_messages={
            "required": gettext_lazy("Kies waar Fatma nu een huisarts heeft."),
            "invalid_choice": gettext_lazy("Kies Delft, Leiden, Gouda, Zeist of nergens."),
        },
    )
    wil = forms.ChoiceField(
        label=gettext_lazy("Waar wil Fatma een huisarts?"),
        choices=[(town, town) for town in TOWNS],
        error_messages={
            "required": gettext_lazy("Kies waar Fatma een huisarts wil."),
            "invalid_choice": gettext_lazy("Kies Delft, Leiden, Gouda of Zeist."),
        },
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a wish for where she is already."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("nu") and found.get("nu") == found.get("wil"):
            self.add_error("wil", _("Daar heeft Fatma al een huisarts. Kies een andere plaats."))
        return found


@dataclass(frozen=True, slots=True)
class Shown:
    """One exchange: its picture, or sentences where it has too many houses for one."""

    picture: ExchangePicture | None
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Trial:
    """The small round as the page shows it."""

    people: Sequence[str]
    queue: Sequence[Shown]
    swaps: Sequence[Shown]
    staying: Sequence[tuple[str, str]]  # a name, and why


def read_trial(asked: QueryDict) -> tuple[TryForm, Trial | None]:
    """The form and what it gives: an example while nothing is asked, nothing where it is not understood."""
    is_asked = "nu" in asked or "wil" in asked
    form = TryForm({key: asked.get(key, "") for key in AS_AN_EXAMPLE} if is_asked else AS_AN_EXAMPLE)
    if not form.is_valid():
        return form, None
    here = "" if form.cleaned_data["nu"] == NOWHERE else form.cleaned_data["nu"]
    return form, _told(small_round(here, form.cleaned_data["wil"]))


def _told(found: SmallRound) -> Trial:
    by_swaps = {move.there for exchange in found.swaps for move in exchange.moves}
    return Trial(
        people=[_introduced(person) for person in found.people],
        queue=[_shown(exchange, f"wachtlijst-{number}") for number, exchange in enumerate(found.queue, 1)],
        swaps=[_shown(exchange, f"ruil-{number}") for number, exchange in enumerate(found.swaps, 1)],
        staying=[(stays.person.name, _why(stays, by_swaps)) for stays in found.staying],
    )


def _introduced(person: Person) -> str:
    words = {"name": person.name, "here": person.here, "wish": person.wish}
    if not person.here:
        return _("%(name)s heeft nog geen huisarts en wil naar %(wish)s.") % words
    return _("%(name)s heeft een huisarts in %(here)s en wil naar %(wish)s.") % words


def _shown(exchange: Exchange, anchor: str) -> Shown:
    people = [move.name for move in exchange.moves]
    sentences = move_sentences([(move.name, move.here, move.there) for move in exchange.moves])
    if exchange.is_circle:
        stops = [(move.name, move.here) for move in exchange.moves]
        caption = _("Een kring. Er was geen vrije plek voor nodig.")
        picture = cycle_picture(anchor, stops, caption=caption) if len(stops) <= MOST_HOUSES else None
        return Shown(picture, sentences)
    places = [move.there for move in exchange.moves]
    places += [move.here for move in exchange.moves[-1:] if move.here]
    caption = _("Het begint bij de vrije plek in %(town)s. Wie daarheen gaat, laat een plek achter.")
    if len(places) == 1:
        caption = _("De vrije plek in %(town)s.")
    picture = (
        chain_picture(anchor, places, people, caption=caption % {"town": places[0]})
        if len(places) <= MOST_HOUSES
        else None
    )
    return Shown(picture, sentences)


def _why(stays: Staying, by_swaps: set[str]) -> str:
    parts = [_in_queue(stays, stays.why.queue)]
    if stays.why.swap is not None:
        parts.append(_in_swaps(stays, stays.why.swap))
    if stays.person.wish in by_swaps:
        parts.append(_("Wie er door een ruil heen ging, gaf zelf een plek weg."))
    return " ".join(parts)


def _in_queue(stays: Staying, code: InQueue) -> str:
    words: dict[str, object] = {"name": stays.person.name, "town": stays.person.wish}
    match code:
        case Behind(last=last, own=own):
            text = _(
                "%(town)s is vol. De laatste die er een plek kreeg, stond op plek %(last)d in de rij."
                " %(name)s staat op plek %(own)d."
            )
            return text % (words | {"last": last, "own": own})
        case OwnOnly():
            return _("%(town)s zit vol met wie er al is.") % words
        case DoesNotFit() | KeptForOthers():
            return _("In %(town)s is niet genoeg plek.") % words
        case QueueGives():
            return _("Met alleen de wachtlijst ging %(name)s naar %(town)s.") % words
        case _ as never:
            assert_never(never)


def _in_swaps(stays: Staying, code: InSwaps) -> str:
    words: dict[str, object] = {"name": stays.person.name, "town": stays.person.wish, "here": stays.person.here}
    match code:
        case NothingToGive(why=NoPlace.NO_PRACTICE):
            return _("Ruilen kan niet: wie nog geen huisarts heeft, heeft geen plek om te geven.")
        case NothingToGive():
            text = _(
                "Ruilen kan niet: de praktijk in %(here)s ruilt niet. De plek van %(name)s kan niemand overnemen."
            )
            return text % words
        case DoesNotSwap():
            return _("De praktijk in %(town)s ruilt niet. Gaat daar iemand weg, dan komt er geen plek.") % words
        case NoLeaver():
            return _("Ruilen kan niet: in %(town)s wil niemand weg die een plek kan geven.") % words
        case NeedsTaker(wishers=0):
            return _("Ruilen kan niet: niemand anders wil naar %(here)s.") % words
        case NeedsTaker():
            text = _("Er wil wel iemand naar %(here)s, maar er is geen kring waarin %(name)s naar %(town)s kan.")
            return text % words
        case _ as never:
            assert_never(never)
