# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine as a library: what its page shows is so, and its names do what the commands do."""

import doctest
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.unit.engine.markets import one_person_round, rounds

from huisartsplek import engine
from huisartsplek.engine import MECHANISM_NAMES, Problem, ReserveTable, Tables, read, recut, solve, verify, write
from huisartsplek.engine.files import render_input

SEED = "drand 1234"
PAGE = Path(__file__).parents[3] / "docs/algorithms/api.md"
WITHOUT_DJANGO = (
    "import sys, huisartsplek.engine; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
)


def test_what_the_page_shows_is_so(tmp_path: Path) -> None:
    found = doctest.testfile(
        str(PAGE), module_relative=False, globs={"folder": tmp_path}, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert found.attempted > 10
    assert found.failed == 0


def test_every_public_name_is_there_and_on_the_page() -> None:
    page = PAGE.read_text()
    for name in engine.__all__:
        assert hasattr(engine, name)
    for name in ("read", "Problem.of", "solve", "recut", "verify", "explain", "what_helps", "carried_out", "write"):
        assert f"`{name}(" in page


def test_it_needs_no_django() -> None:
    assert subprocess.run([sys.executable, "-c", WITHOUT_DJANGO], check=False).returncode == 0


@settings(max_examples=40, deadline=None)
@given(tables=rounds(largest_household=2))
def test_moves_in_one_heap_are_cut_as_solve_cuts_them(tables: Tables) -> None:
    problem = Problem.of(tables, seed=SEED)
    result = solve(problem)
    heap = replace(result, moves=replace(result.moves, exchange=[1 for _ in result.moves.person]))
    assert recut(problem, heap).files() == result.files()


def test_a_circle_of_four_is_cut_into_two_swaps_and_moves_the_same_people() -> None:
    people = [("a", "p", ["q"]), ("b", "q", ["p"]), ("c", "p", ["q"]), ("d", "q", ["p"])]
    problem = Problem.of(one_person_round({"p": 0, "q": 0}, people), seed=SEED)
    result = solve(problem)
    follows = {"a": "b", "b": "c", "c": "d", "d": "a"}
    moves = replace(result.moves, source=[follows[person] for person in result.moves.person], exchange=[1] * 4)
    again = recut(problem, replace(result, moves=moves))
    assert list(again.exchanges.persons) == [2, 2]
    assert sorted(zip(again.moves.person, again.moves.to, strict=True)) == sorted(
        zip(moves.person, moves.to, strict=True)
    )
    assert verify(problem, again) == []


@pytest.mark.parametrize("mechanism", MECHANISM_NAMES)
def test_files_written_are_verified_and_a_changed_one_is_refused(tmp_path: Path, mechanism: str) -> None:
    people = [("new", "", ["p"]), ("a", "p", ["q"]), ("b", "q", ["p"])]
    for name, content in render_input(one_person_round({"p": 0, "q": 1}, people)).items():
        (tmp_path / name).write_bytes(content)
    problem = Problem.of(read(tmp_path), seed=SEED)
    result = solve(problem, mechanism=mechanism)
    write(result, tmp_path / "out")
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert verify(problem, files) == verify(problem, result) == []
    assert verify(problem, files | {"outcomes.csv": files["outcomes.csv"].replace(b"moved", b"waits")})
    with pytest.raises(FileExistsError):
        write(result, tmp_path / "out")


def test_a_round_with_reserves_is_verified_with_them() -> None:
    people = [("x", "", ["p"]), ("y", "", []), ("kept", "", ["p"])]
    tables = one_person_round({"p": 1}, people)
    kept = Problem.of(tables, seed=SEED, reserves=ReserveTable(["p"], [1], [1]))
    result = solve(kept)
    assert list(result.moves.person) == ["kept"]
    assert verify(kept, result) == []
    assert verify(Problem.of(tables, seed=SEED), result)


def test_a_mechanism_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        solve(Problem.of(one_person_round({}, []), seed=SEED), mechanism="best")
