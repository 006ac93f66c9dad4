# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The published tables and plots are those of the published figures, and growth is measured rightly."""

import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks.engine import foreseen, slope
from benchmarks.exchange_sizes import shares, sizes_by_source
from benchmarks.figures import growth_plot, tables, time_plot

FOLDER = Path(__file__).parents[3] / "docs/algorithms"


def test_the_page_and_the_plots_are_those_of_the_figures() -> None:
    kept = json.loads((FOLDER / "figures/engine.json").read_text())
    page = (FOLDER / "speed.md").read_text()
    for table in tables(kept):
        assert table in page
    assert (FOLDER / "figures/time.svg").read_text() == time_plot(kept)
    assert (FOLDER / "figures/growth.svg").read_text() == growth_plot(kept)


def test_the_slope_is_the_exponent_of_growth() -> None:
    assert slope([(n, 3.0 * n**1.5) for n in (10, 100, 1_000)]) == pytest.approx(1.5)
    row = {"10": {"processor": 1.0}, "100": {"processor": 50.0}, "1000": {"processor": 5_000.0}}
    assert foreseen({**row}, 10_000) == pytest.approx(500_000.0)
    assert foreseen({"10": {"processor": 1.0}, "100": "not within 5 s"}, 1_000) == 0.0


def test_chains_end_and_circles_close() -> None:
    # 0 and 1 swap; 2 takes the place of 3, who takes a free one; 4, 5 and 6 go around; 7 takes a free place.
    source = np.array([1, 0, 3, -1, 5, 6, 4, -1])
    assert sorted(sizes_by_source(source).tolist()) == [1, 2, 2, 3]
    assert shares(sizes_by_source(source), up_to=(1, 2, 3)) == {1: 0.125, 2: 0.625, 3: 1.0}
