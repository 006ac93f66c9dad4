# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every round keeps, with and without households, checked on its finished files alone."""

import csv
import io
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.markets import rounds, shuffled

from huisartsplek.engine import MECHANISM_NAMES, run_round
from huisartsplek.engine.files import input_sha256
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable

SEED = "drand 1234"
mechanisms = st.sampled_from(MECHANISM_NAMES)
mixed = rounds(most_requests=9, most_practices=4, largest_household=3)


def rows(files: dict[str, bytes], file: str) -> list[dict[str, str]]:
    """A finished file read by the standard library."""
    return list(csv.DictReader(io.StringIO(files[file].decode(), newline="")))


@settings(max_examples=100, deadline=None)
@given(tables=mixed, mechanism=mechanisms)
def test_no_practice_takes_more_than_its_places_and_the_places_freed(tables: Tables, mechanism: str) -> None:
    moves = rows(run_round(tables, seed=SEED, mechanism=mechanism).files(), "moves.csv")
    arrivals = Counter(move["to"] for move in moves)
    swaps = dict(zip(tables.practices.practice, tables.practices.swaps, strict=True))
    trades = dict(zip(tables.members.person, tables.members.trades, strict=True))
    freed = Counter(
        move["from"] for move in moves if move["from"] and swaps[move["from"]] and trades[move["person"]]
    )
    for practice, places in zip(tables.practices.practice, tables.practices.places, strict=True):
        assert arrivals[practice] <= places + freed[practice]


@settings(max_examples=100, deadline=None)
@given(tables=mixed, mechanism=mechanisms)
def test_a_request_moves_whole_to_one_of_its_wishes_or_not_at_all(tables: Tables, mechanism: str) -> None:
    files = run_round(tables, seed=SEED, mechanism=mechanism).files()
    moved = {move["person"]: (move["to"], move["rank"]) for move in rows(files, "moves.csv")}
    wishes = {
        (request, practice): str(rank)
        for request, practice, rank in zip(
            tables.wishes.request, tables.wishes.practice, tables.wishes.rank, strict=True
        )
    }
    outcomes = {row["request"]: row for row in rows(files, "outcomes.csv")}
    for person, request, present in zip(
        tables.members.person, tables.members.request, tables.members.practice, strict=True
    ):
        row = outcomes[request]
        if row["outcome"] == "moved":
            assert moved.get(person, (present, row["rank"])) == (row["practice"], row["rank"])
            assert wishes[request, row["practice"]] == row["rank"]
        else:
            assert person not in moved
            assert row["rank"] == ""


@settings(max_examples=100, deadline=None)
@given(tables=mixed, mechanism=mechanisms, seed=st.integers(0, 99))
def test_the_order_of_the_rows_changes_no_byte(tables: Tables, mechanism: str, seed: int) -> None:
    other = shuffled(tables, seed)
    assert input_sha256(other) == input_sha256(tables)
    assert (
        run_round(other, seed=SEED, mechanism=mechanism).files()
        == run_round(tables, seed=SEED, mechanism=mechanism).files()
    )


@settings(max_examples=100, deadline=None)
@given(tables=mixed)
def test_no_request_ends_below_the_waiting_list_in_queue_then_swaps(tables: Tables) -> None:
    swaps = rows(run_round(tables, seed=SEED).files(), "outcomes.csv")
    queue = rows(run_round(tables, seed=SEED, mechanism="waiting-list").files(), "outcomes.csv")
    floor = {row["request"]: row["rank"] for row in queue}
    for row in swaps:
        assert row["queue_rank"] == floor[row["request"]]
        if row["queue_rank"]:
            assert row["rank"]
            assert int(row["rank"]) <= int(row["queue_rank"])


@settings(max_examples=100, deadline=None)
@given(tables=mixed, mechanism=mechanisms)
def test_every_arrival_has_one_source_and_every_source_serves_once(tables: Tables, mechanism: str) -> None:
    moves = rows(run_round(tables, seed=SEED, mechanism=mechanism).files(), "moves.csv")
    left = {move["person"]: move["from"] for move in moves}
    exchange = {move["person"]: move["exchange"] for move in moves}
    places = dict(zip(tables.practices.practice, tables.practices.places, strict=True))
    sources = [move["source"] for move in moves if move["source"]]
    assert len(set(sources)) == len(sources)
    for move in moves:
        if move["source"]:
            assert left[move["source"]] == move["to"]
            assert exchange[move["source"]] == move["exchange"]
    free = Counter(move["to"] for move in moves if not move["source"])
    assert all(free[practice] <= places[practice] for practice in free)


@settings(max_examples=100, deadline=None)
@given(tables=rounds(most_requests=9, most_practices=3), mechanism=mechanisms)
def test_any_set_of_exchanges_of_one_person_requests_fits(tables: Tables, mechanism: str) -> None:
    moves = rows(run_round(tables, seed=SEED, mechanism=mechanism).files(), "moves.csv")
    swaps = dict(zip(tables.practices.practice, tables.practices.swaps, strict=True))
    trades = dict(zip(tables.members.person, tables.members.trades, strict=True))
    for practice, places in zip(tables.practices.practice, tables.practices.places, strict=True):
        net: Counter[str] = Counter()
        arrived: Counter[str] = Counter()
        for move in moves:
            if move["to"] == practice:
                net[move["exchange"]] += 1
                arrived[move["exchange"]] += 1
            elif move["from"] == practice and swaps[practice] and trades[move["person"]]:
                net[move["exchange"]] -= 1
        assert sum(max(0, number) for number in net.values()) <= places
        assert max(arrived.values(), default=0) <= 1


@settings(max_examples=100, deadline=None)
@given(tables=mixed, mechanism=mechanisms)
def test_the_report_counts_what_the_files_say(tables: Tables, mechanism: str) -> None:
    files = run_round(tables, seed=SEED, mechanism=mechanism).files()
    report = json.loads(files["report.json"])
    outcomes = rows(files, "outcomes.csv")
    size = Counter(tables.members.request)
    assert report["requests_by_rank"] == Counter(row["rank"] for row in outcomes if row["rank"])
    assert report["placed"] == sum(size[row["request"]] for row in outcomes if row["outcome"] == "moved")
    assert sum(report["persons_by_outcome"].values()) == len(tables.members.person)
    exchanges = rows(files, "exchanges.csv")
    assert report["exchanges_by_size"] == Counter(row["persons"] for row in exchanges)
    assert sum(int(row["persons"]) for row in exchanges) == len(rows(files, "moves.csv"))


def test_an_empty_round_has_empty_files() -> None:
    files = run_round(nothing(), seed=SEED).files()
    assert rows(files, "moves.csv") == rows(files, "outcomes.csv") == rows(files, "cutoffs.csv") == []
    assert json.loads(files["report.json"])["one_no_takes_out"] == {"largest": 0, "mean": 0.0, "p95": 0}


def nothing() -> Tables:
    """A round without practices or requests."""
    return Tables(
        PracticeTable([], [], [], []),
        RequestTable([], [], []),
        MemberTable([], [], [], []),
        WishTable([], [], []),
    )


@pytest.mark.parametrize("mechanism", MECHANISM_NAMES)
def test_progress_names_the_mechanism(mechanism: str) -> None:
    heard: list[str] = []
    run_round(nothing(), seed=SEED, mechanism=mechanism, progress=heard.append)
    assert mechanism in heard
