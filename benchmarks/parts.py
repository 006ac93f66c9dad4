# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each part of a round takes: `python benchmarks/parts.py [--million] [--mechanism NAME]`.

Prints one line for each size: seconds for each part, the share of people placed, and the most memory used up to
then. Kernels are compiled before the first measurement. One thread.
"""

import argparse
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from huisartsplek.engine import MECHANISM_NAMES, RoundResult, run_round
from huisartsplek.engine.compiled import Longs
from huisartsplek.engine.exchanges import cut, movers_of
from huisartsplek.engine.files import input_sha256, read_tables, render_input
from huisartsplek.engine.mechanisms import MECHANISMS, waiting_list
from huisartsplek.engine.mechanisms.max_moves import max_moves
from huisartsplek.engine.outcomes import (
    check_feasible,
    cutoff_table,
    exchange_table,
    move_table,
    outcome_table,
    report_of,
)
from huisartsplek.engine.problem import Problem, build_problem
from huisartsplek.engine.results import PriceTable
from huisartsplek.engine.rounds import MAX_MOVES
from huisartsplek.engine.verify import verify_files
from huisartsplek.simulator.instances import base_instance

SEED = "benchmark"
PARTS = ("read", "number", "decide", "recut", "outcomes", "hash", "render", "verify")
Made = TypeVar("Made")


class Watch:
    """Seconds by part."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, part: str, work: Callable[[], Made]) -> Made:
        """Do the work and note how long it took."""
        began = perf_counter()
        made = work()
        self.seconds[part] = perf_counter() - began
        return made


def decide(problem: Problem, mechanism: str) -> tuple[Longs, Longs, PriceTable | None]:
    """What the waiting list gives, what the mechanism gives, and the prices if it makes any."""
    queue = waiting_list(problem)
    if mechanism != MAX_MOVES:
        return queue, MECHANISMS[mechanism](problem, queue), None
    best = max_moves(problem, queue)
    return queue, best.given, PriceTable(problem.practices, best.price.tolist())


def measure(requests: int, mechanism: str) -> tuple[dict[str, float], float, int]:
    """Seconds by part, the share of people placed, and how many rules the verifier found broken."""
    watch = Watch()
    with tempfile.TemporaryDirectory() as directory:
        for name, content in render_input(base_instance(requests, seed=7)).items():
            (Path(directory) / name).write_bytes(content)
        tables = watch.time("read", lambda: read_tables(Path(directory)))
    problem = watch.time("number", lambda: build_problem(tables, SEED))
    queue, given, prices = watch.time("decide", lambda: decide(problem, mechanism))
    bundles = watch.time("recut", lambda: cut(problem, given))
    check_feasible(problem, given, queue, keeps_floor=mechanism != "trading-cycles")
    outcomes, moves, exchanges, cutoffs = watch.time(
        "outcomes",
        lambda: (
            outcome_table(problem, tables, given, queue),
            move_table(problem, tables, given, movers_of(problem, given), bundles),
            exchange_table(bundles),
            cutoff_table(problem, queue),
        ),
    )
    digest = watch.time("hash", lambda: input_sha256(tables))
    report = report_of(problem, given, outcomes, bundles, input_sha256=digest, mechanism=mechanism, seed=SEED)
    files = watch.time("render", RoundResult(moves, outcomes, exchanges, cutoffs, report, prices).files)
    broken = watch.time("verify", lambda: verify_files(tables, files, SEED))
    return watch.seconds, report.placed / requests, len(broken)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--million", action="store_true", help="also 1,000,000 requests")
    parser.add_argument("--mechanism", choices=MECHANISM_NAMES, default="queue-then-swaps")
    arguments = parser.parse_args()
    run_round(base_instance(500, seed=1), seed=SEED, mechanism=arguments.mechanism)
    print(f"{'requests':>9} " + " ".join(f"{part:>8}" for part in (*PARTS, "total", "placed", "broken", "MB")))
    for requests in (1_000, 10_000, 100_000, *([1_000_000] if arguments.million else [])):
        seconds, placed, broken = measure(requests, arguments.mechanism)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        cells = [f"{seconds[part]:8.3f}" for part in PARTS]
        print(
            f"{requests:>9} {' '.join(cells)} {sum(seconds.values()):8.2f} {placed:8.1%} {broken:8} {memory:8}",
            flush=True,
        )


if __name__ == "__main__":
    main()
