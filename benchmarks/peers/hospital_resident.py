# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The `matching` package's hospitals and residents: the waiting list of one-person requests.

Residents are requests; a hospital is a practice with a capacity, which ranks those whose place there would come
free before everybody else. The package copies players inside players, so that it needs a deep stack.
"""

import sys
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from matching.games import HospitalResident

from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.problem import Problem

DEPTH = 1_000_000
STACK = 512 * 1024 * 1024

Lists = dict[int, list[int]]


def ranked(problem: Problem) -> tuple[Lists, Lists]:
    """Practices as each request ranks them, its own last, and requests as each practice ranks them."""
    wished: Lists = {}
    own: Lists = defaultdict(list)
    new: Lists = defaultdict(list)
    start, practice = problem.wish_start.tolist(), problem.wish_practice.tolist()
    units, unit_practice = problem.unit_start.tolist(), problem.unit_practice.tolist()
    has_room = (problem.capacity > 0).tolist()
    for request in range(len(problem.requests)):
        mine = [one for one in practice[start[request] : start[request + 1]] if has_room[one]]
        for one in mine:
            new[one].append(request)
        for one in unit_practice[units[request] : units[request + 1]]:
            mine.append(one)
            own[one].append(request)
        if mine:
            wished[request] = mine
    return wished, {one: own[one] + new[one] for one in own.keys() | new.keys()}


def _solved(problem: Problem) -> Longs:
    given = problem.wish_start[1:].copy()
    wished, ranking = ranked(problem)
    room = {one: int(problem.capacity[one]) for one in ranking}
    matched = HospitalResident.create_from_dictionaries(wished, ranking, room).solve(optimal="resident")
    for hospital, residents in matched.items():
        for resident in residents:
            start, end = problem.wish_start[resident.name : resident.name + 2].tolist()
            at = np.flatnonzero(problem.wish_practice[start:end] == hospital.name)
            if len(at):
                given[resident.name] = start + at[0]
    return given


def decide(problem: Problem, _: Longs) -> Longs:
    """A wish per request; what our own waiting list gives is not looked at."""
    before, size = sys.getrecursionlimit(), threading.stack_size(STACK)
    sys.setrecursionlimit(DEPTH)
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(_solved, problem).result()
    finally:
        sys.setrecursionlimit(before)
        threading.stack_size(size)
