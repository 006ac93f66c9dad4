# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts as bytes, eight at a time: whether two are the same, which comes first, and a hash of one."""

import numpy as np

from huisartsplek.engine.compiled import Bytes, compiled

SLACK = 8  # bytes that may be read beyond the end of a text
ONE = np.uint64(1)
MIXER = np.uint64(0x9E3779B97F4A7C15)
STIRRER = np.uint64(0xFF51AFD7ED558CCD)
SHAKER = np.uint64(0xC4CEB9FE1A85EC53)


@compiled
def eight(data: Bytes, at: int) -> np.uint64:
    """Eight bytes as one number, the first weighing least."""
    first = np.uint64(at)  # an unsigned index is not looked at for being negative
    return (
        np.uint64(data[first])
        | (np.uint64(data[first + ONE]) << np.uint64(8))
        | (np.uint64(data[first + np.uint64(2)]) << np.uint64(16))
        | (np.uint64(data[first + np.uint64(3)]) << np.uint64(24))
        | (np.uint64(data[first + np.uint64(4)]) << np.uint64(32))
        | (np.uint64(data[first + np.uint64(5)]) << np.uint64(40))
        | (np.uint64(data[first + np.uint64(6)]) << np.uint64(48))
        | (np.uint64(data[first + np.uint64(7)]) << np.uint64(56))
    )


@compiled
def put_eight(data: Bytes, at: int, word: np.uint64) -> None:
    """The other way round."""
    first = np.uint64(at)
    for number in range(8):
        data[first + np.uint64(number)] = np.uint8((word >> np.uint64(8 * number)) & np.uint64(255))


@compiled
def _first_bytes(word: np.uint64, count: int) -> np.uint64:
    """The first bytes of eight, the others nought; for one to eight."""
    return word & (np.uint64(0xFFFFFFFFFFFFFFFF) >> np.uint64(64 - 8 * count))


@compiled
def text_hash(data: Bytes, begin: int, end: int) -> np.int64:
    """A number for a text, of which every bit depends on every byte.

    The hash table looks at the lowest bits, and a product carries nothing downward: hence the mixing at the end,
    without which texts that differ only in a last byte would all begin at one slot (Appleby 2011, MurmurHash3).
    """
    mixed = np.uint64(end - begin) * MIXER
    for at in range(begin, end, 8):
        mixed = (mixed ^ _first_bytes(eight(data, at), min(end - at, 8))) * MIXER
        mixed ^= mixed >> np.uint64(32)
    mixed = (mixed ^ (mixed >> np.uint64(33))) * STIRRER
    mixed = (mixed ^ (mixed >> np.uint64(33))) * SHAKER
    return np.int64((mixed ^ (mixed >> np.uint64(33))) >> ONE)


@compiled
def same(one: Bytes, first: int, other: Bytes, second: int, length: int) -> bool:
    for at in range(0, length, 8):
        differs = eight(one, first + at) ^ eight(other, second + at)
        if _first_bytes(differs, min(length - at, 8)) != np.uint64(0):
            return False
    return True


@compiled
def above(data: Bytes, begin: int, end: int, store: Bytes, first: int, last: int) -> bool:
    """Whether one text comes after another by their bytes."""
    at, shorter = 0, min(end - begin, last - first)
    while at + 8 <= shorter and eight(data, begin + at) == eight(store, first + at):
        at += 8
    while at < shorter and data[begin + at] == store[first + at]:
        at += 1
    return data[begin + at] > store[first + at] if at < shorter else end - begin > last - first
