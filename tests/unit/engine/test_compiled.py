# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compiled code is kept where there is a place for it, found again only while nothing it rests on has changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEADER = "from huisartsplek.engine.compiled import compiled\n"
INNER = HEADER + "STEP = {step}\n@compiled\ndef inner(number: int) -> int:\n    return number + {plus}\n"
FULL = """
import errno
from numba.core.caching import IndexDataCacheFile

def refuse(*_):
    raise OSError(errno.ENOSPC, "No space left on device")

IndexDataCacheFile._save_data = refuse
"""
OUTER = (
    HEADER
    + "from inner import STEP, inner\n@compiled\ndef outer(number: int) -> int:\n    return inner(number) * STEP\n"
    + "print(outer(1), sum(outer.stats.cache_hits.values()))\n"
)


TYPES = (
    HEADER
    + "import sys\nargument = {'whole': 3, 'broken': 3.5}[sys.argv[1]]\n"
    + "@compiled\ndef half(number: float) -> float:\n    return number / 2\n"
    + "print(half(argument), sum(half.stats.cache_hits.values()))\n"
)


def run(folder: Path, home: Path, *, plus: int = 1, step: int = 10, full: bool = False) -> tuple[int, bool]:
    """What the outer kernel answers in a process of its own, and whether it was found compiled."""
    (folder / "inner.py").write_text(INNER.format(plus=plus, step=step))
    (folder / "outer.py").write_text((FULL if full else "") + OUTER)
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    environment |= {"XDG_CACHE_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(folder / "outer.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    answer, hits = done.stdout.split()
    return int(answer), hits != "0"


def test_a_second_process_finds_what_the_first_compiled(tmp_path: Path) -> None:
    assert run(tmp_path, tmp_path / "home") == (20, False)
    assert run(tmp_path, tmp_path / "home") == (20, True)
    assert not (tmp_path / "home").exists()


def test_a_change_in_a_kernel_or_value_of_another_file_is_not_missed(tmp_path: Path) -> None:
    assert run(tmp_path, tmp_path / "home") == (20, False)
    assert run(tmp_path, tmp_path / "home", plus=2) == (30, False)
    assert run(tmp_path, tmp_path / "home", plus=2, step=100) == (300, False)
    assert run(tmp_path, tmp_path / "home") == (20, True)


def test_where_the_program_cannot_be_written_to_the_users_own_directory_serves(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("a file, so nothing can be put in it")
    assert run(tmp_path, tmp_path / "home") == (20, False)
    assert run(tmp_path, tmp_path / "home") == (20, True)
    assert (tmp_path / "home" / "huisartsplek").is_dir()


def test_where_nothing_can_be_written_every_process_compiles_for_itself(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("a file, so nothing can be put in it")
    (tmp_path / "home").write_text("a file too")
    assert run(tmp_path, tmp_path / "home") == (20, False)
    assert run(tmp_path, tmp_path / "home") == (20, False)


def test_a_disk_that_is_full_keeps_nothing_and_stops_nobody(tmp_path: Path) -> None:
    assert run(tmp_path, tmp_path / "home", full=True) == (20, False)
    assert run(tmp_path, tmp_path / "home", full=True) == (20, False)


def of_types(folder: Path, argument: str) -> str:
    """What a kernel answers to a whole number or another one, and how often it was found compiled."""
    (folder / "halving.py").write_text(TYPES)
    command = [sys.executable, str(folder / "halving.py"), argument]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_code_that_stands_where_that_of_other_types_should_is_not_used(tmp_path: Path) -> None:
    """What two processes leave that compile for different types at once: each took the first free name."""
    assert of_types(tmp_path, "whole") == "1.5 0"
    assert of_types(tmp_path, "broken") == "1.75 0"
    one, other = sorted((tmp_path / "__pycache__" / "compiled").rglob("*.nbc"))
    one_code, other_code = one.read_bytes(), other.read_bytes()
    one.write_bytes(other_code)
    other.write_bytes(one_code)
    assert of_types(tmp_path, "whole") == "1.5 0"
    assert of_types(tmp_path, "broken") == "1.75 0"
    assert of_types(tmp_path, "whole") == "1.5 1"
    assert of_types(tmp_path, "broken") == "1.75 1"


def test_processes_that_compile_at_once_all_answer_right_and_so_do_later_ones(tmp_path: Path) -> None:
    (tmp_path / "halving.py").write_text(TYPES)
    command = [sys.executable, str(tmp_path / "halving.py")]
    started = [
        subprocess.Popen([*command, argument], stdout=subprocess.PIPE, text=True)
        for argument in ("whole", "broken", "whole")
    ]
    said = [process.communicate()[0].split()[0] for process in started]
    assert said == ["1.5", "1.75", "1.5"]
    assert of_types(tmp_path, "whole").startswith("1.5 ")
    assert of_types(tmp_path, "broken").startswith("1.75 ")


def test_where_the_environment_names_a_place_that_one_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "own"))
    assert of_types(tmp_path, "whole") == "1.5 0"
    assert of_types(tmp_path, "whole") == "1.5 1"
    assert (tmp_path / "own" / "compiled").is_dir()
    assert not (tmp_path / "__pycache__" / "compiled").exists()


def test_kept_code_of_which_half_is_left_is_compiled_again(tmp_path: Path) -> None:
    assert run(tmp_path, tmp_path / "home") == (20, False)
    kept = [path for path in (tmp_path / "__pycache__" / "compiled").rglob("*") if path.suffix in {".nbi", ".nbc"}]
    assert len(kept) >= 2
    for path in kept:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert run(tmp_path, tmp_path / "home") == (20, False)
