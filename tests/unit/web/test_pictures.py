# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Charts, pictures of exchanges and the map are measured out so that nothing misleads or hides."""

import math

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.rules.intake import PublicStatus
from huisartsplek.web.components.charts import Bar, BarChart, RangeChart
from huisartsplek.web.components.exchange_picture import chain_picture, cycle_picture
from huisartsplek.web.components.map import HEIGHT, PIN_SIZE, WIDTH, MapPicture, Pin, Place, map_picture

HERE = Place("u", 52.0728, 4.3096)
KM_NORTH = 1 / 111.32


def chart(*values: float) -> BarChart:
    return BarChart("grafiek", "Hoeveel?", "Wat", "Mensen", [Bar(f"Soort {n}", v) for n, v in enumerate(values)])


@given(st.lists(st.integers(min_value=0, max_value=10_000_000), min_size=1, max_size=8))
def test_bars_are_as_long_as_their_figures_and_stay_in_the_picture(values: list[int]) -> None:
    drawing = chart(*values)
    bars = drawing.drawn()
    longest = max(bar.width for bar in bars)
    assert longest >= 100 or not any(values)
    for value, bar in zip(values, bars, strict=True):
        assert bar.value_x + 10 * len(bar.text) <= 390
        assert abs(bar.width - max(2, longest * value / (max(values) or 1))) <= 1


def test_a_chart_says_in_words_and_in_a_table_what_it_shows() -> None:
    drawing = BarChart("g", "Hoe?", "Manier", "Mensen", [Bar("Kring", 471), Bar("Keten", 4, "minder dan 10")])
    assert drawing.spoken == "Hoe? Kring: 471, Keten: minder dan 10"
    assert [tuple(row) for row in drawing.table.rows] == [("Kring", "471"), ("Keten", "minder dan 10")]


def test_a_hidden_figure_stands_nowhere_in_the_chart() -> None:
    drawing = BarChart("g", "Hoe?", "Manier", "Mensen", [Bar("Keten", 4, "minder dan 10")])
    assert "4" not in drawing.spoken + str(drawing.table.rows) + drawing.drawn()[0].text


def test_a_range_lies_between_its_marks() -> None:
    band = RangeChart(low=4, high=9, ends_at=12)
    marks = {tick.text: tick.x for tick in band.ticks}
    assert marks["3"] < band.x < marks["6"]
    assert band.x + band.width == pytest.approx(marks["9"])


@pytest.mark.parametrize(("low", "high", "ends_at"), [(5, 4, 12), (-1, 4, 12), (4, 13, 12)])
def test_a_range_that_does_not_fit_its_line_is_refused(low: int, high: int, ends_at: int) -> None:
    with pytest.raises(ValueError, match="fits on its line"):
        RangeChart(low=low, high=high, ends_at=ends_at)


def test_a_cycle_names_every_move() -> None:
    with translation.override("nl"):
        picture = cycle_picture("k", [("Anna", "Delft"), ("Bram", "Leiden"), ("Chadia", "Gouda")], caption="")
    assert picture.spoken == (
        "Anna gaat van Delft naar Leiden. Bram gaat van Leiden naar Gouda. Chadia gaat van Gouda naar Delft."
    )
    assert len(picture.houses) == len(picture.movers) == 3


def test_a_chain_begins_at_the_free_place_and_may_end_with_somebody_without_a_practice() -> None:
    with translation.override("nl"):
        picture = chain_picture("k", ["Delft", "Leiden"], ["Anna", "Bram"], caption="")
    assert picture.spoken == (
        "Anna gaat van Leiden naar Delft. Bram heeft nog geen huisarts en krijgt de plek in Leiden."
    )
    assert [house.has_free_place for house in picture.houses] == [True, False]


@pytest.mark.parametrize("count", [1, 4])
def test_a_cycle_of_one_or_of_more_than_three_houses_is_no_picture(count: int) -> None:
    with pytest.raises(ValueError, match="two or three"):
        cycle_picture("k", [("Anna", "Delft")] * count, caption="")


def test_a_chain_without_a_mover_for_each_place_is_no_picture() -> None:
    with pytest.raises(ValueError, match="a mover for each"):
        chain_picture("k", ["Delft", "Leiden", "Gouda"], ["Anna"], caption="")


def drawn(*offsets_km: tuple[float, float]) -> MapPicture:
    pins = [
        Pin(
            number,
            f"Praktijk {number}",
            PublicStatus.OPEN,
            HERE.latitude + north * KM_NORTH,
            HERE.longitude + east * KM_NORTH / math.cos(math.radians(HERE.latitude)),
        )
        for number, (east, north) in enumerate(offsets_km, start=1)
    ]
    return map_picture(pins, here=HERE)


offsets = st.floats(min_value=-12, max_value=12)


@given(st.lists(st.tuples(offsets, offsets), max_size=25))
def test_every_pin_is_on_the_map_and_none_hides_another(where: list[tuple[float, float]]) -> None:
    picture = drawn(*where)
    spots = [(pin.x, pin.y) for pin in picture.pins]
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in spots)
    for place, spot in enumerate(spots):
        assert all(math.dist(spot, other) >= PIN_SIZE for other in spots[:place])


def test_north_is_up_and_east_is_to_the_right() -> None:
    north, east = drawn((0, 2), (2, 0)).pins
    assert north.y < HEIGHT / 2 < HEIGHT
    assert east.x > WIDTH / 2
    assert abs(north.x - WIDTH / 2) < 1
    assert abs(east.y - HEIGHT / 2) < 1


def test_rings_have_the_size_of_their_kilometres() -> None:
    picture = drawn((0, 2))
    ring = next(ring for ring in picture.rings if ring.kilometres == 2)
    (pin,) = picture.pins
    assert HEIGHT / 2 - pin.point_y == pytest.approx(ring.radius, abs=0.2)


def test_a_wide_search_gets_rings_one_can_see() -> None:
    assert [ring.kilometres for ring in drawn((0, 1)).rings] == [1, 2]
    assert all(ring.radius >= 30 for ring in drawn((40, 10)).rings)


def test_practices_at_one_address_stand_side_by_side_with_a_line_to_it() -> None:
    first, second = drawn((1, 1), (1, 1)).pins
    assert not first.is_moved
    assert second.is_moved
    assert (second.point_x, second.point_y) == (first.x, first.y)


@pytest.mark.parametrize(
    ("latitude", "longitude", "has_land"),
    [(52.09, 5.12, True), (53.2, 4.0, False)],
    ids=["Utrecht", "the North Sea"],
)
def test_land_is_drawn_where_there_is_land(latitude: float, longitude: float, *, has_land: bool) -> None:
    picture = map_picture([], here=Place("u", latitude, longitude))
    assert bool(picture.land) is has_land


def test_the_drawing_of_the_land_stays_small() -> None:
    assert len(map_picture([], here=HERE).land) < 4000
