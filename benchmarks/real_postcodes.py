# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole on real input: `python benchmarks/real_postcodes.py FILE --out PAGE`, a table of every Dutch postcode.

Measures how far the bundled gazetteer is off, rebuilds the world on the table, and takes a national round drawn
from its populations through `round run` and `round verify`, files to files. Exits 1 when anything does not hold.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from huisartsplek.engine.files import render_input
from huisartsplek.rules.values import Postcode
from huisartsplek.simulator.distances import km_between
from huisartsplek.simulator.gazetteer import Gazetteer
from huisartsplek.simulator.national import national_requests
from huisartsplek.simulator.world import build_world

SEED = 2026
REQUESTS = 100_000


def gazetteer_lines(table: Path) -> Iterator[str]:
    """Compare the bundled answer with the table, and hold the imported one to it exactly."""
    real, bundled = Gazetteer.from_pc4_table(table), Gazetteer.bundled()
    errors = []
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            postcode = Postcode(int(row["pc4"]))
            found = real.locate(postcode)
            if found.approximate or (found.lon, found.lat) != (float(row["lon"]), float(row["lat"])):
                raise SystemExit(f"{postcode} is not exact after the import")
            errors.append(km_between(found, bundled.locate(postcode)))
    half, most = np.percentile(errors, [50, 95])
    yield f"| postcodes in the table, each exact after the import | {len(errors):,} |"
    yield f"| bundled gazetteer, distance to the table: median, p95 | {half:.2f} km, {most:.2f} km |"


def world_lines(table: Path) -> Iterator[str]:
    """Rebuild the demo world on the table."""
    began = time.perf_counter()
    world = build_world(SEED, gazetteer=Gazetteer.from_pc4_table(table), on=datetime.now(UTC).date())
    took = time.perf_counter() - began
    counts = f"{len(world.practices):,}, {len(world.requests):,}"
    yield f"| world on the table: practices, requests, seconds | {counts}, {took:.1f} |"


def round_lines(table: Path, folder: Path) -> Iterator[str]:
    """Take a national round through the two commands."""
    given, out = folder / "in", folder / "out"
    given.mkdir()
    for name, content in render_input(national_requests(table, REQUESTS, SEED)).items():
        (given / name).write_bytes(content)
    command = [sys.executable, "-m", "huisartsplek", "round"]
    for action, rest in (("run", ["--out", str(out), "--seed", "soak"]), ("verify", [str(out)])):
        began = time.perf_counter()
        done = subprocess.run([*command, action, str(given), *rest], check=False)
        if done.returncode != 0:
            raise SystemExit(f"round {action} ended with {done.returncode}")
        yield f"| `round {action}`, {REQUESTS:,} requests, files to files | {time.perf_counter() - began:.1f} s |"
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    yield f"| persons who got a wish | {report['placed']:,} |"
    falls = report["one_no_takes_out"]
    falling = f"{falls['mean']}, {falls['p95']}, {falls['largest']}"
    yield f"| requests that fall with one no: mean, p95, largest | {falling} |"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    lines = [
        "# Soak: the last result on the real postcode table",
        "",
        f"On {datetime.now(UTC).date()}, with `make soak PC4=FILE` (population of CBS, 1 January 2021), on two"
        " cores that had other work as well. Seconds are that machine's; counts and kilometres are everybody's.",
        "",
        "| what | measured |",
        "|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for part in (
            gazetteer_lines(asked.table),
            world_lines(asked.table),
            round_lines(asked.table, Path(folder)),
        ):
            for line in part:
                lines.append(line)
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
    asked.out.write_text("\n".join([*lines, "", ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
