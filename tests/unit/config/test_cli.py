# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The console command explains itself, and loads no more than the subcommand needs."""

import subprocess
import sys
from pathlib import Path

import pytest

from huisartsplek import __version__
from huisartsplek.config.cli import MECHANISMS, build_parser, main


def loaded_by(*arguments: str) -> set[str]:
    """Give the top-level packages that running the command loads."""
    question = (
        "import sys; from huisartsplek.config.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print('LOADED', *{name.split('.')[0] for name in sys.modules})"
    )
    asked = subprocess.run([sys.executable, "-c", question, *arguments], check=True, capture_output=True, text=True)
    return set(asked.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("command", ["round", "serve", "worker", "demo", "manage"])
def test_help_names_every_subcommand(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert f"\n    {command} " in capsys.readouterr().out


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"huisartsplek {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["round", "run", "--help"], ["demo", "--help"]])
def test_explaining_loads_neither_django_nor_numpy(arguments: list[str]) -> None:
    assert not loaded_by(*arguments) & {"django", "numpy", "numba", "psycopg", "procrastinate"}


def test_a_round_never_loads_django(tmp_path: Path) -> None:
    for arguments in (
        ["round", "run", str(tmp_path), "--out", str(tmp_path / "out"), "--seed", "s"],
        ["round", "verify", str(tmp_path), str(tmp_path)],
    ):
        loaded = loaded_by(*arguments)
        assert "huisartsplek" in loaded
        assert not loaded & {"django", "psycopg", "procrastinate"}


def test_a_round_on_bad_input_exits_2_and_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["round", "run", str(tmp_path), "--out", str(out), "--seed", "s"]) == 2
    assert not out.exists()


def test_the_arguments_of_a_round_are_those_of_the_contract() -> None:
    run = build_parser().parse_args(["round", "run", "in", "--out", "out", "--seed", "2026 x"])
    assert (run.in_dir, run.out, run.seed, run.mechanism, run.bound) == (
        Path("in"),
        Path("out"),
        "2026 x",
        "queue-then-swaps",
        False,
    )
    for mechanism in MECHANISMS:
        chosen = ["round", "run", "in", "--out", "out", "--seed", "s", "--mechanism", mechanism, "--bound"]
        assert build_parser().parse_args(chosen).mechanism == mechanism
    verify = build_parser().parse_args(["round", "verify", "in", "out"])
    assert (verify.in_dir, verify.out_dir, verify.seed) == (Path("in"), Path("out"), None)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["round"],
        ["round", "run", "in", "--seed", "s"],
        ["round", "run", "in", "--out", "out"],
        ["round", "run", "in", "--out", "out", "--seed", "s", "--mechanism", "best"],
        ["round", "run", "in", "--out", "out", "--se", "s"],
        ["serve", "--port", "0"],
        ["demo", "--port", "eight"],
        ["worker", "--concurrency", "0"],
    ],
)
def test_a_wrong_command_line_exits_2_with_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: huisartsplek" in capsys.readouterr().err


def test_it_also_runs_as_a_module() -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "huisartsplek", "--version"], check=True, capture_output=True, text=True
    )
    assert asked.stdout == f"huisartsplek {__version__}\n"
