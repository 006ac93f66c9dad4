# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plain delimited files, read a few megabytes at a time straight into numbered columns.

A file is plain when it holds no quote, each record has as many cells as the header, every CR ends a line and all
of it is UTF-8. Whatever is not plain is left to `csvtext`, which is slow and tells what is wrong.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import BinaryIO

import numpy as np

from huisartsplek.engine import csvtext
from huisartsplek.engine.bytewise import SLACK
from huisartsplek.engine.columns import Interner
from huisartsplek.engine.compiled import Bytes, Ints, Longs, compiled

PIECE = 4_000_000
MARK = b"\xef\xbb\xbf"
NOT_PLAIN = -1
Wanted = Callable[[Sequence[str]], Mapping[int, Interner] | None]


class NotPlainError(ValueError):
    """The file has to be read with more care."""


@compiled
def _cut(data: Bytes, delimiter: int, begins: Longs, ends: Longs) -> tuple[int, int]:
    """Where the cells of whole lines begin and end, by (cell, record); the number of records, or NOT_PLAIN, and
    all bytes or-ed together. Lines with nothing in them are no records."""
    width = begins.shape[0]
    record, cell, begin, high = 0, 0, 0, 0
    for at in range(len(data)):
        byte = data[at]
        high |= byte
        if byte > 59:  # above every character that means anything here
            continue
        if byte == delimiter:
            if cell + 1 >= width:
                return NOT_PLAIN, high
            begins[cell, record] = begin
            ends[cell, record] = at
            cell += 1
            begin = at + 1
        elif byte == 10:
            end = at - 1 if at > begin and data[at - 1] == 13 else at
            if cell > 0 or end > begin:
                if cell != width - 1:
                    return NOT_PLAIN, high
                begins[cell, record] = begin
                ends[cell, record] = end
                record += 1
            cell = 0
            begin = at + 1
        elif byte == 34 or (byte == 13 and data[at + 1] != 10):
            return NOT_PLAIN, high
    return record, high


def _pieces(stream: BinaryIO) -> Iterator[bytearray]:
    """The bytes in pieces of whole lines, without the mark at the start; the last line gets the LF it lacks."""
    carry = b""
    block = stream.read(PIECE).removeprefix(MARK)
    while block:
        end = block.rfind(b"\n") + 1
        if not end and len(block) == PIECE:
            raise NotPlainError
        if end:
            yield bytearray(carry) + block[:end]
            carry = b""
        carry += block[end:]
        block = stream.read(PIECE)
    if carry.endswith(b"\r"):
        raise NotPlainError
    if carry:
        yield bytearray(carry) + b"\n"


def _split_header(piece: bytearray) -> tuple[Sequence[str], str, bytearray]:
    """The names in the first line that holds anything, the delimiter, and what follows."""
    begin = 0
    while True:
        end = piece.find(b"\n", begin)
        if end < 0:
            raise NotPlainError
        if bytes(piece[begin:end]) not in {b"", b"\r"}:
            break
        begin = end + 1
    line = piece[begin:end].decode().removesuffix("\r")
    if '"' in line or "\r" in line:
        raise NotPlainError
    delimiter = csvtext.delimiter_of(line)
    return line.split(delimiter), delimiter, piece[end + 1 :]


def _take(piece: bytearray, delimiter: str, width: int, wanted: Mapping[int, Interner]) -> dict[int, Ints]:
    """The wanted columns of one piece."""
    room = piece.count(b"\n")
    data = np.frombuffer(piece + bytes(SLACK), np.uint8)
    begins, ends = np.empty((width, room), np.int64), np.empty((width, room), np.int64)
    records, high = _cut(data[: len(piece)], ord(delimiter), begins, ends)
    if records == NOT_PLAIN:
        raise NotPlainError
    if high > 127:
        piece.decode()
    return {at: names.codes(data, begins[at, :records], ends[at, :records]) for at, names in wanted.items()}


def read_plain(stream: BinaryIO, wanted: Wanted) -> dict[int, Ints] | None:
    """The codes of some columns of a plain file, by the place of the column; None where the file is not plain.

    `wanted` hears the header and answers with who numbers which column, or None if this header will not do.
    Takes O(bytes), and besides the codes a few times `PIECE`.
    """
    try:
        pieces = _pieces(stream)
        first = next(pieces, None)
        if first is None:
            return None
        header, delimiter, body = _split_header(first)
        interners = wanted(header)
        if interners is None:
            return None
        parts = [_take(body, delimiter, len(header), interners)]
        parts.extend(_take(piece, delimiter, len(header), interners) for piece in pieces)
    except (NotPlainError, UnicodeDecodeError):
        return None
    return {at: np.concatenate([part[at] for part in parts]) for at in interners}


def read_plain_bytes(content: bytes, wanted: Wanted) -> dict[int, Ints] | None:
    """The same for a file that is already in memory."""
    return read_plain(BytesIO(content), wanted)
