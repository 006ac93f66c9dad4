# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of the project, as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "huisartsplek"


@cache
def project_files() -> tuple[Path, ...]:
    """Give every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(sorted(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()))


def shown(path: Path) -> str:
    """Write a path as a person would name it."""
    return str(path.relative_to(ROOT))


@cache
def text_of(path: Path) -> str | None:
    """Give the text of a file; nothing when it holds no text."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


@cache
def package_modules() -> tuple[Path, ...]:
    """Give the Python files of the package."""
    return tuple(path for path in project_files() if path.suffix == ".py" and path.is_relative_to(PACKAGE))


@cache
def tree_of(path: Path) -> ast.Module:
    """Parse one Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def home_of(path: Path) -> str:
    """Give the app a module belongs to."""
    return path.relative_to(PACKAGE).parts[0]


def dotted(node: ast.expr) -> str:
    """Write `a.b.c` as text; nothing for what is no such chain."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    """Go through every call."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
