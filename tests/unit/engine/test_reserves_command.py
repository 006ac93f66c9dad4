# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`--reserves` from files to files: read strictly, hashed into the report, and asked for again by `verify`."""

import json
from pathlib import Path

import pytest
from tests.unit.engine.test_commands import put

from huisartsplek.config.cli import main
from huisartsplek.engine import commands
from huisartsplek.simulator.instances import base_instance


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A small made-up round on disk."""
    return put(base_instance(1500, seed=1), tmp_path / "in")


def reserves_in(tmp_path: Path, text: str) -> Path:
    """A file of reserves."""
    file = tmp_path / "reserves.csv"
    file.write_text(text, encoding="utf-8")
    return file


def open_practice(inputs: Path) -> str:
    """A practice that has places."""
    lines = (inputs / "practices.csv").read_text().splitlines()[1:]
    return next(line.split(",")[0] for line in lines if int(line.split(",")[1]) > 1)


@pytest.mark.parametrize("mechanism", ["waiting-list", "queue-then-swaps"])
def test_a_round_with_reserves_is_run_and_verified(inputs: Path, tmp_path: Path, mechanism: str) -> None:
    file = reserves_in(tmp_path, f"klasse;praktijk;plekken\n1;{open_practice(inputs)};2\n")
    out = tmp_path / "out"
    words = ["round", "run", str(inputs), "--out", str(out), "--seed", "s", "--mechanism", mechanism]
    assert main([*words, "--reserves", str(file)]) == 0
    assert len(json.loads((out / "report.json").read_text())["reserves_sha256"]) == 64
    assert main(["round", "verify", str(inputs), str(out), "--seed", "s", "--reserves", str(file)]) == 0
    assert commands.verify(inputs, out, "s") == 1
    file.write_text(f"practice,class,places\n{open_practice(inputs)},1,1\n")
    assert commands.verify(inputs, out, "s", file) == 1


def test_every_fault_in_the_reserves_is_named(
    inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = open_practice(inputs)
    text = f"practice,class,places\n{name},1,1\n{name},1,0\nnowhere,1,1\n{name},x,-1\n{name},2,9999\n"
    file = reserves_in(tmp_path, text)
    assert commands.run(inputs, tmp_path / "out", "s", "waiting-list", bound=False, reserves_file=file) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"reserves.csv, record 3, class: practice {name} has this class twice",
        "reserves.csv, record 4, practice: unknown practice nowhere",
        "reserves.csv, record 5, class: not a whole number",
        "reserves.csv, record 5, places: not a whole number",
        f"reserves.csv, record 6, places: more places are reserved at {name} than it has",
    ]
    assert not (tmp_path / "out").exists()
    assert commands.verify(inputs, tmp_path / "out", "s", tmp_path / "not-there.csv") == 2
    assert "not-there.csv: file is missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("mechanism", "bound", "by_region"),
    [
        ("trading-cycles", False, False),
        ("max-moves", False, False),
        ("waiting-list", True, False),
        ("waiting-list", False, True),
    ],
)
def test_reserves_are_refused_where_they_mean_nothing(
    inputs: Path, tmp_path: Path, mechanism: str, bound: bool, by_region: bool
) -> None:
    file = reserves_in(tmp_path, "practice,class,places\n")
    assert commands.run(inputs, tmp_path / "out", "s", mechanism, bound, by_region, file) == 2
    assert not (tmp_path / "out").exists()
