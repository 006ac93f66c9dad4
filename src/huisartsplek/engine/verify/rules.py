# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rules of a round, checked on who gets which wish; nothing here knows how that was decided."""

from collections.abc import Iterator, Sequence

from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.fingerprint import decimal
from huisartsplek.engine.verify.market import NONE, Market

OUTCOMES = "outcomes.csv"


def free_after(market: Market, given: Sequence[int]) -> list[int]:
    """Per practice the places left: its places and those freed, less the arrivals; negative is overfull."""
    free = list(market.places)
    for request, wish in enumerate(given):
        if wish == NONE:
            continue
        to = market.wish_practice[wish]
        for person in market.members(request):
            if market.present[person] != to:
                free[to] -= 1
                if market.frees[person]:
                    free[market.present[person]] += 1
    return free


def check_room(market: Market, free: Sequence[int], which: str) -> Iterator[Broken]:
    """Rule 1: no more arrivals than places and places freed."""
    for practice, left in enumerate(free):
        if left < 0:
            name = market.practices[practice]
            message = f"{which}: {name!r} takes {-left} more than its places and the places freed there"
            yield Broken(Rule.ROOM, OUTCOMES, None, message)


def check_floor(
    market: Market, final: Sequence[int], queue: Sequence[int], records: Sequence[int | None]
) -> Iterator[Broken]:
    """Rule 4: nobody ends at a lower wish than the waiting list alone gives them."""
    for request, (wish, floor) in enumerate(zip(final, queue, strict=True)):
        if floor != NONE and (wish == NONE or wish > floor):
            rank = decimal(market.wish_rank[floor])
            message = f"request {market.requests[request]!r} gets less than wish {rank} of the waiting list"
            yield Broken(Rule.FLOOR, OUTCOMES, records[request], message)


def check_no_place_left(
    market: Market, given: Sequence[int], free: Sequence[int], which: str, records: Sequence[int | None]
) -> Iterator[Broken]:
    """Rule 5, first half: no free place that a request would rather have and fits in."""
    for request, got in enumerate(given):
        for wish in market.wishes(request):
            if wish == got:
                break
            practice = market.wish_practice[wish]
            if free[practice] > 0 and _places_needed(market, request, practice, got) <= free[practice]:
                message = (
                    f"{which}: request {market.requests[request]!r} would rather have"
                    f" {market.practices[practice]!r}, which has a free place it fits in"
                )
                yield Broken(Rule.NOTHING_LEFT, OUTCOMES, records[request], message)
                break


def _places_needed(market: Market, request: int, practice: int, got: int) -> int:
    """The places at a practice that a request takes up by going there rather than where it now goes."""
    needed = 0
    for person in market.members(request):
        if market.present[person] != practice:
            needed += 1
        elif got != NONE and market.frees[person]:
            needed += 1  # they would not leave, so the place they freed is gone
    return needed


def check_no_exchange_left(market: Market, final: Sequence[int]) -> Iterator[Broken]:
    """Rule 5, second half: no one-person requests that could all improve by exchanging.

    An arrow runs from the practice where somebody holds a place they can give to each practice they would
    rather have; an exchange is a circle of arrows, so arrows are taken away from the dead ends inward.
    """
    arrows: set[tuple[int, int]] = set()
    for request, got in enumerate(final):
        person = market.first_member[request]
        if len(market.members(request)) > 1 or (got == NONE and not market.frees[person]):
            continue
        held = market.wish_practice[got] if got != NONE else market.present[person]
        for wish in market.wishes(request):
            if wish == got:
                break
            arrows.add((held, market.wish_practice[wish]))
    onward = [0] * len(market.practices)
    into: list[list[int]] = [[] for _ in market.practices]
    for start, end in arrows:
        onward[start] += 1
        into[end].append(start)
    dead_ends = [practice for practice, count in enumerate(onward) if count == 0]
    while dead_ends:
        for start in into[dead_ends.pop()]:
            onward[start] -= 1
            if onward[start] == 0:
                dead_ends.append(start)
    left = [market.practices[practice] for practice, count in enumerate(onward) if count > 0]
    if left:
        some = ", ".join(map(repr, left[:5]))
        message = f"people could still improve by exchanging among {len(left)} practices, such as {some}"
        yield Broken(Rule.NOTHING_LEFT, OUTCOMES, None, message)
