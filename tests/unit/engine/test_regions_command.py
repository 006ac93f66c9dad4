# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`round run --regions` from files to files, and `round verify` on the whole and on each phase."""

from pathlib import Path

import pytest
from tests.unit.engine.test_commands import put
from tests.unit.engine.test_regions import in_regions

from huisartsplek.config.cli import main
from huisartsplek.engine import commands
from huisartsplek.engine.tables import Tables
from huisartsplek.simulator.instances import base_instance


def made_up() -> Tables:
    """A made-up round of 1,500 requests over three regions; one name needs quotes, one practice lies in none."""
    tables = base_instance(1500, seed=3)
    names = ["noord", 'oost, "de"', "zuid"]
    practices = list(tables.practices.practice)
    return in_regions(tables, {name: names[at % 3] for at, name in enumerate(practices[1:])})


def test_the_whole_and_every_phase_verify_by_themselves(tmp_path: Path) -> None:
    inputs, out = put(made_up(), tmp_path / "in"), tmp_path / "out"
    assert main(["round", "run", str(inputs), "--out", str(out), "--seed", "s", "--regions"]) == 0
    assert main(["round", "verify", str(inputs), str(out), "--seed", "s"]) == 0
    assert commands.verify(inputs, out / "at-once" / "out", "s") == 0
    for phase in ("national", "regional/1", "regional/2", "regional/3"):
        assert commands.verify(out / phase / "in", out / phase / "out", "s") == 0
    assert commands.verify(inputs, out, "another seed") == 1
    assert sorted(path.name for path in out.iterdir()) == [
        "at-once",
        "ends.csv",
        "national",
        "regional",
        "regions.csv",
        "regions.json",
    ]


def test_a_change_deep_in_a_phase_is_named_by_its_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs, out = put(made_up(), tmp_path / "in"), tmp_path / "out"
    assert commands.run(inputs, out, "s", "queue-then-swaps", bound=False, by_region=True) == 0
    wishes = out / "regional" / "2" / "in" / "wishes.csv"
    wishes.write_bytes(wishes.read_bytes().replace(b",1,", b",9,", 1))
    (out / "national" / "notes.txt").write_text("mine")
    capsys.readouterr()
    assert commands.verify(inputs, out, "s") == 1
    said = capsys.readouterr().err
    assert "regional/2/in: input-hash: is not what follows" in said
    wishes.unlink()
    assert commands.verify(inputs, out, "s") == 1
    assert "regional/2/in/wishes.csv: files: is missing" in capsys.readouterr().err


def test_regions_are_asked_of_an_input_that_has_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = put(base_instance(300, seed=3), tmp_path / "in")
    assert commands.run(inputs, tmp_path / "out", "s", "queue-then-swaps", bound=False, by_region=True) == 2
    assert "practices.csv, region: no practice has a region" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
