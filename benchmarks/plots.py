# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lines through points on logarithmic axes, as SVG."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

INKS = (
    "#154273",
    "#a90061",
    "#39870c",
    "#e17000",
    "#007bc7",
    "#673327",
    "#42145f",
    "#777b00",
    "#d52b1e",
    "#333333",
)
LABEL_PITCH = 18

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A named line; `crosses` are points that were not reached."""

    name: str
    points: Sequence[Point]
    ink: str
    dashed: bool = False
    crosses: Sequence[Point] = ()


@dataclass(frozen=True)
class Panel:
    """One pair of logarithmic axes, with its place in the picture in pixels."""

    heading: str
    x_label: str
    lines: Sequence[Line]
    left: float
    top: float
    width: float
    height: float
    decades: bool = True  # marks below at powers of ten, else at every point
    labels: Mapping[str, str] = field(default_factory=dict)  # what stands behind a name at the right

    def _all(self) -> list[Point]:
        return [point for line in self.lines for point in (*line.points, *line.crosses)]

    def _x(self, value: float) -> float:
        values = [x for x, _ in self._all()]
        low, high = math.log(min(values)), math.log(max(values))
        return self.left + self.width * (0.03 + 0.94 * (math.log(value) - low) / ((high - low) or 1))

    def _y_range(self) -> tuple[int, int]:
        values = [y for _, y in self._all()]
        return math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

    def _y(self, value: float) -> float:
        low, high = self._y_range()
        return self.top + self.height * (1 - (math.log10(value) - low) / ((high - low) or 1))

    def _x_marks(self) -> list[float]:
        values = sorted({x for x, _ in self._all()})
        if not self.decades:
            return values
        low, high = math.ceil(math.log10(values[0])), math.floor(math.log10(values[-1]))
        return [10.0**power for power in range(low, high + 1)]

    def drawn(self) -> Iterator[str]:
        """The axes, the lines and the names at the right, highest line first."""
        right, bottom = self.left + self.width, self.top + self.height
        yield text(self.left, self.top - 14, self.heading, weight="bold")
        low, high = self._y_range()
        for power in range(low, high + 1):
            y = self._y(10.0**power)
            yield rule(self.left, y, right, y)
            yield text(self.left - 8, y + 4, short(10.0**power) + " s", anchor="end")
        for value in self._x_marks():
            x = self._x(value)
            yield rule(x, bottom, x, bottom + 5)
            yield text(x, bottom + 20, short(value), anchor="middle")
        yield text(self.left + self.width / 2, bottom + 40, self.x_label, anchor="middle")
        for line in self.lines:
            yield from self._line(line)
        yield from self._names(right + 14)

    def _line(self, line: Line) -> Iterator[str]:
        dash = ' stroke-dasharray="6 4"' if line.dashed else ""
        path = " ".join(f"{self._x(x):.1f},{self._y(y):.1f}" for x, y in line.points)
        yield f'<polyline points="{path}" fill="none" stroke="{line.ink}" stroke-width="2"{dash}/>'
        for x, y in line.points:
            yield f'<circle cx="{self._x(x):.1f}" cy="{self._y(y):.1f}" r="3.5" fill="{line.ink}"/>'
        for x, y in line.crosses:
            at_x, at_y, r = self._x(x), self._y(y), 5
            cross = f"M{at_x - r:.1f} {at_y - r:.1f}l{2 * r} {2 * r}M{at_x - r:.1f} {at_y + r:.1f}l{2 * r} {-2 * r}"
            yield f'<path d="{cross}" stroke="{line.ink}" stroke-width="2.5"/>'

    def _names(self, x: float) -> Iterator[str]:
        named = [line for line in self.lines if line.points]
        last = self.top - LABEL_PITCH
        for line in sorted(named, key=lambda line: self._y(line.points[-1][1])):
            last = max(last + LABEL_PITCH, self._y(line.points[-1][1]) + 4)
            yield text(x, last, f"{line.name}{self.labels.get(line.name, '')}", ink=line.ink)


def short(value: float) -> str:
    """A number as one reads it: 10,000; 0.001."""
    return f"{value:,.0f}" if value >= 1 else f"{value:.10f}".rstrip("0")


def text(
    x: float, y: float, words: str, *, anchor: str = "start", ink: str = "#333333", weight: str = "normal"
) -> str:
    """Words at a place."""
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {where} fill="{ink}" font-weight="{weight}">{escape(words)}</text>'


def rule(x: float, y: float, to_x: float, to_y: float) -> str:
    """A thin line of an axis."""
    return f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="#cccccc"/>'


def picture(title: str, description: str, width: int, height: int, panels: Sequence[Panel]) -> str:
    """A whole SVG file, with words for who hears it."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' font-family="Noto Sans, Arial, sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(description)}</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *(part for panel in panels for part in panel.drawn()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
