# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The prices of a round, and what they prove: that nobody could have placed more people, or by how many at most."""

import re
from collections.abc import Iterator

import numpy as np

from huisartsplek.engine.compiled import Ints
from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.case import Case
from huisartsplek.engine.verify.claims import match
from huisartsplek.engine.verify.form import Rows
from huisartsplek.engine.verify.judgement import NONE, Market
from huisartsplek.engine.verify.prices import Asked, check_form, check_prices, placed_at_most

WHOLE_NUMBER = re.compile(r"0|[1-9]\d{0,17}", re.ASCII)


def read_prices(case: Case, rows: Rows) -> tuple[list[int], list[Broken]]:
    """The price of each practice, and every row that is not one practice's price."""
    matched = match(rows.cells["practice"], np.arange(case.practices.known, dtype=np.int32))
    again = set(matched.again.tolist())
    broken = []
    for row in sorted([*matched.stray.tolist(), *again]):
        message = f"{rows.text('practice', row)!r} {'stands twice' if row in again else 'does not belong here'}"
        broken.append(Broken(Rule.PRICES, rows.file, rows.record(row), message))
    prices = [0] * len(matched.row)
    for practice, row in enumerate(matched.row.tolist()):
        if row == NONE:
            message = f"{case.practice(practice)!r} is missing"
            broken.append(Broken(Rule.PRICES, rows.file, None, message))
        elif WHOLE_NUMBER.fullmatch(text := rows.text("price", row)):
            prices[practice] = int(text)
        else:
            message = f"price of {case.practice(practice)!r} is {text!r}, it must be a whole number"
            broken.append(Broken(Rule.PRICES, rows.file, rows.record(row), message))
    for fault in () if broken else check_form(prices):
        record = rows.record(int(matched.row[fault.practice]))
        broken.append(Broken(Rule.PRICES, rows.file, record, fault.message))
    return prices, broken


def check_optimum(case: Case, given: Ints, queue: Ints, prices: list[int], file: str) -> Iterator[Broken]:
    """Where each request is one person: nobody places more above the floor, nor in better positions."""
    market = case.market
    for fault in check_prices(
        _capacity(market),
        market.first_wish,
        market.wish_practice[:-1],
        _ended(market, given),
        _ended(market, queue),
        np.where(market.can_give, market.here, NONE),
        prices,
    ):
        whom = case.practice(fault.practice) if fault.practice != NONE else case.request(fault.request)
        yield Broken(Rule.PRICES, file, None, f"{whom!r}: {fault.message}")


def proved_bound(case: Case, queue: Ints, prices: list[int]) -> int:
    """No result above the floor places more persons than this, households whole."""
    market = case.market
    sizes = np.diff(market.first_member)
    kept = market.present[~market.frees & (market.present != NONE)]
    key = market.request_of[~market.frees & (market.present != NONE)].astype(np.int64) * len(prices) + kept
    there, count = np.unique(key, return_counts=True)
    wished = market.asker.astype(np.int64) * len(prices) + market.wish_practice[:-1]
    at = np.minimum(np.searchsorted(there, wished), max(len(there) - 1, 0))
    stays = np.where(there[at] == wished, count[at], 0) if len(there) else np.zeros(len(wished), np.int64)
    freeing = np.append(0, np.cumsum(market.frees))
    return placed_at_most(
        _capacity(market),
        sizes,
        Asked(market.first_wish, market.wish_practice[:-1], _ended(market, queue)),
        sizes[market.asker] - stays,
        freeing[market.first_member],
        market.present[market.frees],
        np.ones(int(market.frees.sum()), np.int64),
        prices,
    )


def _capacity(market: Market) -> Ints:
    """Of each practice the places and those of present members that would be freed."""
    units = np.bincount(market.present[market.frees], minlength=len(market.places))
    return (market.places + units).astype(np.int32)


def _ended(market: Market, given: Ints) -> Ints:
    """The same wishes, with the end of a request's wishes for none."""
    return np.where(given == NONE, market.first_wish[1:], given)
