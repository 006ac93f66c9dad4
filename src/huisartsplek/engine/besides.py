# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file that comes beside the four tables of a round: read as strictly, every column required."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from huisartsplek.engine import csvtext, values
from huisartsplek.engine.faults import Fault

Columns = Mapping[str, tuple[str, Callable[[str], object]]]  # English name: Dutch name, and what a cell holds


def read_rows(path: Path, columns: Columns, faults: list[Fault]) -> Iterator[tuple[int, dict[str, object]]]:
    """Record number and values of each sound record; None for a cell with a fault or a column that is missing."""
    text = _text(path, faults)
    if text is None:
        return
    delimiter = csvtext.delimiter_of(text)
    header, body = csvtext.split_header(text, delimiter)
    names = header.cells if header else []
    if header is not None and header.fault is not None:
        faults.append(Fault(path.name, 1, None, header.fault))
        return
    places = _places(path.name, names, columns, faults)
    for batch in csvtext.batches(body, delimiter, len(names)):
        faults.extend(Fault(path.name, unsound.number, None, unsound.message) for unsound in batch.unsound)
        for row, record in enumerate(batch.numbers):
            read: dict[str, object] = dict.fromkeys(columns)
            for column, place in places.items():
                try:
                    read[column] = columns[column][1](batch.columns[place][row])
                except values.BadValueError as bad:
                    faults.append(Fault(path.name, record, column, str(bad)))
            yield record, read


def in_order(faults: Sequence[Fault]) -> list[Fault]:
    """Faults of one file by record and column."""
    return sorted(faults, key=lambda fault: (fault.record or 0, fault.column or ""))


def _text(path: Path, faults: list[Fault]) -> str | None:
    try:
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode()
    except FileNotFoundError:
        faults.append(Fault(path.name, None, None, "file is missing"))
    except OSError as error:
        faults.append(Fault(path.name, None, None, f"file cannot be read: {error.strerror}"))
    except UnicodeDecodeError as error:
        faults.append(Fault(path.name, None, None, f"not UTF-8 at byte {error.start}"))
    return None


def _places(file: str, header: Sequence[str], columns: Columns, faults: list[Fault]) -> dict[str, int]:
    """Which cell each column is; columns that are missing or there twice are faults and left out."""
    places = {}
    for column, (dutch, _) in columns.items():
        at = [place for place, name in enumerate(header) if name in {column, dutch}]
        if len(at) == 1:
            places[column] = at[0]
        else:
            faults.append(Fault(file, 1, column, "column is there twice" if at else "column is missing"))
    return places
