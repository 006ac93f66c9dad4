# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""networkx' network simplex on the same graph as OR-Tools gets."""

import networkx as nx
import numpy as np
from benchmarks.peers.assignment import options_of, owners, wishes

from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.mechanisms.clearing import Choices
from huisartsplek.engine.problem import Problem


def best_options(choices: Choices) -> Longs:
    """The option of each request in a result of greatest value."""
    requests, practices = len(choices.start) - 1, len(choices.capacity)
    sink = requests + practices + 1
    graph = nx.DiGraph()
    graph.add_nodes_from(range(requests), demand=-1)
    graph.add_node(sink, demand=requests)
    at = (requests + choices.practice.astype(np.int64)).tolist()
    owner = owners(choices).tolist()
    for request, practice, value in zip(owner, at, choices.value.tolist(), strict=True):
        graph.add_edge(request, practice, capacity=1, weight=-value)
    for number, capacity in enumerate([*choices.capacity.tolist(), requests]):
        graph.add_edge(requests + number, sink, capacity=capacity, weight=0)
    _, flow = nx.network_simplex(graph)
    held = [flow[request][practice] for request, practice in zip(owner, at, strict=True)]
    option: Longs = np.flatnonzero(held)
    return option


def decide(problem: Problem, queue: Longs) -> Longs:
    """A wish per request."""
    choices = options_of(problem, queue)
    return wishes(problem, choices, best_options(choices))
