# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small rounds to decide: written out by hand, or drawn by hypothesis."""

from collections.abc import Mapping, Sequence
from random import Random

from hypothesis import strategies as st

from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable

DAY = "2024-01-{:02d}T00:00:00.000000Z"


def one_person_round(
    places: Mapping[str, int],
    people: Sequence[tuple[str, str, Sequence[str]]],
    *,
    no_swaps: Sequence[str] = (),
    not_trading: Sequence[str] = (),
) -> Tables:
    """A round of (name, present practice, wishes), in queue order; requests are named after their person."""
    return household_round(
        places,
        [(name, [(name, present)], wishes) for name, present, wishes in people],
        no_swaps=no_swaps,
        not_trading=not_trading,
    )


def household_round(
    places: Mapping[str, int],
    requests: Sequence[tuple[str, Sequence[tuple[str, str]], Sequence[str]]],
    *,
    no_swaps: Sequence[str] = (),
    not_trading: Sequence[str] = (),
) -> Tables:
    """A round of (request, (person, present practice) of each member, wishes), in queue order."""
    members = [(person, name, present) for name, people, _ in requests for person, present in people]
    wishes = [(name, rank, wish) for name, _, wished in requests for rank, wish in enumerate(wished, 1)]
    return Tables(
        PracticeTable(
            list(places), list(places.values()), [name not in no_swaps for name in places], [""] * len(places)
        ),
        RequestTable(
            [name for name, _, _ in requests],
            list(range(len(requests))),
            [DAY.format(1)] * len(requests),
        ),
        MemberTable(
            [person for person, _, _ in members],
            [name for _, name, _ in members],
            [present for _, _, present in members],
            [person not in not_trading for person, _, _ in members],
        ),
        WishTable(
            [name for name, _, _ in wishes], [rank for _, rank, _ in wishes], [wish for _, _, wish in wishes]
        ),
    )


@st.composite
def rounds(
    draw: st.DrawFn, *, most_requests: int = 7, most_practices: int = 4, largest_household: int = 1
) -> Tables:
    """Any small round: ties in the queue, gaps in ranks, practices that do not swap, people who do not trade."""
    practices = [f"p{number}" for number in range(draw(st.integers(1, most_practices)))]
    requests = [f"r{number}" for number in range(draw(st.integers(0, most_requests)))]
    somewhere = st.sampled_from(["", *practices])
    persons: list[tuple[str, str, str, bool]] = []
    wishes: list[tuple[str, int, str]] = []
    for request in requests:
        for _ in range(draw(st.integers(1, largest_household))):
            often = draw(st.integers(0, 5)) > 0
            persons.append((f"m{len(persons)}", request, draw(somewhere), often))
        wished = draw(st.lists(st.sampled_from(practices), unique=True))
        ranks = sorted(draw(st.sets(st.integers(1, 12), min_size=len(wished), max_size=len(wished))))
        wishes += [(request, rank, practice) for rank, practice in zip(ranks, wished, strict=True)]
    return Tables(
        PracticeTable(
            practices,
            [draw(st.sampled_from([0, 0, 0, 1, 2, 3])) for _ in practices],
            [draw(st.integers(0, 5)) > 0 for _ in practices],
            ["" for _ in practices],
        ),
        RequestTable(
            requests,
            [draw(st.integers(-1, 1)) for _ in requests],
            [DAY.format(draw(st.integers(1, 2))) for _ in requests],
        ),
        MemberTable(
            [person[0] for person in persons],
            [person[1] for person in persons],
            [person[2] for person in persons],
            [person[3] for person in persons],
        ),
        WishTable([wish[0] for wish in wishes], [wish[1] for wish in wishes], [wish[2] for wish in wishes]),
    )


def shuffled(tables: Tables, seed: int) -> Tables:
    """The same round with the rows of every table in another order."""
    random = Random(seed)

    def order(count: int) -> list[int]:
        return random.sample(range(count), count)

    practices, requests, members, wishes = tables.practices, tables.requests, tables.members, tables.wishes
    by_practice, by_request = order(len(practices.practice)), order(len(requests.request))
    by_member, by_wish = order(len(members.person)), order(len(wishes.request))
    return Tables(
        PracticeTable(
            [practices.practice[row] for row in by_practice],
            [practices.places[row] for row in by_practice],
            [practices.swaps[row] for row in by_practice],
            [practices.region[row] for row in by_practice],
        ),
        RequestTable(
            [requests.request[row] for row in by_request],
            [requests.priority[row] for row in by_request],
            [requests.since[row] for row in by_request],
        ),
        MemberTable(
            [members.person[row] for row in by_member],
            [members.request[row] for row in by_member],
            [members.practice[row] for row in by_member],
            [members.trades[row] for row in by_member],
        ),
        WishTable(
            [wishes.request[row] for row in by_wish],
            [wishes.rank[row] for row in by_wish],
            [wishes.practice[row] for row in by_wish],
        ),
    )
