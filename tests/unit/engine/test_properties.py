# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Properties of the exact mechanisms on small markets, each with a control: something for which it does not hold.

The table in `docs/algorithms/properties.md` says which property of a round is tested where.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.misreports import (
    MECHANISMS,
    Decide,
    SmallMarket,
    every_list,
    queue_then_swaps,
    random_markets,
)

from huisartsplek.engine.mechanisms.trading import trading_cycles
from huisartsplek.engine.mechanisms.waiting_list import waiting_list

markets = st.integers(0, 10**9).map(lambda seed: next(random_markets(1, 6, 4, seed)))
every_mechanism = pytest.mark.parametrize("decide", MECHANISMS.values(), ids=MECHANISMS)
MANY = 300


def ends(market: SmallMarket, decide: Decide) -> list[int]:
    """Where everybody ends when they tell the truth."""
    return market.result(decide, market.problem(), market.wishes)


def rank(market: SmallMarket, person: int, practice: int) -> int:
    """How far down their wishes it is for this person to end there; staying comes below them all."""
    wished = market.wishes[person]
    return wished.index(practice) if practice in wished else len(wished)


def ranks(market: SmallMarket, result: list[int]) -> list[int]:
    """The same for everybody."""
    return [rank(market, person, practice) for person, practice in enumerate(result)]


def fails_somewhere(holds: Callable[[SmallMarket], bool]) -> bool:
    """Whether a property is false for some of many markets: what a control must be."""
    return not all(map(holds, random_markets(MANY, 6, 4, seed=1)))


def nobody_is_worse_off(market: SmallMarket, result: list[int]) -> bool:
    """Everybody ends at a wish or where they are, and no practice has more people than it may."""
    voluntary = all(
        practice in market.wishes[person] or practice == market.present[person]
        for person, practice in enumerate(result)
    )
    return voluntary and all(free >= 0 for free in free_after(market, result))


def free_after(market: SmallMarket, result: list[int]) -> list[int]:
    """The places left at each practice."""
    return [
        places + market.present.count(practice) - result.count(practice)
        for practice, places in enumerate(market.places)
    ]


def wastes_nothing(market: SmallMarket, result: list[int]) -> bool:
    """No place is free that somebody would rather have."""
    free = free_after(market, result)
    return not any(
        free[practice] > 0
        for person, got in enumerate(ranks(market, result))
        for practice in market.wishes[person][:got]
    )


def has_no_envy(market: SmallMarket, result: list[int]) -> bool:
    """Nobody would rather be where somebody from further back in the queue came in."""
    return not any(
        market.wishes[other] and result[other] == practice != market.present[other]
        for person, got in enumerate(ranks(market, result))
        for practice in market.wishes[person][:got]
        for other in range(person + 1, len(result))
    )


def vacancy_chains(market: SmallMarket) -> list[int]:
    """First come, first served as places come free: each free place to the first who would rather be there."""
    result = list(market.present)
    moved = True
    while moved:
        moved = False
        for practice, free in enumerate(free_after(market, result)):
            asking = [i for i, got in enumerate(ranks(market, result)) if practice in market.wishes[i][:got]]
            if free > 0 and asking:
                result[asking[0]] = practice
                moved = True
    return result


@every_mechanism
@settings(max_examples=100, deadline=None)
@given(market=markets)
def test_nobody_is_worse_off_for_taking_part_and_no_place_is_wasted(market: SmallMarket, decide: Decide) -> None:
    result = ends(market, decide)
    assert nobody_is_worse_off(market, result)
    assert wastes_nothing(market, result)
    assert len(result) == len(market.present)


def test_a_result_that_puts_somebody_out_or_leaves_a_place_is_seen() -> None:
    market = SmallMarket([0, -1], [[1], [0]], [0, 1])
    assert not nobody_is_worse_off(market, [-1, 0])
    assert not nobody_is_worse_off(market, [0, 0])
    assert not wastes_nothing(market, [0, -1])


@settings(max_examples=150, deadline=None)
@given(market=markets)
def test_the_waiting_list_leaves_no_envy_and_beats_vacancy_chains_for_everybody(market: SmallMarket) -> None:
    result = ends(market, waiting_list)
    chains = ranks(market, vacancy_chains(market))
    assert has_no_envy(market, result)
    assert all(mine <= other for mine, other in zip(ranks(market, result), chains, strict=True))
    swaps = ranks(market, ends(market, queue_then_swaps))
    assert all(mine <= other for mine, other in zip(swaps, chains, strict=True))


def test_trading_cycles_leave_envy_and_can_give_less_than_vacancy_chains() -> None:
    assert fails_somewhere(lambda market: has_no_envy(market, ends(market, trading_cycles)))
    assert fails_somewhere(
        lambda market: all(
            mine <= other
            for mine, other in zip(
                ranks(market, ends(market, trading_cycles)), ranks(market, vacancy_chains(market)), strict=True
            )
        )
    )


def renamed(market: SmallMarket, order: list[int]) -> SmallMarket:
    """The same market with its practices called otherwise."""
    return SmallMarket(
        [order[here] if here >= 0 else -1 for here in market.present],
        [[order[practice] for practice in wished] for wished in market.wishes],
        [market.places[order.index(practice)] for practice in range(len(order))],
    )


@every_mechanism
@settings(max_examples=100, deadline=None)
@given(market=markets, order=st.permutations(range(4)))
def test_what_a_practice_is_called_decides_nothing(market: SmallMarket, order: list[int], decide: Decide) -> None:
    expected = [order[practice] if practice >= 0 else -1 for practice in ends(market, decide)]
    assert ends(renamed(market, order), decide) == expected


def test_where_practices_stand_does_matter() -> None:
    market = SmallMarket([-1, -1], [[0], [1]], [1, 0])
    assert ends(renamed(market, [1, 0]), waiting_list) == [1, -1]
    assert ends(SmallMarket(market.present, market.wishes, [0, 1]), waiting_list) == [-1, 1]


def gains_from_a_place(market: SmallMarket, decide: Decide) -> bool:
    """One place more, wherever it is, makes nobody worse off."""
    before = ranks(market, ends(market, decide))
    for practice in range(len(market.places)):
        places = [free + (number == practice) for number, free in enumerate(market.places)]
        after = ranks(market, ends(replace(market, places=places), decide))
        if any(new > old for new, old in zip(after, before, strict=True)):
            return False
    return True


@settings(max_examples=100, deadline=None)
@given(market=markets)
def test_one_place_more_hurts_nobody_on_the_waiting_list(market: SmallMarket) -> None:
    assert gains_from_a_place(market, waiting_list)


@pytest.mark.parametrize("decide", [trading_cycles, queue_then_swaps])
def test_one_place_more_can_hurt_somebody_where_places_are_traded(decide: Decide) -> None:
    assert fails_somewhere(lambda market: gains_from_a_place(market, decide))


def is_never_hurt_by_going_earlier(market: SmallMarket, decide: Decide) -> bool:
    """Who changes turns with the one before them ends at least as high."""
    before = ranks(market, ends(market, decide))
    for person in range(1, len(market.present)):
        order = [*range(person - 1), person, person - 1, *range(person + 1, len(market.present))]
        other = SmallMarket([market.present[i] for i in order], [market.wishes[i] for i in order], market.places)
        if ranks(other, ends(other, decide))[person - 1] > before[person]:
            return False
    return True


@settings(max_examples=100, deadline=None)
@given(market=markets)
def test_an_earlier_turn_never_hurts_on_the_waiting_list(market: SmallMarket) -> None:
    assert is_never_hurt_by_going_earlier(market, waiting_list)


def test_an_earlier_turn_would_hurt_if_the_last_went_first() -> None:
    def backwards(market: SmallMarket) -> bool:
        turned = SmallMarket(market.present[::-1], market.wishes[::-1], market.places)
        return is_never_hurt_by_going_earlier(turned, waiting_list) and ends(turned, waiting_list)[::-1] == ends(
            market, waiting_list
        )

    assert fails_somewhere(backwards)


def changes_others_only_with_themselves(market: SmallMarket, decide: Decide) -> bool:
    """Nobody, by another list, changes what others get without changing what they get."""
    problem = market.problem()
    truth = market.result(decide, problem, market.wishes)
    for person in range(len(market.present)):
        for told in every_list(len(market.places), market.present[person]):
            lists = [*market.wishes[:person], told, *market.wishes[person + 1 :]]
            result = market.result(decide, problem, lists)
            if result[person] == truth[person] and result != truth:
                return False
    return True


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_nobody_changes_what_others_get_alone_under_trading_cycles(seed: int) -> None:
    market = next(random_markets(1, 5, 3, seed))
    assert changes_others_only_with_themselves(market, trading_cycles)


def test_somebody_can_change_what_others_get_alone_on_the_waiting_list() -> None:
    assert fails_somewhere(lambda market: changes_others_only_with_themselves(market, waiting_list))


@pytest.mark.parametrize("decide", [waiting_list, trading_cycles])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_nobody_among_fifty_gains_by_a_shorter_longer_or_reordered_list(seed: int, decide: Decide) -> None:
    random = Random(seed)
    market = next(random_markets(1, 50, 8, seed))
    problem = market.problem()
    truth = ranks(market, market.result(decide, problem, market.wishes))
    for person in random.sample(range(50), 10):
        wished = market.wishes[person]
        others = [p for p in range(8) if p not in wished and p != market.present[person]]
        told = random.choice(
            [
                wished[: random.randint(0, len(wished))],
                random.sample(wished, len(wished)),
                [*wished, *others],
                random.sample([*wished, *others], len(wished) + len(others)),
            ]
        )
        lists = [*market.wishes[:person], told, *market.wishes[person + 1 :]]
        got = market.result(decide, problem, lists)[person]
        assert rank(market, person, got) >= truth[person]


@settings(max_examples=100, deadline=None)
@given(market=markets, declined=st.sets(st.integers(0, 5)))
def test_after_decliners_are_left_out_nobody_is_below_the_floor_of_that_round(
    market: SmallMarket, declined: set[int]
) -> None:
    kept = [person for person in range(6) if person not in declined]
    left = SmallMarket([market.present[i] for i in kept], [market.wishes[i] for i in kept], market.places)
    floor = ranks(left, ends(left, waiting_list))
    assert all(m <= f for m, f in zip(ranks(left, ends(left, queue_then_swaps)), floor, strict=True))


def test_after_decliners_are_left_out_the_floor_of_the_first_round_can_be_lost() -> None:
    def keeps_first_floor(market: SmallMarket) -> bool:
        floor = ranks(market, ends(market, waiting_list))[1:]
        left = SmallMarket(market.present[1:], market.wishes[1:], market.places)
        after = ranks(left, ends(left, queue_then_swaps))
        return all(mine <= first for mine, first in zip(after, floor, strict=True))

    assert fails_somewhere(keeps_first_floor)


def serial_dictatorship(market: SmallMarket) -> list[int]:
    """Each in turn takes the best practice with a free place."""
    free = list(market.places)
    result = []
    for wished in market.wishes:
        got = next((practice for practice in wished if free[practice] > 0), -1)
        free[got] -= got >= 0
        result.append(got)
    return result


def gale(market: SmallMarket) -> list[int]:
    """Top trading cycles with one house each: all point at once, every circle is carried out."""
    result = list(market.present)
    left = set(range(len(result)))
    while left:
        owner = {market.present[person]: person for person in left}
        points = {
            person: owner[next((house for house in market.wishes[person] if house in owner), result[person])]
            for person in left
        }
        on_circle = {person for person in left if person in trail(points, person)}
        for person in on_circle:
            result[person] = market.present[points[person]]
        left -= on_circle
    return result


def trail(points: dict[int, int], person: int) -> set[int]:
    """Whom you come to by following the arrows from somebody."""
    seen: set[int] = set()
    while points[person] not in seen:
        person = points[person]
        seen.add(person)
    return seen


@settings(max_examples=100, deadline=None)
@given(market=markets)
def test_trading_cycles_are_a_serial_dictatorship_when_nobody_has_a_place(market: SmallMarket) -> None:
    nobody = replace(market, present=[-1] * 6)
    assert ends(nobody, trading_cycles) == serial_dictatorship(nobody)


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**9), order=st.permutations(range(5)))
def test_trading_cycles_are_gales_when_everybody_has_one_place_and_none_is_free(
    seed: int, order: list[int]
) -> None:
    random = Random(seed)
    wishes = [random.sample([p for p in range(5) if p != here], random.randint(0, 4)) for here in order]
    market = SmallMarket(order, wishes, [0] * 5)
    assert ends(market, trading_cycles) == gale(market)


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_waiting_list_is_first_come_first_served_at_a_single_practice(seed: int) -> None:
    market = next(random_markets(1, 6, 1, seed))
    assert ends(market, waiting_list) == vacancy_chains(market)


def test_the_mechanisms_differ_where_there_is_more_to_decide() -> None:
    assert fails_somewhere(lambda market: ends(market, trading_cycles) == serial_dictatorship(market))
    assert fails_somewhere(lambda market: ends(market, waiting_list) == vacancy_chains(market))
    swap = SmallMarket([0, 1], [[1], [0]], [0, 0])
    assert gale(swap) == ends(swap, trading_cycles) == [1, 0]
    assert serial_dictatorship(swap) == [-1, -1]
