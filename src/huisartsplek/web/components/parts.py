# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plain values that lists, steps, tables and cards on a page are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from huisartsplek.rules.intake import PublicStatus

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


class StepState(StrEnum):
    """Where somebody stands with one step."""

    DONE = "done"
    NOW = "now"
    LATER = "later"

    @property
    def css_class(self) -> str:
        """The class of the step in the row of steps."""
        return {"done": "is-done", "now": "is-now", "later": "is-later"}[self]

    @property
    def is_now(self) -> bool:
        """Whether this is the present step."""
        return self is StepState.NOW


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a request or of a round, with a date or a remark below it."""

    label: Text
    state: StepState
    note: Text = ""


def steps_until(labels: Sequence[tuple[Text, Text]], *, present: int) -> tuple[Step, ...]:
    """Steps of which those before `present` (0 is the first) are done and those after it are to come."""
    states = {True: StepState.DONE, False: StepState.LATER}
    return tuple(
        Step(label, StepState.NOW if place == present else states[place < present], note)
        for place, (label, note) in enumerate(labels)
    )


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of a household, with what they did or still have to do."""

    name: str
    detail: Text = ""
    state: Text = ""
    is_waiting: bool = False

    @property
    def initials(self) -> str:
        """At most two letters in the round mark beside the name."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    @property
    def icon(self) -> str:
        """A clock for who is waited for, else a tick."""
        return "clock" if self.is_waiting else "check"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a move: the practice one leaves or the practice one goes to."""

    label: Text
    name: str
    figure: Text = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Pill:
    """One choice among views of the same list."""

    text: Text
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A practice in a list of results, with what it means for the person who searches."""

    number: int
    name: str
    url: str
    status: PublicStatus
    verdict: Text
    reason: Text = ""
    facts: Sequence[Text] = ()
    offers: Sequence[Text] = ()
    status_text: Text = ""
    confirmed_on: date | None = None
    link_text: Text = ""
    link_url: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of one column."""

    label: Text
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its cells bound to their columns."""

    header: object
    cells: tuple[tuple[Column, object], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column heads the rows; above three columns it becomes cards on a narrow screen."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    hide_caption: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError("Every row of a table has as many cells as there are columns.")

    @property
    def as_cards(self) -> bool:
        """Whether a narrow screen shows a card per row."""
        return len(self.columns) > 3

    def labelled_rows(self) -> Iterator[TableRow]:
        """The rows, each cell with the column it belongs to."""
        for row in self.rows:
            yield TableRow(row[0], tuple(zip(self.columns[1:], row[1:], strict=True)))
