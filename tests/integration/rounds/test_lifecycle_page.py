# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page about lifecycles is what the tables say."""

from huisartsplek.rounds.lifecycle_page import PAGE, lifecycles_page
from huisartsplek.rules.lifecycles import LIFECYCLES


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == lifecycles_page(), "run `huisartsplek manage document_lifecycles`"


def test_the_page_tells_every_state_event_and_alarm() -> None:
    page = lifecycles_page()
    for lifecycle in LIFECYCLES:
        for (source, event), target in lifecycle.table.items():
            assert f"{source} --> {target}: {event}" in page
        for state, watch in lifecycle.watch.items():
            assert f"| {state} | {watch.owner} |" in page
            assert f"`{watch.alarm}`" in page
