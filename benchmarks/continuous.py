# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long one event takes while many wait: `python benchmarks/continuous.py [WAITING] [--events N]`.

The state begins as the base instance after its waiting list; then places come free, requests arrive (made as those
of the base instance are) and requests are withdrawn, in turn. Prints milliseconds and people moved by kind of
event, and in how many events people moved though no place was free: a chain of free places alone would have missed
these. The last lines take markets made to be bad: a place comes free at one end of a line of practices and all
move up by one, or an arrival closes a circle through all of them; at each practice a second claimant waits whose
arrow leads through the whole line.
"""

import argparse
import statistics
from collections import defaultdict
from itertools import pairwise
from random import Random
from time import perf_counter

from huisartsplek.engine.continuous import Arrival, Continuous, Step
from huisartsplek.simulator.instances import base_instance

SEED = "benchmark"


def arrivals(number: int) -> list[Arrival]:
    """Requests like those of the base instance; they name practices of a base instance of the same size."""
    tables = base_instance(number, seed=8)
    wishes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for request, rank, practice in zip(
        tables.wishes.request, tables.wishes.rank, tables.wishes.practice, strict=True
    ):
        wishes[request].append((rank, practice))
    members, requests = tables.members, tables.requests
    return [
        Arrival(f"new-{request}", f"new-{person}", priority, since, wishes[request], practice)
        for request, priority, since, person, practice in zip(
            requests.request, requests.priority, requests.since, members.person, members.practice, strict=True
        )
    ]


def measure(waiting: int, events: int) -> None:
    """Print the table for random events."""
    tables = base_instance(waiting, seed=7)
    began = perf_counter()
    state, steps = Continuous.of(tables, seed=SEED)
    print(f"{waiting:,} requests, {len(steps):,} moved to begin with, in {perf_counter() - began:.1f} s\n")
    random = Random(SEED)
    coming = arrivals(waiting)
    random.shuffle(coming)
    here = list(tables.requests.request)
    practices = list(tables.practices.practice)
    took: dict[str, list[float]] = defaultdict(list)
    moved: dict[str, list[int]] = defaultdict(list)
    circles: dict[str, int] = defaultdict(int)
    for number in range(events):
        kind = ("a place comes free", "a request arrives", "a request leaves")[number % 3]
        began = perf_counter()
        if number % 3 == 0:
            done = state.place_free(random.choice(practices))
        elif number % 3 == 1:
            arrival = coming.pop()
            here.append(arrival.request)
            began = perf_counter()
            done = state.arrive(arrival)
        else:
            at = random.randrange(len(here))
            here[at], here[-1] = here[-1], here[at]
            request = here.pop()
            began = perf_counter()
            done = state.leave(request)
        took[kind].append((perf_counter() - began) * 1000)
        moved[kind].append(len(done))
        circles[kind] += is_exchange(done)
    print("| event | events | median ms | p95 | p99 | worst | people moved: mean | most | without a free place |")
    print("|---|" + "---:|" * 8)
    for kind, times in took.items():
        cuts = statistics.quantiles(times, n=100)
        print(
            f"| {kind} | {len(times):,} | {cuts[49]:.3f} | {cuts[94]:.3f} | {cuts[98]:.3f} | {max(times):.2f}"
            f" | {statistics.mean(moved[kind]):.2f} | {max(moved[kind])} | {circles[kind] / len(times):.1%} |"
        )


def is_exchange(steps: list[Step]) -> bool:
    """Whether people moved and no practice has more of them than before."""
    net: dict[str, int] = defaultdict(int)
    for step in steps:
        net[step.to] += 1
        net[step.from_] -= 1
    return bool(steps) and max(net.values()) == 0


def worst(practices: int) -> None:
    """Print the lines for the bad markets."""
    day = "2024-01-01T00:00:00.000000Z"
    names = [f"p{number:06d}" for number in range(practices)]
    for closing in (False, True):
        state = Continuous(dict.fromkeys(names, 0), seed=SEED)
        for at, (wished, held) in enumerate(pairwise(names)):
            state.arrive(Arrival(f"r{at}", f"m{at}", 0, day, [(1, wished)], held))
            state.arrive(Arrival(f"s{at}", f"n{at}", 1, day, [(1, wished)], names[min(at + 2, practices - 1)]))
        began = perf_counter()
        if closing:
            done = state.arrive(Arrival("last", "last", 0, day, [(1, names[-1])], names[0]))
        else:
            done = state.place_free(names[0])
        what = "circle" if closing else "chain"
        print(f"A {what} through {practices:,} practices: {len(done):,} moves in {perf_counter() - began:.2f} s")


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("waiting", nargs="?", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=30_000)
    asked = parser.parse_args()
    measure(asked.waiting, asked.events)
    print()
    worst(5_000)


if __name__ == "__main__":
    main()
