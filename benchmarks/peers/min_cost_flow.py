# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""OR-Tools' min-cost flow: a node per request, an arc per option, a sink behind the practices."""

import numpy as np
from benchmarks.peers.assignment import options_of, owners, wishes
from ortools.graph.python import min_cost_flow

from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.mechanisms.clearing import Choices
from huisartsplek.engine.problem import Problem


def best_options(choices: Choices) -> Longs:
    """The option of each request in a result of greatest value."""
    requests, practices = len(choices.start) - 1, len(choices.capacity)
    owner = owners(choices)
    sink = requests + practices + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        owner, requests + choices.practice.astype(np.int64), np.ones(len(owner)), -choices.value.astype(np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        requests + np.arange(practices + 1),
        np.full(practices + 1, sink),
        np.append(choices.capacity, requests),
        np.zeros(practices + 1),
    )
    flow.set_nodes_supplies(np.append(np.arange(requests), sink), np.append(np.ones(requests), -requests))
    if flow.solve() != flow.OPTIMAL:
        raise AssertionError("OR-Tools found no best flow")
    option: Longs = np.flatnonzero(flow.flows(arcs))
    return option


def decide(problem: Problem, queue: Longs) -> Longs:
    """A wish per request."""
    choices = options_of(problem, queue)
    return wishes(problem, choices, best_options(choices))
