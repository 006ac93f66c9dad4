# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Putting rows in order by numbers alone: distinct texts are ranked once, rows are then dealt out by rank."""

import numpy as np
import numpy.typing as npt

from huisartsplek.engine.columns import Texts
from huisartsplek.engine.compiled import Bytes, Ints, Longs, compiled

Words = npt.NDArray[np.uint64]
COMMA = 44
NOTHING = -1
WORD = 8


@compiled
def _words(data: Bytes, start: Longs, chosen: Longs, at: int, follower: int) -> Words:
    """Eight bytes of each chosen text from `at`, the first weighing most; after the text `follower`, then zeros."""
    words = np.empty(len(chosen), np.uint64)
    for number in range(len(chosen)):
        begin, end = start[chosen[number]] + at, start[chosen[number] + 1]
        word = np.uint64(0)
        for place in range(begin, begin + WORD):
            byte = np.uint64(0)
            if place < end:
                byte = np.uint64(data[place])
            elif place == end and follower >= 0:
                byte = np.uint64(follower)
            word = (word << np.uint64(8)) | byte
        words[number] = word
    return words


def order_of(texts: Texts, follower: int = NOTHING) -> Longs:
    """The texts in order of their bytes, each followed by one more byte if so asked.

    Sorts by eight bytes at a time, and looks further only where these are equal: O(n log n) for each eight bytes
    that some texts share. Where bytes are equal to the end the shorter text goes first.
    """
    lengths = np.diff(texts.start)
    order = np.arange(len(texts), dtype=np.int64)
    group = np.zeros(len(texts), np.int64)  # of each text in the order: the place of the first that equals it
    tied = order.copy()  # places in the order that hold texts not yet told apart
    at = 0
    while len(tied):
        words = _words(texts.data, texts.start, order[tied], at, follower)
        at += WORD
        sort = np.lexsort((words, group[tied])) if at > WORD else np.argsort(words)
        order[tied] = order[tied][sort]
        words, groups = words[sort], group[tied]
        fresh = np.ones(len(tied), np.bool_)
        fresh[1:] = (words[1:] != words[:-1]) | (groups[1:] != groups[:-1])
        first = np.flatnonzero(fresh)
        sizes = np.diff(np.append(first, len(tied)))
        group[tied] = np.repeat(tied[first], sizes)
        again = np.repeat(sizes > 1, sizes)
        done = lengths[order[tied]] < at  # nothing but zeros follows
        tied = tied[again & ~_whole_group(done, first, sizes)]
    if np.all(group[1:] > group[:-1]):
        return order
    return order[np.lexsort((lengths[order], group))]  # texts that differ in zeros at their end only


def _whole_group(holds: npt.NDArray[np.bool_], first: Longs, sizes: Longs) -> npt.NDArray[np.bool_]:
    """Whether this holds for all of the group that each is in."""
    return np.repeat(np.logical_and.reduceat(holds, first), sizes)


def ranks_of(texts: Texts, follower: int = NOTHING) -> Ints:
    """The place of each text in that order, worked out once."""
    if follower == COMMA and len(texts) and texts.data[: texts.start[-1]].min(initial=COMMA + 1) > COMMA:
        follower = NOTHING  # no byte comes before a comma, so that comma changes nothing
    if follower not in texts.ranks:
        order = order_of(texts, follower)
        ranks = np.empty(len(order), np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        texts.ranks[follower] = ranks
    return texts.ranks[follower]


@compiled
def starts_of(keys: Ints, groups: int) -> Longs:
    """Where each group begins when rows stand by their key, and where the last one ends; O(rows + groups)."""
    starts = np.zeros(groups + 1, np.int64)
    for row in range(len(keys)):
        starts[keys[row] + 1] += 1
    for group in range(groups):
        starts[group + 1] += starts[group]
    return starts


@compiled
def dealt(rows: Ints, codes: Ints, rank: Ints) -> Ints:
    """The rows by the rank of their code; rows of one rank stay as they were. O(rows + codes)."""
    at = np.zeros(len(rank) + 1, np.int64)
    for row in range(len(rows)):
        at[rank[codes[rows[row]]] + 1] += 1
    for place in range(len(rank)):
        at[place + 1] += at[place]
    ordered = np.empty(len(rows), np.int32)
    for number in range(len(rows)):
        key = rank[codes[rows[number]]]
        ordered[at[key]] = rows[number]
        at[key] += 1
    return ordered
