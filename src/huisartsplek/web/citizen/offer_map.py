# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where an offered practice is: on a map with the practice of now, and what one wins in minutes, estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.queries import statuses_of
from huisartsplek.simulator.distances import DUTCH_SPEEDS, Travel
from huisartsplek.web.citizen.wish_cards import CYCLED_AT_MOST_KM, ESTIMATED_AT_MOST_KM
from huisartsplek.web.components.map import MapPicture, Pin, Place, map_picture
from huisartsplek.web.components.wording import distance_in_full, minutes

if TYPE_CHECKING:
    from datetime import datetime

    from huisartsplek.practices.models import Practice
    from huisartsplek.requests.queries import OwnOffer

NAMES_ON_MAP = 6


def practices_on_map(own: OwnOffer) -> list[Practice]:
    """Give the offered practice, and the practice of now where it is near enough for one picture."""
    near = len(own.here) == 1 and own.km_now is not None and own.km_now <= ESTIMATED_AT_MOST_KM
    return [own.practice, *own.here] if near else [own.practice]


def offer_map(own: OwnOffer, *, at: datetime) -> MapPicture | None:
    """Draw them around where the reader lives; nothing where nobody knows that."""
    home = own.viewer
    if home.latitude is None or home.longitude is None or own.km_then is None:
        return None
    shown = practices_on_map(own)
    status = statuses_of([one.pk for one in shown], at=at)
    pins = [
        Pin(number, one.name, status[one.pk], one.latitude, one.longitude) for number, one in enumerate(shown, 1)
    ]
    reach = max(2.2, own.km_then, own.km_now or 0.0 if len(shown) > 1 else 0.0)
    names = chosen_postcodes().places_around(home.longitude, home.latitude, km=reach, most=NAMES_ON_MAP)
    return map_picture(
        pins,
        here=Place(_("u"), home.latitude, home.longitude),
        places=[Place(place.name, place.lat, place.lon) for place in names if place.name != home.place],
    )


def what_one_wins(km_now: float | None, km_then: float | None) -> str:
    """Say in a sentence how much nearer or farther the offered practice is; nothing where nobody can tell."""
    if km_now is None or km_then is None:
        return ""
    if max(km_now, km_then) > ESTIMATED_AT_MOST_KM:
        difference = distance_in_full(abs(km_now - km_then))
        nearer, farther = _("Deze praktijk is %(how)s dichterbij."), _("Deze praktijk is %(how)s verder weg.")
        return (nearer if km_then <= km_now else farther) % {"how": difference}
    is_cycled = max(km_now, km_then) <= CYCLED_AT_MOST_KM
    travel = Travel.BICYCLE if is_cycled else Travel.CAR
    won = DUTCH_SPEEDS.minutes(km_now, travel) - DUTCH_SPEEDS.minutes(km_then, travel)
    if won == 0:
        return _("De reis duurt ongeveer even lang als nu. Dat is een schatting.")
    if is_cycled:
        text = (
            _("U fietst ongeveer %(time)s minder per rit.")
            if won > 0
            else _("U fietst ongeveer %(time)s langer per rit.")
        )
    else:
        text = (
            _("U rijdt ongeveer %(time)s minder per rit, met de auto.")
            if won > 0
            else _("U rijdt ongeveer %(time)s langer per rit, met de auto.")
        )
    return text % {"time": minutes(abs(won))} + " " + _("Dat is een schatting, van een rechte lijn gemaakt.")
