# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`round settle`: rounds written out by hand, what it reads, writes, refuses and says."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from tests.unit.engine.markets import household_round, one_person_round

from huisartsplek.config.cli import main
from huisartsplek.engine import BadInput, commands, run_round
from huisartsplek.engine.files import render_input, write_output
from huisartsplek.engine.settle import Settlement, read_answers, read_computed, settle_round
from huisartsplek.engine.tables import Tables

SEED = "drand 1234"


def settled(tables: Tables, mechanism: str = "queue-then-swaps", **answers: bool) -> Settlement:
    """Compute a round and settle it with these answers."""
    computed = read_computed(run_round(tables, seed=SEED, mechanism=mechanism).files())
    return settle_round(tables, computed, answers)


def proposals(settlement: Settlement) -> dict[str, tuple[str, str]]:
    """From where to where each person is asked to go in the repair."""
    moves = settlement.proposed
    return dict(zip(moves.person, zip(moves.from_, moves.to, strict=True), strict=True))


def test_a_place_that_was_declined_goes_first_to_whoever_fell_by_a_no() -> None:
    tables = one_person_round(
        {"a": 0, "b": 0, "c": 1},
        [
            ("first", "", ["c"]),
            ("early", "", ["c"]),
            ("x", "a", ["b", "c"]),
            ("y", "b", ["a"]),
        ],
    )
    settlement = settled(tables, first=False, x=True, y=False)
    assert settlement.settled.person == []
    assert proposals(settlement) == {"x": ("a", "c")}
    nobody_fell = settled(tables, first=False, x=False, y=False)
    assert proposals(nobody_fell) == {"early": ("", "c")}


def test_who_stands_may_be_asked_to_move_up_and_makes_room_only_then() -> None:
    tables = one_person_round(
        {"a": 1, "b": 1}, [("first", "", ["a"]), ("second", "", ["a", "b"]), ("third", "", ["b"])]
    )
    settlement = settled(tables, first=False, second=True)
    assert settlement.settled.to == ["b"]
    moves = settlement.proposed
    assert proposals(settlement) == {"second": ("b", "a"), "third": ("", "b")}
    assert dict(zip(moves.person, moves.source, strict=True)) == {"second": "", "third": "second"}
    assert moves.exchange == [1, 1]


def test_the_place_of_somebody_who_declined_is_not_traded() -> None:
    tables = one_person_round({"a": 0, "b": 0, "c": 1}, [("x", "a", ["b", "c"]), ("y", "b", ["a"])])
    settlement = settled(tables, x=True, y=False)
    assert proposals(settlement) == {"x": ("a", "c")}
    settlement = settled(tables, x=False, y=True)
    assert proposals(settlement) == {}


def test_what_no_repair_can_restore_is_listed() -> None:
    tables = one_person_round({"a": 0, "c": 1}, [("keeper", "a", ["c"]), ("new", "", ["a"])])
    settlement = settled(tables, keeper=False, new=True)
    assert settlement.files()["below_floor.csv"] == b"request,queue_rank,rank\nnew,1,\n"
    assert settlement.below_before == 1


def test_a_household_that_stands_partly_at_a_wish_needs_a_place_for_each_to_move_up() -> None:
    tables = household_round(
        {"a": 2, "b": 1},
        [
            ("first", [("f", "")], ["a"]),
            ("home", [("h1", "b"), ("h2", "")], ["a", "b"]),
        ],
    )
    settlement = settled(tables, first=False, home=True)
    assert settlement.settled.person == ["h2"]
    assert proposals(settlement) == {"h1": ("b", "a"), "h2": ("b", "a")}


def put(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A small round with its result on disk, and where its answers are to stand."""
    tables = one_person_round({"a": 0, "b": 0}, [("x", "a", ["b"]), ("ÿ", "b", ["a"]), ("z", "", ["a"])])
    write_output(render_input(tables), tmp_path / "in")
    assert commands.run(tmp_path / "in", tmp_path / "out", SEED, "queue-then-swaps", bound=False) == 0
    return tmp_path / "in", tmp_path / "out", tmp_path / "answers.csv"


def test_settling_writes_four_files_and_the_same_ones_again(tmp_path: Path) -> None:
    in_dir, out_dir, answers = put(tmp_path)
    answers.write_text("﻿antwoord;verzoek\r\nja;ÿ\r\n\r\nyes;x\r\n", encoding="utf-8")
    done = tmp_path / "done"
    assert main(["round", "settle", str(in_dir), str(out_dir), "--answers", str(answers), "--out", str(done)]) == 0
    assert sorted(path.name for path in done.iterdir()) == [
        "below_floor.csv",
        "moves.csv",
        "repair.csv",
        "settlement.json",
    ]
    assert (done / "moves.csv").read_bytes() == (out_dir / "moves.csv").read_bytes()
    report = json.loads((done / "settlement.json").read_bytes())
    assert report["answers_sha256"] == sha256("answers.csv\nrequest,answer\nx,yes\nÿ,yes\n".encode()).hexdigest()
    assert report["input_sha256"] == json.loads((out_dir / "report.json").read_bytes())["input_sha256"]
    assert report["seed"] == SEED
    answers.write_text("request,answer\nx,ja\nÿ,ja\n", encoding="utf-8")
    assert commands.settle(in_dir, out_dir, answers, tmp_path / "again") == 0
    for path in done.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_every_fault_in_the_answers_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_dir, out_dir, answers = put(tmp_path)
    answers.write_text("request,answer\nx,yes\nx,no\nz,yes\nnobody,no\n,yes\nÿ,maybe\nÿ\n", encoding="utf-8")
    capsys.readouterr()
    assert commands.settle(in_dir, out_dir, answers, tmp_path / "done") == 2
    assert capsys.readouterr().err.splitlines() == [
        "answers.csv, record 3, request: x is there twice",
        "answers.csv, record 4, request: z does not move, so it was asked nothing",
        "answers.csv, record 5, request: unknown request nobody",
        "answers.csv, record 6, request: required cell is empty",
        "answers.csv, record 7, answer: not yes or no",
        "answers.csv, record 8: 1 cells where the header has 2",
    ]
    assert not (tmp_path / "done").exists()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "answers.csv: file is missing"),
        (b"", "answers.csv, record 1, answer: column is missing"),
        (b"request,verzoek,answer\n", "answers.csv, record 1, request: column is there twice"),
        (b"request,answer\nx,\xff\n", "answers.csv: not UTF-8 at byte 17"),
        (b'request,ans"wer\n', "answers.csv, record 1: stray quote"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes | None, fault: str) -> None:
    path = tmp_path / "answers.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput) as bad:
        read_answers(path, known={"x"}, offered={"x"})
    assert str(bad.value.faults[0]) == fault


def test_a_result_that_does_not_hold_is_not_settled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    in_dir, out_dir, answers = put(tmp_path)
    answers.write_text("request,answer\n")
    moves = (out_dir / "moves.csv").read_text(encoding="utf-8")
    (out_dir / "moves.csv").write_text(moves.replace("x,x,a,b", "x,x,b,b"), encoding="utf-8")
    assert commands.settle(in_dir, out_dir, answers, tmp_path / "done") == 1
    assert "is not a result that holds" in capsys.readouterr().err
    assert not (tmp_path / "done").exists()


def test_a_directory_that_holds_files_is_not_settled_into(tmp_path: Path) -> None:
    in_dir, out_dir, answers = put(tmp_path)
    answers.write_text("request,answer\n")
    before = sorted(path.name for path in out_dir.iterdir())
    assert commands.settle(in_dir, out_dir, answers, out_dir) == 2
    assert sorted(path.name for path in out_dir.iterdir()) == before
    (in_dir / "wishes.csv").unlink()
    assert commands.settle(in_dir, out_dir, answers, tmp_path / "done") == 2


@pytest.mark.parametrize(
    ("flag", "instead"),
    [("--regions", "settle each regional/N/out"), ("--reserves", "carry out what stands")],
)
def test_a_round_with_regions_or_reserves_is_not_settled_at_once_and_what_to_do_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flag: str, instead: str
) -> None:
    in_dir, _, answers = put(tmp_path)
    answers.write_text("request,answer\n")
    practices = (in_dir / "practices.csv").read_text()
    (in_dir / "practices.csv").write_text(practices.replace(",yes,", ",yes,north"))
    (tmp_path / "reserves.csv").write_text("practice,class,places\n")
    more = [flag, str(tmp_path / "reserves.csv")] if flag == "--reserves" else [flag]
    out = tmp_path / "other"
    assert main(["round", "run", str(in_dir), "--out", str(out), "--seed", SEED, *more]) == 0
    assert commands.settle(in_dir, out, answers, tmp_path / "done") == 2
    assert instead in capsys.readouterr().err
    assert not (tmp_path / "done").exists()
    if flag == "--regions":
        regional = out / "regional" / "1"
        assert commands.settle(regional / "in", regional / "out", answers, tmp_path / "done") == 0
