# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a house lies: both sources keep one contract, and silence of the real one costs nobody their search."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.integrations.addresses.map_service import MapService, a_map_service

from huisartsplek.integrations.addresses.fake import SILENT_AT, ExampleAddresses
from huisartsplek.integrations.addresses.live import Pdok
from huisartsplek.integrations.addresses.port import AddressesSilentError, AddressPort, Point, house_number
from huisartsplek.integrations.postcodes.bundled import postcodes_of
from huisartsplek.integrations.postcodes.port import PostcodePort
from huisartsplek.practices.centre import House, centre_at_house, find_centre
from huisartsplek.rules.values import Postcode
from huisartsplek.simulator.distances import km_between

HOME = Postcode.parse("2514 GL")
NO_HOUSE = 9_999


@pytest.fixture
def service() -> Iterator[MapService]:
    with a_map_service({("2514GL", "12"): "POINT(4.31026 52.08092)"}) as running:
        yield running


@pytest.fixture(params=["live", "fake"])
def source(request: pytest.FixtureRequest, service: MapService, postcodes: PostcodePort) -> AddressPort:
    return Pdok(service.url) if request.param == "live" else ExampleAddresses(postcodes)


@pytest.fixture
def postcodes(tmp_path_factory: pytest.TempPathFactory) -> PostcodePort:
    return postcodes_of(tmp_path_factory.getbasetemp())


def test_a_house_lies_near_the_middle_of_its_postcode_and_stays_there(
    source: AddressPort, postcodes: PostcodePort
) -> None:
    point = source.point_of(HOME, 12)
    assert point is not None
    assert source.point_of(HOME, 12) == point
    middle = find_centre(postcodes, "2514 GL")
    assert middle is not None
    assert km_between(middle, point) < 2


def test_a_number_that_is_not_there_is_no_house(source: AddressPort) -> None:
    assert source.point_of(HOME, NO_HOUSE) is None


def test_the_service_is_told_the_address_and_nothing_else(service: MapService) -> None:
    assert Pdok(service.url).point_of(HOME, 12) == Point(4.31026, 52.08092)
    (asked,) = service.asked
    assert asked.endswith("/free?fq=type%3Aadres&fq=postcode%3A2514GL&fq=huisnummer%3A12&fl=centroide_ll&rows=1")


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (500, ""),
        (429, ""),
        (200, "<html>"),
        (200, "[]"),
        (200, '{"response": {"docs": [{}]}}'),
        (200, '{"response": {"docs": [{"centroide_ll": "POINT EMPTY"}]}}'),
        (200, '{"response": {"docs": [{"centroide_ll": null}]}}'),
    ],
)
def test_what_is_no_answer_is_silence_and_is_not_asked_again_at_once(
    service: MapService, status: int, text: str
) -> None:
    now = [0.0]
    source = Pdok(service.url, clock=lambda: now[0])
    service.status, service.text = status, text
    for _ in range(2):
        with pytest.raises(AddressesSilentError):
            source.point_of(HOME, 12)
    assert len(service.asked) == 1
    now[0] += 31
    service.status, service.text = 200, ""
    assert source.point_of(HOME, 12) is not None


def test_nobody_waits_for_a_service_that_hangs_or_is_gone(service: MapService) -> None:
    service.slow_seconds = 3
    with pytest.raises(AddressesSilentError):
        Pdok(service.url).point_of(HOME, 12)
    with pytest.raises(AddressesSilentError):
        Pdok("http://127.0.0.1:9").point_of(HOME, 12)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" 12a", 12),
        ("12 B", 12),
        ("12-2", 12),
        ("99999", 99_999),
        ("012", None),
        ("a", None),
        ("", None),
    ],
)
def test_a_house_number_is_read_with_what_is_behind_it(typed: str, number: int | None) -> None:
    assert house_number(typed) == number


@given(st.text(max_size=10))
def test_whatever_is_typed_is_a_number_of_a_house_or_none(typed: str) -> None:
    assert house_number(typed) is None or 1 <= (house_number(typed) or 0) <= 99_999


@pytest.mark.parametrize(
    ("asked", "typed", "house"),
    [
        ("2514 GL", "12", House.FOUND),
        ("2514 GL", str(NO_HOUSE), House.UNKNOWN),
        ("2514 GL", "boven", House.UNKNOWN),
        ("2514 GL", str(SILENT_AT), House.SILENT),
        ("2514", "12", House.INCOMPLETE),
        ("Den Haag", "12", None),
    ],
)
def test_a_search_begins_at_the_door_where_it_can_and_else_where_it_was(
    asked: str, typed: str, house: House | None, postcodes: PostcodePort
) -> None:
    centre = find_centre(postcodes, asked)
    assert centre is not None
    begun = centre_at_house(ExampleAddresses(postcodes), centre, typed)
    assert begun.house is house
    assert ((begun.lon, begun.lat) != (centre.lon, centre.lat)) == (house is House.FOUND)
