# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moments that are in their normalised form already, told at a glance: a national round holds a million."""

import numpy as np

from huisartsplek.engine.columns import Texts
from huisartsplek.engine.compiled import Bytes, Longs, compiled

FORM = np.frombuffer(b"0000-00-00T00:00:00.000000Z", np.uint8).copy()
ZERO = 48


@compiled
def _number(data: Bytes, begin: int, digits: int) -> int:
    number = 0
    for at in range(begin, begin + digits):
        number = 10 * number + data[at] - ZERO
    return number


@compiled
def _has_form(data: Bytes, begin: int) -> bool:
    for at in range(len(FORM)):
        byte = data[begin + at]
        if FORM[at] == ZERO:
            if byte < ZERO or byte > ZERO + 9:
                return False
        elif byte != FORM[at]:
            return False
    return True


@compiled
def _are_normal(data: Bytes, start: Longs) -> bool:
    for text in range(len(start) - 1):
        begin = start[text]
        if start[text + 1] - begin != len(FORM) or not _has_form(data, begin):
            return False
        year, month, day = _number(data, begin, 4), _number(data, begin + 5, 2), _number(data, begin + 8, 2)
        if year < 1 or month < 1 or month > 12 or day < 1:
            return False
        last = 30 if month in (4, 6, 9, 11) else 31
        if month == 2:
            last = 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
        if day > last or _number(data, begin + 11, 2) > 23:
            return False
        if _number(data, begin + 14, 2) > 59 or _number(data, begin + 17, 2) > 59:
            return False
    return True


def are_normal(texts: Texts) -> bool:
    """Whether each text is a moment in UTC as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, and one that exists; O(texts)."""
    return bool(_are_normal(texts.data, texts.start))
