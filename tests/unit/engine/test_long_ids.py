# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""An id may be of any length: what `round run` takes, `verify` and `settle` take too."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.markets import one_person_round
from tests.unit.engine.test_commands import put
from tests.unit.engine.test_regions import in_regions

from huisartsplek.engine import commands, csvtext
from huisartsplek.engine.verify import form

LONG = "x," * csv.field_size_limit()  # twice what Python's own reader takes, and quoted


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Two people who swap and one who gets a free place, all with ids that fill pages."""
    a, b, c = (f"{name}{LONG}" for name in "abc")
    tables = one_person_round(
        {a: 0, b: 0, c: 1}, [(f"1{LONG}", a, [b]), (f"2{LONG}", b, [a]), (f"3{LONG}", "", [c])]
    )
    return put(in_regions(tables, {a: "west", b: "west", c: "oost"}), tmp_path / "in")


def test_a_round_of_long_ids_is_run_verified_and_settled(inputs: Path, tmp_path: Path) -> None:
    assert commands.run(inputs, tmp_path / "out", "s", "queue-then-swaps", bound=False) == 0
    assert commands.verify(inputs, tmp_path / "out", "s") == 0
    answers = tmp_path / "answers.csv"
    answers.write_bytes(csvtext.render(("request", "answer"), ([f"{who}{LONG}" for who in "123"], ["yes"] * 3)))
    assert commands.settle(inputs, tmp_path / "out", answers, tmp_path / "settled") == 0
    assert len(csvtext.rows_of((tmp_path / "settled" / "moves.csv").read_bytes())) == 3


def test_a_regional_round_of_long_ids_is_run_and_verified(inputs: Path, tmp_path: Path) -> None:
    assert commands.run(inputs, tmp_path / "out", "s", "queue-then-swaps", bound=False, by_region=True) == 0
    assert commands.verify(inputs, tmp_path / "out", "s") == 0


def test_a_round_of_long_ids_with_reserves_is_run_and_verified(inputs: Path, tmp_path: Path) -> None:
    reserves = tmp_path / "reserves.csv"
    reserves.write_bytes(csvtext.render(("practice", "class", "places"), ([f"c{LONG}"], ["0"], ["1"])))
    out = tmp_path / "out"
    assert commands.run(inputs, out, "s", "queue-then-swaps", bound=False, reserves_file=reserves) == 0
    assert commands.verify(inputs, out, "s", reserves) == 0


@given(rows=st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=6)] * 2), max_size=8))
def test_a_finished_file_is_read_back_as_it_was_written(rows: list[tuple[str, str]]) -> None:
    content = csvtext.render(("one", "two"), ([one for one, _ in rows], [two for _, two in rows]))
    written = sorted(({"one": one, "two": two} for one, two in rows), key=lambda row: (row["one"], row["two"]))
    by_python = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    for read in (csvtext.rows_of(content), form.rows_of(content), by_python):
        assert sorted(read, key=lambda row: (row["one"], row["two"])) == written
