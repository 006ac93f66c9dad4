# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the verifier refuses: every generated mutation that is not an equally valid cut."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.verify.making import (
    ONE_PERSON_MECHANISMS,
    everybody,
    ints,
    make_files,
    nobody_given,
    random_round,
    small_rounds,
    tables,
    wishes_of,
    write_files,
)
from tests.unit.verify.mutations import every_mutation, only_sources_differ

from huisartsplek.engine import run_round
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable
from huisartsplek.engine.verify import Broken, Rule, Verifier, verify_files
from huisartsplek.engine.verify.case import open_case
from huisartsplek.engine.verify.judgement import NONE, waiting_list
from huisartsplek.engine.verify.verifier import HEADERS

SEED = "lot 7"


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("mechanism", ONE_PERSON_MECHANISMS)
def test_every_mutation_of_one_person_rounds_is_refused(mechanism: str, number: int) -> None:
    round_ = random_round(Random(number), practices=4, requests=9)
    files = make_files(round_, mechanism, SEED)
    assert verify_files(round_, files, SEED) == []
    verifier = Verifier(round_)
    accepted = [name for name, mutated in every_mutation(round_, files) if not verifier.check(mutated, SEED)]
    assert accepted == []


@pytest.mark.parametrize("number", range(4))
def test_every_mutation_of_household_rounds_is_refused_but_another_cut(number: int) -> None:
    round_ = random_round(Random(number), practices=4, requests=7, largest_household=3)
    files = make_files(round_, "waiting-list", SEED)
    verifier = Verifier(round_)
    assert verifier.check(files, SEED) == []
    accepted = [
        name
        for name, mutated in every_mutation(round_, files)
        if not verifier.check(mutated, SEED) and not only_sources_differ(files, mutated)
    ]
    assert accepted == []


@settings(max_examples=300, deadline=None)
@given(
    round_=small_rounds(),
    mechanism=st.sampled_from(ONE_PERSON_MECHANISMS),
    file=st.sampled_from([*HEADERS, "report.json"]),
    data=st.data(),
)
def test_any_changed_byte_is_refused(round_: Tables, mechanism: str, file: str, data: st.DataObject) -> None:
    files = make_files(round_, mechanism, SEED)
    raw = files[file]
    at = data.draw(st.integers(0, len(raw)))
    cut_to = data.draw(st.integers(at, min(at + 2, len(raw))))
    new = data.draw(st.sampled_from([b"", b",", b'"', b"\n", b"\r", b"0", b"1", b"\xc3", b"\x00", b" "]))
    mutated = raw[:at] + new + raw[cut_to:]
    if mutated != raw:
        assert verify_files(round_, files | {file: mutated}, SEED) != []


@settings(max_examples=300, deadline=None)
@given(
    round_=small_rounds(largest_household=2),
    files=st.dictionaries(
        st.sampled_from([*HEADERS, "report.json", "prices.csv", "x"]),
        st.binary(max_size=40)
        | st.text(alphabet='a0",;\r\n-é', max_size=60).map(str.encode)
        | st.sampled_from(
            [b"[" * 100_000, b'{"seed": "\\ud800"}\n', b"NaN\n", b"9" * 5000 + b"\n", b'{"a": 1e999}\n']
        ),
    ),
)
def test_any_bytes_whatever_are_refused_without_a_crash(round_: Tables, files: dict[str, bytes]) -> None:
    assert verify_files(round_, files) != []


@settings(max_examples=200, deadline=None)
@given(
    round_=small_rounds(largest_household=2),
    file=st.sampled_from(list(HEADERS)),
    cells=st.lists(st.lists(st.sampled_from(["", "pa", "ra", "1", "9" * 5000, "-1", "moved"]), max_size=8)),
)
def test_hostile_rows_are_refused_without_a_crash(round_: Tables, file: str, cells: list[list[str]]) -> None:
    good = make_files(round_, "waiting-list", SEED)
    body = "".join(",".join(row) + "\n" for row in sorted(cells))
    hostile = f"{HEADERS[file]}\n{body}".encode()
    if hostile != good[file]:
        assert verify_files(round_, good | {file: hostile}, SEED) != []


def fake_queue_round() -> Tables:
    """h0 holds c; h1 holds a and b; a goes first, then b, then c; a and b want h0, c wants h1."""
    return tables([("h0", 0), ("h1", 0)], [("a", "h1", ["h0"]), ("b", "h1", ["h0"]), ("c", "h0", ["h1"])])


def test_the_fake_queue_round_gives_the_swap_to_whoever_is_first() -> None:
    files = make_files(fake_queue_round(), "queue-then-swaps", SEED)
    assert b"r-a,moved,h0,1,1,moved" in files["outcomes.csv"]
    assert b"r-c,moved,h1,1,1,moved" in files["outcomes.csv"]


@pytest.mark.parametrize("mechanism", ["queue-then-swaps", "trading-cycles", "waiting-list", "max-moves"])
def test_a_fake_queue_that_moves_nobody_and_a_swap_past_it_are_refused(mechanism: str) -> None:
    round_ = fake_queue_round()
    case = open_case(round_, SEED)
    b_and_c_swap = ints([NONE, *case.market.first_wish[1:3].tolist()])
    files = write_files(round_, case, b_and_c_swap, nobody_given(case.market), mechanism, SEED)
    broken = {one.rule for one in verify_files(round_, files, SEED)}
    assert Rule.QUEUE in broken


@pytest.mark.parametrize("wished", [[], ["apart"]])
def test_a_fake_queue_is_refused_although_a_household_elsewhere_is_in_the_round(wished: list[str]) -> None:
    """A household that has no hand in it must not hide it: one without wishes, or one among other practices."""
    plain = fake_queue_round()
    present = "apart" if wished else "h1"
    round_ = Tables(
        PracticeTable(["h0", "h1", "apart"], [0, 0, 0], [True] * 3, [""] * 3),
        RequestTable([*plain.requests.request, "home"], [1] * 4, [*plain.requests.since, plain.requests.since[0]]),
        MemberTable(
            [*plain.members.person, "d", "e"],
            [*plain.members.request, "home", "home"],
            [*plain.members.practice, present, "" if wished else present],
            [True] * 5,
        ),
        WishTable(
            [*plain.wishes.request, *("home" for _ in wished)],
            [*plain.wishes.rank, *(1 for _ in wished)],
            [*plain.wishes.practice, *wished],
        ),
    )
    right = make_files(round_, "waiting-list", SEED)
    case = open_case(round_, SEED)
    swap = nobody_given(case.market)
    for number in range(4):
        if case.request(number) in {"r-b", "r-c"}:
            swap[number] = case.market.first_wish[number]
    files = write_files(round_, case, swap, nobody_given(case.market), "queue-then-swaps", SEED)
    assert right["outcomes.csv"] != files["outcomes.csv"]
    assert Rule.QUEUE in {one.rule for one in verify_files(round_, files, SEED)}


@settings(max_examples=300, deadline=None)
@given(round_=small_rounds(), mechanism=st.sampled_from(ONE_PERSON_MECHANISMS), data=st.data())
def test_another_result_for_one_person_requests_is_refused_however_well_told(
    round_: Tables, mechanism: str, data: st.DataObject
) -> None:
    case = open_case(round_, SEED)
    market = case.market
    right = make_files(round_, mechanism, SEED)
    queue = waiting_list(market, everybody(market))
    choices = [st.sampled_from([NONE, *wishes_of(market, request)]) for request in range(len(queue))]
    final = data.draw(st.tuples(*choices).map(ints))
    told = queue if data.draw(st.booleans()) else final
    files = write_files(round_, case, final, told, mechanism, SEED)
    if files["outcomes.csv"] != right["outcomes.csv"]:
        assert verify_files(round_, files, SEED) != []


def test_the_mutations_reach_every_rule() -> None:
    broken: set[str] = set()
    for number in range(3):
        for largest_household, mechanism in ((1, "queue-then-swaps"), (3, "waiting-list"), (1, "max-moves")):
            round_ = random_round(Random(number), 4, 7, largest_household)
            if mechanism == "max-moves":
                files = run_round(round_, seed=SEED, mechanism=mechanism).files()
            else:
                files = make_files(round_, mechanism, SEED)
            verifier = Verifier(round_)
            for _, mutated in every_mutation(round_, files):
                broken |= {one.rule for one in verifier.check(mutated, SEED)}
    assert broken == set(Rule)


def test_a_broken_rule_names_the_file_and_the_record() -> None:
    round_ = fake_queue_round()
    files = make_files(round_, "queue-then-swaps", SEED)
    files["outcomes.csv"] = files["outcomes.csv"].replace(b",full-swap-needs-taker\n", b",full\n")
    assert verify_files(round_, files, SEED) == [
        Broken(
            Rule.REASON,
            "outcomes.csv",
            3,
            "reason of 'r-b' is 'full', it must be 'full-swap-needs-taker'",
        )
    ]


def test_without_a_seed_the_one_in_the_report_is_believed_and_another_is_refused() -> None:
    round_ = fake_queue_round()
    files = make_files(round_, "queue-then-swaps", SEED)
    assert verify_files(round_, files) == []
    assert {one.rule for one in verify_files(round_, files, "another")} == {Rule.SEED}


def test_prices_that_do_not_prove_the_result_are_refused() -> None:
    """One place, two who want it, and one of them has another wish: only giving both a place is the optimum."""
    round_ = tables([("p", 1), ("q", 1)], [("a", "", ["p", "q"]), ("b", "", ["p"])])
    right = run_round(round_, seed=SEED, mechanism="max-moves").files()
    assert verify_files(round_, right, SEED) == []
    dear = right | {"prices.csv": b"practice,price\np,0\nq,5\n"}
    missing = right | {"prices.csv": b"practice,price\np,0\n"}
    wordy = right | {"prices.csv": b"practice,price\np,much\nq,0\n"}
    for files in (dear, missing, wordy):
        assert {one.rule for one in verify_files(round_, files, SEED)} == {Rule.PRICES}


@pytest.mark.parametrize("prices", [b"practice,price\np,0\nq,0\n", b"practice,price\np,9\nq,0\n"])
def test_a_result_that_places_fewer_than_could_be_has_no_prices_that_prove_it(prices: bytes) -> None:
    """The waiting list leaves a at p, whose place b wants; a would take q, which is free to c only."""
    round_ = tables([("p", 0), ("q", 0)], [("a", "p", ["q"]), ("b", "q", ["p"])])
    case = open_case(round_, SEED)
    nobody = nobody_given(case.market)
    files = write_files(round_, case, nobody, nobody, "max-moves", SEED)
    assert Rule.PRICES in {one.rule for one in verify_files(round_, files | {"prices.csv": prices}, SEED)}


def test_a_result_is_refused_of_input_changed_after_the_freeze_or_of_another_seed_than_was_published() -> None:
    round_ = fake_queue_round()
    files = make_files(round_, "queue-then-swaps", SEED)
    changed = tables([("h0", 0), ("h1", 1)], [("a", "h1", ["h0"]), ("b", "h1", ["h0"]), ("c", "h0", ["h1"])])
    assert Rule.INPUT in {one.rule for one in verify_files(changed, files, SEED)}
    assert Rule.SEED in {one.rule for one in verify_files(round_, files, "the value that was published")}
