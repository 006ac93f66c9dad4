# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What imports may say, and what they cannot: who touches rows, state and the clock."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.architecture.sources import (
    PACKAGE,
    ROOT,
    calls_in,
    dotted,
    home_of,
    package_modules,
    shown,
    tree_of,
)

PURE = {"rules", "engine", "simulator"}
CLOCKS = (
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
)
EDGES = {"web", "api", "config", "demo", "integrations"}
# A policy is wrapped around a view, so it stands at the edge with it.
EDGE_FILES = {"jobs.py", "views.py", "middleware.py", "policies.py"}


def test_imports_run_downward_only() -> None:
    linted = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr


def rows_touched(tree: ast.AST) -> Iterator[int]:
    return (
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    )


def clocks_read(tree: ast.AST) -> Iterator[int]:
    for call in calls_in(tree):
        name = dotted(call.func)
        if any(name == clock or name.endswith(f".{clock}") for clock in CLOCKS):
            yield call.lineno


def states_assigned(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        elif isinstance(node, ast.Call):
            method = node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)
            if method in {"update", "aupdate"} and any(keyword.arg == "state" for keyword in node.keywords):
                yield node.lineno
            if method == "setattr" and len(node.args) > 1 and getattr(node.args[1], "value", None) == "state":
                yield node.lineno
        yield from (t.lineno for t in targets if isinstance(t, ast.Attribute) and t.attr == "state")


def is_edge(path: Path) -> bool:
    return home_of(path) in EDGES or path.name in EDGE_FILES or path.parent.name == "commands"


def test_pages_and_api_reach_rows_through_queries_and_services() -> None:
    found = [
        f"{shown(path)}:{line}"
        for path in package_modules()
        if home_of(path) in {"web", "api"}
        for line in rows_touched(tree_of(path))
    ]
    assert found == []


def test_the_clock_is_read_at_the_edges_only() -> None:
    found = [
        f"{shown(path)}:{line}"
        for path in package_modules()
        if not is_edge(path)
        for line in clocks_read(tree_of(path))
    ]
    assert found == []


def test_state_is_written_by_the_audit_alone() -> None:
    found = [
        f"{shown(path)}:{line}"
        for path in package_modules()
        if home_of(path) not in PURE | {"audit"} and "migrations" not in path.parts
        for line in states_assigned(tree_of(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["request.state = WAITING", "rows.update(state=1)", "setattr(move, 'state', 1)", "thing.state: int = 1"],
)
def test_every_way_to_assign_state_is_seen(text: str) -> None:
    assert list(states_assigned(ast.parse(text))) == [1]


@pytest.mark.parametrize(
    "text",
    ["timezone.now()", "datetime.datetime.now(UTC)", "datetime.now()", "date.today()", "x = time.time()"],
)
def test_every_way_to_read_the_clock_is_seen(text: str) -> None:
    assert list(clocks_read(ast.parse(text))) == [1]


def test_the_package_is_what_these_tests_read() -> None:
    assert PACKAGE / "config" / "settings.py" in package_modules()
