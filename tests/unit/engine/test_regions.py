# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Regional first, then the country: what every such round keeps, and what its verification refuses."""

import csv
import io
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.markets import household_round, one_person_round, rounds, shuffled

from huisartsplek.engine import run_round
from huisartsplek.engine.regions import run_by_region
from huisartsplek.engine.tables import PracticeTable, Tables, WishTable
from huisartsplek.engine.verify.regions import verify_by_region

SEED = "drand 1234"
mechanisms = st.sampled_from(["waiting-list", "trading-cycles", "queue-then-swaps"])


def in_regions(tables: Tables, regions: dict[str, str]) -> Tables:
    """The same round, with the region of each practice that has one."""
    practices = tables.practices
    named = [regions.get(name, "") for name in practices.practice]
    own = PracticeTable(practices.practice, practices.places, practices.swaps, named)
    return Tables(own, tables.requests, tables.members, tables.wishes)


@st.composite
def rounds_in_regions(draw: st.DrawFn, *, largest_household: int = 2) -> Tables:
    """Any small round over two regions, with practices that lie in neither."""
    tables = draw(rounds(most_requests=8, most_practices=5, largest_household=largest_household))
    names = st.sampled_from(["noord", "zuid", "zuid", "noord", ""])
    return in_regions(tables, {name: draw(names) for name in tables.practices.practice})


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    """A finished file read by the standard library."""
    return list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))


def by_region(tables: Tables, mechanism: str = "queue-then-swaps") -> dict[str, bytes]:
    """The finished files, which must pass their own verification."""
    files = run_by_region(tables, seed=SEED, mechanism=mechanism).files()
    assert verify_by_region(tables, files, SEED) == []
    return files


def all_moves(files: dict[str, bytes]) -> list[dict[str, str]]:
    """The moves of all phases."""
    phases = sorted(name for name in files if name.endswith("out/moves.csv") and not name.startswith("at-once"))
    return [row for name in phases for row in rows(files, name)]


def ends(files: dict[str, bytes]) -> dict[str, dict[str, str]]:
    """Where each request ends."""
    return {row["request"]: row for row in rows(files, "ends.csv")}


@settings(max_examples=60, deadline=None)
@given(tables=rounds_in_regions(), mechanism=mechanisms)
def test_no_practice_is_over_its_room_in_all_phases_together(tables: Tables, mechanism: str) -> None:
    moves = all_moves(by_region(tables, mechanism))
    swaps = dict(zip(tables.practices.practice, tables.practices.swaps, strict=True))
    trades = dict(zip(tables.members.person, tables.members.trades, strict=True))
    arrived = Counter(move["to"] for move in moves)
    freed = Counter(m["from"] for m in moves if m["from"] and swaps[m["from"]] and trades[m["person"]])
    for practice, places in zip(tables.practices.practice, tables.practices.places, strict=True):
        assert arrived[practice] <= places + freed[practice]


@settings(max_examples=60, deadline=None)
@given(tables=rounds_in_regions(), mechanism=mechanisms)
def test_a_regional_move_is_never_taken_back(tables: Tables, mechanism: str) -> None:
    files = by_region(tables, mechanism)
    moves = all_moves(files)
    assert len({move["person"] for move in moves}) == len(moves)
    still_in = {row["request"] for row in rows(files, "national/in/requests.csv")}
    end = ends(files)
    lies_in = dict(zip(tables.practices.practice, tables.practices.region, strict=True))
    for name in files:
        if name.startswith("regional/") and name.endswith("out/moves.csv"):
            for move in rows(files, name):
                assert move["request"] not in still_in
                assert end[move["request"]]["practice"] == move["to"]
                assert end[move["request"]]["phase"] == "region"
                assert lies_in[move["to"]] == end[move["request"]]["region"]


@settings(max_examples=60, deadline=None)
@given(tables=rounds_in_regions(), mechanism=mechanisms)
def test_nobody_ends_below_their_present_practice(tables: Tables, mechanism: str) -> None:
    files = by_region(tables, mechanism)
    end = ends(files)
    moved = {move["person"]: move["to"] for move in all_moves(files)}
    rank = {
        (request, practice): rank
        for request, practice, rank in zip(
            tables.wishes.request, tables.wishes.practice, tables.wishes.rank, strict=True
        )
    }
    homes: dict[str, set[str]] = {}
    for request, practice in zip(tables.members.request, tables.members.practice, strict=True):
        homes.setdefault(request, set()).add(practice)
    for person, request in zip(tables.members.person, tables.members.request, strict=True):
        if person in moved:
            assert end[request]["rank"] == str(rank[request, moved[person]])
            if len(homes[request]) == 1:
                home = next(iter(homes[request]))
                assert rank[request, moved[person]] < rank.get((request, home), 99)
        elif not end[request]["rank"]:
            assert end[request]["phase"] == ""


@settings(max_examples=60, deadline=None)
@given(tables=rounds_in_regions(), mechanism=mechanisms, seed=st.integers(0, 99))
def test_the_order_of_the_rows_changes_no_byte_of_any_phase(tables: Tables, mechanism: str, seed: int) -> None:
    assert by_region(shuffled(tables, seed), mechanism) == by_region(tables, mechanism)


@settings(max_examples=60, deadline=None)
@given(tables=rounds(most_requests=8, most_practices=4), mechanism=mechanisms)
def test_with_all_practices_in_one_region_its_round_is_the_national_one(tables: Tables, mechanism: str) -> None:
    one = in_regions(tables, dict.fromkeys(tables.practices.practice, "noord"))
    end = ends(by_region(one, mechanism))
    outcomes = run_round(one, seed=SEED, mechanism=mechanism).outcomes
    for request, practice, rank in zip(outcomes.request, outcomes.practice, outcomes.rank, strict=True):
        assert (end[request]["practice"], end[request]["rank"]) == (practice, str(rank or ""))
        assert end[request]["steps_below"] == "0"


@settings(max_examples=60, deadline=None)
@given(tables=rounds_in_regions(largest_household=1), mechanism=mechanisms)
def test_regions_that_nobody_looks_beyond_come_out_as_in_one_national_round(tables: Tables, mechanism: str) -> None:
    lies_in = dict(zip(tables.practices.practice, tables.practices.region, strict=True))
    present = dict(zip(tables.members.request, tables.members.practice, strict=True))
    kept = [
        row
        for row, (request, practice) in enumerate(zip(tables.wishes.request, tables.wishes.practice, strict=True))
        if lies_in[practice] and (not present[request] or lies_in[present[request]] == lies_in[practice])
    ]
    first: dict[str, str] = {}
    for row in sorted(kept, key=lambda row: tables.wishes.rank[row]):
        first.setdefault(tables.wishes.request[row], lies_in[tables.wishes.practice[row]])
    kept = [row for row in kept if lies_in[tables.wishes.practice[row]] == first[tables.wishes.request[row]]]
    wishes = WishTable(
        [tables.wishes.request[row] for row in kept],
        [tables.wishes.rank[row] for row in kept],
        [tables.wishes.practice[row] for row in kept],
    )
    inward = Tables(tables.practices, tables.requests, tables.members, wishes)
    for end in ends(by_region(inward, mechanism)).values():
        assert end["rank"] == end["at_once_rank"]


def test_a_place_that_leaving_frees_in_another_region_is_there_for_the_country() -> None:
    people = [("mover", "z", ["n"]), ("far", "", ["n2", "z"]), ("waiting", "", ["z"])]
    tables = in_regions(
        one_person_round({"n": 1, "n2": 0, "z": 0}, people), {"n": "noord", "n2": "noord", "z": "zuid"}
    )
    files = by_region(tables)
    end = ends(files)
    assert (end["mover"]["phase"], end["mover"]["practice"]) == ("region", "n")
    assert [row["places"] for row in rows(files, "regional/1/in/practices.csv")] == ["1", "0", "0"]
    assert [row["places"] for row in rows(files, "national/in/practices.csv")] == ["0", "0", "1"]
    assert (end["far"]["phase"], end["far"]["practice"]) == ("country", "z")
    assert end["waiting"]["practice"] == ""


def test_a_wish_outside_the_region_waits_for_the_country_and_is_not_lost() -> None:
    tables = in_regions(one_person_round({"n": 0, "z": 1}, [("x", "", ["n", "z"])]), {"n": "noord", "z": "zuid"})
    files = by_region(tables)
    assert rows(files, "regional/1/in/wishes.csv") == [{"request": "x", "rank": "1", "practice": "n"}]
    assert ends(files)["x"]["practice"] == "z"


def test_a_wish_below_staying_does_not_count_in_the_region_either() -> None:
    tables = in_regions(
        one_person_round({"a": 0, "b": 1, "home": 0}, [("x", "home", ["a", "home", "b"])]),
        {"a": "noord", "b": "noord", "home": "zuid"},
    )
    assert ends(by_region(tables))["x"]["practice"] == "home"


def test_the_price_names_who_ends_below_the_national_floor_and_by_how_much() -> None:
    # Nationally "first" gets z, "late" does not; in the region "late" is there before the other is heard.
    people = [("first", "", ["n", "z"]), ("late", "", ["z"])]
    tables = in_regions(one_person_round({"n": 0, "z": 1}, people), {"n": "noord", "z": "zuid"})
    files = by_region(tables)
    end = ends(files)
    assert end["first"] == {
        "request": "first",
        "region": "noord",
        "phase": "",
        "practice": "",
        "rank": "",
        "queue_rank": "2",
        "at_once_rank": "2",
        "steps_below": "1",
    }
    assert end["late"]["phase"] == "region"
    summary = json.loads(files["regions.json"])
    assert (summary["below_floor"], summary["steps_below"]) == (1, 1)
    assert (summary["better"], summary["worse"]) == (1, 1)
    by_name = {row["region"]: row for row in rows(files, "regions.csv")}
    assert by_name["noord"]["below_floor"] == "1"
    assert by_name["zuid"]["directory"] == "regional/2"


def test_practices_without_a_region_are_for_the_national_round() -> None:
    people = [("x", "", ["loose"]), ("y", "", ["n"]), ("z", "", [])]
    files = by_region(in_regions(one_person_round({"n": 1, "loose": 1}, people), {"n": "noord"}))
    assert {name: row["phase"] for name, row in ends(files).items()} == {"x": "country", "y": "region", "z": ""}
    assert [(row["region"], row["directory"]) for row in rows(files, "regions.csv")] == [
        ("", ""),
        ("noord", "regional/1"),
    ]


def test_a_household_that_moved_in_its_region_is_done_whole() -> None:
    tables = in_regions(
        household_round({"n": 2, "z": 0}, [("h", [("m1", "z"), ("m2", "")], ["n"]), ("x", [("m3", "")], ["z"])]),
        {"n": "noord", "z": "zuid"},
    )
    files = by_region(tables)
    assert ends(files)["h"]["phase"] == "region"
    assert ends(files)["x"]["phase"] == "country"
    assert [row["person"] for row in rows(files, "national/in/members.csv")] == ["m3"]


MUTATED = in_regions(
    one_person_round(
        {"n": 1, "n2": 0, "z": 0, "loose": 1},
        [
            ("a", "z", ["n"]),
            ("b", "", ["n2", "z"]),
            ("c", "", ["z", "loose"]),
            ("d", "", ["n", "loose"]),
            ("e", "n2", ["z"]),
        ],
    ),
    {"n": "noord", "n2": "noord", "z": "zuid"},
)


def mutations(files: dict[str, bytes]) -> list[tuple[str, dict[str, bytes]]]:
    """Each file lost, each row lost or there twice, each cell of each row another that stands in its column."""
    made = [("a stray file", files | {"regional/9/in/wishes.csv": b""}), ("another", files | {"more.csv": b""})]
    for name, content in files.items():
        made.append((f"{name} is lost", {other: text for other, text in files.items() if other != name}))
        header, *lines = content.decode().splitlines()
        if name.endswith(".json"):
            for at, line in enumerate(lines):
                changed = line.replace("0", "7") if "0" in line else line.replace("1", "0")
                if changed != line:
                    text = "\n".join([header, *lines[:at], changed, *lines[at + 1 :], ""])
                    made.append((f"{name}: {changed}", files | {name: text.encode()}))
            continue
        for at, line in enumerate(lines):
            cells = line.split(",")
            others = [row.split(",") for row in lines]
            for column, cell in enumerate(cells):
                for value in {row[column] for row in others} - {cell}:
                    changed_row = ",".join([*cells[:column], value, *cells[column + 1 :]])
                    text = "\n".join([header, *sorted([*lines[:at], changed_row, *lines[at + 1 :]]), ""])
                    made.append((f"{name}: {changed_row}", files | {name: text.encode()}))
            text = "\n".join([header, *lines[:at], *lines[at + 1 :], ""])
            made.append((f"{name} without {line}", files | {name: text.encode()}))
    return made


def test_everything_changed_in_any_file_is_found() -> None:
    files = by_region(MUTATED)
    made = mutations(files)
    assert len(made) > 150
    passed = [what for what, wrong in made if not verify_by_region(MUTATED, wrong, SEED)]
    assert passed == []


def test_another_seed_or_input_is_found() -> None:
    files = by_region(MUTATED)
    assert [one.rule for one in verify_by_region(MUTATED, files, "another")] == ["seed"]
    elsewhere = in_regions(MUTATED, {"n": "noord", "n2": "zuid", "z": "zuid"})
    assert verify_by_region(elsewhere, files)


def test_a_phase_decided_by_another_mechanism_is_found() -> None:
    files = by_region(MUTATED)
    other = run_by_region(MUTATED, seed=SEED, mechanism="trading-cycles").files()
    swapped = {name: other[name] if name.startswith("at-once") else content for name, content in files.items()}
    assert "mechanism" in {one.rule for one in verify_by_region(MUTATED, swapped, SEED)}


@pytest.mark.parametrize("summary", [b'{"seed": "\\ud800"}', b"[" * 100_000, b"\xff", b"null", b""])
def test_a_summary_of_any_bytes_is_refused_and_not_stumbled_over(summary: bytes) -> None:
    files = by_region(MUTATED) | {"regions.json": summary}
    assert [one.rule for one in verify_by_region(MUTATED, files)] == ["format"]
