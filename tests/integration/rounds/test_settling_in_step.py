# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The web application's settling and `round settle` decide alike what stands."""

from uuid import NAMESPACE_URL, UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.markets import rounds

from huisartsplek.engine import run_round
from huisartsplek.engine.settle import read_computed, settle_round
from huisartsplek.engine.tables import Tables
from huisartsplek.rounds.models import PlannedMove
from huisartsplek.rounds.settling import standing_requests


def key(name: str) -> UUID:
    """The key in the database of somebody or something in a round's files."""
    return uuid5(NAMESPACE_URL, name)


@settings(max_examples=60, deadline=None)
@given(tables=rounds(most_requests=9, largest_household=3), data=st.data())
def test_the_web_lets_stand_what_round_settle_carries_out(tables: Tables, data: st.DataObject) -> None:
    computed = read_computed(run_round(tables, seed="drand 1234").files())
    answers = {request: data.draw(st.booleans()) for request in sorted(computed.offered)}
    moves = computed.moves
    planned = [
        PlannedMove(
            person_id=key(person),
            request_id=key(request),
            from_practice_id=key(left) if left else None,
            to_practice_id=key(to),
            source_id=key(source) if source else None,
        )
        for person, request, left, to, source in zip(
            moves.person, moves.request, moves.from_, moves.to, moves.source, strict=True
        )
    ]
    standing = standing_requests(planned, {key(request) for request, answer in answers.items() if answer})
    assert standing == {key(request) for request in settle_round(tables, computed, answers).settled.request}
