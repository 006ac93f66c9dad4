# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables and plots of a measured benchmark: `python -m benchmarks.figures docs/algorithms/figures/engine.json`.

Prints the tables as Markdown and writes the two plots beside the file.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.plots import INKS, Line, Panel, picture

OURS = ("waiting-list", "trading-cycles", "queue-then-swaps", "max-moves")


def seconds(value: float) -> str:
    """Seconds with as many decimals as say something."""
    if value < 0.001:
        return "< 0.001 s"
    return f"{value:.3f} s" if value < 1 else f"{value:,.1f} s"


def row(*cells: object) -> str:
    """A line of a Markdown table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def comparison(kept: Mapping[str, Any]) -> Iterator[str]:
    """Every solver at every size."""
    sizes = sorted({int(size) for cells in kept["cells"].values() for size in cells})
    for size in sizes:
        yield f"\n**{size:,} requests**\n"
        yield row(
            "solver",
            "processor",
            "clock",
            "memory",
            "people moved",
            "below the queue",
            "longest exchange: before",
            "after",
        )
        yield "|---|" + "---:|" * 7
        for solver, cells in kept["cells"].items():
            cell = cells[str(size)]
            if isinstance(cell, str):
                yield row(solver, cell, *[""] * 6)
            elif solver == "reading alone":
                yield row(solver, "", "", f"{cell['memory']:,} MB", "", "", "", "")
            else:
                yield row(
                    f"`{solver}`" if solver in OURS else solver,
                    seconds(cell["processor"]),
                    seconds(cell["seconds"]),
                    f"{cell['memory']:,} MB",
                    f"{cell['placed']:,}",
                    f"{cell['below']:,}",
                    *(f"{longest:,}" for longest in cell["longest"]),
                )


def exchange_sizes(kept: Mapping[str, Any]) -> Iterator[str]:
    """The share of people in exchanges of at most so many, before and after."""
    cells = {size: cell for size, cell in kept["cells"]["queue-then-swaps"].items() if isinstance(cell, dict)}
    steps = list(next(iter(cells.values()))["shares"][0])
    yield row("requests", "", *(f"at most {step}" for step in steps), "longest")
    yield "|---:|---|" + "---:|" * (len(steps) + 1)
    for size, cell in cells.items():
        for name, part, longest in zip(("before", "after"), cell["shares"], cell["longest"], strict=True):
            yield row(f"{int(size):,}", name, *(f"{part[step]:.1%}" for step in steps), f"{longest:,}")


def slopes(kept: Mapping[str, Any]) -> Iterator[str]:
    """The exponents of growth."""
    yield row("our time grows with", *(f"`{name}`" for name in OURS))
    yield "|---|" + "---:|" * len(OURS)
    for by, found in kept["slopes"].items():
        lines = kept["growth"][by]
        first, last = lines[OURS[0]][0][0], lines[OURS[0]][-1][0]
        yield row(f"{by}, {first:,} to {last:,}", *(f"{found[name]:.2f}" for name in OURS))


def varied(kept: Mapping[str, Any]) -> Iterator[str]:
    """What the results hang on."""
    yield row(
        f"{kept['varied_at']:,} requests",
        *(f"`{name}` moves" for name in OURS),
        "`queue-then-swaps` against the most",
        "below under `trading-cycles`",
        "in exchanges of at most 3",
        "`queue-then-swaps`",
        "`max-moves`",
    )
    yield "|---|" + "---:|" * (len(OURS) + 5)
    for name, cells in kept["varied"].items():
        swaps, most = cells["queue-then-swaps"], cells["max-moves"]
        yield row(
            name,
            *(f"{cells[mechanism]['placed']:,}" for mechanism in OURS),
            f"{swaps['placed'] / most['placed']:.1%}",
            f"{cells['trading-cycles']['below']:,}",
            f"{swaps['shares'][1]['3']:.1%}",
            seconds(swaps["processor"]),
            seconds(most["processor"]),
        )


def time_plot(kept: Mapping[str, Any]) -> str:
    """Time against size, for all."""
    lines: list[Line] = []
    for solver, cells in kept["cells"].items():
        points = [
            (int(size), max(cell["processor"], 1e-5)) for size, cell in cells.items() if isinstance(cell, dict)
        ]
        ended = [(int(size), kept["limit"]) for size, cell in cells.items() if str(cell).startswith("not within")]
        if solver != "reading alone":
            lines.append(Line(solver, points, INKS[len(lines)], solver not in OURS, ended))
    below = f"requests (solid: ours; dashed: others; a cross: not within {kept['limit']} s)"
    panel = Panel(
        "Seconds of the processor to decide a round", below, lines, left=80, top=50, width=520, height=430
    )
    said = f"Logarithmic axes. Measured on {kept['date']}."
    return picture("Time against size, our mechanisms and other solvers", said, 860, 550, [panel])


def growth_plot(kept: Mapping[str, Any]) -> str:
    """How our time grows, in three panels."""
    panels = []
    for number, (by, lines) in enumerate(kept["growth"].items()):
        drawn = [
            Line(name, [(x, max(y, 1e-5)) for x, y in lines[name]], INKS[place]) for place, name in enumerate(OURS)
        ]
        slope = {name: f": {kept['slopes'][by][name]:.2f}" for name in OURS}
        at = "" if by == "requests" else f" ({kept['varied_at']:,} requests)"
        panels.append(
            Panel(f"Against {by}{at}", by, drawn, 80, 50 + 330 * number, 480, 230, by == "requests", slope)
        )
    said = f"Logarithmic axes; behind each name the slope. Measured on {kept['date']}."
    return picture("How the time of our mechanisms grows", said, 780, 1010, panels)


def tables(kept: Mapping[str, Any]) -> list[str]:
    """All tables, as they stand on the page."""
    return ["\n".join(part(kept)).strip() for part in (comparison, exchange_sizes, slopes, varied)]


def main() -> None:
    """Print and draw."""
    source = Path(sys.argv[1])
    kept = json.loads(source.read_text())
    print("\n\n".join(tables(kept)))
    source.with_name("time.svg").write_text(time_plot(kept))
    source.with_name("growth.svg").write_text(growth_plot(kept))


if __name__ == "__main__":
    main()
