# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far the bundled gazetteer is off: `python benchmarks/gazetteer.py --pc4 FILE`, a table of real positions."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from huisartsplek.rules.values import Postcode
from huisartsplek.simulator.distances import km_between
from huisartsplek.simulator.gazetteer import Gazetteer


def report(name: str, km: Sequence[float], people: Sequence[float]) -> None:
    """Print one line: over postcodes, and over the people who live there."""
    errors, weights = np.array(km), np.array(people)
    order = np.argsort(errors)
    passed = np.cumsum(weights[order]) / max(weights.sum(), 1)
    by_people = [errors[order][np.searchsorted(passed, share)] for share in (0.5, 0.95)]
    half, most = np.percentile(errors, [50, 95])
    print(
        f"{name:<16}{len(errors):>7}{half:>10.2f}{most:>8.2f}{errors.max():>8.1f}"
        f"{by_people[0]:>16.2f}{by_people[1]:>8.2f}"
    )


def main() -> None:
    """Compare every postcode of the table with the bundled answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pc4", type=Path, required=True, help="table with pc4, lon, lat, inwoners, plaats")
    real = Gazetteer.from_pc4_table(parser.parse_args().pc4)
    bundled = Gazetteer.bundled()
    people = dict(zip(real.areas.pc4.tolist(), real.areas.people.tolist(), strict=True))
    rows = []
    for pc4 in range(1000, 10_000):
        truth = real.locate(Postcode(pc4))
        if not truth.approximate:
            ours = bundled.locate(Postcode(pc4))
            rows.append((km_between(truth, ours), people.get(pc4, 0.0), ours.approximate))
    print(f"{'kilometres':<16}{'pc4':>7}{'median':>10}{'p95':>8}{'max':>8}{'median (people)':>16}{'p95':>8}")
    for name, kept in (
        ("all", rows),
        ("not approximate", [row for row in rows if not row[2]]),
        ("approximate", [row for row in rows if row[2]]),
    ):
        report(name, [row[0] for row in kept], [row[1] for row in kept])


if __name__ == "__main__":
    main()
