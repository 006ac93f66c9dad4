# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Columns of a table as numbers: each distinct value once, and per row which of them it is.

Millions of rows hold few distinct practices and ranks, and each request many times. A column reads like a list
of its values; whoever needs speed works on `codes`, and for texts on the bytes of `texts`.
"""

from collections.abc import Hashable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Generic, NamedTuple, Self, TypeVar, cast, overload

import numpy as np

from huisartsplek.engine.bytewise import SLACK, above, same, text_hash
from huisartsplek.engine.compiled import Bytes, Ints, Longs, compiled

Value = TypeVar("Value", bound=Hashable)
AT_ONCE = 100_000
NOWHERE = -1
GUESSES = 4  # texts that nobody refers to may lie between


class _Known(NamedTuple):
    """Of the texts that were numbered: how many, how many of them the hash table holds, whether each comes after
    the one before it, and which of them is the empty one."""

    total: int
    entered: int
    ascending: bool
    empty: int


class Texts(Sequence[str]):
    """Texts as UTF-8, one after another: text i is `data[start[i]:start[i + 1]]`; bytes may follow the last."""

    def __init__(self, data: Bytes, start: Longs) -> None:
        self.data = data
        self.start = start
        self.ranks: dict[int, Ints] = {}  # places in an order, kept once they are known

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        """The same texts in this form; O(bytes)."""
        if isinstance(texts, Texts):
            return texts
        joined = "".join(texts)
        data = joined.encode()
        lengths = map(len, texts) if len(data) == len(joined) else (len(text.encode()) for text in texts)
        start = np.fromiter(chain([0], accumulate(lengths)), np.int64, len(texts) + 1)
        return cls(np.frombuffer(bytearray(data + bytes(SLACK)), np.uint8), start)

    def __len__(self) -> int:
        return len(self.start) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        return self.data[self.start[number] : self.start[number + 1]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        return map(bytes.decode, self.encoded())

    def and_none(self) -> "Texts":
        """The same texts and after them the empty one."""
        return Texts(self.data, np.append(self.start, self.start[-1]))

    def encoded(self) -> Iterator[bytes]:
        """The bytes of each text."""
        for first in range(0, len(self), AT_ONCE):
            start = self.start[first : first + AT_ONCE + 1]
            data = self.data[start[0] : start[-1]].tobytes()
            ends = (start - start[0]).tolist()
            yield from map(data.__getitem__, map(slice, ends[:-1], ends[1:]))


class Column(Sequence[Value], Generic[Value]):
    """One value per row: row i holds `values[codes[i]]`; all of `values` are different, some may be unused."""

    def __init__(self, codes: Ints, values: Sequence[Value]) -> None:
        self.codes = codes
        self.values = values

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Value]: ...
    def __getitem__(self, at: int | slice) -> Value | Sequence[Value]:
        if isinstance(at, slice):
            return self.taken(self.codes[at])
        return self.values[int(self.codes[at])]

    def __iter__(self) -> Iterator[Value]:
        values = list(self.values)
        return map(values.__getitem__, self.codes.tolist())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Column, list, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # compared by value, as a list is

    def __repr__(self) -> str:
        return repr(list(self))

    def taken(self, codes: Ints) -> Self:
        """Other rows over the same values."""
        return type(self)(codes, self.values)


class TextColumn(Column[str]):
    """A column of texts."""

    def __init__(self, codes: Ints, values: Sequence[str]) -> None:
        super().__init__(codes, Texts.of(values))

    @property
    def texts(self) -> Texts:
        """The distinct texts."""
        return cast("Texts", self.values)


def _numbered(values: Sequence[Value]) -> tuple[Ints, list[Value]]:
    number = {value: code for code, value in enumerate(dict.fromkeys(values))}
    return np.fromiter(map(number.__getitem__, values), np.int32, len(values)), list(number)


def column_of(values: Sequence[Value]) -> Column[Value]:
    """Any sequence as a column; one that already is comes back as it is."""
    return values if isinstance(values, Column) else Column(*_numbered(values))


def text_column_of(texts: Sequence[str]) -> TextColumn:
    """Any sequence of texts as a column; one that already is comes back as it is."""
    return texts if isinstance(texts, TextColumn) else TextColumn(*_numbered(texts))


def number_column(numbers: Longs) -> Column[int]:
    """An array of whole numbers as a column, its values in order; O(n) where the numbers lie close together."""
    least, most = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    if most - least > 10 * len(numbers) + 1000:
        values, codes = np.unique(numbers, return_inverse=True)
        return Column(codes.astype(np.int32), values.tolist())
    there = np.zeros(most - least + 1, np.bool_)
    there[numbers - least] = True
    place = np.cumsum(there, dtype=np.int32) - np.int32(1)
    return Column(place[numbers - least], (np.flatnonzero(there) + least).tolist())


def counts_of(column: Sequence[Value]) -> dict[Value, int]:
    """How often each value is in a column."""
    coded = column_of(column)
    counts = np.bincount(coded.codes, minlength=len(coded.values)).tolist()
    return {value: count for value, count in zip(coded.values, counts, strict=True) if count}


@compiled
def _guess(data: Bytes, begin: int, end: int, store: Bytes, start: Longs, codes: range) -> int:
    """Which of a few texts this is; NOWHERE for none of them."""
    for code in codes:
        if start[code + 1] - start[code] == end - begin and same(data, begin, store, start[code], end - begin):
            return code
    return NOWHERE


@compiled
def _slot(data: Bytes, begin: int, end: int, store: Bytes, start: Longs, slots: Ints) -> int:
    """Where a text stands in the hash table, or the empty slot where it belongs."""
    slot = int(text_hash(data, begin, end) & (len(slots) - 1))
    while True:
        code = slots[slot]
        if code < 0:
            return slot
        if start[code + 1] - start[code] == end - begin and same(data, begin, store, start[code], end - begin):
            return slot
        slot = (slot + 1) & (len(slots) - 1)


@compiled
def _entered(store: Bytes, start: Longs, entered: int, count: int, slots: Ints) -> Ints:
    """The hash table with the texts entered that are not in it yet, and room for one more."""
    if 2 * count >= len(slots):
        room = len(slots)
        while room <= 2 * count:
            room *= 4
        slots = np.full(room, NOWHERE, np.int32)
        entered = 0
    for code in range(entered, count):
        slot = int(text_hash(store, start[code], start[code + 1]) & (len(slots) - 1))
        while slots[slot] >= 0:
            slot = (slot + 1) & (len(slots) - 1)
        slots[slot] = code
    return slots


@compiled
def _longer_bytes(values: Bytes, used: int, needed: int) -> Bytes:
    longer = np.empty(2 * needed, np.uint8)
    longer[:used] = values[:used]
    return longer


@compiled
def _longer_starts(values: Longs, used: int) -> Longs:
    longer = np.empty(2 * used, np.int64)
    longer[:used] = values[:used]
    return longer


@compiled
def _intern(
    data: Bytes,
    begins: Longs,
    ends: Longs,
    codes: Ints,
    store: Bytes,
    start: Longs,
    known: _Known,
    slots: Ints,
    adds: bool,
) -> tuple[Bytes, Longs, _Known, Ints]:
    """Number the texts between `begins` and `ends`, looking up as few as may be.

    Files mostly stand in the order of what they refer to. So a text is first held beside its neighbour, then
    beside the few that were numbered after that one; and while texts come in ascending order each is a new one.
    Texts enter the hash table only when another has to be looked up.
    """
    count, entered, ascending, empty = known
    before = NOWHERE
    for row in range(len(codes)):
        begin, end = begins[row], ends[row]
        length = end - begin
        if (
            row > 0
            and ends[row - 1] - begins[row - 1] == length
            and same(data, begin, data, begins[row - 1], length)
        ):
            codes[row] = before
            continue
        if length == 0:
            code = empty
        else:
            code = _guess(data, begin, end, store, start, range(before + 1, min(before + 1 + GUESSES, count)))
        if code < 0 and adds and ascending and count > 0:
            ascending = above(data, begin, end, store, start[count - 1], start[count])
        if code < 0 and length > 0 and not (adds and ascending):
            slots = _entered(store, start, entered, count, slots)
            entered = count
            code = slots[_slot(data, begin, end, store, start, slots)]
        if code < 0 and adds:
            code = count
            used = start[count]
            if used + length + SLACK > len(store):
                store = _longer_bytes(store, used, used + length + SLACK)
            store[used : used + length] = data[begin:end]
            if count + 2 > len(start):
                start = _longer_starts(start, count + 1)
            start[count + 1] = used + length
            empty = code if length == 0 else empty
            count += 1
        codes[row] = before = code
    return store, start, _Known(count, entered, ascending, empty), slots


def with_slack(data: Bytes, end: int) -> Bytes:
    """The same bytes with room after them to be read eight at a time."""
    if len(data) >= end + SLACK:
        return data
    longer = np.zeros(end + SLACK, np.uint8)
    longer[:end] = data[:end]
    return longer


class Interner:
    """Numbers texts in the order in which they are first seen; O(bytes), whatever the number of rows."""

    def __init__(self) -> None:
        self._store = np.empty(1024, np.uint8)
        self._start = np.zeros(64, np.int64)
        self._known = _Known(0, 0, True, NOWHERE)
        self._slots = np.full(64, NOWHERE, np.int32)

    @classmethod
    def over(cls, texts: Texts) -> "Interner":
        """One that knows these texts, which are all different, by their index."""
        interner = cls()
        empty = np.flatnonzero(texts.start[1:] == texts.start[:-1])
        interner._store = with_slack(texts.data, int(texts.start[-1])).copy()
        interner._start = texts.start.copy()
        interner._known = _Known(len(texts), 0, False, int(empty[0]) if len(empty) else NOWHERE)
        return interner

    def __len__(self) -> int:
        return self._known.total

    def codes(self, data: Bytes, begins: Longs, ends: Longs) -> Ints:
        """The number of each text `data[begins[i]:ends[i]]`; a new text gets the next number."""
        return self._numbered(data, begins, ends, adds=True)

    def known(self, texts: Texts) -> Ints:
        """The number of each text, -1 where it has none; numbers nothing."""
        return self._numbered(texts.data, texts.start[:-1], texts.start[1:], adds=False)

    def _numbered(self, data: Bytes, begins: Longs, ends: Longs, *, adds: bool) -> Ints:
        codes = np.empty(len(begins), np.int32)
        data = with_slack(data, int(ends[-1]) if len(ends) else 0)
        self._store, self._start, known, self._slots = _intern(
            data, begins, ends, codes, self._store, self._start, self._known, self._slots, adds
        )
        self._known = _Known(*known)
        return codes

    def texts(self) -> Texts:
        """All texts numbered so far, by their number."""
        start = self._start[: len(self) + 1].copy()
        return Texts(self._store[: start[-1] + SLACK].copy(), start)


def codes_in(column: TextColumn, texts: Texts) -> Ints:
    """The column's codes by the numbering of other texts; -1 where a text is not among them."""
    if column.texts is texts:
        return column.codes
    return Interner.over(texts).known(column.texts)[column.codes]
