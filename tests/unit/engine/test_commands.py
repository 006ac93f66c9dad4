# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`round run` and `round verify` as functions: what they write, what they say, what they answer."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.engine.markets import household_round, one_person_round

from huisartsplek.engine import MECHANISM_NAMES, RoundResult, commands
from huisartsplek.engine.files import render_input, write_output
from huisartsplek.engine.mechanisms import whole_households
from huisartsplek.engine.tables import Tables
from huisartsplek.simulator.instances import base_instance


def put(tables: Tables, directory: Path) -> Path:
    """The four files of a round in a new directory."""
    directory.mkdir()
    for name, content in render_input(tables).items():
        (directory / name).write_bytes(content)
    return directory


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A small made-up round on disk."""
    return put(base_instance(500, seed=1), tmp_path / "in")


def run(inputs: Path, out: Path, *, mechanism: str = "queue-then-swaps", bound: bool = False) -> int:
    """`round run` with a seed."""
    return commands.run(inputs, out, "seed", mechanism, bound)


def test_a_round_is_run_and_verified_and_the_same_again(inputs: Path, tmp_path: Path) -> None:
    assert run(inputs, tmp_path / "one") == 0
    assert run(inputs, tmp_path / "two") == 0
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["cutoffs.csv", "exchanges.csv", "moves.csv", "outcomes.csv", "report.json"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert commands.verify(inputs, tmp_path / "one", "seed") == 0
    assert commands.verify(inputs, tmp_path / "one", None) == 0
    assert commands.verify(inputs, tmp_path / "one", "another seed") == 1


def test_bad_input_writes_nothing_and_lists_at_most_fifty_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wishes = [f"nowhere{number}" for number in range(60)]
    tables = one_person_round({"a": 0}, [("x", "", ["a"])])
    inputs = put(tables, tmp_path / "in")
    lines = "".join(f"x,{rank},{wish}\n" for rank, wish in enumerate(wishes, 1))
    (inputs / "wishes.csv").write_text("request,rank,practice\n" + lines)
    assert run(inputs, tmp_path / "out") == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "wishes.csv, record 2, practice: unknown practice nowhere0"
    assert said[50:] == ["and 10 more"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_a_directory_that_holds_files_is_refused_and_left_alone(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    assert run(inputs, out) == 2
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def test_an_empty_directory_may_be_filled(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert run(inputs, tmp_path / "out") == 0
    assert len(list((tmp_path / "out").iterdir())) == 5


def test_a_mechanism_that_does_not_exist_is_refused(
    inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(inputs, tmp_path / "out", mechanism="best") == 2
    assert "mechanism best is not available" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_missing_solver_is_named_with_the_extra_that_brings_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = put(household_round({"a": 2}, [("h", [("m1", ""), ("m2", "")], ["a"])]), tmp_path / "in")
    monkeypatch.setattr(whole_households, "SOLVER", "a_solver_that_is_not_there")
    assert run(inputs, tmp_path / "out", mechanism="max-moves") == 2
    assert "huisartsplek[optimum]" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nothing_but_what_we_say_comes_on_the_screen(tmp_path: Path) -> None:
    """In a process of its own, as the solver introduces itself once in a process, past Python's own output."""
    households = [(f"h{n}", [(f"{n}-{m}", "") for m in range(2)], ["a", "b"]) for n in range(3)]
    inputs = put(household_round({"a": 3, "b": 3}, households), tmp_path / "in")
    words = ["round", "run", str(inputs), "--out", str(tmp_path / "out"), "--seed", "s", "--mechanism", "max-moves"]
    command = [sys.executable, "-m", "huisartsplek", *words, "--bound"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("mechanism", MECHANISM_NAMES)
def test_the_bounds_are_in_the_report_where_they_are_asked_for(
    inputs: Path, tmp_path: Path, mechanism: str
) -> None:
    assert run(inputs, tmp_path / "out", mechanism=mechanism, bound=True) == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["placed"] <= report["bound_without_floor"]
    assert report["bound"] <= report["bound_without_floor"]


def test_a_result_that_its_own_verification_refuses_is_not_written(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = RoundResult.files

    def wrong(result: RoundResult) -> dict[str, bytes]:
        files = right(result)
        return files | {"moves.csv": files["moves.csv"][: files["moves.csv"].index(b"\n") + 1]}

    monkeypatch.setattr(RoundResult, "files", wrong)
    assert run(inputs, tmp_path / "out") == 1
    assert not (tmp_path / "out").exists()


def test_a_result_that_is_not_there_lacks_every_file(inputs: Path, tmp_path: Path) -> None:
    assert commands.verify(inputs, tmp_path / "nowhere", None) == 1


def test_verifying_against_bad_input_answers_two(inputs: Path, tmp_path: Path) -> None:
    assert run(inputs, tmp_path / "out") == 0
    (inputs / "requests.csv").unlink()
    assert commands.verify(inputs, tmp_path / "out", None) == 2


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"one\.csv"):
        write_output({"one.csv": b"1", "one.csv/two.csv": b"2"}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_the_base_instance_is_as_the_contract_describes_it() -> None:
    tables = base_instance(10_000, seed=5)
    assert tables == base_instance(10_000, seed=5)
    assert len(tables.practices.practice) == 10_000 // 204
    present = tables.members.practice
    assert 0.18 < present.count("") / len(present) < 0.22
    listed: dict[str, list[int]] = {}
    home = dict(zip(tables.members.request, present, strict=True))
    for request, rank, practice in zip(
        tables.wishes.request, tables.wishes.rank, tables.wishes.practice, strict=True
    ):
        listed.setdefault(request, []).append(rank)
        assert practice != home[request]
    assert {len(ranks) for ranks in listed.values()} == {3, 4, 5, 6, 7, 8}
    assert all(ranks == list(range(1, len(ranks) + 1)) for ranks in listed.values())
    assert max(tables.practices.places) <= 20
    assert all(tables.practices.swaps)
    assert set(tables.requests.priority) == {0, 1, 2}
