# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verifier's parts against definitions spelled out and tried one by one, on any assignment whatever."""

from collections import Counter
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.verify.making import (
    csv_bytes,
    everybody,
    ints,
    make_files,
    nobody_given,
    random_sources,
    small_rounds,
    wishes_of,
    write_files,
)

from huisartsplek.engine.compiled import Ints
from huisartsplek.engine.files import input_sha256
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable
from huisartsplek.engine.verify import Rule, verify_files
from huisartsplek.engine.verify.case import Words, open_case
from huisartsplek.engine.verify.claims import read_decision
from huisartsplek.engine.verify.figures import one_no
from huisartsplek.engine.verify.fingerprint import fingerprint
from huisartsplek.engine.verify.form import Rows, read_rows
from huisartsplek.engine.verify.judgement import (
    NONE,
    Market,
    free_after,
    goes_to,
    left_free,
    left_to_exchange,
    trade,
    waiting_list,
)


def any_assignment(data: st.DataObject, market: Market) -> Ints:
    """Any wish or none for each request, whether there is room or not."""
    requests = range(len(market.request_row))
    choices = [st.sampled_from([NONE, *wishes_of(market, request)]) for request in requests]
    return ints(data.draw(st.tuples(*choices)))


def where_after(market: Market, given: Ints) -> list[int]:
    """The practice of each person after the round."""
    return [
        int(market.wish_practice[given[request]] if given[request] != NONE else market.present[person])
        for person, request in enumerate(market.request_of)
    ]


def has_room(market: Market, given: Ints) -> bool:
    """Rule 1 as it is written."""
    after = where_after(market, given)
    moved = [person for person, practice in enumerate(after) if practice != market.present[person]]
    arrivals = Counter(after[person] for person in moved)
    freed = Counter(int(market.present[person]) for person in moved if market.frees[person])
    return all(arrivals[p] <= places + freed[p] for p, places in enumerate(market.places.tolist()))


def members_of(market: Market, request: int) -> range:
    """The persons of a request."""
    return range(int(market.first_member[request]), int(market.first_member[request + 1]))


@settings(max_examples=300, deadline=None)
@given(round_=small_rounds(largest_household=3), data=st.data())
def test_room_is_refused_exactly_where_arrivals_exceed_places_and_places_freed(
    round_: Tables, data: st.DataObject
) -> None:
    market = open_case(round_, "s").market
    given = any_assignment(data, market)
    assert (free_after(market, given).min(initial=0) < 0) != has_room(market, given)


@settings(max_examples=300, deadline=None)
@given(round_=small_rounds(largest_household=3), data=st.data())
def test_a_place_is_left_exactly_where_one_request_alone_could_do_better(
    round_: Tables, data: st.DataObject
) -> None:
    market = open_case(round_, "s").market
    given = any_assignment(data, market)
    if not has_room(market, given):
        return
    could: dict[int, int] = {}
    for request, got in enumerate(given):
        for wish in wishes_of(market, request):
            instead = given.copy()
            instead[request] = wish
            if (got == NONE or wish < got) and has_room(market, instead):
                could.setdefault(request, wish)
    left = left_free(market, given, free_after(market, given))
    assert {request: wish for request, wish in enumerate(left.tolist()) if wish != NONE} == could


@settings(max_examples=300, deadline=None)
@given(round_=small_rounds(largest_household=2), data=st.data())
def test_an_exchange_is_left_exactly_where_some_could_all_do_better_with_each_others_places(
    round_: Tables, data: st.DataObject
) -> None:
    market = open_case(round_, "s").market
    given = any_assignment(data, market)
    after = where_after(market, given)
    alone = [
        request
        for request in range(len(given))
        if len(members_of(market, request)) == 1
        and (given[request] != NONE or market.frees[market.first_member[request]])
    ]
    better = [
        [NONE, *(w for w in wishes_of(market, request) if given[request] == NONE or w < given[request])]
        for request in alone
    ]
    held = [after[market.first_member[request]] for request in alone]
    could = any(
        any(wish != NONE for wish in chosen)
        and Counter(int(market.wish_practice[wish]) for wish in chosen if wish != NONE)
        == Counter(place for place, wish in zip(held, chosen, strict=True) if wish != NONE)
        for chosen in product(*better)
    )
    assert bool(left_to_exchange(market, given).any()) == could


@settings(deadline=None)
@given(round_=small_rounds())
def test_the_second_implementation_keeps_the_rules_that_it_is_to_check(round_: Tables) -> None:
    market = open_case(round_, "s").market
    alone = everybody(market)
    queue = waiting_list(market, alone)
    swapped = trade(market, alone, queue)
    traded = trade(market, alone, nobody_given(market))
    for result in (queue, traded, swapped):
        assert has_room(market, result)
    assert all(
        floor == NONE or (wish != NONE and wish <= floor) for wish, floor in zip(swapped, queue, strict=True)
    )
    for result in (traded, swapped):
        assert not left_to_exchange(market, result).any()


@settings(deadline=None)
@given(round_=small_rounds())
def test_nobody_envies_a_newcomer_behind_them_after_the_waiting_list(round_: Tables) -> None:
    market = open_case(round_, "s").market
    queue = waiting_list(market, everybody(market))
    after = where_after(market, queue)
    for request, got in enumerate(queue):
        for wish in wishes_of(market, request):
            if wish == got:
                break
            practice = market.wish_practice[wish]
            newcomers = [
                other
                for other in range(request + 1, len(queue))
                if after[other] == practice and market.present[other] != practice
            ]
            assert newcomers == []


@settings(deadline=None)
@given(round_=small_rounds(largest_household=2), data=st.data())
def test_every_valid_cut_is_accepted(round_: Tables, data: st.DataObject) -> None:
    files = make_files(round_, "waiting-list", "s")
    case = open_case(round_, "s")
    words = {
        "request": case.requests,
        "outcome": Words(),
        "practice": Words(),
        "rank": case.ranks,
        "queue_rank": case.ranks,
        "reason": Words(),
    }
    rows, _ = read_rows("outcomes.csv", files["outcomes.csv"], words)
    final = read_decision(case, rows)[0].final
    sources = random_sources(case.market, goes_to(case.market, final), data.draw(randoms()))
    recut = write_files(round_, case, final, final, "waiting-list", "s", sources)
    assert verify_files(round_, recut, "s") == []


def randoms() -> st.SearchStrategy[Random]:
    """Draws of chance that shrink."""
    return st.randoms(use_true_random=False)


@settings(deadline=None)
@given(round_=small_rounds(largest_household=3), data=st.data())
def test_one_no_takes_out_whoever_is_not_in_the_largest_set_that_can_go_on(
    round_: Tables, data: st.DataObject
) -> None:
    market = open_case(round_, "s").market
    final = any_assignment(data, market)
    if not has_room(market, final):
        return
    to = goes_to(market, final)
    source = random_sources(market, to, data.draw(randoms()))
    taken = [
        (int(market.request_of[person]), int(market.request_of[source[person]]))
        for person in np.flatnonzero((to != NONE) & (source != NONE))
    ]
    moved = {int(request) for request in market.request_of[to != NONE]}

    def carried_out(refused: int) -> set[int]:
        going = moved - {refused}
        while True:
            stopped = {request for request, giver in taken if giver not in going}
            if not stopped & going:
                return going
            going -= stopped

    falls = sorted(len(moved) - len(carried_out(request)) for request in moved)
    no = one_no(market, to, source)
    if falls:
        assert (no.largest, no.mean) == (falls[-1], Fraction(sum(falls), len(falls)))
        assert sum(fall <= no.p95 for fall in falls) * 100 >= 95 * len(falls)
        assert sum(fall < no.p95 for fall in falls) * 100 < 95 * len(falls)
    else:
        assert (no.largest, no.mean, no.p95) == (0, Fraction(0), 0)


@settings(deadline=None)
@given(round_=small_rounds(largest_household=2))
def test_the_fingerprint_is_that_of_the_reader_in_any_order_of_rows(round_: Tables) -> None:
    assert fingerprint(round_) == input_sha256(round_)


def cells_of(rows: Rows) -> list[tuple[str, ...]]:
    """Every row as texts."""
    return [tuple(rows.text(column, row) for column in rows.cells) for row in range(len(rows))]


@settings(deadline=None)
@given(
    rows=st.lists(
        st.lists(st.text(alphabet='a,"\n\r;é\0', max_size=4), min_size=2, max_size=2).map(tuple), unique=True
    )
    | st.lists(st.lists(st.text(alphabet="ab\0é", max_size=4), min_size=2, max_size=2).map(tuple), unique=True)
)
def test_what_is_written_in_the_output_form_is_read_back_the_same(rows: list[tuple[str, ...]]) -> None:
    read, broken = read_rows("x", csv_bytes("one,two", rows), {"one": Words(["a"]), "two": Words()})
    assert broken == []
    assert sorted(cells_of(read)) == sorted(rows)
    assert read.records.tolist() == list(range(2, len(rows) + 2))


@settings(max_examples=500, deadline=None)
@given(
    raw=st.text(alphabet='a,"\n\r', max_size=12).map(lambda text: ("a,b\n" + text).encode())
    | st.lists(st.binary(max_size=4), max_size=4).map(lambda lines: b"\n".join([b"a,b", *lines, b""]))
    | st.lists(st.sampled_from(["a,", "a\0,", ",a", ",", "é,", "a\t,b"])).map(
        lambda lines: "\n".join(["a,b", *lines, ""]).encode()
    )
)
def test_a_file_without_fault_is_the_only_way_to_write_its_cells(raw: bytes) -> None:
    read, broken = read_rows("x", raw, {"a": Words(), "b": Words()})
    if not broken:
        assert csv_bytes("a,b", cells_of(read)) == raw


def test_a_household_that_may_not_split_is_refused_when_one_member_stays_behind() -> None:
    round_ = household_round()
    files = make_files(round_, "waiting-list", "s")
    assert verify_files(round_, files, "s") == []
    lines = files["moves.csv"].split(b"\n")
    one_less = b"\n".join(line for line in lines if not line.startswith(b"child,"))
    broken = verify_files(round_, files | {"moves.csv": one_less}, "s")
    assert [one.rule for one in broken] == [Rule.TOGETHER]


def household_round() -> Tables:
    """A parent and a child who want a practice with two places."""
    return Tables(
        PracticeTable(["p"], [2], [True], [""]),
        RequestTable(["home"], [1], ["2026-01-01T00:00:00.000000Z"]),
        MemberTable(["parent", "child"], ["home", "home"], ["", ""], [True, True]),
        WishTable(["home"], [1], ["p"]),
    )


def test_numbers_longer_than_python_writes_at_once_are_written_and_read() -> None:
    long = 10**9000 + 7
    round_ = Tables(
        PracticeTable(["p"], [long], [True], [""]),
        RequestTable(["r"], [-long], ["2026-01-01T00:00:00.000000Z"]),
        MemberTable(["m"], ["r"], [""], [True]),
        WishTable(["r"], [long], ["p"]),
    )
    files = make_files(round_, "waiting-list", "s")
    assert b"," + b"1" + b"0" * 8999 + b"7," in files["outcomes.csv"]
    assert verify_files(round_, files, "s") == []
    assert fingerprint(round_) == input_sha256(round_)
