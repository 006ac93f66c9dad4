# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verifier's parts against definitions spelled out and tried one by one, on any assignment whatever."""

from collections import Counter
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.verify.making import csv_bytes, make_files, random_sources, small_rounds, write_files

from huisartsplek.engine.files import input_sha256
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable
from huisartsplek.engine.verify import Rule, verify_files
from huisartsplek.engine.verify.consequences import expected_exchange_counts, expected_moves
from huisartsplek.engine.verify.cut import cut, falls_of, knots_of
from huisartsplek.engine.verify.fingerprint import fingerprint
from huisartsplek.engine.verify.form import read_rows
from huisartsplek.engine.verify.market import NONE, Market, build_market
from huisartsplek.engine.verify.replay import swaps_after, trading_cycles, waiting_list
from huisartsplek.engine.verify.rules import (
    check_no_exchange_left,
    check_no_place_left,
    check_room,
    free_after,
)


def any_assignment(data: st.DataObject, market: Market) -> list[int]:
    """Any wish or none for each request, whether there is room or not."""
    choices = [st.sampled_from([NONE, *market.wishes(request)]) for request in range(len(market.requests))]
    return list(data.draw(st.tuples(*choices)))


def where_after(market: Market, given: list[int]) -> list[int]:
    """The practice of each person after the round."""
    return [
        market.wish_practice[given[request]] if given[request] != NONE else market.present[person]
        for person, request in enumerate(market.request_of)
    ]


def has_room(market: Market, given: list[int]) -> bool:
    """Rule 1 as it is written."""
    after = where_after(market, given)
    moved = [person for person, practice in enumerate(after) if practice != market.present[person]]
    arrivals = Counter(after[person] for person in moved)
    freed = Counter(market.present[person] for person in moved if market.frees[person])
    return all(arrivals[p] <= places + freed[p] for p, places in enumerate(market.places))


@settings(max_examples=300, deadline=None)
@given(round_=small_rounds(largest_household=3), data=st.data())
def test_room_is_refused_exactly_where_arrivals_exceed_places_and_places_freed(
    round_: Tables, data: st.DataObject
) -> None:
    market = build_market(round_, "s")
    given = any_assignment(data, market)
    refused = list(check_room(market, free_after(market, given), "here"))
    assert bool(refused) != has_room(market, given)


@settings(max_examples=300, deadline=None)
@given(round_=small_rounds(largest_household=3), data=st.data())
def test_a_place_is_left_exactly_where_one_request_alone_could_do_better(
    round_: Tables, data: st.DataObject
) -> None:
    market = build_market(round_, "s")
    given = any_assignment(data, market)
    if not has_room(market, given):
        return
    could = {
        market.requests[request]
        for request in range(len(market.requests))
        for wish in market.wishes(request)
        if (given[request] == NONE or wish < given[request])
        and has_room(market, [*given[:request], wish, *given[request + 1 :]])
    }
    records: list[int | None] = [None] * len(given)
    left = list(check_no_place_left(market, given, free_after(market, given), "here", records))
    assert len(left) == len(could)
    assert all(any(repr(name) in one.message for name in could) for one in left)


@settings(max_examples=300, deadline=None)
@given(round_=small_rounds(largest_household=2), data=st.data())
def test_an_exchange_is_left_exactly_where_some_could_all_do_better_with_each_others_places(
    round_: Tables, data: st.DataObject
) -> None:
    market = build_market(round_, "s")
    given = any_assignment(data, market)
    after = where_after(market, given)
    alone = [
        request
        for request in range(len(market.requests))
        if len(market.members(request)) == 1
        and (given[request] != NONE or market.frees[market.first_member[request]])
    ]
    better = [
        [NONE, *(w for w in market.wishes(request) if given[request] == NONE or w < given[request])]
        for request in alone
    ]
    held = [after[market.first_member[request]] for request in alone]
    could = any(
        any(wish != NONE for wish in chosen)
        and Counter(market.wish_practice[wish] for wish in chosen if wish != NONE)
        == Counter(place for place, wish in zip(held, chosen, strict=True) if wish != NONE)
        for chosen in product(*better)
    )
    assert bool(list(check_no_exchange_left(market, given))) == could


@settings(deadline=None)
@given(round_=small_rounds())
def test_the_second_implementation_keeps_the_rules_that_it_is_to_check(round_: Tables) -> None:
    market = build_market(round_, "s")
    queue = waiting_list(market)
    swapped = swaps_after(market, queue)
    for result in (queue, trading_cycles(market), swapped):
        assert has_room(market, result)
    assert all(
        floor == NONE or (wish != NONE and wish <= floor) for wish, floor in zip(swapped, queue, strict=True)
    )
    for result in (trading_cycles(market), swapped):
        assert list(check_no_exchange_left(market, result)) == []


@settings(deadline=None)
@given(round_=small_rounds())
def test_nobody_envies_a_newcomer_behind_them_after_the_waiting_list(round_: Tables) -> None:
    market = build_market(round_, "s")
    queue = waiting_list(market)
    after = where_after(market, queue)
    for request, got in enumerate(queue):
        for wish in market.wishes(request):
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
    market = build_market(round_, "s")
    final = [NONE] * len(market.requests)
    number = {name: request for request, name in enumerate(market.requests)}
    rows, _ = read_rows("outcomes.csv", files["outcomes.csv"], "request,outcome,practice,rank,queue_rank,reason")
    for cells in rows.cells:
        request = number[cells[0]]
        for wish in market.wishes(request):
            if str(market.wish_rank[wish]) == cells[3]:
                final[request] = wish
    sources = random_sources(market, final, data.draw(st.randoms(use_true_random=False)))
    recut = write_files(round_, market, final, final, "waiting-list", "s", sources)
    assert verify_files(round_, recut, "s") == []


@settings(deadline=None)
@given(round_=small_rounds(largest_household=3), data=st.data())
def test_one_no_takes_out_whoever_is_not_in_the_largest_set_that_can_go_on(
    round_: Tables, data: st.DataObject
) -> None:
    market = build_market(round_, "s")
    final = any_assignment(data, market)
    if not has_room(market, final):
        return
    source = random_sources(market, final, data.draw(st.randoms(use_true_random=False)))
    moved = {market.request_of[person] for person in source}

    def carried_out(refused: int) -> set[int]:
        going = moved - {refused}
        while True:
            stopped = {
                market.request_of[person]
                for person, giver in source.items()
                if giver != NONE and market.request_of[giver] not in going
            }
            if not stopped & going:
                return going
            going -= stopped

    falls = sorted(len(moved) - len(carried_out(request)) for request in moved)
    moves = expected_moves(market, final)
    to = {person: market.practices.index(row[2]) for person, row in moves.items()}
    exchanges = cut(market, to, source)
    assert sorted(fall for exchange in exchanges for fall in exchange.falls) == falls
    _, largest, mean, p95 = expected_exchange_counts(exchanges)
    if falls:
        assert (largest, mean) == (falls[-1], Fraction(sum(falls), len(falls)))
        assert sum(fall <= p95 for fall in falls) * 100 >= 95 * len(falls)
        assert sum(fall < p95 for fall in falls) * 100 < 95 * len(falls)


@settings(max_examples=300, deadline=None)
@given(arrows=st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=20))
def test_falls_are_counted_as_by_walking_from_each_request(arrows: set[tuple[int, int]]) -> None:
    followers = {request: {after for before, after in arrows if before == request} for request in range(9)}

    def fallen_with(request: int) -> set[int]:
        fallen = {request}
        while any(after not in fallen for before in fallen for after in followers[before]):
            fallen |= {after for before in fallen for after in followers[before]}
        return fallen

    order = [request for knot in knots_of(followers) for request in knot]
    assert sorted(order) == list(range(9))
    assert dict(zip(order, falls_of(followers), strict=True)) == {
        request: len(fallen_with(request)) for request in range(9)
    }


@settings(deadline=None)
@given(round_=small_rounds(largest_household=2), data=st.data())
def test_the_fingerprint_is_that_of_the_reader_in_any_order_of_rows(round_: Tables, data: st.DataObject) -> None:
    assert fingerprint(round_) == input_sha256(round_)


@settings(deadline=None)
@given(
    rows=st.lists(
        st.lists(st.text(alphabet='a,"\n\r;é', max_size=4), min_size=2, max_size=2).map(tuple), unique=True
    )
)
def test_what_is_written_in_the_output_form_is_read_back_the_same(rows: list[tuple[str, ...]]) -> None:
    read, broken = read_rows("x", csv_bytes("one,two", rows), "one,two")
    assert broken == []
    assert sorted(map(tuple, read.cells)) == sorted(rows)


@settings(deadline=None)
@given(raw=st.text(alphabet='a,"\n\r', max_size=12).map(lambda text: ("a,b\n" + text).encode()))
def test_a_file_without_fault_is_the_only_way_to_write_its_cells(raw: bytes) -> None:
    read, broken = read_rows("x", raw, "a,b")
    if not broken:
        assert csv_bytes("a,b", [tuple(row) for row in read.cells]) == raw


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
