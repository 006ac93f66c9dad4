# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verifier is worth something only as long as it is not the program that it checks."""

import ast
from pathlib import Path

import huisartsplek.engine.verify


def test_the_verifier_shares_only_the_tables_with_the_engine() -> None:
    shared = set()
    for file in Path(huisartsplek.engine.verify.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                shared.add(node.module or "")
            elif isinstance(node, ast.Import):
                shared |= {name.name for name in node.names}
    ours = {name for name in shared if name.startswith("huisartsplek")}
    assert {name for name in ours if not name.startswith("huisartsplek.engine.verify")} == {
        "huisartsplek.engine.tables"
    }
