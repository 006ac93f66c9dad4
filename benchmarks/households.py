# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether large households are starved: `python benchmarks/households.py [REQUESTS]`.

The base instance with a household of 1 to 8 people behind each request. Prints, for each size, the share of those
households that each mechanism gives a wish, and the share of their people that the bound's own result would place,
in which households may be split into persons.
"""

import argparse
from time import process_time

import numpy as np

from huisartsplek.engine.compiled import Flags, Longs
from huisartsplek.engine.mechanisms import MECHANISMS, waiting_list
from huisartsplek.engine.mechanisms.clearing import clear
from huisartsplek.engine.mechanisms.max_moves import bounds_of, choices_by_person, max_moves, persons_placed
from huisartsplek.engine.problem import Problem, build_problem
from huisartsplek.engine.rounds import MAX_MOVES
from huisartsplek.simulator.instances import household_instance


def placed_when_split(problem: Problem, floor: Longs) -> Flags:
    """Which persons get a wish where as many as possible do and households may be split."""
    choices = choices_by_person(problem, floor, np.ones(len(problem.wish_practice), np.int32))
    placed: Flags = choices.value[clear(choices).option] > 0
    return placed


def main() -> None:
    """Decide with every mechanism and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("requests", nargs="?", type=int, default=10_000)
    asked = parser.parse_args()
    problem = build_problem(household_instance(asked.requests, seed=7), "benchmark")
    size = np.diff(problem.member_start)
    queue = waiting_list(problem)
    results: dict[str, Longs] = {}
    notes: list[str] = []
    for name, decide in MECHANISMS.items():
        began = process_time()
        if name == MAX_MOVES:
            best = max_moves(problem, queue, say=notes.append)
            results[name] = best.given
            bound = bounds_of(problem, queue, best)
        else:
            results[name] = decide(problem, queue)
        notes.append(f"{name}: {persons_placed(problem, results[name]):,} persons, {process_time() - began:.1f} s")
    split = placed_when_split(problem, queue)
    print(
        f"{asked.requests:,} requests, {len(problem.persons):,} persons; at most {bound.with_floor:,} can be placed"
    )
    print("\n".join(notes) + "\n")
    print(f"| people | households | {' | '.join(f'`{name}`' for name in results)} | the bound, by person |")
    print("|---:|" + "---:|" * (len(results) + 2))
    for people in np.unique(size).tolist():
        these = size == people
        got = [float((given[these] < problem.wish_start[1:][these]).mean()) for given in results.values()]
        got.append(float(split[these[problem.member_request]].mean()))
        print(f"| {people} | {int(these.sum()):,} | {' | '.join(f'{share:.1%}' for share in got)} |")


if __name__ == "__main__":
    main()
