# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page that says who may open what is the one that the views declare."""

from huisartsplek.accounts.declarations import all_declarations
from huisartsplek.config.access_page import PAGE, access_page


def test_the_page_is_as_the_views_declare() -> None:
    assert PAGE.read_text(encoding="utf-8") == access_page(), "run `huisartsplek manage document_access`"


def test_every_address_has_a_row() -> None:
    rows = [line for line in access_page().splitlines() if line.startswith("|") and "`/" in line]
    assert len(rows) == len(all_declarations())
