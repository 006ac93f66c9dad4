# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The point a visitor searches around: a postcode, or the middle of a place."""

from dataclasses import dataclass

from huisartsplek.integrations.postcodes.port import PostcodePort
from huisartsplek.rules.values import BadValue, Postcode
from huisartsplek.simulator.gazetteer import plain
from huisartsplek.simulator.geography import Place

SHORTEST_PART = 4  # letters: fewer are a name only when they are the whole name


@dataclass(frozen=True, slots=True)
class Centre:
    """Where a search begins. Of a place nobody's own postcode is known."""

    name: str
    lon: float
    lat: float
    place: str
    pc4: int | None = None
    is_approximate: bool = False
    namesakes: tuple[Place, ...] = ()


def find_centre(postcodes: PostcodePort, text: str, *, province: str = "") -> Centre | None:
    """Read what somebody typed as a postcode, else as the name of a place; nothing when it is neither."""
    try:
        postcode = Postcode.parse(text)
    except BadValue:
        return _place(postcodes, text, province)
    found = postcodes.locate(postcode)
    return Centre(str(postcode), found.lon, found.lat, found.place, postcode.pc4, found.approximate)


def _place(postcodes: PostcodePort, text: str, province: str) -> Centre | None:
    wanted = plain(text)
    found = [
        place
        for place in postcodes.places_named(text)
        if len(wanted) >= SHORTEST_PART or plain(place.name) == wanted
    ]
    if not found:
        return None
    chosen = next((place for place in found if place.province == province), found[0])
    is_exact = plain(chosen.name) == wanted
    # Who typed a whole name may mean its namesake elsewhere; who typed a part, any place that has it.
    others = [place for place in found if place is not chosen and (not is_exact or plain(place.name) == wanted)]
    return Centre(chosen.name, chosen.lon, chosen.lat, chosen.name, namesakes=tuple(others[:5]))
