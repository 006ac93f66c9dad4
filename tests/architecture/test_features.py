# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of features names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/features.md"
NAMED = re.compile(r"`((?:integration|e2e|unit|concurrency)/[\w/]+\.py)(?:::(test_\w+))?`")


def test_every_test_that_the_page_of_features_names_is_there() -> None:
    named = NAMED.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > 20
    gone = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / "tests" / path).is_file()
        or f"def {name}" not in (ROOT / "tests" / path).read_text(encoding="utf-8")
    ]
    assert gone == []


def test_the_page_of_features_has_a_row_for_each_of_the_forty() -> None:
    rows = re.findall(r"^\| (\d+) \| .+? \| (.+?) \| (.*?) ?\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number, _here, _shown in rows] == list(range(1, 41))
    without = [number for number, here, shown in rows if not shown and here.startswith(("yes", "partly"))]
    assert without in ([], ["40"])
