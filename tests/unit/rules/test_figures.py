# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures about people: what may be published leaves nobody to be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.rules.figures import Figure, publishable

COUNTS = st.dictionaries(st.text(max_size=5), st.integers(0, 100_000), max_size=8)


@given(COUNTS)
def test_no_figure_between_one_and_nine_is_ever_told(counts: dict[str, int]) -> None:
    told = publishable(counts)
    assert told.keys() == counts.keys()
    assert not any(figure.count in range(1, 10) for figure in told.values())


@given(COUNTS)
def test_a_figure_is_hidden_exactly_when_it_is_one_to_nine(counts: dict[str, int]) -> None:
    told = publishable(counts)
    assert {key for key, figure in told.items() if figure.is_small} == {
        key for key, count in counts.items() if 0 < count < 10
    }


@given(COUNTS.filter(lambda counts: all(count == 0 or count >= 10 for count in counts.values())))
def test_without_small_figures_all_are_exact(counts: dict[str, int]) -> None:
    assert publishable(counts) == {key: Figure(count) for key, count in counts.items()}


@given(COUNTS, st.integers(1, 9))
def test_beside_a_small_figure_all_others_are_rounded_to_ten(counts: dict[str, int], small: int) -> None:
    told = publishable({**counts, "a small one": small})
    for key, count in counts.items():
        figure = told[key]
        assert figure.is_rounded
        if figure.count is not None:
            assert figure.count % 10 == 0
            assert abs(figure.count - count) <= 5


@given(st.lists(st.integers(10, 5000), min_size=1, max_size=5), st.integers(1, 9), st.integers(1, 9))
def test_a_hidden_figure_cannot_be_found_by_subtracting(others: list[int], one: int, other: int) -> None:
    """Two worlds that differ only in the hidden figure differ by at most one step of ten in the total."""

    def told(hidden: int) -> dict[str, Figure]:
        rows = {f"row {n}": count for n, count in enumerate(others)}
        return publishable({**rows, "hidden": hidden, "total": sum(others) + hidden})

    first, second = told(one), told(other)
    assert first["hidden"] == second["hidden"]
    assert first["row 0"] == second["row 0"]
    assert first["total"].count is not None
    assert second["total"].count is not None
    assert abs(first["total"].count - second["total"].count) <= 10


def test_a_count_below_zero_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="below zero"):
        publishable({"people": -1})


@given(COUNTS, st.integers(1, 9))
def test_of_a_whole_below_ten_nothing_is_told_a_nought_neither(counts: dict[str, int], few: int) -> None:
    told = publishable({**counts, "the whole": few}, whole="the whole")
    assert {figure.count for figure in told.values()} == {None}


@given(COUNTS, st.integers(10, 5000))
def test_a_whole_of_ten_or_more_hides_nothing_more(counts: dict[str, int], whole: int) -> None:
    everything = {**counts, "the whole": whole}
    assert publishable(everything, whole="the whole") == publishable(everything)
