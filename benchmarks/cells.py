# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""One cell of the benchmark in a process of its own: `python -m benchmarks.cells SOLVER FOLDER --seconds N`.

Reads the four files of a round, decides it with one solver, and prints a line of JSON. The seconds are a limit on
processor time for deciding alone; the system ends the process when it is reached. `make` makes the files.
"""

import argparse
import json
import resource
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.exchange_sizes import shares, sizes_as_cut, sizes_as_pointed

from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.files import read_tables, render_input
from huisartsplek.engine.mechanisms import MECHANISMS, waiting_list
from huisartsplek.engine.mechanisms.max_moves import one_person_weights, persons_placed
from huisartsplek.engine.problem import Problem, build_problem
from huisartsplek.engine.rounds import MAX_MOVES
from huisartsplek.simulator.instances import Shape, base_instance

SEED = "benchmark"
READ_ONLY = "reading alone"
MINE = (*MECHANISMS, READ_ONLY)
PEERS = {
    "OR-Tools min-cost flow": "min_cost_flow",
    "HiGHS simplex": "linear_programme",
    "networkx network simplex": "network_simplex",
    "rustworkx matching": "slot_matching",
    "matching HospitalResident": "hospital_resident",
}
AT_LEAST = 0.3  # seconds; what takes less is repeated until it does not, and the mean counts

Decide = Callable[[Problem, Longs], Longs]


def make(folder: Path, requests: int, shape: Shape) -> None:
    """Write the files of a made-up round."""
    for name, content in render_input(base_instance(requests, seed=7, shape=shape)).items():
        (folder / name).write_bytes(content)


def decider(solver: str) -> Decide:
    """What decides. Max-moves and its peers are given the floor; what needs the waiting list else makes it."""
    if solver in PEERS:
        decide: Decide = import_module(f"benchmarks.peers.{PEERS[solver]}").decide
        return decide
    if solver == READ_ONLY:
        return lambda problem, _: problem.wish_start[1:]
    if solver in {MAX_MOVES, "trading-cycles"}:
        return MECHANISMS[solver]
    return lambda problem, _: MECHANISMS[solver](problem, waiting_list(problem))


def peak() -> int:
    """The most memory this process has had in use, in MB."""
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def measure(solver: str, folder: Path, limit: int) -> dict[str, object]:
    """Everything about one cell."""
    decide = decider(solver)
    if solver in MINE:  # kernels are loaded before anything is measured
        small = build_problem(base_instance(300, seed=1), SEED)
        decide(small, waiting_list(small))
        sizes_as_cut(small, waiting_list(small))
    problem = build_problem(read_tables(folder), SEED)
    queue = waiting_list(problem)
    resource.setrlimit(resource.RLIMIT_CPU, (int(process_time()) + 1 + limit, resource.RLIM_INFINITY))
    wall, processor, runs = perf_counter(), process_time(), 0
    while not runs or perf_counter() - wall < AT_LEAST:
        given = decide(problem, queue)
        runs += 1
    seconds, processor_seconds = (perf_counter() - wall) / runs, (process_time() - processor) / runs
    memory = peak()
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    got = given < problem.wish_start[1:]
    began = process_time()
    as_cut = sizes_as_cut(problem, given)
    recut = process_time() - began
    pointed = sizes_as_pointed(problem, given)
    return {
        "processor": processor_seconds,
        "seconds": seconds,
        "memory": memory,
        "requests": len(problem.requests),
        "wishes": int(problem.wish_start[-1]),
        "practices": len(problem.practices),
        "placed": persons_placed(problem, given),
        "below": int((given > queue).sum()),
        "worth": int(one_person_weights(problem)[given[got]].sum(dtype="int64")),
        "recut": recut,
        "longest": [int(pointed.max(initial=0)), int(as_cut.max(initial=0))],
        "shares": [shares(pointed), shares(as_cut)],
    }


def main() -> None:
    """Make files, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("solver", choices=("make", *MINE, *PEERS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--shape", type=json.loads, default={}, help="what differs from the base instance, as JSON")
    asked = parser.parse_args()
    if asked.solver == "make":
        make(asked.folder, asked.requests, Shape(**asked.shape))
    else:
        print(json.dumps(measure(asked.solver, asked.folder, asked.seconds)))


if __name__ == "__main__":
    main()
