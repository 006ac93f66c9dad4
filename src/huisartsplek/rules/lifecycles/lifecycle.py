# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lifecycles as tables: what can happen to a thing, and who must act before when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar, assert_never

from huisartsplek.rules.dates import end_of_day, hours_later, working_days_after
from huisartsplek.rules.refusals import Refusal, RefusalCode

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


class Owner(StrEnum):
    """Who must act on a thing in a state."""

    HOUSEHOLD = "household"
    PRACTICE = "practice"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"


class Clock(StrEnum):
    """How a deadline is counted."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    OWN = "own"
    """The thing itself carries the moment: an offer its answer deadline, a move its switch date."""


@dataclass(frozen=True)
class DeadlineRule:
    """How long after its own moment, or after it came into a state, the alarm of a thing goes."""

    clock: Clock
    amount: int = 0

    def due_at(self, since: datetime, *, own_at: datetime | None = None) -> datetime:
        """Give the moment the alarm goes, for a thing in its state since a moment."""
        match self.clock:
            case Clock.HOURS:
                return hours_later(since, self.amount)
            case Clock.DAYS:
                return since + timedelta(days=self.amount)
            case Clock.WORKING_DAYS:
                return end_of_day(working_days_after(since, self.amount))
            case Clock.OWN:
                if own_at is None:
                    raise ValueError("this deadline is the thing's own moment")
                return hours_later(own_at, self.amount)
            case _ as never:
                assert_never(never)


@dataclass(frozen=True)
class Watch:
    """Who guards a state, until when, and which alarm goes after that."""

    owner: Owner
    deadline: DeadlineRule
    alarm: str


class NotAllowed(Refusal):
    """This cannot happen to the thing in its present state."""

    def __init__(self, lifecycle: str, state: str, event: str) -> None:
        super().__init__(RefusalCode.NOT_ALLOWED_NOW, lifecycle=lifecycle, state=state, event=event)


@dataclass(frozen=True, eq=False)
class Lifecycle(Generic[S, E]):
    """The whole life of a thing: proved at construction to have no dead end and no forgotten state."""

    name: str
    start: S
    table: Mapping[tuple[S, E], S]
    finals: frozenset[S]
    watch: Mapping[S, Watch]

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", MappingProxyType(dict(self.table)))
        object.__setattr__(self, "watch", MappingProxyType(dict(self.watch)))
        faults = tuple(_faults(self))
        if faults:
            raise ValueError(f"lifecycle {self.name}: {'; '.join(faults)}")

    @property
    def states(self) -> tuple[S, ...]:
        """Every state, in the order of their declaration."""
        return tuple(type(self.start))

    @property
    def events(self) -> tuple[E, ...]:
        """Every event, in the order of their declaration."""
        any_event = next(event for _, event in self.table)
        return tuple(type(any_event))

    def events_from(self, state: S) -> frozenset[E]:
        """Give what can happen in a state."""
        return frozenset(event for source, event in self.table if source == state)


def after(lifecycle: Lifecycle[S, E], state: S, event: E) -> S:
    """Give the state after an event, or refuse."""
    try:
        return lifecycle.table[state, event]
    except KeyError:
        raise NotAllowed(lifecycle.name, state, event) from None


def _faults(lifecycle: Lifecycle[S, E]) -> Iterator[str]:
    exits: dict[S, set[S]] = {state: set() for state in lifecycle.states}
    entries: dict[S, set[S]] = {state: set() for state in lifecycle.states}
    for (source, _), target in lifecycle.table.items():
        exits[source].add(target)
        entries[target].add(source)
    reached = _closure({lifecycle.start}, exits)
    ending = _closure(set(lifecycle.finals), entries)
    for state in lifecycle.states:
        if state not in reached:
            yield f"{state} is never reached"
        if state not in ending:
            yield f"{state} never ends"
        if state in lifecycle.finals and exits[state]:
            yield f"{state} is final and has an exit"
        if (state in lifecycle.finals) == (state in lifecycle.watch):
            yield f"{state} is {'final and watched' if state in lifecycle.finals else 'not watched'}"


def _closure(start: set[S], steps: Mapping[S, set[S]]) -> set[S]:
    found, todo = set(start), list(start)
    while todo:
        fresh = steps[todo.pop()] - found
        found |= fresh
        todo.extend(fresh)
    return found


def mermaid(lifecycle: Lifecycle[S, E]) -> str:
    """Draw the table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {lifecycle.start}"]
    lines += [f"    {source} --> {target}: {event}" for (source, event), target in lifecycle.table.items()]
    lines += [f"    {state} --> [*]" for state in lifecycle.states if state in lifecycle.finals]
    return "\n".join(lines) + "\n"
