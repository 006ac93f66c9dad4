# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Max-moves as others are asked it: one option per request, at most so many at a practice, the greatest value."""

import numpy as np

from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.mechanisms.clearing import Choices
from huisartsplek.engine.mechanisms.max_moves import choices_by_person, one_person_weights
from huisartsplek.engine.problem import Problem


def options_of(problem: Problem, queue: Longs) -> Choices:
    """What each request may hold above the floor, and what that is worth, as the engine itself is given it."""
    return choices_by_person(problem, queue, one_person_weights(problem))


def owners(choices: Choices) -> Longs:
    """The request of each option."""
    owner: Longs = np.repeat(np.arange(len(choices.start) - 1), np.diff(choices.start))
    return owner


def wishes(problem: Problem, choices: Choices, option: Longs) -> Longs:
    """The wish that each request gets by the option it holds; the end of its wishes where it stays."""
    given: Longs = problem.wish_start[:-1] + option - choices.start[:-1]
    return given
