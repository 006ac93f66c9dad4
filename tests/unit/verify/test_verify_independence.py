# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verifier is worth something only as long as it is not the program that it checks."""

import ast
import subprocess
import sys
from pathlib import Path

from huisartsplek.engine.verify import judgement

READING = {"tables", "columns", "plainfile", "compiled"}
HASHING = {"digests"}  # SHA-256 and nothing of rounds; one lot in a hundred is held beside Python's own

# The package says what it offers by importing all of it; so its modules are loaded without it.
NAMES = """
import importlib, sys, types
from pathlib import Path
import huisartsplek
engine = types.ModuleType("huisartsplek.engine")
engine.__path__ = [str(Path(huisartsplek.__file__).parent / "engine")]
sys.modules["huisartsplek.engine"] = engine
for name in {own}:
    importlib.import_module("huisartsplek.engine.verify." + name)
for name in sys.modules:
    if name.startswith("huisartsplek.engine."):
        print(name.removeprefix("huisartsplek.engine."))
"""


def test_the_verifier_shares_only_reading_and_hashing_with_the_engine() -> None:
    shared = set()
    for file in Path(judgement.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                shared.add(node.module or "")
            elif isinstance(node, ast.Import):
                shared |= {name.name for name in node.names}
    ours = {name for name in shared if name.startswith("huisartsplek")}
    assert {name for name in ours if not name.startswith("huisartsplek.engine.verify")} <= {
        f"huisartsplek.engine.{name}" for name in READING | HASHING
    }


def test_nothing_that_the_verifier_uses_leads_to_what_decides() -> None:
    """In a process of its own: whatever reading and hashing use themselves is counted too."""
    own = {file.stem for file in Path(judgement.__file__).parent.glob("*.py")} - {"__init__"}
    told = subprocess.run(
        [sys.executable, "-c", NAMES.format(own=sorted(own))], capture_output=True, text=True, check=True
    ).stdout.split()
    reached = {name for name in told if not name.startswith("verify")}
    assert reached == READING | HASHING | {"bytewise", "csvtext"}


def test_what_judges_a_round_is_short_and_knows_only_numbers() -> None:
    """The promise to whoever wants to read it: at most 400 lines, whole, and nothing of the engine in it."""
    source = Path(judgement.__file__).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    imported = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert {name for name in imported if name and name.startswith("huisartsplek")} == {
        "huisartsplek.engine.compiled"
    }
