# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""HiGHS' simplex method: a column per option, a row per request and per practice; its corners are whole numbers."""

from typing import Any

import highspy
import numpy as np
from benchmarks.peers.assignment import options_of, owners, wishes

from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.mechanisms.clearing import Choices
from huisartsplek.engine.problem import Problem


def best_options(choices: Choices) -> Longs:
    """The option of each request in a result of greatest value."""
    requests, practices = len(choices.start) - 1, len(choices.capacity)
    columns = len(choices.practice)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, requests + practices + 1
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = choices.value.astype(np.float64)
    lp.col_lower_, lp.col_upper_ = np.zeros(columns), np.ones(columns)
    lp.row_lower_ = np.append(np.ones(requests), np.full(practices + 1, -np.inf))
    lp.row_upper_ = np.concatenate((np.ones(requests), choices.capacity, [requests]))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(columns + 1) * 2
    index = np.stack((owners(choices), requests + choices.practice), axis=1)
    lp.a_matrix_.index_ = index.ravel().astype(np.int32)
    lp.a_matrix_.value_ = np.ones(2 * columns)
    highs: Any = highspy.__dict__["Highs"]()
    highs.silent()
    highs.passModel(lp)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise AssertionError("HiGHS found no best corner")
    option: Longs = np.flatnonzero(np.array(highs.getSolution().col_value) > 0.5)
    return option


def decide(problem: Problem, queue: Longs) -> Longs:
    """A wish per request."""
    choices = options_of(problem, queue)
    return wishes(problem, choices, best_options(choices))
