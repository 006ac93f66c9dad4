# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""After `huisartsplek round prepare` no round compiles anything."""

import subprocess
import sys
from itertools import product
from pathlib import Path

from tests.unit.engine.test_commands import put
from tests.unit.engine.test_regions import in_regions

from huisartsplek.engine.mechanisms import MECHANISMS
from huisartsplek.simulator.instances import base_instance, household_instance

# Every kernel is counted with the types it is called with; compiled now or taken from disk makes no difference.
COUNTING = """
import sys
from huisartsplek.config.cli import main
from huisartsplek.engine import compiled

def types():
    kernels = compiled._stamps
    return {(kernel.__module__, kernel.__name__, types) for kernel in kernels for types in kernel.signatures}

if sys.argv[1] == "prepared":
    main(["round", "prepare"])
before = types()
for words in sys.argv[2:]:
    assert main(words.split()) == 0, words
print(len(types() - before))
"""


def compiled_anew(prepared: str, commands: list[str]) -> int:
    """How often these commands need a kernel for types it had not been called with."""
    command = [sys.executable, "-c", COUNTING, prepared, *commands]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_no_round_compiles_anything_after_the_preparation(tmp_path: Path) -> None:
    commands = []
    for kind, tables in (("single", base_instance(600, seed=4)), ("households", household_instance(400, seed=4))):
        lies_in = dict.fromkeys(tables.practices.practice, "west")
        inputs = put(in_regions(tables, lies_in), tmp_path / kind)
        for mechanism, option in product(MECHANISMS, ("--bound", "--regions")):
            out = tmp_path / f"{kind}-{mechanism}{option}"
            commands.append(f"round run {inputs} --out {out} --seed s --mechanism {mechanism} {option}")
    assert compiled_anew("prepared", commands) == 0
    one = f"round verify {inputs} {out}"
    assert compiled_anew("not prepared", [one]) > 10
