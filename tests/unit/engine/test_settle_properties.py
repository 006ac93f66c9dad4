# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds after every settlement and every answer to its repair, counted per person from the files alone."""

import csv
import io
import itertools
import json
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from tests.unit.engine.markets import rounds, shuffled

from huisartsplek.engine import MECHANISM_NAMES, carried_out, run_round
from huisartsplek.engine.results import MoveTable
from huisartsplek.engine.settle import Computed, Settlement, read_computed, settle_round
from huisartsplek.engine.tables import Tables

SEED = "drand 1234"
mixed = rounds(most_requests=9, most_practices=4, largest_household=3)
floor_keeping = st.sampled_from([name for name in MECHANISM_NAMES if name != "trading-cycles"])


@dataclass(frozen=True)
class Answered:
    """A round, what was answered to it, and what came of that."""

    tables: Tables
    computed: Computed
    answers: dict[str, bool]
    settlement: Settlement

    @property
    def declined(self) -> set[str]:
        """Who was asked and did not say yes."""
        return {request for request in self.computed.offered if not self.answers.get(request, False)}

    @property
    def standing(self) -> set[str]:
        """Who is carried out."""
        return set(self.settlement.settled.request)

    @property
    def fallen(self) -> set[str]:
        """Who said yes and falls all the same."""
        return self.computed.offered - self.declined - self.standing


@st.composite
def answered(
    draw: st.DrawFn,
    tables: st.SearchStrategy[Tables] = mixed,
    mechanisms: st.SearchStrategy[str] = st.sampled_from(MECHANISM_NAMES),  # noqa: B008 - strategies are values
) -> Answered:
    """A round of any mechanism with any answers."""
    market = draw(tables)
    computed = read_computed(run_round(market, seed=SEED, mechanism=draw(mechanisms)).files())
    said = {request: draw(st.sampled_from([True, True, True, False, None])) for request in sorted(computed.offered)}
    answers = {request: answer for request, answer in said.items() if answer is not None}
    return Answered(market, computed, answers, settle_round(market, computed, answers))


def present_of(tables: Tables) -> dict[str, str]:
    """Where everybody is before the round."""
    return dict(zip(tables.members.person, tables.members.practice, strict=True))


def after(case: Answered, accepted: set[str]) -> dict[str, str]:
    """Where everybody is when the settled moves are made, and of the repair those of these requests."""
    where = present_of(case.tables)
    settled, proposed = case.settlement.settled, case.settlement.proposed
    for person, left, to in zip(settled.person, settled.from_, settled.to, strict=True):
        assert where[person] == left
        where[person] = to
    for person, request, left, to in zip(
        proposed.person, proposed.request, proposed.from_, proposed.to, strict=True
    ):
        assert where[person] == left
        if request in accepted:
            where[person] = to
    return where


def overfull(tables: Tables, where: dict[str, str]) -> list[str]:
    """Practices that hold more people than their places and the places freed allow, counted person by person."""
    swaps = dict(zip(tables.practices.practice, tables.practices.swaps, strict=True))
    room = Counter(dict(zip(tables.practices.practice, tables.practices.places, strict=True)))
    for person, present, trades in zip(
        tables.members.person, tables.members.practice, tables.members.trades, strict=True
    ):
        if where[person] != present:
            room[where[person]] -= 1
            if present and trades and swaps[present]:
                room[present] += 1
    return [practice for practice, left in room.items() if left < 0]


def rank_of(tables: Tables, where: dict[str, str]) -> dict[str, int | None]:
    """The wish that each request has moved to, from where its members are; None when none of them moved."""
    present = present_of(tables)
    rank = {
        (request, practice): number
        for request, number, practice in zip(
            tables.wishes.request, tables.wishes.rank, tables.wishes.practice, strict=True
        )
    }
    got: dict[str, int | None] = dict.fromkeys(tables.requests.request)
    for person, request in zip(tables.members.person, tables.members.request, strict=True):
        if where[person] != present[person]:
            got[request] = rank[request, where[person]]
    return got


@settings(max_examples=150, deadline=None)
@given(case=answered(), data=st.data())
def test_no_practice_is_overfull_whoever_accepts_the_repair(case: Answered, data: st.DataObject) -> None:
    assert overfull(case.tables, after(case, set())) == []
    proposed = case.settlement.proposed
    yes = {request for request in sorted(set(proposed.request)) if data.draw(st.booleans())}
    assert overfull(case.tables, after(case, carried_out(proposed, yes))) == []
    everybody = set(proposed.request)
    assert carried_out(proposed, everybody) == everybody
    assert overfull(case.tables, after(case, everybody)) == []


def test_the_room_rule_above_sees_a_repair_carried_out_without_its_sources() -> None:
    def breaks_room(case: Answered) -> bool:
        requests = sorted(set(case.settlement.proposed.request))
        return any(overfull(case.tables, after(case, {request})) for request in requests)

    find(answered(), breaks_room, settings=settings(max_examples=20_000, deadline=None))


def test_the_room_rule_above_sees_a_yes_carried_out_beside_its_neighbours_no() -> None:
    def breaks_room(case: Answered) -> bool:
        moves = case.computed.moves
        where = present_of(case.tables)
        for person, request, to in zip(moves.person, moves.request, moves.to, strict=True):
            if request not in case.declined:
                where[person] = to
        return bool(overfull(case.tables, where))

    find(answered(), breaks_room, settings=settings(max_examples=20_000, deadline=None))


@settings(max_examples=150, deadline=None)
@given(case=answered(), data=st.data())
def test_nobody_ends_below_what_they_have_and_households_stay_together(case: Answered, data: st.DataObject) -> None:
    proposed = case.settlement.proposed
    yes = {request for request in sorted(set(proposed.request)) if data.draw(st.booleans())}
    where = after(case, carried_out(proposed, yes))
    present = present_of(case.tables)
    got = rank_of(case.tables, where)
    wished = set(zip(case.tables.wishes.request, case.tables.wishes.practice, strict=True))
    own_wish = {
        (request, practice): number
        for request, number, practice in zip(
            case.tables.wishes.request, case.tables.wishes.rank, case.tables.wishes.practice, strict=True
        )
    }
    together: dict[str, set[str]] = {}
    for person, request in zip(case.tables.members.person, case.tables.members.request, strict=True):
        together.setdefault(request, set()).add(where[person])
        if where[person] != present[person]:
            assert (request, where[person]) in wished
            stay = own_wish.get((request, present[person]))
            homes = {present[one] for one, of in _members(case.tables) if of == request}
            assert stay is None or len(homes) > 1 or own_wish[request, where[person]] < stay
    for request, rank in got.items():
        assert rank is None or len(together[request]) == 1


def _members(tables: Tables) -> list[tuple[str, str]]:
    return list(zip(tables.members.person, tables.members.request, strict=True))


@settings(max_examples=150, deadline=None)
@given(case=answered())
def test_who_declined_is_out_and_who_stands_is_only_asked_again_for_a_higher_wish(case: Answered) -> None:
    proposed = case.settlement.proposed
    assert not set(proposed.request) & case.declined
    assert case.standing == carried_out(case.computed.moves, case.computed.offered - case.declined)
    for request, rank in zip(proposed.request, proposed.rank, strict=True):
        has = case.computed.rank[request] if request in case.standing else None
        assert has is None or rank < has
    leaving = dict(zip(proposed.person, proposed.from_, strict=True))
    for to, source in zip(proposed.to, proposed.source, strict=True):
        assert not source or leaving[source] == to


@settings(max_examples=150, deadline=None)
@given(case=answered())
def test_the_settled_moves_are_rows_of_the_computed_round(case: Answered) -> None:
    def rows(moves: MoveTable) -> set[tuple[object, ...]]:
        columns = (moves.person, moves.request, moves.from_, moves.to, moves.rank, moves.exchange, moves.source)
        return set(zip(*columns, strict=True))

    assert rows(case.settlement.settled) == {row for row in rows(case.computed.moves) if row[1] in case.standing}


@settings(max_examples=150, deadline=None)
@given(case=answered())
def test_the_files_count_who_is_below_their_floor(case: Answered) -> None:
    def below(where: dict[str, str]) -> list[tuple[str, str, str]]:
        found = []
        for request, rank in rank_of(case.tables, where).items():
            floor = case.computed.queue_rank[request]
            if request not in case.declined and floor is not None and (rank is None or rank > floor):
                found.append((request, str(floor), "" if rank is None else str(rank)))
        return sorted(found)

    files = case.settlement.files()
    report = json.loads(files["settlement.json"])
    listed = list(csv.DictReader(io.StringIO(files["below_floor.csv"].decode(), newline="")))
    at_once, at_most = below(after(case, set())), below(after(case, set(case.settlement.proposed.request)))
    assert sorted((row["request"], row["queue_rank"], row["rank"]) for row in listed) == at_most
    assert report["below_floor"] == {"before_repair": len(at_once), "after_repair": len(at_most)}
    assert {request for request, _, _ in at_most} <= {request for request, _, _ in at_once}
    counts = report["requests"]
    assert counts["offered"] == counts["said_yes"] + counts["said_no"] + counts["silent"]
    assert counts["said_yes"] == counts["carried_out"] + counts["fallen_by_anothers_no"]
    assert counts["fallen_by_anothers_no"] == len(case.fallen)


def test_in_some_rounds_the_repair_restores_a_floor_and_in_some_it_cannot() -> None:
    wide = settings(max_examples=20_000, deadline=None)
    case = answered(mechanisms=st.just("queue-then-swaps"))
    find(case, lambda one: one.settlement.below_before > len(one.settlement.below_floor), settings=wide)
    find(case, lambda one: len(one.settlement.below_floor) > 0, settings=wide)


@settings(max_examples=150, deadline=None)
@given(tables=mixed, mechanism=floor_keeping)
def test_when_everybody_says_yes_all_is_carried_out_and_nobody_is_below_their_floor(
    tables: Tables, mechanism: str
) -> None:
    computed = read_computed(run_round(tables, seed=SEED, mechanism=mechanism).files())
    settlement = settle_round(tables, computed, dict.fromkeys(computed.offered, True))
    assert settlement.settled == computed.moves
    assert settlement.below_before == 0
    assert settlement.below_floor == []


@settings(max_examples=150, deadline=None)
@given(tables=rounds(most_requests=9), mechanism=st.sampled_from(["trading-cycles", "queue-then-swaps"]))
def test_when_everybody_says_yes_there_is_nothing_to_repair(tables: Tables, mechanism: str) -> None:
    computed = read_computed(run_round(tables, seed=SEED, mechanism=mechanism).files())
    assert settle_round(tables, computed, dict.fromkeys(computed.offered, True)).proposed.person == []


@settings(max_examples=60, deadline=None)
@given(case=answered(), seed=st.integers(0, 99))
def test_the_order_of_rows_and_answers_changes_no_byte(case: Answered, seed: int) -> None:
    other = shuffled(case.tables, seed)
    computed = read_computed(run_round(other, seed=SEED, mechanism=case.computed.mechanism).files())
    answers = dict(reversed(case.answers.items()))
    assert settle_round(other, computed, answers).files() == case.settlement.files()


@pytest.mark.parametrize("mechanism", MECHANISM_NAMES)
def test_when_nobody_answers_nothing_is_carried_out(mechanism: str) -> None:
    wide = settings(max_examples=20_000, deadline=None)
    case = find(answered(mechanisms=st.just(mechanism)), lambda one: bool(one.computed.offered), settings=wide)
    settlement = settle_round(case.tables, case.computed, {})
    assert settlement.settled.person == []
    assert settlement.said == {"yes": 0, "no": 0, "silent": len(case.computed.offered)}


def can_restore_all(case: Answered) -> bool:
    """Whether any repair that keeps what was accepted gives everybody their floor, by trying all (one-person)."""
    tables, computed = case.tables, case.computed
    present = present_of(tables)
    choices: list[list[str]] = []
    people: list[str] = []
    for person, request in _members(tables):
        ranked = sorted(
            (rank, practice)
            for of, rank, practice in zip(
                tables.wishes.request, tables.wishes.rank, tables.wishes.practice, strict=True
            )
            if of == request
        )
        least = computed.rank[request] if request in case.standing else computed.queue_rank[request]
        wished = []
        for rank, practice in ranked:
            if practice == present[person] or (least is not None and rank > least):
                break
            wished.append(practice)
        if request in case.declined:
            wished = []
        people.append(person)
        choices.append(wished if wished and least is not None else [*wished, present[person]])
    return any(
        overfull(tables, dict(zip(people, where, strict=True))) == [] for where in itertools.product(*choices)
    )


@settings(max_examples=200, deadline=None)
@given(case=answered(rounds(most_requests=6, most_practices=4), st.just("queue-then-swaps")))
def test_every_floor_is_restored_where_any_repair_could(case: Answered) -> None:
    assert (case.settlement.below_floor == []) == can_restore_all(case)
