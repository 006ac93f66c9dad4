# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Regional rounds can each be settled; the national one on top of them only where every regional answer was yes."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.markets import one_person_round
from tests.unit.engine.test_regions import SEED, in_regions, mechanisms, rounds_in_regions

from huisartsplek.engine.regions import run_by_region
from huisartsplek.engine.regions.first import Phase
from huisartsplek.engine.settle import Settlement, read_computed, settle_round
from huisartsplek.engine.tables import Tables


def settled(phase: Phase, answers: dict[str, bool]) -> Settlement:
    """The round of one phase with these answers to it."""
    computed = read_computed(phase.result.files())
    return settle_round(
        phase.tables, computed, {name: yes for name, yes in answers.items() if name in computed.offered}
    )


def over_their_room(tables: Tables, settlements: list[Settlement]) -> list[str]:
    """The practices with more people than they have places, when everybody accepts what is proposed too."""
    home = dict(zip(tables.members.person, tables.members.practice, strict=True))
    ends = dict(home)
    for moves in [moves for one in settlements for moves in (one.settled, one.proposed)]:
        ends.update(zip(moves.person, moves.to, strict=True))
    swaps = dict(zip(tables.practices.practice, tables.practices.swaps, strict=True))
    trades = dict(zip(tables.members.person, tables.members.trades, strict=True))
    moved = [person for person, practice in ends.items() if practice != home[person]]
    arrived = Counter(ends[person] for person in moved)
    freed = Counter(home[person] for person in moved if home[person] and swaps[home[person]] and trades[person])
    places = dict(zip(tables.practices.practice, tables.practices.places, strict=True))
    return [name for name in places if arrived[name] > places[name] + freed[name]]


@settings(max_examples=60, deadline=None)
@given(tables=rounds_in_regions(), mechanism=mechanisms, data=st.data())
def test_regional_rounds_settled_one_by_one_leave_room_everywhere(
    tables: Tables, mechanism: str, data: st.DataObject
) -> None:
    done = run_by_region(tables, seed=SEED, mechanism=mechanism)
    answers = {name: data.draw(st.booleans(), label=name) for name in tables.requests.request}
    regional = [settled(phase, answers) for phase in done.regional.values()]
    assert over_their_room(tables, regional) == []
    everybody = dict.fromkeys(answers, True)
    all_yes = [settled(phase, everybody) for phase in done.regional.values()]
    if not any(one.proposed.person for one in all_yes):
        assert over_their_room(tables, [*all_yes, settled(done.national, answers)]) == []


@pytest.mark.parametrize(("says", "over"), [(True, []), (False, ["a"])])
def test_a_national_round_counts_on_what_a_regional_no_takes_back(says: bool, over: list[str]) -> None:
    """Why the whole is refused: x leaves a for b in the region, and z from another region takes that place."""
    tables = in_regions(
        one_person_round({"a": 0, "b": 1, "c": 0}, [("x", "a", ["b"]), ("z", "", ["c", "a"])]),
        {"a": "west", "b": "west", "c": "oost"},
    )
    done = run_by_region(tables, seed=SEED)
    answers = {"x": says, "z": True}
    phases = [*done.regional.values(), done.national]
    assert over_their_room(tables, [settled(phase, answers) for phase in phases]) == over
