# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round under verification: the input's tables as numbers, and how each number is written."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from huisartsplek.engine.columns import Column, Interner, Texts, codes_in, column_of, number_column, text_column_of
from huisartsplek.engine.compiled import Ints, Longs
from huisartsplek.engine.digests import digests
from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify.fingerprint import decimal, is_ascending
from huisartsplek.engine.verify.judgement import NONE, Input, Market, lots_of, market_of

ONE_IN = 100  # lots looked at


class Words:
    """The texts a column may hold, numbered as the input numbers them; any other gets a number after those."""

    def __init__(self, known: Sequence[str] = ()) -> None:
        texts = Texts.of(known)
        self.interner = Interner.over(texts)
        self.known = len(texts)
        self.empty = int(self.codes([""])[0])
        self._texts = self._all = texts

    def codes(self, cells: Sequence[str]) -> Ints:
        """The number of each text."""
        texts = Texts.of(cells)
        return self.interner.codes(texts.data, texts.start[:-1], texts.start[1:])

    def numbers(self, values: Longs) -> Ints:
        """The number of each whole number as it is written, which is another thing than that number."""
        column = number_column(values)
        return self.codes([str(value) for value in column.values])[column.codes]

    def order(self, codes: Ints) -> Longs:
        """How texts of the input are put in the order of their bytes."""
        texts = self._texts
        if is_ascending(texts.data, texts.start, codes, NONE):
            return np.arange(len(codes))
        names = list(map(list(texts.encoded()).__getitem__, codes.tolist()))
        return np.array(sorted(range(len(names)), key=names.__getitem__), np.int64)

    def text(self, code: int) -> str:
        """The text with this number; empty for NONE."""
        if code == NONE:
            return ""
        if len(self._all) != len(self.interner):
            self._all = self.interner.texts()
        return self._all[code]

    def or_empty(self, codes: Ints) -> Ints:
        """The same numbers, with that of the empty text for NONE."""
        return np.where(codes == NONE, np.int32(self.empty), codes)


@dataclass(frozen=True)
class Case:
    """The market, the words of its tables, and of each wish its rank as given; no wish has the empty rank."""

    market: Market
    practices: Words
    requests: Words
    persons: Words
    ranks: Words
    rank_of: Ints

    def practice(self, number: int) -> str:
        """The practice as written; empty for none."""
        return self.practices.text(number)

    def request(self, number: int) -> str:
        """The request as written."""
        return self.requests.text(int(self.market.request_row[number]))

    def person(self, number: int) -> str:
        """The person as written; empty for nobody."""
        return "" if number == NONE else self.persons.text(int(self.market.person_row[number]))

    def rank(self, wish: int) -> str:
        """The rank of a wish as written; empty for none."""
        return self.ranks.text(int(self.rank_of[wish]))


def open_case(tables: Tables, seed: str) -> Case:
    """The round that these tables and this seed make."""
    practices, requests, persons = (
        _in_order(names) for names in (tables.practices.practice, tables.requests.request, tables.members.person)
    )
    market = market_of(_input(tables, _lots(requests, seed)))
    rank = column_of(tables.wishes.rank)
    ranks = Words([decimal(value) for value in rank.values])
    return Case(
        market=market,
        practices=Words(practices),
        requests=Words(requests),
        persons=Words(persons),
        ranks=ranks,
        rank_of=np.append(rank.codes[market.wish_row], np.int32(ranks.empty)),
    )


def _lots(requests: Texts, seed: str) -> np.typing.NDArray[np.uint64]:
    """The lots, many at a time; as soon as one of those looked at is not what the judge says, the judge's own."""
    lots = digests(f"{seed}:", requests)
    some = range(0, len(requests), ONE_IN)
    by_the_judge = lots_of((requests[row].encode() for row in some), seed)
    return lots if np.array_equal(lots[:, ::ONE_IN], by_the_judge) else lots_of(requests.encoded(), seed)


def _input(tables: Tables, lot: np.typing.NDArray[np.uint64]) -> Input:
    members, wishes = tables.members, tables.wishes
    everybody = len(members.person)
    trades = column_of(members.trades)
    return Input(
        # More places than there are people is as good as one more.
        places=np.array([min(places, everybody + 1) for places in tables.practices.places], np.int64),
        swaps=np.array(list(tables.practices.swaps), np.bool_),
        priority=_ranked(tables.requests.priority),
        since=_ranked(tables.requests.since),
        lot=lot,
        member_request=_rows(members.request, tables.requests.request),
        member_practice=_rows(members.practice, tables.practices.practice),
        member_trades=np.array(list(trades.values), np.bool_)[trades.codes],
        wish_request=_rows(wishes.request, tables.requests.request),
        wish_rank=_ranked(wishes.rank),
        wish_practice=_rows(wishes.practice, tables.practices.practice),
    )


def _in_order(names: Sequence[str]) -> Texts:
    """A column in which nothing stands twice, row by row."""
    column = text_column_of(names)
    if np.array_equal(column.codes, np.arange(len(column))):
        return Texts(column.texts.data, column.texts.start[: len(column) + 1])
    return Texts.of(list(column))


def _rows(names: Sequence[str], known: Sequence[str]) -> Ints:
    """For each name the row in which it is known; NONE for the empty one."""
    there = text_column_of(known)
    row = np.full(len(there.texts) + 1, NONE, np.int32)
    row[there.codes] = np.arange(len(there))
    return row[codes_in(text_column_of(names), there.texts)]


def _ranked(values: Sequence[Hashable]) -> Ints:
    """For each value how many smaller ones there are at most: numbers of any size, or texts, in their order."""
    column: Column[Hashable] = column_of(values)
    distinct: list[object] = list(column.values)
    place = np.empty(len(distinct), np.int32)
    place[sorted(range(len(distinct)), key=distinct.__getitem__)] = np.arange(len(distinct))  # type: ignore[arg-type]
    return place[column.codes]
