# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Other people's solvers on the engine's own assignment problem, to compare the greatest value with."""

from typing import Any

import highspy
import numpy as np
from ortools.graph.python import min_cost_flow

from huisartsplek.engine.mechanisms.clearing import Choices


def by_min_cost_flow(choices: Choices) -> int:
    """The greatest value by OR-Tools: a node per request, an arc per option, a sink behind the practices."""
    requests, practices = len(choices.start) - 1, len(choices.capacity)
    request = np.repeat(np.arange(requests), np.diff(choices.start))
    sink = requests + practices + 1
    places = requests + np.arange(practices + 1)
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        request,
        requests + choices.practice.astype(np.int64),
        np.ones(len(request)),
        -choices.value.astype(np.int64),
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        places, np.full(practices + 1, sink), np.append(choices.capacity, requests), np.zeros(practices + 1)
    )
    flow.set_nodes_supplies(np.append(np.arange(requests), sink), np.append(np.ones(requests), -requests))
    assert flow.solve() == flow.OPTIMAL
    return int(-flow.optimal_cost())


def by_linear_programme(choices: Choices) -> int:
    """The greatest value by the simplex method of HiGHS; this programme has whole-number corners."""
    requests, practices = len(choices.start) - 1, len(choices.capacity)
    columns = len(choices.practice)
    request = np.repeat(np.arange(requests), np.diff(choices.start))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, requests + practices + 1
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = choices.value.astype(np.float64)
    lp.col_lower_, lp.col_upper_ = np.zeros(columns), np.ones(columns)
    lp.row_lower_ = np.append(np.ones(requests), np.full(practices + 1, -np.inf))
    lp.row_upper_ = np.concatenate((np.ones(requests), choices.capacity, [requests]))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(columns + 1) * 2
    lp.a_matrix_.index_ = np.stack((request, requests + choices.practice), axis=1).ravel().astype(np.int32)
    lp.a_matrix_.value_ = np.ones(2 * columns)
    highs: Any = highspy.__dict__["Highs"]()
    highs.silent()
    highs.passModel(lp)
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value: float = highs.getInfo().objective_function_value
    return round(value)
