# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which requests have exactly one right result, although there are households in the round.

What happens among practices that no household with a wish has to do with, directly or through others' wishes,
happens as if there were no households at all.
"""

from dataclasses import replace

from huisartsplek.engine.verify.market import NONE, Market


def decidable(market: Market) -> list[int]:
    """The one-person requests that are bound up with no household that has a wish, in queue order."""
    if market.one_person_each:
        return list(range(len(market.requests)))
    group = _Groups(len(market.practices))
    for request in range(len(market.requests)):
        # Members of a household without wishes stay where they are and bind nothing together.
        if market.wishes(request):
            practices = _practices(market, request)
            for practice in practices:
                group.join(practices[0], practice)
    bound = {
        group.name(_practices(market, request)[0])
        for request in range(len(market.requests))
        if len(market.members(request)) > 1 and market.wishes(request)
    }
    return [
        request
        for request in range(len(market.requests))
        if len(market.members(request)) == 1
        and not any(group.name(practice) in bound for practice in _practices(market, request)[:1])
    ]


def restrict(market: Market, requests: list[int]) -> Market:
    """The market of these one-person requests alone, in the same order; everyone else stays where they are."""
    people = [market.first_member[request] for request in requests]
    capacity = list(market.places)
    for person in people:
        if market.frees[person]:
            capacity[market.present[person]] += 1
    first_wish = [0]
    for request in requests:
        first_wish.append(first_wish[-1] + len(market.wishes(request)))
    return replace(
        market,
        requests=[market.requests[request] for request in requests],
        persons=[market.persons[person] for person in people],
        request_of=list(range(len(requests))),
        present=[market.present[person] for person in people],
        frees=[market.frees[person] for person in people],
        first_member=list(range(len(requests) + 1)),
        first_wish=first_wish,
        wish_practice=[market.wish_practice[wish] for request in requests for wish in market.wishes(request)],
        wish_rank=[market.wish_rank[wish] for request in requests for wish in market.wishes(request)],
        capacity=capacity,
    )


def widen(market: Market, requests: list[int], restricted: Market, result: list[int]) -> list[int]:
    """A result on the restricted market as wishes of the whole one."""
    return [
        wish if wish == NONE else market.first_wish[request] + wish - restricted.first_wish[number]
        for number, (request, wish) in enumerate(zip(requests, result, strict=True))
    ]


def _practices(market: Market, request: int) -> list[int]:
    """All practices that a request has to do with."""
    present = [market.present[person] for person in market.members(request)]
    wished = [market.wish_practice[wish] for wish in market.wishes(request)]
    return [practice for practice in (*present, *wished) if practice != NONE]


class _Groups:
    """Practices bound together by the requests that have to do with more than one of them."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def name(self, practice: int) -> int:
        while self._parent[practice] != practice:
            self._parent[practice] = self._parent[self._parent[practice]]
            practice = self._parent[practice]
        return practice

    def join(self, one: int, other: int) -> None:
        self._parent[self.name(one)] = self.name(other)
