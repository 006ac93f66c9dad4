# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Races commit for real; after each, everything is looked at as after any other test of the database."""

from collections.abc import Iterator

import pytest
from tests.concurrency.racing import empty_tables
from tests.integration.conftest import committed, emptiable_log, every_invariant_holds

__all__ = ["broken_on_purpose", "committed", "emptiable_log", "every_invariant_holds"]


@pytest.fixture
def broken_on_purpose(committed: None) -> Iterator[None]:
    """Clear away what a control leaves before everything is looked at: it broke what it shows can break."""
    yield
    empty_tables()
