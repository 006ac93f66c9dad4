# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is left of a round when some decline: `python benchmarks/declines.py [REQUESTS] [--draws N]`.

One round of the base instance is decided by `queue-then-swaps`; then 0 to 30 % of those who were offered something
decline, drawn at random. Compared are the exchanges as the trading would point them (at each practice the arrivals
take, in queue order, the free places and then the places of leavers, in queue order), the re-cut ones, the re-cut
ones with the repair when everybody accepts it and when it is declined as often as the round, and the whole round
decided anew without those who declined, which keeps no accepted move.

A second table takes many small rounds and works out, by augmenting paths, in how many no repair whatever can give
everybody their floor while accepted moves are kept.
"""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from huisartsplek.engine import (
    MemberTable,
    PracticeTable,
    RequestTable,
    Tables,
    WishTable,
    carried_out,
    run_round,
)
from huisartsplek.engine.problem import Problem, build_problem
from huisartsplek.engine.results import MoveTable
from huisartsplek.engine.settle import Computed, Settlement, read_computed, settle_round
from huisartsplek.engine.settle.repair import remainder, repair
from huisartsplek.simulator.instances import base_instance

SEED = "benchmark"
RATES = (0, 5, 10, 20, 30)


@dataclass(frozen=True)
class Round:
    """One decided round."""

    tables: Tables
    problem: Problem
    computed: Computed


def village(seed: int) -> Tables:
    """Twenty people, eight practices and hardly a free place: a third has no practice, all have three wishes."""
    random = Random(seed)
    practices = [f"p{number}" for number in range(8)]
    people = [f"r{number:02d}" for number in range(20)]
    present = [random.choice(practices) if random.random() < 2 / 3 else "" for _ in people]
    wishes = [
        (one, random.sample([p for p in practices if p != home], 3))
        for one, home in zip(people, present, strict=True)
    ]
    rows = [(one, rank, practice) for one, wished in wishes for rank, practice in enumerate(wished, 1)]
    return Tables(
        PracticeTable(practices, [int(random.random() < 0.3) for _ in practices], [True] * 8, [""] * 8),
        RequestTable(people, [random.randrange(3) for _ in people], ["2024-01-01T00:00:00.000000Z"] * 20),
        MemberTable([f"m{one}" for one in people], people, present, [True] * 20),
        WishTable([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]),
    )


def decided(tables: Tables) -> Round:
    """A round, decided."""
    files = run_round(tables, seed=SEED).files()
    return Round(tables, build_problem(tables, SEED), read_computed(files))


def as_pointed(problem: Problem, moves: MoveTable) -> MoveTable:
    """The same moves, each from the source that the queue order alone would give it."""
    at = {name: number for number, name in enumerate(problem.requests)}
    order = sorted(range(len(moves.person)), key=lambda row: at[moves.request[row]])
    leavers: dict[str, list[str]] = defaultdict(list)
    for row in reversed(order):
        leavers[moves.from_[row]].append(moves.person[row])
    free = dict(zip(problem.practices, problem.places.tolist(), strict=True))
    source = [""] * len(order)
    for row in order:
        to = moves.to[row]
        if free[to] > 0:
            free[to] -= 1
        else:
            source[row] = leavers[to].pop()
    return replace(moves, source=source)


def longest(moves: MoveTable) -> int:
    """People in the largest exchange that these sources make."""
    parent = {person: person for person in moves.person}

    def top(person: str) -> str:
        while parent[person] != person:
            parent[person] = parent[parent[person]]
            person = parent[person]
        return person

    for person, source in zip(moves.person, moves.source, strict=True):
        if source:
            parent[top(person)] = top(source)
    sizes: dict[str, int] = defaultdict(int)
    for person in moves.person:
        sizes[top(person)] += 1
    return max(sizes.values(), default=0)


def answers_to(requests: Sequence[str], rate: int, random: Random) -> dict[str, bool]:
    """Everybody answers; this share, in percent, declines."""
    return {request: random.random() * 100 >= rate for request in requests}


def below(round_: Round, rank: Mapping[str, int | None], yes: set[str]) -> int:
    """Of who did not decline, how many have less than their floor."""
    computed = round_.computed
    declined = computed.offered - yes
    count = 0
    for request, floor in computed.queue_rank.items():
        has = rank.get(request)
        count += floor is not None and request not in declined and (has is None or has > floor)
    return count


def anew(round_: Round, yes: set[str]) -> dict[str, int]:
    """What each request gets when the round is decided again without those who declined."""
    problem = round_.problem
    declined = round_.computed.offered - yes
    none = np.zeros(len(problem.requests), np.bool_)
    out = np.fromiter((name in declined for name in problem.requests), np.bool_, len(problem.requests))
    left = remainder(problem, problem.wish_start[1:], stands=none, fell=none, declined=out).problem
    wish = repair(left, "queue-then-swaps", left.wish_start[1:])
    rank = round_.tables.wishes.rank
    got = np.flatnonzero(wish < left.wish_start[1:])
    return {
        left.requests[at]: rank[row]
        for at, row in zip(got.tolist(), left.wish_row[wish[got]].tolist(), strict=True)
    }


def line(round_: Round, rate: int, random: Random) -> str:
    """One row of the large table."""
    computed = round_.computed
    answers = answers_to(sorted(computed.offered), rate, random)
    yes = {request for request, answer in answers.items() if answer}

    def ranks(requests: set[str]) -> dict[str, int | None]:
        return {request: computed.rank[request] for request in requests}

    pointed = carried_out(as_pointed(round_.problem, computed.moves), yes)
    settlement = settle_round(round_.tables, computed, answers)
    standing = set(settlement.settled.request)
    proposed = settlement.proposed
    proposal = dict(zip(proposed.request, proposed.rank, strict=True))
    again = answers_to(sorted(proposal), rate, random)
    kept = carried_out(proposed, {request for request, answer in again.items() if answer})
    taken = {request: rank for request, rank in proposal.items() if request in kept}
    declined_again = {request for request, answer in again.items() if not answer}
    rerun = anew(round_, yes)
    worse = sum(1 for request in standing if rerun.get(request, 1 << 40) > (computed.rank[request] or 0))
    cells = [
        f"{rate} %",
        f"{len(yes):,}",
        f"{len(pointed):,}",
        f"{below(round_, ranks(pointed), yes):,}",
        f"{len(standing):,}",
        f"{settlement.below_before:,}",
        f"{len(standing | proposal.keys()):,}",
        f"{len(settlement.below_floor):,}",
        f"{len(standing | taken.keys()):,}",
        f"{below(round_, {**ranks(standing), **taken}, yes - declined_again):,}",
        f"{len(rerun):,}",
        f"{below(round_, rerun, yes):,}",
        f"{worse:,}",
    ]
    return "| " + " | ".join(cells) + " |"


def restorable(round_: Round, settlement: Settlement, answers: Mapping[str, bool]) -> bool:
    """Whether any repair gives everybody who did not decline their floor and keeps what was accepted.

    Exact for requests of one person whose places all come free: everybody must hold one place of those that are
    high enough for them. Who lacks one looks for a path of people who can each move over, to a free place; where
    there is none, no assignment exists (Berge; Hall). O(paths x wishes).
    """
    problem, computed = round_.problem, round_.computed
    rank = round_.tables.wishes.rank
    standing = set(settlement.settled.request)
    holds: dict[str, str] = dict(zip(round_.tables.members.request, round_.tables.members.practice, strict=True))
    for moves in (settlement.settled, settlement.proposed):
        holds.update(zip(moves.request, moves.to, strict=True))
    declined = {request for request, answer in answers.items() if not answer}
    allowed: dict[str, list[str]] = {}
    for number, request in enumerate(problem.requests):
        if request in declined:
            continue
        least = computed.rank[request] if request in standing else computed.queue_rank[request]
        wishes = range(problem.wish_start[number], problem.wish_start[number + 1])
        fits = [one for one in wishes if least is None or rank[problem.wish_row[one]] <= least]
        allowed[request] = [problem.practices[problem.wish_practice[one]] for one in fits]
        home = problem.member_practice[problem.member_start[number]]
        if least is None:  # they may stay, also with nothing
            allowed[request].append(problem.practices[home] if home >= 0 else "")
    room = dict(zip(problem.practices, problem.capacity.tolist(), strict=True))
    room[""] = len(problem.requests)
    at: dict[str, set[str]] = defaultdict(set)
    for request in declined:
        if holds[request]:
            room[holds[request]] -= 1
    lacking = [request for request in allowed if holds[request] not in allowed[request]]
    for request in allowed.keys() - set(lacking):
        at[holds[request]].add(request)
    return all(_placed(request, allowed, holds, room, at) for request in lacking)


def _placed(
    request: str,
    allowed: Mapping[str, list[str]],
    holds: dict[str, str],
    room: Mapping[str, int],
    at: dict[str, set[str]],
) -> bool:
    """Give somebody a place by moving others over, or answer that it cannot be done."""
    comes_by: dict[str, str] = {}
    asking = [request]
    for one in asking:
        for practice in allowed[one]:
            if practice in comes_by:
                continue
            comes_by[practice] = one
            if len(at[practice]) < room[practice]:
                _move_over(practice, comes_by, holds, at)
                return True
            asking.extend(sorted(at[practice]))
    return False


def _move_over(practice: str, comes_by: Mapping[str, str], holds: dict[str, str], at: dict[str, set[str]]) -> None:
    """Let everybody on the path to this practice take the next place on it; the first had none that counts."""
    mover = comes_by[practice]
    left = holds[mover]
    first = mover not in at[left]
    at[left].discard(mover)
    at[practice].add(mover)
    holds[mover] = practice
    if not first:
        _move_over(left, comes_by, holds, at)


def small_line(kind: str, rounds: Sequence[Round], rate: int, draws: int, random: Random) -> str:
    """One row of the small table."""
    lost, left, impossible = 0, 0, 0
    for draw in range(draws):
        round_ = rounds[draw % len(rounds)]
        answers = answers_to(sorted(round_.computed.offered), rate, random)
        settlement = settle_round(round_.tables, round_.computed, answers)
        lost += settlement.below_before > 0
        left += bool(settlement.below_floor)
        impossible += bool(settlement.below_floor) and not restorable(round_, settlement, answers)
    return f"| {kind} | {rate} % | {draws} | {lost / draws:.0%} | {left / draws:.1%} | {impossible / draws:.1%} |"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("requests", nargs="?", type=int, default=100_000)
    parser.add_argument("--draws", type=int, default=100, help="small rounds for each share; default: %(default)s")
    asked = parser.parse_args()
    round_ = decided(base_instance(asked.requests, seed=7))
    moves = round_.computed.moves
    print(f"{asked.requests:,} requests, {len(round_.computed.offered):,} offered something;", end=" ")
    print(
        f"longest exchange {longest(as_pointed(round_.problem, moves)):,} as pointed, {longest(moves):,} re-cut\n"
    )
    print(
        "| declined | said yes | as pointed | below | re-cut | below | + repair | below | + repair, declined as"
        " often | below | rerun | below | accepted moves it takes back or lowers |"
    )
    print("|" + "---:|" * 13)
    for rate in RATES:
        print(line(round_, rate, Random(rate)), flush=True)
    print(
        "\n| round | declined | draws | somebody below before the repair | after it | no repair can restore all |"
    )
    print("|---|" + "---:|" * 5)
    kinds = {
        "base instance of 2,000": ([decided(base_instance(2_000, seed=seed)) for seed in range(10)], asked.draws),
        "village of 20": ([decided(village(seed)) for seed in range(10 * asked.draws)], 10 * asked.draws),
    }
    for kind, (rounds, draws) in kinds.items():
        for rate in RATES[1:]:
            print(small_line(kind, rounds, rate, draws, Random(rate)), flush=True)


if __name__ == "__main__":
    main()
