# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verifier is worth something only as long as it is not the program that it checks."""

import ast
from pathlib import Path

from huisartsplek.engine.verify import judgement

READING = {"tables", "columns", "plainfile", "compiled"}
HASHING = {"digests"}  # SHA-256 and nothing of rounds; one lot in a hundred is held beside Python's own


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


def test_what_judges_a_round_is_short_and_knows_only_numbers() -> None:
    """The promise to whoever wants to read it: at most 400 lines, whole, and nothing of the engine in it."""
    source = Path(judgement.__file__).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    imported = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert {name for name in imported if name and name.startswith("huisartsplek")} == {
        "huisartsplek.engine.compiled"
    }
