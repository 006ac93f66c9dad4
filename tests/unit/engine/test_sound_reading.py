# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading at speed: sound files need no careful reader, and both read the same."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.markets import one_person_round, rounds

from huisartsplek.engine.careful import read_carefully
from huisartsplek.engine.faults import BadInput
from huisartsplek.engine.files import render_input
from huisartsplek.engine.sound import read_sound
from huisartsplek.engine.tables import Tables


def both(files: Mapping[str, bytes]) -> tuple[Tables | None, Tables | None]:
    """What the fast and the careful reader make of these files; None where they will not have them."""
    with TemporaryDirectory() as directory:
        for name, content in files.items():
            (Path(directory) / name).write_bytes(content)
        try:
            return read_sound(Path(directory)), read_carefully(Path(directory))
        except BadInput:
            return read_sound(Path(directory)), None


@settings(max_examples=100, deadline=None)
@given(tables=rounds(largest_household=3))
def test_what_is_rendered_is_read_fast_and_comes_out_as_it_was(tables: Tables) -> None:
    fast, careful = both(render_input(tables))
    assert fast is not None
    assert fast == careful


changes = st.sampled_from(
    [
        (b"r0", b"r1"),
        (b"r0", b'"r0"'),
        (b"p0", b"p1"),
        (b",p0", b","),
        (b"p0,", b","),
        (b"r1,", b","),
        (b"m0,", b"m1,"),
        (b"m0,", b","),
        (b"yes", b"ja"),
        (b"yes", b""),
        (b"yes", b"Yes"),
        (b",1,", b",01,"),
        (b",1,", b",2,"),
        (b",1,", b",0,"),
        (b",1,", b",,"),
        (b"T00:00:00.000000Z", b""),
        (b"T00:00:00.000000Z", b" 00:00"),
        (b"-01T", b"-32T"),
        (b"\n", b"\r\n"),
        (b"\n", b"\n\n"),
        (b"\n", b"\r"),
        (b"\n", b",\n"),
        (b"request", b"verzoek"),
        (b"region", b"x"),
        (b"trades", b"x"),
        (b"priority", b"x"),
        (b"swaps", b"places"),
        (b"r0", b"\xff"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    tables=rounds(most_requests=4, largest_household=2),
    changed=st.lists(st.tuples(st.integers(0, 3), changes, st.integers(-1, 2)), max_size=3),
)
def test_no_change_to_good_files_is_read_otherwise_than_with_care(
    tables: Tables, changed: list[tuple[int, tuple[bytes, bytes], int]]
) -> None:
    files = render_input(tables)
    for number, (old, new), times in changed:
        name = sorted(files)[number]
        files[name] = files[name].replace(old, new, times)
    fast, careful = both(files)
    assert fast == careful


def test_a_missing_file_is_left_to_the_careful_reader(tmp_path: Path) -> None:
    assert read_sound(tmp_path) is None


@pytest.mark.parametrize("name", ["practices.csv", "requests.csv", "members.csv", "wishes.csv"])
def test_a_quoted_file_among_plain_ones_is_read_the_same(name: str) -> None:
    tables = one_person_round({"a": 1, "b": 0}, [("x", "b", ["a"]), ("y", "", ["b", "a"])])
    files = render_input(tables)
    quoted = b"\n".join(
        b",".join(b'"' + cell + b'"' for cell in line.split(b",")) for line in files[name].splitlines()
    )
    fast, careful = both(files | {name: quoted})
    assert fast is not None
    assert fast == careful == tables
