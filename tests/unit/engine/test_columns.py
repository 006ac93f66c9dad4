# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Columns as numbers: they read like lists, and a plain file gives the same cells as the careful reader."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huisartsplek.engine import csvtext, plainfile
from huisartsplek.engine.bytewise import text_hash
from huisartsplek.engine.columns import (
    Interner,
    TextColumn,
    Texts,
    codes_in,
    column_of,
    number_column,
    text_column_of,
)
from huisartsplek.engine.plainfile import read_plain_bytes

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
few_texts = st.lists(any_text | st.sampled_from(["", "a", "a\0", "aa", "é", "€"]), max_size=200)


@settings(deadline=None)
@given(texts=few_texts)
def test_a_text_column_reads_like_the_list_it_was_made_of(texts: list[str]) -> None:
    column = text_column_of(texts)
    assert list(column) == texts
    assert column == texts
    assert [column[row] for row in range(len(texts))] == texts
    assert list(column[1:]) == texts[1:]
    assert sorted(column.texts) == sorted(set(texts))
    assert column.texts[:] == [column.texts[code] for code in range(len(column.texts))]


@settings(deadline=None)
@given(numbers=st.lists(st.integers() | st.integers(0, 3), max_size=50))
def test_numbers_of_any_size_are_kept(numbers: list[int]) -> None:
    column = column_of(numbers)
    assert column == numbers
    assert len(set(column.values)) == len(column.values)
    assert column_of(column) is column


def test_columns_differ_where_a_value_does() -> None:
    assert column_of([1, 2]) != [1, 3]
    assert column_of([1, 2]) != [1]
    assert text_column_of(["a"]) != text_column_of(["b"])


@settings(max_examples=200, deadline=None)
@given(several=st.lists(few_texts, max_size=4))
def test_equal_texts_get_one_number_and_new_ones_the_next(several: list[list[str]]) -> None:
    interner = Interner()
    plain: dict[str, int] = {}
    for texts in several:
        as_bytes = texts_with_repeats(texts)
        codes = interner.codes(as_bytes.data, as_bytes.start[:-1], as_bytes.start[1:])
        assert codes.tolist() == [plain.setdefault(text, len(plain)) for text in texts]
        assert list(interner.texts()) == list(plain)
        assert len(interner) == len(plain)


def texts_with_repeats(texts: Sequence[str]) -> Texts:
    """Texts one after another, the same one as often as it is given."""
    return Texts.of(list(texts))


def test_thousands_of_texts_keep_their_numbers_while_the_table_grows() -> None:
    names = [f"{number * 7919 % 20011}" for number in range(20011)]
    interner = Interner()
    given_texts = texts_with_repeats(names + names[::-1])
    codes = interner.codes(given_texts.data, given_texts.start[:-1], given_texts.start[1:])
    assert codes.tolist() == [*range(20011), *reversed(range(20011))]


COUNT = 20_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ID_STYLES = {
    "counted": [f"{number}" for number in range(COUNT)],
    "counted in eight digits": [f"{number:08}" for number in range(COUNT)],
    "eight digits in steps": [f"{number * 4096:08}" for number in range(COUNT)],
    "eight digits backwards": [f"{number:08}"[::-1] for number in range(COUNT)],
    "counted behind a word": [f"verzoek-{number:06}" for number in range(COUNT)],
    "a word behind counted": [f"{number:06}-verzoek" for number in range(COUNT)],
    "hexadecimal": [f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}" for number in range(COUNT)],
    "one letter often": ["a" * length for length in range(1, 3000)],
    "last three of eight": [f"abcde{a}{b}{c}" for a in LETTERS for b in LETTERS for c in LETTERS],
    "first three of eight": [f"{a}{b}{c}defgh" for a in LETTERS for b in LETTERS for c in LETTERS],
    "two far apart": [f"{a}{b}345678{c}{d}" for a in "abcdefgh" for b in LETTERS for c in LETTERS for d in "xy"],
}


def probes_for_each(hashes: Sequence[int]) -> float:
    """How many slots are looked at for a text on average, in a table that is at most half full."""
    room = 64
    while room <= 2 * len(hashes):
        room *= 2
    filled, probes = set[int](), 0
    for number in hashes:
        slot = number % room
        probes += 1
        while slot in filled:
            slot = (slot + 1) % room
            probes += 1
        filled.add(slot)
    return probes / len(hashes)


@pytest.mark.parametrize("names", ID_STYLES.values(), ids=ID_STYLES.keys())
def test_ids_of_whatever_style_are_spread_over_the_hash_table(names: list[str]) -> None:
    """Chance alone gives 1.5 at most (Knuth 1963); texts that begin at one slot would need thousands."""
    texts = Texts.of(names)
    bounds = zip(texts.start[:-1], texts.start[1:], strict=True)
    assert probes_for_each([int(text_hash(texts.data, begin, end)) for begin, end in bounds]) < 1.6


def test_a_hash_that_leaves_out_the_last_bytes_would_be_seen() -> None:
    assert probes_for_each([int.from_bytes(name[:6].encode()) for name in ID_STYLES["last three of eight"]]) > 100


names_in_order = st.lists(any_text | st.text("ab,\0é", max_size=20), unique=True, max_size=60).map(sorted)
some_of_them = st.lists(st.integers(0, 1000), max_size=80)


@settings(max_examples=200, deadline=None)
@given(names=names_in_order, rows=some_of_them, is_sorted=st.booleans(), others=few_texts)
def test_a_file_in_the_order_of_another_gets_the_same_numbers_as_any(
    names: list[str], rows: list[int], is_sorted: bool, others: list[str]
) -> None:
    """What is guessed from the order of files may be anything but another number."""
    referring = [names[row % len(names)] for row in rows if names]
    referring = [*(sorted(referring) if is_sorted else referring), *others]
    counting, knowing = Interner(), Interner.over(Texts.of(names))
    plain = {text: code for code, text in enumerate(names)}
    known = [plain.get(text, -1) for text in referring]
    assert knowing.known(Texts.of(referring)).tolist() == known
    codes = [plain.setdefault(text, len(plain)) for text in referring]
    for interner, first in ((counting, names), (knowing, [])):
        for texts in (first, referring):
            as_bytes = texts_with_repeats(texts)
            found = interner.codes(as_bytes.data, as_bytes.start[:-1], as_bytes.start[1:])
        assert found.tolist() == codes
        assert list(interner.texts()) == list(plain)


@settings(deadline=None)
@given(numbers=st.lists(st.integers(-5, 30) | st.integers(-(2**63), 2**63 - 1), max_size=50))
def test_an_array_of_numbers_as_a_column_has_them_in_order(numbers: list[int]) -> None:
    for some in (numbers, [number % 7 - 3 for number in numbers]):
        column = number_column(np.array(some, np.int64))
        assert list(column) == some
        assert list(column.values) == sorted(set(some))


@settings(deadline=None)
@given(texts=few_texts, others=few_texts)
def test_codes_by_other_texts_are_minus_one_where_unknown(texts: list[str], others: list[str]) -> None:
    column, other = text_column_of(texts), text_column_of(others)
    place = {text: code for code, text in enumerate(other.texts)}
    assert codes_in(column, other.texts).tolist() == [place.get(text, -1) for text in texts]
    assert codes_in(column, column.texts) is column.codes


def carefully(content: bytes) -> tuple[list[str], list[list[str]]] | None:
    """The header and columns by the careful reader; None where it finds a fault or a quote."""
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        return None
    delimiter = csvtext.delimiter_of(text)
    header, body = csvtext.split_header(text, delimiter)
    if header is None or header.fault or '"' in text:
        return None
    batches = list(csvtext.batches(body, delimiter, len(header.cells)))
    if any(batch.unsound for batch in batches):
        return None
    columns = [[cell for batch in batches for cell in batch.columns[at]] for at in range(len(header.cells))]
    return header.cells, columns


def plainly(content: bytes) -> tuple[list[str], list[list[str]]] | None:
    """The same by the fast reader."""
    header: list[str] = []
    interners: dict[int, Interner] = {}

    def wanted(names: Sequence[str]) -> Mapping[int, Interner]:
        header.extend(names)
        interners.update({at: Interner() for at in range(len(names))})
        return interners

    codes = read_plain_bytes(content, wanted)
    if codes is None:
        return None
    return header, [list(TextColumn(codes[at], interners[at].texts())) for at in sorted(codes)]


pieces = st.sampled_from(["a", "b,", "\n", ",", ";", "\r\n", "x;y\n", "x,y\n", "é", "€€,\n", "\0", "a,b\r\n"])
rare = st.sampled_from(["\r", '"', "\n\n", "\r\r\n"])


@settings(max_examples=500, deadline=None)
@given(
    parts=st.lists(st.one_of(pieces, pieces, pieces, rare), max_size=30),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    spoil=st.sampled_from([b"", b"", b"", b"\xff", b"\xc3"]),
    piece=st.sampled_from([1, 2, 5, 4_000_000]),
)
def test_what_is_read_fast_is_what_the_careful_reader_reads(
    parts: list[str], mark: bytes, spoil: bytes, piece: int
) -> None:
    content = mark + "".join(parts).encode() + spoil
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plainfile, "PIECE", max(piece, len(mark)))
        fast = plainly(content)
    careful = carefully(content)
    if fast is not None:
        assert fast == careful
    elif piece == 4_000_000 and careful:
        assert not any(careful[1])  # a header alone may be left to the careful reader


@settings(deadline=None)
@given(rows=st.lists(st.tuples(any_text, any_text), max_size=30), crlf=st.booleans())
def test_a_plain_file_is_read_fast(rows: list[tuple[str, str]], crlf: bool) -> None:
    plain = [[cell.translate({ord(mark): "_" for mark in ',;"\r\n'}) for cell in row] for row in rows]
    lines = [",".join(["c", *row]) for row in [["one", "two"], *plain]]
    content = ("\r\n" if crlf else "\n").join(lines).encode()
    assert plainly(content) == (
        ["c", "one", "two"],
        [[row[at] for row in [["c", *p] for p in plain]] for at in range(3)],
    )


def test_no_piece_of_a_file_is_numbered_for_a_header_that_will_not_do() -> None:
    assert read_plain_bytes(b"a,b\n1,2\n", lambda _: None) is None
    assert read_plain_bytes(b"", lambda _: {}) is None
    codes = read_plain_bytes(b"a,b\n1,2\n1,3\n", lambda _: {1: Interner()})
    assert codes is not None
    assert np.array_equal(codes[1], [0, 1])
