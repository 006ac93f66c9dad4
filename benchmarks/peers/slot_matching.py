# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""rustworkx' weighted matching, as it has no min-cost flow: a node per request and per place."""

from itertools import count

import numpy as np
import rustworkx
from benchmarks.peers.assignment import options_of, owners, wishes

from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.mechanisms.clearing import Choices
from huisartsplek.engine.problem import Problem


def best_options(choices: Choices) -> Longs:
    """The option of each request in a result of greatest value; staying nowhere has a slot for each who may."""
    requests, practices = len(choices.start) - 1, len(choices.capacity)
    first = (requests + np.append(0, np.cumsum(choices.capacity))).tolist()
    nowhere = count(first[-1])
    edges: list[tuple[int, int, int]] = []
    option_of: dict[tuple[int, int], int] = {}
    rows = zip(owners(choices).tolist(), choices.practice.tolist(), choices.value.tolist(), strict=True)
    for option, (request, practice, value) in enumerate(rows):
        slots = range(first[practice], first[practice + 1]) if practice < practices else [next(nowhere)]
        for slot in slots:
            edges.append((request, slot, value))
            option_of[request, slot] = option
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(next(nowhere)))
    graph.add_edges_from(edges)
    matched = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    option_held: Longs = np.array(sorted(option_of[min(pair), max(pair)] for pair in matched), np.int64)
    return option_held


def decide(problem: Problem, queue: Longs) -> Longs:
    """A wish per request."""
    choices = options_of(problem, queue)
    return wishes(problem, choices, best_options(choices))
