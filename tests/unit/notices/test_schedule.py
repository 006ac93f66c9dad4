# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a message is tried again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.notices.schedule import MOST_ATTEMPTS, next_try

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(st.integers(min_value=1, max_value=50))
def test_there_is_always_a_later_try_or_a_person(attempts: int) -> None:
    again_at = next_try(attempts, at=NOON)
    assert (again_at is None) == (attempts >= MOST_ATTEMPTS)
    assert again_at is None or again_at > NOON


def test_a_message_that_was_never_tried_is_not_tried_again() -> None:
    with pytest.raises(ValueError, match="once"):
        next_try(0, at=NOON)
