# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A second, plainly written implementation of the three mechanisms for one-person requests.

Every function answers with one wish per request, or `NONE` for who stays where they are. With one person
in each request, a person and their request have the same number.
"""

from heapq import heappop, heappush

from huisartsplek.engine.verify.market import NONE, Market


def waiting_list(market: Market) -> list[int]:
    """Deferred acceptance: each asks down their list, each practice keeps the first in the queue.

    Room for newcomers is what the capacity leaves beside those members who are back at their own practice;
    the one furthest back in the queue gives way and asks on.
    """
    room = list(market.capacity)
    newcomers: list[list[int]] = [[] for _ in market.practices]  # heaps, last in the queue on top
    next_wish = market.first_wish[:-1]
    for first in range(len(market.requests)):
        asking = first
        while asking != NONE:
            wish = next_wish[asking]
            if wish < market.first_wish[asking + 1]:
                practice = market.wish_practice[wish]
                next_wish[asking] += 1
                heappush(newcomers[practice], -asking)
            elif market.frees[asking]:
                practice = market.present[asking]
                room[practice] -= 1
            else:
                break
            overfull = len(newcomers[practice]) > room[practice]
            asking = -heappop(newcomers[practice]) if overfull else NONE
    given = [NONE] * len(market.requests)
    for admitted in newcomers:
        for entry in admitted:
            given[-entry] = next_wish[-entry] - 1
    return given


def trading_cycles(market: Market) -> list[int]:
    """Everyone starts with their present practice; practices start with their places free."""
    return _Trading(market, market.present, market.frees, market.first_wish[1:], market.places).run()


def swaps_after(market: Market, given: list[int]) -> list[int]:
    """Trading cycles from what the waiting list gave, each pointing only at wishes above that."""
    held = [
        market.wish_practice[wish] if wish != NONE else present
        for wish, present in zip(given, market.present, strict=True)
    ]
    tradable = [wish != NONE or freed for wish, freed in zip(given, market.frees, strict=True)]
    end = [wish if wish != NONE else last for wish, last in zip(given, market.first_wish[1:], strict=True)]
    free = list(market.capacity)
    for practice, counts in zip(held, tradable, strict=True):
        if counts:
            free[practice] -= 1
    traded = _Trading(market, held, tradable, end, free).run()
    return [new if new != NONE else wish for new, wish in zip(traded, given, strict=True)]


class _Trading:
    """House allocation with existing tenants: "you request my house, I get your turn".

    `end` closes each request's range of wishes, `places` are those free at the start; only who holds a
    `tradable` place is ever pointed at.
    """

    def __init__(
        self, market: Market, held: list[int], tradable: list[bool], end: list[int], places: list[int]
    ) -> None:
        self.market, self.held, self.tradable, self.end = market, held, tradable, end
        self.free = list(places)
        self.holders: list[list[int]] = [[] for _ in market.practices]  # first in the queue at the end
        for request in reversed(range(len(market.requests))):
            if tradable[request]:
                self.holders[held[request]].append(request)
        self.pointed_at = market.first_wish[:-1]
        self.got = [NONE] * len(market.requests)
        self.settled = [False] * len(market.requests)

    def run(self) -> list[int]:
        """Take everyone in queue order; answers with the wish each gets."""
        for request in range(len(self.market.requests)):
            if not self.settled[request]:
                self._settle(request)
        return self.got

    def _settle(self, first: int) -> None:
        chain, on_chain = [first], {first}
        while chain:
            last = chain[-1]
            if self.pointed_at[last] == self.end[last]:
                self.settled[last] = True
                on_chain.remove(chain.pop())
                continue
            practice = self.market.wish_practice[self.pointed_at[last]]
            if self.free[practice] > 0:
                self.free[practice] -= 1
                if self.tradable[first]:
                    self.free[self.held[first]] += 1
                self._carry_out(chain)
                return
            holder = self._next_holder(practice)
            if holder == NONE:
                self.pointed_at[last] += 1
            elif holder in on_chain:
                start = chain.index(holder)
                self._carry_out(chain[start:])
                on_chain.difference_update(chain[start:])
                del chain[start:]
            else:
                chain.append(holder)
                on_chain.add(holder)

    def _next_holder(self, practice: int) -> int:
        holders = self.holders[practice]
        while holders and self.settled[holders[-1]]:
            holders.pop()
        return holders[-1] if holders else NONE

    def _carry_out(self, requests: list[int]) -> None:
        for request in requests:
            self.got[request] = self.pointed_at[request]
            self.settled[request] = True
