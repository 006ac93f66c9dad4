# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A moment passes unread only if reading it would change nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from huisartsplek.engine import values
from huisartsplek.engine.columns import Texts
from huisartsplek.engine.moments import are_normal


def reading_changes_nothing(text: str) -> bool:
    """The plain definition."""
    try:
        return values.moment(text) == text
    except values.BadValueError:
        return False


close = st.builds(
    "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}.{:06d}Z".format,
    st.sampled_from([0, 1, 1900, 2000, 2023, 2024, 2100, 9999]),
    st.integers(0, 13),
    st.sampled_from([0, 1, 28, 29, 30, 31, 32]),
    st.sampled_from([0, 9, 23, 24]),
    st.sampled_from([0, 59, 60]),
    st.sampled_from([0, 59, 60]),
    st.integers(0, 999_999),
)
spoiled = st.builds(
    lambda text, at, mark: text[:at] + mark + text[at + 1 :],
    close,
    st.integers(0, 27),
    st.sampled_from(["", " ", "0", "z", "٣", "-", ":", "/", "00"]),
)


@settings(max_examples=500, deadline=None)
@given(text=close | spoiled)
def test_a_normal_moment_is_one_that_reading_leaves_as_it_is(text: str) -> None:
    assert are_normal(Texts.of([text])) == reading_changes_nothing(text)


@settings(deadline=None)
@given(texts=st.lists(close, max_size=5))
def test_one_other_moment_among_them_is_seen(texts: list[str]) -> None:
    assert are_normal(Texts.of(texts)) == all(map(reading_changes_nothing, texts))
