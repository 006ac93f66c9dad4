# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""SHA-256 of many texts at once is SHA-256 of each."""

from hashlib import sha256

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from huisartsplek.engine.columns import Texts
from huisartsplek.engine.digests import digests

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def one_by_one(prefix: str, texts: list[str]) -> list[str]:
    return [sha256((prefix + text).encode()).hexdigest() for text in texts]


def together(prefix: str, texts: list[str]) -> list[str]:
    numbers = digests(prefix, Texts.of(texts)).T.tolist()
    return ["".join(f"{number:016x}" for number in lot) for lot in numbers]


@settings(max_examples=200, deadline=None)
@given(prefix=any_text, texts=st.lists(any_text | st.text("ab€", max_size=200), max_size=40))
@example(prefix="", texts=[])
def test_many_digests_at_once_are_those_of_each_text(prefix: str, texts: list[str]) -> None:
    assert together(prefix, texts) == one_by_one(prefix, texts)


def test_every_length_around_the_ends_of_blocks_is_right() -> None:
    texts = ["x" * length for length in range(260)]
    for prefix in ("", "seed:", "p" * 64, "p" * 150):
        assert together(prefix, texts) == one_by_one(prefix, texts)
        assert together(prefix, texts[::-1]) == one_by_one(prefix, texts[::-1])


def test_texts_that_are_a_part_of_more_bytes_have_their_own_digest() -> None:
    texts = Texts.of([f"request-{number}" for number in range(100)])
    some = Texts(texts.data, texts.start[17:52])
    assert np.array_equal(digests("s:", some), digests("s:", texts)[:, 17:51])
