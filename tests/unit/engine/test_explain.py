# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a wish was not had: each code comes true when the one thing it names is changed, and does not without it."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from tests.unit.engine.counterfactual import Newcomer, change, none_trade
from tests.unit.engine.markets import household_round, one_person_round, rounds
from tests.unit.engine.oracle import small_round

from huisartsplek.engine import (
    Problem,
    ReserveTable,
    RoundResult,
    explain,
    explain_all,
    run_round,
    solve,
    what_helps,
)
from huisartsplek.engine.explaining import (
    Behind,
    DoesNotFit,
    DoesNotSwap,
    Explanation,
    Got,
    GotHigher,
    InSwaps,
    KeptForOthers,
    NeedsTaker,
    NoLeaver,
    NoPlace,
    NotGot,
    NothingToGive,
    OwnOnly,
    QueueGives,
    WhyWish,
)
from huisartsplek.engine.tables import Tables

SEED = "drand 1234"
NOBODY = "nobody-there"
singles = rounds(most_requests=7, most_practices=4)
mixed = rounds(most_requests=7, most_practices=4, largest_household=3)


def explained(tables: Tables, mechanism: str = "queue-then-swaps") -> list[Explanation]:
    result = run_round(tables, seed=SEED, mechanism=mechanism)
    return explain_all(Problem.of(tables, seed=SEED), result)


def why(tables: Tables, request: str, practice: str, mechanism: str = "queue-then-swaps") -> WhyWish:
    result = run_round(tables, seed=SEED, mechanism=mechanism)
    found = explain(Problem.of(tables, seed=SEED), result, request)
    return next(wish.why for wish in found.wishes if wish.practice == practice)


def missed(tables: Tables, mechanism: str = "queue-then-swaps") -> Iterator[tuple[Explanation, str, NotGot]]:
    """Every wish that somebody would rather have than what they got."""
    for explanation in explained(tables, mechanism):
        for wish in explanation.wishes:
            if isinstance(wish.why, NotGot):
                yield explanation, wish.practice, wish.why


def rank_of(result: RoundResult, request: str) -> int:
    """The rank that a request got; a very low one for nothing."""
    ranks = dict(zip(result.outcomes.request, result.outcomes.rank, strict=True))
    return ranks[request] or 10**9


def practice_of(result: RoundResult, request: str) -> str:
    return dict(zip(result.outcomes.request, result.outcomes.practice, strict=True))[request]


def rank_for(tables: Tables, request: str, practice: str) -> int:
    wishes = zip(tables.wishes.request, tables.wishes.practice, tables.wishes.rank, strict=True)
    return next(rank for of, to, rank in wishes if (of, to) == (request, practice))


def run(tables: Tables, mechanism: str = "queue-then-swaps") -> RoundResult:
    return run_round(tables, seed=SEED, mechanism=mechanism)


@settings(max_examples=150, deadline=None)
@given(tables=mixed)
def test_what_is_got_is_the_first_wish_that_is_not_explained_away(tables: Tables) -> None:
    result = run(tables)
    for row, explanation in enumerate(explained(tables)):
        assert explanation.request == result.outcomes.request[row]
        assert explanation.position == row + 1
        codes = [type(wish.why) for wish in explanation.wishes]
        got = [wish.practice for wish in explanation.wishes if isinstance(wish.why, Got)]
        moved = result.outcomes.outcome[row] == "moved"
        assert got == ([result.outcomes.practice[row]] if moved else [])
        before = codes.index(Got) if moved else len(codes)
        assert codes == [NotGot] * before + ([Got] if moved else []) + [GotHigher] * (len(codes) - before - 1)


@settings(max_examples=150, deadline=None)
@given(tables=singles)
def test_the_last_newcomer_is_the_cut_off_and_stands_before_whoever_is_behind(tables: Tables) -> None:
    cutoffs = run(tables).cutoffs
    state = dict(zip(cutoffs.practice, cutoffs.state, strict=True))
    position = dict(zip(cutoffs.practice, cutoffs.position, strict=True))
    for explanation, practice, code in missed(tables):
        match code.queue:
            case Behind(last=last, own=own):
                assert (state[practice], position[practice]) == ("full", last)
                assert last < own == explanation.position
            case OwnOnly():
                assert state[practice] == "own"
            case other:
                raise AssertionError(f"{other} for a request of one person")


@settings(max_examples=200, deadline=None)
@given(tables=singles)
def test_with_a_place_for_everybody_ahead_and_one_more_the_waiting_list_gives_the_wish(tables: Tables) -> None:
    for explanation, practice, code in missed(tables, "waiting-list"):
        assert isinstance(code.queue, Behind | OwnOnly)
        roomier = change(tables, more_places={practice: code.queue.ahead + 1})
        got = rank_of(run(roomier, "waiting-list"), explanation.request)
        assert got <= rank_for(tables, explanation.request, practice)


def test_a_place_less_than_that_may_not_be_enough() -> None:
    tables = one_person_round({"a": 1}, [("first", "", ["a"]), ("next", "", ["a"]), ("me", "", ["a"])])
    assert why(tables, "me", "a") == NotGot(Behind(1, 3, 1), NothingToGive(NoPlace.NO_PRACTICE))
    assert practice_of(run(change(tables, more_places={"a": 1})), "me") == ""
    assert practice_of(run(change(tables, more_places={"a": 2})), "me") == "a"


@settings(max_examples=150, deadline=None)
@given(tables=singles)
def test_where_no_place_is_passed_on_standing_before_the_last_newcomer_gives_the_wish(tables: Tables) -> None:
    tables = none_trade(tables)
    for explanation, practice, code in missed(tables, "waiting-list"):
        if not isinstance(code.queue, Behind):
            continue
        me = explanation.request
        queue = [row.request for row in explained(tables, "waiting-list")]
        last = queue[code.queue.last - 1]
        others = [name for name in queue if name != me]
        wanted = rank_for(tables, me, practice)
        place = others.index(last)
        before = change(tables, order=[*others[:place], me, *others[place:]])
        behind = change(tables, order=[*others[: place + 1], me, *others[place + 1 :]])
        assert rank_of(run(before, "waiting-list"), me) <= wanted
        assert rank_of(run(behind, "waiting-list"), me) > wanted


def test_standing_before_the_last_newcomer_is_not_enough_where_that_one_goes_back_home() -> None:
    # Put back, home takes their own place again, and first, who had it, then needs the place at a.
    first, home, me = ("first", "", ["h", "a"]), ("home", "h", ["a"]), ("me", "", ["a"])
    tables = one_person_round({"a": 1, "h": 0}, [first, home, me])
    assert why(tables, "me", "a", "waiting-list") == NotGot(Behind(2, 3, 0), None)
    earlier = one_person_round({"a": 1, "h": 0}, [first, me, home])
    assert practice_of(run(earlier, "waiting-list"), "me") == ""
    assert why(earlier, "me", "a", "waiting-list") == NotGot(Behind(1, 2, 0), None)


def opens(tables: Tables, me: str, added: Newcomer) -> bool:
    """Whether with this newcomer either they or I move on from where we would exchange."""
    before, after = run(tables), run(change(tables, added=added))
    return (
        practice_of(after, added.name) != added.present
        or rank_of(after, me) < rank_of(before, me)
        or practice_of(after, me) != practice_of(before, me)
    )


def changes_nothing(tables: Tables, me: str, added: Newcomer) -> bool:
    before, after = run(tables), run(change(tables, added=added))
    return practice_of(after, added.name) == added.present and practice_of(after, me) == practice_of(before, me)


def held_by(result: RoundResult, me: str) -> str:
    """Where I end: the place there is what I could pass on."""
    return practice_of(result, me)


@settings(max_examples=200, deadline=None)
@given(tables=singles)
def test_who_has_nothing_to_give_gets_by_swaps_what_the_waiting_list_gives(tables: Tables) -> None:
    result = run(tables)
    floor = dict(zip(result.outcomes.request, result.outcomes.queue_rank, strict=True))
    for explanation, practice, code in missed(tables):
        if not isinstance(code.swap, NothingToGive):
            continue
        me = explanation.request
        assert floor[me] is None
        assert practice_of(result, me) == held_by(result, me)
        with_home = change(tables, new_practices=["home"], swapping=[practice], present={me: "home"})
        somebody = Newcomer("x", practice, "home")
        if run(with_home).outcomes.outcome[run(with_home).outcomes.request.index(me)] != "moved":
            assert opens(with_home, me, somebody)
        without = change(tables, new_practices=["home"])
        assert changes_nothing(without, me, somebody)


@settings(max_examples=200, deadline=None)
@given(tables=singles)
def test_a_leaver_helps_only_where_the_practice_swaps(tables: Tables) -> None:
    for explanation, practice, code in missed(tables):
        if not isinstance(code.swap, DoesNotSwap):
            continue
        me = explanation.request
        somebody = Newcomer("x", practice, held_by(run(tables), me))
        assert practice_of(run(change(tables, added=somebody)), me) == practice_of(run(tables), me)
        swapping = change(tables, swapping=[practice])
        if practice_of(run(swapping), me) == somebody.wish:
            assert opens(swapping, me, somebody)


@settings(max_examples=200, deadline=None)
@given(tables=singles)
def test_without_a_leaver_no_taker_helps_and_with_one_who_wants_my_place_a_swap_is_there(tables: Tables) -> None:
    for explanation, practice, code in missed(tables):
        if not isinstance(code.swap, NoLeaver):
            continue
        me = explanation.request
        mine = held_by(run(tables), me)
        assert opens(tables, me, Newcomer("x", practice, mine))
        elsewhere = change(tables, new_practices=["elsewhere"])
        cutoffs = run(tables).cutoffs
        if dict(zip(cutoffs.practice, cutoffs.state, strict=True))[mine] != "open":
            taker = change(elsewhere, added=Newcomer("y", "elsewhere", mine))
            assert practice_of(run(taker), me) != practice


@settings(max_examples=200, deadline=None)
@given(tables=singles)
def test_who_needs_a_taker_can_swap_with_somebody_who_wants_their_place_and_with_nobody_else(
    tables: Tables,
) -> None:
    for explanation, practice, code in missed(tables):
        if not isinstance(code.swap, NeedsTaker):
            continue
        me = explanation.request
        mine = held_by(run(tables), me)
        assert code.swap.practices == (mine,)
        swapping = change(tables, new_practices=[NOBODY], swapping=[practice])
        if practice_of(run(swapping), me) == mine:
            assert opens(swapping, me, Newcomer("x", practice, mine))
            assert changes_nothing(swapping, me, Newcomer("x", practice, NOBODY))


@settings(max_examples=150, deadline=None)
@given(tables=singles)
def test_the_number_who_wish_my_place_is_counted_and_without_any_no_swap_helps(tables: Tables) -> None:
    people = {person.request: person for person in small_round(tables, SEED).people}
    result = run(tables)
    floor = dict(zip(result.outcomes.request, result.outcomes.queue_rank, strict=True))
    rank = dict(zip(result.outcomes.request, result.outcomes.rank, strict=True))
    for explanation, _, code in missed(tables):
        if isinstance(code.swap, NeedsTaker):
            me, (mine,) = explanation.request, code.swap.practices
            others = [name for name, person in people.items() if mine in person.wishes and name != me]
            assert code.swap.wishers == len(others)
            assert others or rank[me] == floor[me]


@pytest.mark.parametrize(
    ("people", "options", "expected"),
    [
        ([("me", "", ["b"])], {}, NothingToGive(NoPlace.NO_PRACTICE)),
        ([("me", "a", ["b"])], {"not_trading": ["me"]}, NothingToGive(NoPlace.NOT_TRADED)),
        ([("me", "a", ["b"])], {"no_swaps": ["a"]}, NothingToGive(NoPlace.PRACTICE_DOES_NOT_SWAP)),
        ([("me", "a", ["b"]), ("x", "b", ["c"])], {"no_swaps": ["b"]}, DoesNotSwap()),
        ([("me", "a", ["b"]), ("x", "b", [])], {}, NoLeaver()),
        ([("me", "a", ["b"]), ("x", "b", ["c"])], {}, NeedsTaker(("a",), 0)),
        ([("me", "a", ["b"]), ("x", "b", ["c"]), ("y", "", ["a"])], {}, NeedsTaker(("a",), 1)),
    ],
)
def test_what_a_swap_lacks(
    people: list[tuple[str, str, list[str]]], options: dict[str, list[str]], expected: InSwaps
) -> None:
    tables = one_person_round({"a": 0, "b": 0, "c": 0}, people, **options)
    assert why(tables, "me", "b") == NotGot(OwnOnly(0), expected)


def test_a_household_that_does_not_fit_hears_what_it_needs_and_what_is_free() -> None:
    tables = household_round({"a": 1}, [("h", [("m1", ""), ("m2", "")], ["a"])])
    assert why(tables, "h", "a") == NotGot(DoesNotFit(2, 1), NothingToGive(NoPlace.NO_PRACTICE))
    assert practice_of(run(change(tables, more_places={"a": 1})), "h") == "a"


def test_a_household_over_two_practices_counts_who_wishes_either_of_them_once() -> None:
    tables = household_round(
        {"a": 0, "b": 0, "c": 0},
        [
            ("h", [("h1", "a"), ("h2", "b")], ["c"]),
            ("x", [("x1", "c")], ["a", "b"]),
            ("y", [("y1", "")], ["b"]),
        ],
    )
    assert why(tables, "h", "c") == NotGot(OwnOnly(0), NeedsTaker(("a", "b"), 2))


def test_only_trading_from_the_start_can_deny_what_the_waiting_list_gives() -> None:
    tables = one_person_round(
        {"a": 0, "b": 0, "c": 1}, [("y", "b", ["a"]), ("new", "", ["b"]), ("x", "a", ["b", "c"])]
    )
    assert why(tables, "new", "b", "trading-cycles") == NotGot(QueueGives(), None)
    assert why(tables, "new", "b", "waiting-list") == Got()


def test_who_is_passed_by_a_reserved_place_is_told_so_and_without_the_reserve_has_it() -> None:
    tables = one_person_round({"a": 1}, [("x", "", []), ("me", "", ["a"]), ("kept", "", ["a"])])
    problem = Problem.of(tables, seed=SEED, reserves=ReserveTable(["a"], [1], [1]))
    found = explain(problem, solve(problem), "me")
    assert found.wishes[0].why == NotGot(KeptForOthers(), NothingToGive(NoPlace.NO_PRACTICE))
    assert explain(problem, solve(problem), "kept").wishes[0].why == Got()
    assert why(tables, "me", "a") == Got()
    assert what_helps(problem, solve(problem), "me", among=["a"]) is None


@settings(max_examples=100, deadline=None)
@given(tables=mixed)
def test_the_waiting_list_is_never_said_to_give_what_the_default_denies(tables: Tables) -> None:
    assert not any(isinstance(code.queue, QueueGives) for _, _, code in missed(tables))


def test_a_request_that_is_not_in_the_round_is_not_explained() -> None:
    tables = one_person_round({"a": 1}, [("x", "", ["a"])])
    with pytest.raises(KeyError):
        explain(Problem.of(tables, seed=SEED), run(tables), "stranger")
