# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small charts and pictures, measured out for the SVG templates that draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.components.wording import number

if TYPE_CHECKING:
    from huisartsplek.web.components.parts import Text

_BAR_PITCH = 52
_CHART_WIDTH = 390
_FIGURE_GAP = 14
_FIGURE_WIDTH = 10  # of a digit, in bold
_CHARACTER_WIDTH = 9


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts and how many; `text` replaces the figure where it must stay hidden."""

    label: Text
    value: float
    text: Text = ""

    @property
    def shown(self) -> str:
        """The figure beside the bar."""
        return str(self.text) or number(self.value)


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its place in the picture."""

    label: str
    text: str
    y: int
    label_y: int
    width: int
    value_x: int
    value_y: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars with the same figures as a table; `anchor` is unique on its page."""

    anchor: str
    heading: Text
    label_column: Text
    value_column: Text
    bars: Sequence[Bar]
    note: Text = ""

    @property
    def start(self) -> int:
        """Where the bars begin: to the right of the longest label."""
        longest = max((len(str(bar.label)) for bar in self.bars), default=0)
        return min(200, max(60, 16 + longest * _CHARACTER_WIDTH))

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return _BAR_PITCH * len(self.bars) + 4

    def drawn(self) -> list[DrawnBar]:
        """The bars, on a scale on which each leaves room for its figure."""
        room = _CHART_WIDTH - self.start - _FIGURE_GAP
        scale = min(
            ((room - _FIGURE_WIDTH * len(bar.shown)) / bar.value for bar in self.bars if bar.value > 0), default=0.0
        )
        drawn = []
        for place, bar in enumerate(self.bars):
            top = 6 + place * _BAR_PITCH
            width = max(2, round(scale * bar.value))
            drawn.append(
                DrawnBar(str(bar.label), bar.shown, top, top + 23, width, self.start + width + 10, top + 24)
            )
        return drawn

    @property
    def spoken(self) -> str:
        """The figures as one line, for who hears the chart."""
        return f"{self.heading} " + ", ".join(f"{bar.label}: {bar.shown}" for bar in self.bars)

    @property
    def table(self) -> Table:
        """The same figures as a table."""
        return Table(
            caption=self.heading,
            columns=(Column(self.label_column), Column(self.value_column, numeric=True)),
            rows=[(bar.label, bar.shown) for bar in self.bars],
        )


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the line below a range."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class RangeChart:
    """An estimate as a band on a line that starts at 0; the words above it say the same."""

    low: float
    high: float
    ends_at: int
    step: int = 3

    _LEFT = 10
    _LENGTH = 380

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= self.ends_at or self.step < 1:
            raise ValueError("A range runs from low to high and fits on its line.")

    def _at(self, value: float) -> float:
        return round(self._LEFT + self._LENGTH * value / self.ends_at, 1)

    @property
    def x(self) -> float:
        """Where the band begins."""
        return self._at(self.low)

    @property
    def width(self) -> float:
        """How long the band is; never so short that it disappears."""
        return max(8.0, round(self._at(self.high) - self._at(self.low), 1))

    @property
    def ticks(self) -> list[Tick]:
        """The marks with their numbers."""
        return [Tick(self._at(value), str(value)) for value in range(0, self.ends_at + 1, self.step)]
