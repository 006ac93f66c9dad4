# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Max-moves beside OR-Tools' min-cost flow on the same options: `python benchmarks/max_moves.py [--million]`.

The base instance with the floor of its waiting list. Times are processor seconds of deciding alone: from the
options of each request as arrays to what each holds. Prints a line for each size: seconds of both, whether the
greatest value is the same, persons placed, the bound without floor, what checking the prices takes and finds.
"""

import argparse
from time import process_time

import numpy as np
from ortools.graph.python import min_cost_flow

from huisartsplek.engine.mechanisms import waiting_list
from huisartsplek.engine.mechanisms.clearing import Choices, clear
from huisartsplek.engine.mechanisms.max_moves import (
    bounds_of,
    choices_by_person,
    max_moves,
    one_person_weights,
    persons_placed,
)
from huisartsplek.engine.problem import build_problem
from huisartsplek.engine.verify.prices import check_prices
from huisartsplek.simulator.instances import base_instance


def by_min_cost_flow(choices: Choices) -> int:
    """The greatest value by OR-Tools: a node per request, an arc per option, a sink behind the practices."""
    requests, practices = len(choices.start) - 1, len(choices.capacity)
    request = np.repeat(np.arange(requests), np.diff(choices.start))
    sink = requests + practices + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        request,
        requests + choices.practice.astype(np.int64),
        np.ones(len(request)),
        -choices.value.astype(np.int64),
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        requests + np.arange(practices + 1),
        np.full(practices + 1, sink),
        np.append(choices.capacity, requests),
        np.zeros(practices + 1),
    )
    flow.set_nodes_supplies(np.append(np.arange(requests), sink), np.append(np.ones(requests), -requests))
    flow.solve()
    return int(-flow.optimal_cost())


def measure(requests: int, *, with_peer: bool) -> str:
    """One line of the table."""
    problem = build_problem(base_instance(requests, seed=7), "benchmark")
    queue = waiting_list(problem)
    choices = choices_by_person(problem, queue, one_person_weights(problem))
    began = process_time()
    option, _ = clear(choices)
    ours = process_time() - began
    value = int(choices.value[option].sum(dtype=np.int64))
    began = process_time()
    same = str(by_min_cost_flow(choices) == value) if with_peer else ""
    theirs = process_time() - began
    best = max_moves(problem, queue)
    limit = bounds_of(problem, queue, best)
    unit = np.full(requests, -1)
    unit[np.diff(problem.unit_start) > 0] = problem.unit_practice
    began = process_time()
    faults = check_prices(
        problem.capacity,
        problem.wish_start,
        problem.wish_practice,
        best.given,
        queue,
        unit,
        best.price.tolist(),
    )
    found = len(list(faults))
    checked = process_time() - began
    return (
        f"{requests:>9} {ours:8.3f} {theirs:8.3f} {same:>6} {persons_placed(problem, best.given):>9}"
        f" {limit.without_floor:>9} {checked:8.3f} {found:>6}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--million", action="store_true", help="also 1,000,000 requests, which takes minutes")
    parser.add_argument("--alone", action="store_true", help="leave OR-Tools out")
    arguments = parser.parse_args()
    small = build_problem(base_instance(500, seed=1), "benchmark")
    max_moves(small, waiting_list(small))  # compiles
    print(
        f"{'requests':>9} {'ours':>8} {'ortools':>8} {'same':>6} {'placed':>9} {'no floor':>9} {'check':>8} faults"
    )
    for requests in (1_000, 10_000, 100_000, *([1_000_000] if arguments.million else [])):
        print(measure(requests, with_peer=not arguments.alone), flush=True)


if __name__ == "__main__":
    main()
