# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every small way in which a round's output can be wrong, generated from the files themselves."""

import csv
import io
import json
from collections.abc import Iterator

from tests.unit.verify.making import csv_bytes, json_bytes

from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify.verifier import HEADERS, PRICES

REPORT = "report.json"
Mutation = tuple[str, dict[str, bytes]]

WORDS = {
    "outcome": ["moved", "stays", "waits", ""],
    "reason": [
        "moved",
        "no-wish",
        "full",
        "full-swap-needs-taker",
        "passed-in-swap",
        "household-does-not-fit",
        "",
    ],
    "kind": ["cycle", "chain", "mixed", ""],
    "state": ["open", "own", "full", ""],
}
OTHER_VALUES: list[object] = [None, True, False, 0, 1, 2, 3, 0.5, 1.5, "", "other", [], {}, {"1": 1}]
COUNTS = ("rank", "queue_rank", "position", "exchange", "persons", "requests", "price")


def every_mutation(tables: Tables, files: dict[str, bytes]) -> Iterator[Mutation]:
    """All mutations of all files, each with a name that says what was done."""
    for file in [file for file in (*HEADERS, PRICES) if file in files]:
        yield from cell_mutations(tables, files, file)
        yield from row_mutations(files, file)
    yield from report_mutations(files)
    yield from file_mutations(files)


def cell_mutations(tables: Tables, files: dict[str, bytes], file: str) -> Iterator[Mutation]:
    """Each cell changed to each other value that its column could hold, in an otherwise well-formed file."""
    header, rows = read(files[file])
    for number, row in enumerate(rows):
        for column, name in enumerate(header):
            for value in plausible(tables, name, [other[column] for other in rows]):
                if value != row[column]:
                    changed = [*row[:column], value, *row[column + 1 :]]
                    mutated = csv_bytes(
                        ",".join(header), [tuple(r) for r in (*rows[:number], changed, *rows[number + 1 :])]
                    )
                    yield f"{file} {row} {name}={value!r}", files | {file: mutated}


def plausible(tables: Tables, column: str, seen: list[str]) -> list[str]:
    """What could stand in a column: what stands there elsewhere, and what the input knows of its kind."""
    known = {
        "person": tables.members.person,
        "source": ["", *tables.members.person],
        "request": tables.requests.request,
        "from": ["", *tables.practices.practice],
        "to": tables.practices.practice,
        "practice": ["", *tables.practices.practice],
    }
    numbers = ["", *map(str, range(14)), "01", "-1", "1.0"] if column in COUNTS else []
    return sorted({*seen, *known.get(column, []), *WORDS.get(column, []), *numbers})


def row_mutations(files: dict[str, bytes], file: str) -> Iterator[Mutation]:
    """Each row dropped, doubled, swapped with the next, cut short, or made longer; and the header so."""
    header, rows = read(files[file])
    everything = [header, *rows]
    for number, row in enumerate(everything):
        before, after = everything[:number], everything[number + 1 :]
        for name, changed in (
            ("dropped", [*before, *after]),
            ("doubled", [*before, row, row, *after]),
            ("short", [*before, row[:-1], *after]),
            ("long", [*before, [*row, ""], *after]),
            ("swapped", [*before, *after[:1], row, *after[1:]]),
        ):
            if changed != everything:
                yield f"{file} row {number} {name}", files | {file: unsorted(changed)}


def report_mutations(files: dict[str, bytes]) -> Iterator[Mutation]:
    """Each value in the report changed to others, each key dropped or added, at every depth."""
    report = json.loads(files["report.json"])
    for path in paths(report):
        old = value_at(report, path)
        # Written values are compared: 1, 1.0 and true are equal here and not in a file.
        for value in OTHER_VALUES:
            if json_bytes(value) != json_bytes(old):
                changed = with_value(report, path, value)
                yield f"report.json {path}={value!r}", files | {"report.json": json_bytes(changed)}
        yield f"report.json {path} dropped", files | {"report.json": json_bytes(without(report, path))}
    yield "report.json extra key", files | {"report.json": json_bytes(report | {"extra": 1})}
    for name, raw in (
        ("compact", json.dumps(report, sort_keys=True).encode() + b"\n"),
        ("without LF", files["report.json"][:-1]),
        ("reversed", (json.dumps(dict(reversed(report.items())), indent=2) + "\n").encode()),
    ):
        yield f"report.json {name}", files | {"report.json": raw}


def paths(value: object) -> Iterator[tuple[str, ...]]:
    """The way to every value in nested objects."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (key,)
            for path in paths(inner):
                yield (key, *path)


def value_at(report: object, path: tuple[str, ...]) -> object:
    """The value to which a path leads."""
    for key in path:
        assert isinstance(report, dict)
        report = report[key]
    return report


def with_value(report: dict[str, object], path: tuple[str, ...], value: object) -> dict[str, object]:
    """A copy of the report with one value changed."""
    if len(path) == 1:
        return report | {path[0]: value}
    inner = report[path[0]]
    assert isinstance(inner, dict)
    return report | {path[0]: with_value(inner, path[1:], value)}


def without(report: dict[str, object], path: tuple[str, ...]) -> dict[str, object]:
    """A copy of the report with one value left out."""
    if len(path) == 1:
        return {key: value for key, value in report.items() if key != path[0]}
    inner = report[path[0]]
    assert isinstance(inner, dict)
    return report | {path[0]: without(inner, path[1:])}


def file_mutations(files: dict[str, bytes]) -> Iterator[Mutation]:
    """Each file missing, empty, with another kind of line end or a byte order mark; one file too many."""
    for file, raw in files.items():
        yield f"{file} missing", {name: other for name, other in files.items() if name != file}
        for name, changed in (
            ("empty", b""),
            ("CR LF", raw.replace(b"\n", b"\r\n")),
            ("byte order mark", b"\xef\xbb\xbf" + raw),
            ("blank line at the end", raw + b"\n"),
            ("no LF at the end", raw[:-1]),
            ("not UTF-8", raw[:-1] + b"\xff\n"),
            ("semicolons", raw.replace(b",", b";")),
            ("needless quotes", b'"' + raw.replace(b",", b'",', 1)),
        ):
            if changed != raw:
                yield f"{file} {name}", files | {file: changed}
    yield "a file too many", files | {"notes.txt": b""}
    if PRICES not in files:
        yield "prices of another mechanism", files | {PRICES: b"practice,price\n"}


def read(raw: bytes) -> tuple[list[str], list[list[str]]]:
    """The header and rows of a well-formed file, by Python's own reader."""
    header, *rows = csv.reader(io.StringIO(raw.decode(), newline=""))
    return header, rows


def unsorted(rows: list[list[str]]) -> bytes:
    """A table in the output form, but for the order of its rows and whatever they hold."""
    return b"".join(csv_bytes(",".join(map(quoted, row)), []) for row in rows)


def quoted(text: str) -> str:
    """A cell in the output form, by other means than the verifier's."""
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def only_the_bound_without_floor_is_higher(before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Whether two rounds differ at most in a bound that is still one, but not as tight as can be."""
    if before.keys() != after.keys() or any(before[file] != after[file] for file in before if file != REPORT):
        return False
    one, other = json.loads(before[REPORT]), json.loads(after[REPORT])
    key = "bound_without_floor"
    both_numbers = type(one.get(key)) is int and type(other.get(key)) is int
    return both_numbers and other[key] > one[key] and one | {key: None} == other | {key: None}


def only_prices_differ(before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Whether two rounds differ at most in prices: several can prove the same."""
    if before.keys() != after.keys() or any(before[file] != after[file] for file in before if file != PRICES):
        return False
    (_, one), (_, other) = read(before[PRICES]), read(after[PRICES])
    return [row[0] for row in one] == [row[0] for row in other]


def only_sources_differ(before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Whether two rounds differ at most in whose place is taken: what another cut may change."""
    if before.keys() != after.keys() or any(before[file] != after[file] for file in before if file != "moves.csv"):
        return False
    (_, one), (_, other) = read(before["moves.csv"]), read(after["moves.csv"])
    return sorted(row[:6] for row in one) == sorted(row[:6] for row in other)
