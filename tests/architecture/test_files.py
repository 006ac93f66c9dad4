# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every file: small, licensed, and free of anybody's machine or registry."""

import re
from pathlib import Path

import pytest
from tests.architecture.sources import PACKAGE, ROOT, project_files, shown, text_of

LONGEST = 450
SOURCES = {".py", ".html", ".txt", ".css", ".js", ".mjs", ".sh", ".sql", ".toml", ".yml", ".yaml"}
OTHERS_WORK = (PACKAGE / "web" / "static", ROOT / "LICENSES", ROOT / "requirements", ROOT / "tests" / "e2e" / "axe")
LICENCE = ("SPDX-FileCopyrightText: 2026 Huisartsplek contributors", "SPDX-License-Identifier: EUPL-1.2")
# Written in pieces, so that this file is not its own first finding.
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("download", "pytorch", "org"),
    )
)
MACHINE = re.compile(r"(?<![\w.$}~/-])/(?:home|Users|root|work)/[\w.-]+|[A-Z]:\\\\Users")
UNFINISHED = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")) + r")\b")
SKIPS = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|importorskip|xfail)\b")


def is_others_work(path: Path) -> bool:
    return any(path.is_relative_to(folder) for folder in OTHERS_WORK)


def is_source(path: Path) -> bool:
    if is_others_work(path) or ("templates" not in path.parts and path.suffix == ".txt"):
        return False
    return path.suffix in SOURCES or (text_of(path) or "").startswith("#!")


def findings(pattern: re.Pattern[str]) -> list[str]:
    """List where a pattern stands in the project's own text."""
    return [
        f"{shown(path)}:{number}"
        for path in project_files()
        if path != Path(__file__) and not is_others_work(path)
        for number, line in enumerate((text_of(path) or "").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_source_file_is_long() -> None:
    long = {
        shown(path): len(lines)
        for path in project_files()
        if is_source(path) and len(lines := (text_of(path) or "").splitlines()) > LONGEST
    }
    assert long == {}


def test_every_source_file_names_its_licence_at_the_top() -> None:
    bare = [
        shown(path)
        for path in project_files()
        if is_source(path)
        and (text := text_of(path))
        and not all(line in "\n".join(text.splitlines()[:5]) for line in LICENCE)
    ]
    assert bare == []


@pytest.mark.parametrize("host", HOSTS)
def test_no_file_names_the_host_of_a_registry(host: str) -> None:
    named = [shown(path) for path in project_files() if host in (text_of(path) or "")]
    assert named == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert findings(MACHINE) == []


def test_nothing_is_left_unfinished() -> None:
    assert findings(UNFINISHED) == []


def test_no_test_skips_itself_or_expects_to_fail() -> None:
    assert [place for place in findings(SKIPS) if place.startswith("tests/")] == []


@pytest.mark.parametrize("text", ["see /home/" + "ada/notes", 'open("/Users/' + 'ada")', "cd /root/" + "checkout"])
def test_a_folder_of_somebodys_machine_is_recognised(text: str) -> None:
    assert MACHINE.search(text)


@pytest.mark.parametrize("text", ["GET /api/v1/home/", "docs/home/page", "https://example.nl/home/page"])
def test_an_address_is_no_folder_of_a_machine(text: str) -> None:
    assert not MACHINE.search(text)
