# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The waiting list from moment to moment, against the waiting list of a round after every event."""

from dataclasses import dataclass, field, replace
from random import Random

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from tests.unit.engine.markets import household_round, one_person_round, rounds

from huisartsplek.engine import run_round
from huisartsplek.engine.continuous import Arrival, Continuous, Step
from huisartsplek.engine.mechanisms import waiting_list
from huisartsplek.engine.problem import build_problem
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable

SEED = "drand 1234"
DAY = "2024-01-{:02d}T00:00:00.000000Z"


def moves_of(tables: Tables) -> list[tuple[str, str, int]]:
    """Request, practice and rank of everybody whom the waiting list of a round moves."""
    problem = build_problem(tables, SEED)
    given = waiting_list(problem)
    got = [(at, wish) for at, wish in enumerate(given.tolist()) if wish < problem.wish_start[at + 1]]
    return [
        (
            problem.requests[at],
            problem.practices[problem.wish_practice[wish]],
            tables.wishes.rank[problem.wish_row[wish]],
        )
        for at, wish in got
    ]


@dataclass
class Plain:
    """The state kept plainly, with every event worked out by a whole round of the waiting list."""

    places: dict[str, int]
    no_swaps: set[str]
    new_places_trade: bool
    waiting: dict[str, Arrival] = field(default_factory=dict)

    def tables(self) -> Tables:
        """The state as a round's input."""
        everyone = list(self.waiting.values())
        wishes = [(one.request, *wish) for one in everyone for wish in one.wishes]
        names = list(self.places)
        return Tables(
            PracticeTable(
                names,
                list(self.places.values()),
                [name not in self.no_swaps for name in names],
                [""] * len(names),
            ),
            RequestTable(list(self.waiting), [one.priority for one in everyone], [one.since for one in everyone]),
            MemberTable(
                [one.person for one in everyone],
                list(self.waiting),
                [one.practice for one in everyone],
                [one.trades for one in everyone],
            ),
            WishTable([wish[0] for wish in wishes], [wish[1] for wish in wishes], [wish[2] for wish in wishes]),
        )

    def settle(self) -> list[Step]:
        """What the waiting list of a round moves, carried out."""
        steps = []
        for request, to, rank in moves_of(self.tables()):
            one = self.waiting[request]
            left = one.practice
            steps.append(Step(request, left, to, rank))
            self.places[to] -= 1
            if left and one.trades and left not in self.no_swaps:
                self.places[left] += 1
            self.waiting[request] = replace(one, practice=to, trades=self.new_places_trade)
        return sorted(steps, key=lambda step: step.request)


@dataclass(frozen=True)
class History:
    """Practices, and what happens one after another."""

    places: dict[str, int]
    no_swaps: set[str]
    new_places_trade: bool
    events: list[Arrival | tuple[str, int] | str]  # arrives, comes free, leaves

    def first(self) -> tuple[Plain, Continuous]:
        """Nobody waits yet."""
        state = Continuous(self.places, seed=SEED, no_swaps=self.no_swaps, new_places_trade=self.new_places_trade)
        return Plain(dict(self.places), self.no_swaps, self.new_places_trade), state


@st.composite
def histories(draw: st.DrawFn, most_events: int = 25) -> History:
    """Arrivals more than anything else; with and without a practice, who trade or do not, and places that free."""
    practices = [f"p{number}" for number in range(draw(st.integers(1, 5)))]
    somewhere = st.sampled_from(["", *practices])
    here: list[str] = []
    events: list[Arrival | tuple[str, int] | str] = []
    for number in range(draw(st.integers(0, most_events))):
        kind = draw(st.integers(0, 5))
        if kind == 0:
            events.append((draw(st.sampled_from(practices)), draw(st.integers(1, 2))))
        elif kind == 1 and here:
            events.append(here.pop(draw(st.integers(0, len(here) - 1))))
        else:
            wished = draw(st.lists(st.sampled_from(practices), unique=True))
            ranks = draw(st.permutations(range(1, len(wished) + 1)))
            name = draw(st.sampled_from([name for name in ("a", "b", "") if name not in here])) or f"r{number}"
            here.append(name)
            events.append(
                Arrival(
                    name,
                    f"m{number}",
                    draw(st.integers(0, 1)),
                    DAY.format(draw(st.integers(1, 2))),
                    list(zip(ranks, wished, strict=True)),
                    draw(somewhere),
                    draw(st.integers(0, 5)) > 0,
                )
            )
    return History(
        {name: draw(st.sampled_from([0, 0, 1])) for name in practices},
        {name for name in practices if draw(st.integers(0, 5)) == 0},
        draw(st.booleans()),
        events,
    )


@st.composite
def crowded(draw: st.DrawFn, number_of_events: int = 20) -> History:
    """Few practices, no free place to begin with, and long lists of wishes: many stand in each other's way."""
    random = Random(draw(st.integers(0, 1 << 32)))
    practices = [f"p{number}" for number in range(random.randint(2, 5))]
    here: list[str] = []
    events: list[Arrival | tuple[str, int] | str] = []
    for number in range(number_of_events):
        kind = random.random()
        if kind < 0.2:
            events.append((random.choice(practices), 1))
        elif kind < 0.35 and here:
            events.append(here.pop(random.randrange(len(here))))
        else:
            wished = random.sample(practices, random.randint(1, len(practices)))
            here.append(f"r{number}")
            events.append(
                Arrival(
                    f"r{number}",
                    f"m{number}",
                    random.randint(0, 2),
                    DAY.format(random.randint(1, 9)),
                    list(enumerate(wished, 1)),
                    random.choice(["", *practices, *practices]),
                    random.random() < 0.9,
                )
            )
    return History(dict.fromkeys(practices, 0), set(), random.random() < 0.5, events)


def happens(state: Continuous, event: Arrival | tuple[str, int] | str) -> list[Step]:
    """Tell the state."""
    if isinstance(event, Arrival):
        return state.arrive(event)
    if isinstance(event, str):
        return state.leave(event)
    return state.place_free(*event)


def note(plain: Plain, event: Arrival | tuple[str, int] | str) -> None:
    """Change the plain state, without any consequence."""
    if isinstance(event, Arrival):
        plain.waiting[event.request] = event
    elif isinstance(event, str):
        del plain.waiting[event]
    else:
        plain.places[event[0]] += event[1]


@settings(max_examples=150, deadline=None)
@given(history=st.one_of(histories(), crowded()))
def test_every_event_has_the_consequences_of_a_round_on_the_state_right_after_it(history: History) -> None:
    plain, state = history.first()
    for event in history.events:
        note(plain, event)
        assert happens(state, event) == plain.settle()
        assert sorted(zip(state.tables().members.request, state.tables().members.practice, strict=True)) == sorted(
            (name, one.practice) for name, one in plain.waiting.items()
        )
        assert dict(zip(state.tables().practices.practice, state.tables().practices.places, strict=True)) == (
            plain.places
        )
    assert moves_of(state.tables()) == []


@settings(max_examples=200, deadline=None)
@given(tables=rounds(most_requests=12, most_practices=5))
def test_a_state_begins_with_what_the_waiting_list_gives(tables: Tables) -> None:
    _, steps = Continuous.of(tables, seed=SEED)
    moves = run_round(tables, seed=SEED, mechanism="waiting-list").moves
    assert sorted(zip(moves.request, moves.from_, moves.to, moves.rank, strict=True)) == [
        (step.request, step.from_, step.to, step.rank) for step in steps
    ]


def test_the_comparison_sees_circles_left_out() -> None:
    def differs(history: History) -> bool:
        plain, state = history.first()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(state, "_circle", lambda *_: [])
            for event in history.events:
                note(plain, event)
                if happens(state, event) != plain.settle():
                    return True
        return False

    first_found = settings(max_examples=2_000, deadline=None, phases=[Phase.generate])
    find(crowded(), differs, settings=first_found)


def test_who_moves_elsewhere_no_longer_stands_between_two_who_would_swap() -> None:
    people = [("c", "", ["q", "l"]), ("d", "m", ["l"]), ("e", "l", ["m"])]
    state, steps = Continuous.of(one_person_round({"q": 0, "l": 0, "m": 0}, people), seed=SEED)
    assert steps == []
    assert state.place_free("q") == [Step("c", "", "q", 1), Step("d", "m", "l", 1), Step("e", "l", "m", 1)]


def test_two_people_swap_without_a_free_place_once_nobody_stands_between_them() -> None:
    tables = one_person_round({"a": 0, "b": 0}, [("new", "", ["a"]), ("x", "a", ["b"]), ("y", "b", ["a"])])
    state, steps = Continuous.of(tables, seed=SEED)
    assert steps == []
    assert state.leave("new") == [Step("x", "a", "b", 1), Step("y", "b", "a", 1)]


def test_a_free_place_is_passed_on_along_the_queue() -> None:
    tables = one_person_round({"a": 0, "b": 0}, [("x", "b", ["a"]), ("first", "", ["b"]), ("next", "", ["b"])])
    state, _ = Continuous.of(tables, seed=SEED)
    assert state.place_free("a") == [Step("first", "", "b", 1), Step("x", "b", "a", 1)]
    assert state.place_free("a") == []
    assert state.arrive(Arrival("late", "late", 9, DAY.format(1), [(4, "b"), (7, "a")])) == [
        Step("late", "", "a", 7)
    ]
    assert state.leave("x") == []
    assert state.place_free("b") == [Step("next", "", "b", 1)]


def test_what_cannot_be_is_refused_and_changes_nothing() -> None:
    state, _ = Continuous.of(one_person_round({"a": 0}, [("x", "", ["a"])]), seed=SEED)
    before = state.tables()
    with pytest.raises(ValueError, match="waits already"):
        state.arrive(Arrival("x", "x", 0, DAY.format(1), []))
    with pytest.raises(ValueError, match="practice that is not there"):
        state.arrive(Arrival("y", "y", 0, DAY.format(1), [(1, "nowhere")]))
    with pytest.raises(ValueError, match="cannot come free"):
        state.place_free("a", -1)
    with pytest.raises(KeyError):
        state.place_free("nowhere")
    with pytest.raises(KeyError):
        state.leave("nobody")
    assert state.tables() == before
    with pytest.raises(ValueError, match="household"):
        Continuous.of(household_round({"a": 0}, [("h", [("1", ""), ("2", "")], ["a"])]), seed=SEED)


def test_claims_that_are_gone_do_not_pile_up() -> None:
    state = Continuous({"a": 0, "b": 0}, seed=SEED)
    for number in range(500):
        state.arrive(Arrival(f"r{number}", f"m{number}", 0, DAY.format(1), [(1, "a"), (2, "b")]))
        state.leave(f"r{number}")
    assert sum(map(len, state._claims.values())) < 100
