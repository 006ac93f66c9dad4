# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine beside other people's solvers: `python benchmarks/engine.py [--sizes N ...] [--limit SECONDS]`.

Every cell, a solver on a size, runs in a process of its own, so that its memory is its own and a limit on processor
time can end it. A solver that does not end at one size is not tried at the next, and neither is one whose growth so
far says that it would take more than three times the limit. Then: how our own time grows with
requests, wishes and practices, and what the results hang on. Everything measured is kept as JSON, from which
`python -m benchmarks.figures FILE` writes the tables and draws the plots again. Takes about half an hour.
"""

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import linear_regression
from typing import Any

ROOT = Path(__file__).parent.parent
OURS = ("waiting-list", "trading-cycles", "queue-then-swaps", "max-moves")
PEERS = (
    "OR-Tools min-cost flow",
    "HiGHS simplex",
    "networkx network simplex",
    "rustworkx matching",
    "matching HospitalResident",
)
SIZES = (1_000, 10_000, 100_000, 1_000_000)
WISHES = (2, 4, 8, 16)
PER_PRACTICE = (51, 102, 204, 408, 816)
VARIED: dict[str, Mapping[str, float]] = {
    "base instance": {},
    "popularity spread 0.4 (base 0.8)": {"popularity": 0.4},
    "popularity spread 1.5": {"popularity": 1.5},
    "nobody without a practice (base 20 %)": {"without": 0.0},
    "50 % without a practice": {"without": 0.5},
    "1 to 3 wishes (base 3 to 8)": {"shortest": 1, "longest": 3},
    "10 wishes": {"shortest": 10, "longest": 10},
    "10 % of practices open (base 30 %)": {"open_share": 0.1},
    "60 % of practices open": {"open_share": 0.6},
}
HOPELESS = 3  # times the limit
Cell = dict[str, Any]
Row = dict[str, Cell | str]  # by size: what was measured, or why not


@contextmanager
def instance(requests: int, shape: Mapping[str, float]) -> Iterator[str]:
    """A folder with the files of a made-up round."""
    with tempfile.TemporaryDirectory() as folder:
        asked = ["--requests", str(requests), "--shape", json.dumps(dict(shape))]
        subprocess.run(command("make", folder, *asked), cwd=ROOT, check=True)
        yield folder


def command(*words: str) -> list[str]:
    """The program that makes and measures."""
    return [sys.executable, "-m", "benchmarks.cells", *words]


def measured(solver: str, folder: str, limit: int) -> Cell | str:
    """One cell, or that it did not end within its limit."""
    done = subprocess.run(
        command(solver, folder, "--seconds", str(limit)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode < 0:
        return f"not within {limit} s"
    if done.returncode:
        sys.exit(f"{solver} failed:\n{done.stderr}")
    cell: Cell = json.loads(done.stdout.splitlines()[-1])
    return cell


def said(solver: str, requests: int, cell: Cell | str) -> None:
    """A line on the terminal for a cell that is done."""
    if isinstance(cell, str):
        print(f"{requests:>9} {solver:28} {cell}", flush=True)
        return
    before, after = cell["longest"]
    print(
        f"{requests:>9} {solver:28} {cell['processor']:10.4f} s {cell['memory']:6} MB {cell['placed']:>8} moved"
        f" {cell['below']:>6} below   longest exchange {before:>7} before, {after:>4} after",
        flush=True,
    )


def foreseen(row: Row, requests: int) -> float:
    """The seconds that the growth between the last two sizes points to; 0 where there are no two."""
    known = [(int(size), cell["processor"]) for size, cell in row.items() if isinstance(cell, dict)]
    if len(known) < 2:
        return 0.0
    exponent = slope(known[-2:])
    seconds: float = known[-1][1] * (requests / known[-1][0]) ** exponent
    return seconds


def compared(sizes: Sequence[int], limit: int) -> dict[str, Row]:
    """Every solver at every size, as far as it gets."""
    rows: dict[str, Row] = {solver: {} for solver in ("reading alone", *OURS, *PEERS)}
    for requests in sizes:
        with instance(requests, {}) as folder:
            for solver, row in rows.items():
                seconds = foreseen(row, requests) if solver in PEERS else 0.0
                cell: Cell | str
                if any(isinstance(before, str) for before in row.values()):
                    cell = "not tried"
                elif seconds > HOPELESS * limit:
                    cell = f"not tried: it grows towards {seconds:,.0f} s"
                else:
                    cell = measured(solver, folder, limit)
                row[str(requests)] = cell
                said(solver, requests, cell)
        agreed(rows, requests)
    return rows


def agreed(rows: Mapping[str, Row], requests: int) -> None:
    """Stop where solvers of one question differ in the worth of their answer."""
    for ours, peers in (("max-moves", PEERS[:4]), ("waiting-list", PEERS[4:])):
        answers = {name: rows[name][str(requests)] for name in (ours, *peers)}
        worth = {name: cell["worth"] for name, cell in answers.items() if isinstance(cell, dict)}
        if len(set(worth.values())) > 1:
            sys.exit(f"{requests} requests: different answers, {worth}")


def varied(requests: int, shapes: Mapping[str, Mapping[str, float]], limit: int) -> dict[str, dict[str, Cell]]:
    """Our mechanisms on each of these shapes."""
    cells: dict[str, dict[str, Cell]] = {}
    for name, shape in shapes.items():
        with instance(requests, shape) as folder:
            for solver in OURS:
                cell = measured(solver, folder, limit)
                if isinstance(cell, dict):
                    cells.setdefault(name, {})[solver] = cell
        print(f"{requests:>9} {name}: {[cell['placed'] for cell in cells[name].values()]} moved", flush=True)
    return cells


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The exponent of growth: the slope of the best line through the logarithms."""
    return linear_regression([math.log(x) for x, _ in points], [math.log(y) for _, y in points]).slope


def growth(cells: Mapping[str, Mapping[str, Cell]], by: str) -> dict[str, list[tuple[float, float]]]:
    """Processor seconds of each of our mechanisms against what was varied."""
    return {
        solver: sorted((cell[solver][by], cell[solver]["processor"]) for cell in cells.values() if solver in cell)
        for solver in OURS
    }


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--limit", type=int, default=120, help="processor seconds for one decision")
    parser.add_argument("--varied", type=int, default=100_000, help="requests where other things are varied")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/algorithms/figures/engine.json")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"load of the machine: {load:.1f} on {os.cpu_count()} cores")
    kept: dict[str, Any] = {
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day on which this machine measured
        "command": " ".join(("python benchmarks/engine.py", *sys.argv[1:])),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "python": platform.python_version(),
        "load": load,
        "limit": asked.limit,
        "varied_at": asked.varied,
    }
    kept["cells"] = compared(asked.sizes, asked.limit)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    lists = {str(n): {"shortest": n, "longest": n} for n in WISHES}
    practices = {str(n): {"requests_per_practice": n} for n in PER_PRACTICE}
    by_size = {
        str(size): {name: cell for name in OURS if isinstance(cell := kept["cells"][name][str(size)], dict)}
        for size in asked.sizes
    }
    kept["growth"] = {
        "requests": growth(by_size, "requests"),
        "wishes": growth(varied(asked.varied, lists, asked.limit), "wishes"),
        "practices": growth(varied(asked.varied, practices, asked.limit), "practices"),
    }
    kept["slopes"] = {
        by: {solver: round(slope(points), 2) for solver, points in lines.items()}
        for by, lines in kept["growth"].items()
    }
    kept["varied"] = varied(asked.varied, VARIED, asked.limit)
    asked.out.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    subprocess.run([sys.executable, "-m", "benchmarks.figures", str(asked.out)], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
