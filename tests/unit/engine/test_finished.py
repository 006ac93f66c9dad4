# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finished files: the fast way gives the bytes of the plain definition."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huisartsplek.engine import csvtext, finished, values
from huisartsplek.engine.columns import Texts
from huisartsplek.engine.ordering import COMMA, order_of, ranks_of

awkward = st.sampled_from(
    ["", "a", "a\0", "a\0\0", "a\0b", "a\t", "a ", "a,", 'a"', '"', ",", "\n", "a\r", "aé", "a€"]
)
long_alike = st.builds(lambda head, tail: "request-" * 3 + head + tail, awkward, awkward)
cells = st.one_of(awkward, long_alike, st.text(st.characters(exclude_categories=["Cs"]), max_size=20))


@settings(deadline=None)
@given(texts=st.lists(cells, unique=True, max_size=60))
def test_texts_are_ordered_as_their_bytes_are(texts: list[str]) -> None:
    encoded = [text.encode() for text in texts]
    assert [encoded[at] for at in order_of(Texts.of(texts)).tolist()] == sorted(encoded)
    by_rank = dict(zip(ranks_of(Texts.of(texts)).tolist(), encoded, strict=True))
    assert [by_rank[rank] for rank in range(len(texts))] == sorted(encoded)


@settings(deadline=None)
@given(texts=st.lists(cells, unique=True, max_size=60))
def test_texts_are_ordered_with_the_comma_behind_them(texts: list[str]) -> None:
    encoded = [csvtext.quote(text).encode() + b"," for text in texts]
    written = Texts.of([csvtext.quote(text) for text in texts])
    assert [encoded[at] for at in order_of(written, COMMA).tolist()] == sorted(encoded)


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(
        st.tuples(cells, st.integers(-3, 12) | st.integers() | st.none(), st.booleans(), cells), max_size=40
    ),
    first_unique=st.booleans(),
    at_once=st.sampled_from([1, 3, 100_000]),
)
def test_the_finished_file_is_the_one_of_the_plain_definition(
    rows: list[tuple[str, int | None, bool, str]], first_unique: bool, at_once: int
) -> None:
    if first_unique:
        rows = list({row[0]: row for row in rows}.values())
    header = ("one", 'a "second"', "three", "four")
    first, numbers = [row[0] for row in rows], [row[1] for row in rows]
    flags, last = [row[2] for row in rows], [row[3] for row in rows]
    plain = csvtext.render(
        header, [first, values.decimals(numbers), ["yes" if flag else "no" for flag in flags], last]
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finished, "ROWS_AT_ONCE", at_once)
        assert fast(header, first, numbers, flags, last) == plain


def fast(
    header: Sequence[str],
    first: Sequence[str],
    numbers: Sequence[int | None],
    flags: Sequence[bool],
    last: Sequence[str],
) -> bytes:
    """The same four columns by the fast way."""
    columns = [
        finished.text_cells(first),
        finished.number_cells(numbers),
        finished.yes_no_cells(flags),
        finished.text_cells(last),
    ]
    return finished.finished(header, columns)
