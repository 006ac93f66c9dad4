# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The point a visitor searches around: a postcode, the middle of a place, or about where they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from huisartsplek.integrations.addresses.port import AddressesSilentError, AddressPort, house_number
from huisartsplek.integrations.postcodes.port import PostcodePort
from huisartsplek.rules.values import BadValue, Postcode
from huisartsplek.simulator.gazetteer import plain
from huisartsplek.simulator.geography import Place

SHORTEST_PART = 4  # letters: fewer are a name only when they are the whole name
# A position counts in hundredths of a degree, about a kilometre: where somebody is stands nowhere more exactly.
POSITION_DECIMALS = 2
_POSITION = re.compile(r"(5[0-3]\.\d{1,9}),([3-7]\.\d{1,9})", re.ASCII)
_KM_TO_A_PLACE = 15.0  # farther from every place is at sea or abroad
# How people write the province behind a name that more places have: "Hengelo (O)", "Hengelo Gld".
_PROVINCES = {
    abbreviation: province
    for province, abbreviations in {
        "Groningen": "gr",
        "Friesland": "fr frl",
        "Drenthe": "dr",
        "Overijssel": "o ov",
        "Flevoland": "fl",
        "Gelderland": "g gld",
        "Utrecht": "u ut",
        "Noord-Holland": "nh",
        "Zuid-Holland": "zh",
        "Zeeland": "z zl",
        "Noord-Brabant": "nb nbr",
        "Limburg": "l lb",
    }.items()
    for abbreviation in abbreviations.split()
}
_OTHER_NAMES = {"s gravenhage": "Den Haag", "den bosch": "'s-Hertogenbosch", "the hague": "Den Haag"}


class House(StrEnum):
    """What became of the house number that somebody typed."""

    FOUND = "found"
    UNKNOWN = "unknown"  # there is none with this number
    INCOMPLETE = "incomplete"  # without the letters of the postcode a number says nothing
    SILENT = "silent"  # it could not be looked up now


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
    is_position: bool = False
    house: House | None = None


def find_centre(postcodes: PostcodePort, text: str, *, province: str = "") -> Centre | None:
    """Read what somebody typed as a postcode, else as the name of a place; nothing when it is neither."""
    try:
        postcode = Postcode.parse(text)
    except BadValue:
        name, told = _without_province(text)
        return _place(postcodes, text, province) or _place(postcodes, name, told)
    found = postcodes.locate(postcode)
    return Centre(str(postcode), found.lon, found.lat, found.place, postcode.pc4, found.approximate)


def centre_at_house(addresses: AddressPort, centre: Centre, typed: str) -> Centre:
    """Begin at the front door where it is known where that is; else stay where one was, and know why."""
    try:
        postcode = Postcode.parse(centre.name)
    except BadValue:
        return centre
    number = house_number(typed)
    if number is None:
        return replace(centre, house=House.UNKNOWN)
    if not postcode.letters:
        return replace(centre, house=House.INCOMPLETE)
    try:
        point = addresses.point_of(postcode, number)
    except AddressesSilentError:
        return replace(centre, house=House.SILENT)
    if point is None:
        return replace(centre, house=House.UNKNOWN)
    return replace(centre, lon=point.lon, lat=point.lat, is_approximate=False, house=House.FOUND)


def places_meant(postcodes: PostcodePort, text: str) -> Sequence[Place]:
    """Give a few places that somebody may have meant whose text is no postcode and no name."""
    if any(char.isdigit() for char in text):
        return ()
    return postcodes.places_alike(_without_province(text)[0])


def centre_at(postcodes: PostcodePort, text: str) -> Centre | None:
    """Read "52.08,4.31", a latitude and a longitude: rounded, and named after the nearest place."""
    found = _POSITION.fullmatch(text)
    if found is None:
        return None
    lat, lon = (round(float(number), POSITION_DECIMALS) for number in found.groups())
    around = postcodes.places_around(lon, lat, km=_KM_TO_A_PLACE, most=40)
    if not around:
        return None
    nearest = min(around, key=lambda place: ((place.lat - lat) ** 2 + (0.6 * (place.lon - lon)) ** 2, place.name))
    return Centre(nearest.name, lon, lat, nearest.name, is_position=True)


def _without_province(text: str) -> tuple[str, str]:
    """Part a name from the province behind it, in brackets or as an abbreviation."""
    bracketed = re.fullmatch(r"(.+?)\s*\(([^()]*)\)\s*", text)
    name, _blank, last = (bracketed[1], "", bracketed[2]) if bracketed else text.strip().rpartition(" ")
    hint = plain(last).replace(" ", "")
    whole = {plain(province).replace(" ", ""): province for province in _PROVINCES.values()}
    province = _PROVINCES.get(hint) or whole.get(hint)
    return (name, province) if province and name else (text, "")


def _place(postcodes: PostcodePort, text: str, province: str) -> Centre | None:
    text = _OTHER_NAMES.get(plain(text), text)
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
