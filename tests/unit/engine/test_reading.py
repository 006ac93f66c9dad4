# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a round's files: every form of the same input is the same, and every fault in a bad one is found."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.markets import rounds

from huisartsplek.engine import run_round
from huisartsplek.engine.files import BadInput, input_sha256, read_tables, render_input
from huisartsplek.engine.tables import Tables

GOOD = {
    "practices.csv": "practice,places,swaps,region\nh1,0,yes,\nh2,1,no,North\n",
    "requests.csv": "request,priority,since\nr1,1,2024-01-01\nr2,0,2024-02-01\n",
    "members.csv": "person,request,practice,trades\nm1,r1,h1,yes\nm2,r2,,yes\n",
    "wishes.csv": "request,rank,practice\nr1,1,h2\nr2,1,h1\nr2,2,h2\n",
}
DUTCH = {
    "practice": "praktijk",
    "places": "plekken",
    "swaps": "ruilt",
    "region": "regio",
    "request": "verzoek",
    "priority": "voorrang",
    "since": "sinds",
    "person": "persoon",
    "trades": "ruilbaar",
    "rank": "rang",
}


def write(directory: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put files in a directory."""
    for name, content in files.items():
        (directory / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return directory


def read(files: Mapping[str, str | bytes]) -> Tables:
    """Read files from a directory of their own."""
    with TemporaryDirectory() as directory:
        return read_tables(write(Path(directory), files))


def faults(**changed: str | bytes | None) -> list[str]:
    """The faults of the good files with some of them changed; None takes a file away."""
    files: dict[str, str | bytes] = {}
    for name, content in GOOD.items():
        other = changed.get(name.removesuffix(".csv"), content)
        if other is not None:
            files[name] = other
    with pytest.raises(BadInput) as caught:
        read(files)
    return [str(fault) for fault in caught.value.faults]


def test_the_good_files_are_read_with_their_values_normalised() -> None:
    tables = read(GOOD)
    assert tables.practices.swaps == [True, False]
    assert tables.requests.since == ["2024-01-01T00:00:00.000000Z", "2024-02-01T00:00:00.000000Z"]
    assert tables.wishes.rank == [1, 1, 2]


def test_columns_with_a_default_may_be_absent_or_empty() -> None:
    short = {
        "practices.csv": "practice,places\nh1,0\nh2,1\n",
        "requests.csv": "priority,request,since\n,r1,2024-01-01\n1,r2,2024-02-01 00:00\n",
        "members.csv": "person,request,practice\nm1,r1,h1\nm2,r2,\n",
        "wishes.csv": GOOD["wishes.csv"],
    }
    tables = read(short)
    assert tables.practices.swaps == [True, True]
    assert tables.practices.region == ["", ""]
    assert tables.requests.priority == [1, 1]
    assert tables.members.trades == [True, True]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-01", "2024-03-01T00:00:00.000000Z"),
        ("2024-03-01T09:30", "2024-03-01T09:30:00.000000Z"),
        ("2024-03-01 09:30:15", "2024-03-01T09:30:15.000000Z"),
        ("2024-03-01T09:30:15.5", "2024-03-01T09:30:15.500000Z"),
        ("2024-03-01T09:30:15.123456Z", "2024-03-01T09:30:15.123456Z"),
        ("2024-03-01T00:30+01:00", "2024-02-29T23:30:00.000000Z"),
        ("2024-02-29T23:30-01:00", "2024-03-01T00:30:00.000000Z"),
        ("0001-01-01T00:00-00:01", "0001-01-01T00:01:00.000000Z"),
    ],
)
def test_moments_come_out_as_utc(text: str, moment: str) -> None:
    files = GOOD | {"requests.csv": f"request,since\nr1,{text}\nr2,2024-01-01\n"}
    assert read(files).requests.since[0] == moment


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-30",
        "2024-2-03",
        "24-02-03",
        "2024-02-03T",
        "2024-02-03T9:30",
        "2024-02-03T24:00",
        "2024-02-03T09:60",
        "2024-02-03T09:30:60",
        "2024-02-03T09:30:15.",
        "2024-02-03T09:30:15.1234567",
        "2024-02-03T09:30z",
        "2024-02-03Z",
        "2024-02-03T09:30+0100",
        "2024-02-03T09:30+24:00",
        "0001-01-01T00:00+00:01",
        "9999-12-31T23:59-00:01",
        "2024-02-03  09:30",
        " 2024-02-03",
        "٢٠٢٤-02-03",
    ],
)
def test_what_is_no_moment_is_a_fault(text: str) -> None:
    [told] = faults(requests=f"request,since\nr1,{text}\nr2,2024-01-01\n")
    assert told.startswith("requests.csv, record 2, since: ")


@pytest.mark.parametrize("text", ["-1", "+1", "1.0", "1e3", " 1", "1 ", "1_0", "¹", "٣", "x"])
def test_what_is_no_whole_number_is_a_fault(text: str) -> None:
    assert faults(practices=f"practice,places\nh1,{text}\nh2,0\n") == [
        "practices.csv, record 2, places: not a whole number"
    ]


def test_whole_numbers_may_be_of_any_size_and_lose_leading_zeros() -> None:
    huge = "9" * 9000
    files = GOOD | {
        "practices.csv": f"practice,places\nh1,00{huge}\nh2,007\n",
        "requests.csv": f"request,priority,since\nr1,-{huge},2024-01-01\nr2,-0,2024-01-01\n",
        "wishes.csv": f"request,rank,practice\nr1,{huge},h2\nr2,2,h1\n",
    }
    tables = read(files)
    assert tables.practices.places[1] == 7
    assert f"\nh1,{huge},yes,\n".encode() in render_input(tables)["practices.csv"]
    assert b"r2,0,2024-01-01T00:00:00.000000Z" in render_input(tables)["requests.csv"]
    result = run_round(tables, seed="s")
    assert result.outcomes.outcome == ["moved", "moved"]
    assert huge.encode() in result.files()["outcomes.csv"]


def test_every_fault_is_told_and_none_twice() -> None:
    assert faults(
        practices="practice,places,swaps\nh1,0,YES\nh2,-1,no\n,3,no\nh1,1,yes\n",
        requests="request,priority,since\nr1,+1,2024-01-01\nr2,1,\nr3,1,2024-01-01\n",
        members="person,request,practice,trades\nm1,r1,h9,yes\nm1,r2,,maybe\nm3,r9,,\n",
        wishes="request,rank,practice\nr1,0,h2\nr2,1,h1\nr2,01,h2\nr2,3,h1\n,1,h1\nr2,,h8\n",
    ) == [
        "practices.csv, record 2, swaps: not yes or no",
        "practices.csv, record 3, places: not a whole number",
        "practices.csv, record 4, practice: required cell is empty",
        "practices.csv, record 5, practice: h1 is there twice",
        "requests.csv, record 2, priority: not a whole number",
        "requests.csv, record 3, since: required cell is empty",
        "requests.csv, record 4, request: request r3 has no members",
        "members.csv, record 2, practice: unknown practice h9",
        "members.csv, record 3, person: m1 is there twice",
        "members.csv, record 3, trades: not yes or no",
        "members.csv, record 4, request: unknown request r9",
        "wishes.csv, record 2, rank: a rank starts at 1",
        "wishes.csv, record 4, rank: rank 1 is there twice in request r2",
        "wishes.csv, record 5, practice: practice h1 is there twice in request r2",
        "wishes.csv, record 6, request: required cell is empty",
        "wishes.csv, record 7, rank: required cell is empty",
        "wishes.csv, record 7, practice: unknown practice h8",
    ]


def test_a_missing_file_or_column_brings_no_faults_elsewhere() -> None:
    assert faults(practices=None) == ["practices.csv: file is missing"]
    assert faults(members=None) == ["members.csv: file is missing"]
    assert faults(practices="places,swaps\n1,yes\n") == ["practices.csv, record 1, practice: column is missing"]
    assert faults(members="person,request\nm1,r1\nm2,r2\n") == [
        "members.csv, record 1, practice: column is missing"
    ]
    assert faults(requests="") == [
        "requests.csv, record 1, request: column is missing",
        "requests.csv, record 1, since: column is missing",
    ]


def test_english_and_dutch_names_of_one_column_count_as_one() -> None:
    assert faults(practices="practice,places,praktijk\nh1,0,h1\nh2,0,h2\n") == [
        "practices.csv, record 1, practice: column is there twice"
    ]


def test_what_is_not_utf8_is_one_fault() -> None:
    assert faults(practices=b"practice,places\nh1,0\nh\xff2,0\n") == ["practices.csv, record 3: not UTF-8"]


@pytest.mark.parametrize(
    "record", ['h"2,1,no,', '"h2"x,1,no,', 'h2,1,no,a"b', 'h2,"1"1,no,', 'h2,1,no,"North" ', ' "h2",1,no,']
)
def test_a_stray_quote_is_one_fault(record: str) -> None:
    text = f"practice,places,swaps,region\nh1,0,yes,\n{record}\nh3,0,yes,\n"
    told = faults(practices=text)
    assert told[0] == "practices.csv, record 3: stray quote"
    assert not [fault for fault in told[1:] if "h2" not in fault]


def test_a_quote_that_is_never_closed_is_one_fault() -> None:
    assert faults(practices='practice,places\nh1,0\n"h2,1\nh3,0\n') == [
        "practices.csv, record 3: quoted cell is never closed"
    ]


def test_a_record_of_another_width_is_one_fault() -> None:
    assert faults(practices="practice,places\nh1,0\nh2,1,no\n") == [
        "practices.csv, record 3: 3 cells where the header has 2"
    ]
    assert faults(practices="practice,places,swaps\nh1,0,yes\nh2,1\n") == [
        "practices.csv, record 3: 2 cells where the header has 3"
    ]


def test_empty_lines_are_no_records_but_a_blank_is_one() -> None:
    assert read(dict(GOOD) | {"practices.csv": "\n\r\npractice,places\n\nh1,0\n\r\n\nh2,1"}).practices.places == [
        0,
        1,
    ]
    assert faults(practices="practice,places\n\nh1,0\n \nh2,1\n") == [
        "practices.csv, record 3: 1 cells where the header has 2"
    ]


def test_the_more_frequent_delimiter_in_the_header_outside_quotes_counts_and_a_tie_is_a_comma() -> None:
    semicolons = GOOD | {"practices.csv": 'practice;places;"a,b,c"\nh1;0;\nh2;1;x,y,z\n'}
    assert read(semicolons).practices.places == [0, 1]
    tie = GOOD | {"practices.csv": "practice,places,a;b;c\nh1,0,;\nh2,1,\n"}
    assert read(tie).practices.places == [0, 1]


def test_ids_are_text_and_compared_exactly() -> None:
    files = GOOD | {
        "practices.csv": "practice,places\n01,1\n1,0\n",
        "members.csv": "person,request,practice\nm1,r1,1\nm2,r2,\n",
        "wishes.csv": "request,rank,practice\nr1,1,01\n",
    }
    assert run_round(read(files), seed="s").moves.to == ["01"]


def in_form(name: str, content: bytes, random: Random) -> bytes:
    """The same table in another form: names, column order, delimiter, quoting, line ends, mark at the start."""
    table = list(csv.reader(io.StringIO(content.decode(), newline="")))
    order = random.sample(range(len(table[0])), len(table[0]))
    if random.random() < 0.5:
        table[0] = [DUTCH[cell] for cell in table[0]]
    if random.random() < 0.5:
        words = {"yes": "ja", "no": "nee"}
        table[1:] = [[words.get(cell, cell) for cell in row] for row in table[1:]]
    table = [[*(row[at] for at in order), "of no use"] for row in table]
    table[0][-1] = "note"
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=random.choice(",;"),
        quoting=random.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
        lineterminator=random.choice(["\n", "\r\n"]),
    )
    writer.writerow(table[0])
    writer.writerows(random.sample(table[1:], len(table) - 1))
    mark = random.choice([b"", b"\xef\xbb\xbf"])
    return mark + text.getvalue().encode() + random.choice([b"", b"\n\r\n"])


@settings(max_examples=100, deadline=None)
@given(tables=rounds(largest_household=2), seed=st.integers(0, 999))
def test_no_form_of_the_files_changes_the_hash_or_a_byte_of_the_result(tables: Tables, seed: int) -> None:
    random = Random(seed)
    files: dict[str, str | bytes] = {
        name: in_form(name, content, random) for name, content in render_input(tables).items()
    }
    other = read(files)
    assert input_sha256(other) == input_sha256(tables)
    assert run_round(other, seed="s").files() == run_round(tables, seed="s").files()


awkward = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('",;\r\n '), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(names=st.lists(awkward, min_size=1, max_size=5, unique=True))
def test_any_text_is_an_id_and_the_normalised_form_reads_back(names: list[str]) -> None:
    practices = [f"p{name}" for name in names]
    start = read(GOOD)
    tables = Tables(
        start.practices.__class__(practices, [1] * len(names), [True] * len(names), names),
        start.requests.__class__(names, [1] * len(names), ["2024-01-01T00:00:00.000000Z"] * len(names)),
        start.members.__class__(names, names, practices, [True] * len(names)),
        start.wishes.__class__(names, [1] * len(names), practices[::-1]),
    )
    again = read(render_input(tables))
    assert input_sha256(again) == input_sha256(tables)
    assert sorted(again.requests.request) == sorted(names)


DAMAGES: dict[str, tuple[str, int, str]] = {
    "unknown practice": ("members.csv", 2, "practice"),
    "unknown request": ("wishes.csv", 0, "request"),
    "not yes or no": ("members.csv", 3, "trades"),
    "a rank starts at 1": ("wishes.csv", 1, "rank"),
    "not a whole number": ("practices.csv", 1, "places"),
    "not a date or a date and time": ("requests.csv", 2, "since"),
}
BAD_CELL = {
    "unknown practice": "nowhere",
    "unknown request": "nobody",
    "not yes or no": "Yes",
    "a rank starts at 1": "0",
    "not a whole number": "1.5",
    "not a date or a date and time": "yesterday",
}


@settings(max_examples=100, deadline=None)
@given(tables=rounds(most_requests=5), damages=st.sets(st.sampled_from(sorted(DAMAGES))), seed=st.integers(0, 99))
def test_every_damage_done_to_good_files_is_found_where_it_was_done(
    tables: Tables, damages: set[str], seed: int
) -> None:
    random = Random(seed)
    lines = {name: content.decode().splitlines() for name, content in render_input(tables).items()}
    expected = []
    for damage in sorted(damages):
        file, column, name = DAMAGES[damage]
        if len(lines[file]) > 1:
            at = random.randrange(1, len(lines[file]))
            cells = lines[file][at].split(",")
            cells[column] = BAD_CELL[damage]
            lines[file][at] = ",".join(cells)
            expected.append((file, at + 1, name))
    files: dict[str, str | bytes] = {name: "\n".join(rows) + "\n" for name, rows in lines.items()}
    found = []
    try:
        read(files)
    except BadInput as bad:
        found = [(fault.file, fault.record, fault.column) for fault in bad.faults]
    assert sorted(found, key=str) == sorted(expected, key=str)
