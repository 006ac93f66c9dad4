# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing the log: what happened, and every change of state.

Both stand in the transaction of what they record, so that one is never there without the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, assert_never, cast
from uuid import UUID

from django.db import connection, models

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import ADVANCED, EventKind, Fact, Outcome, stored
from huisartsplek.audit.models import AuditEvent, Step
from huisartsplek.audit.transactions import NotInATransaction
from huisartsplek.rules.lifecycles import Lifecycle, after
from huisartsplek.rules.refusals import Refusal, RefusalCode

_ROWS_AT_ONCE = 2000


class Stateful(Protocol):
    """A thing with a lifecycle, as a row of a table.

    Where its lifecycle says that the thing carries the moment a deadline counts from, it has an
    `own_moment_at` too.
    """

    lifecycle: Lifecycle[Any, Any]
    state: str
    state_since: datetime
    deadline_at: datetime | None
    alarmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ThingRef:
    """A thing that the log speaks of, where there is no row at hand."""

    type: str
    id: UUID | int


Thing = models.Model | ThingRef


@dataclass(frozen=True, slots=True)
class Line:
    """One line for the log, still to be written."""

    person: UUID | None = None
    thing: Thing | None = None
    facts: dict[str, Fact] | None = None


def record(
    kind: EventKind,
    *,
    actor: Actor,
    at: datetime,
    person: UUID | None = None,
    thing: Thing | None = None,
    outcome: Outcome = Outcome.SUCCESS,
    **facts: Fact,
) -> None:
    """Write one line in the log, in the transaction of what it records."""
    record_many(kind, [Line(person, thing, facts)], actor=actor, at=at, outcome=outcome)


def record_many(
    kind: EventKind,
    lines: Iterable[Line],
    *,
    actor: Actor,
    at: datetime,
    outcome: Outcome = Outcome.SUCCESS,
) -> None:
    """Write many lines of one kind at once."""
    _require_transaction()
    AuditEvent.objects.bulk_create(
        [_row(kind, line, actor, at, outcome) for line in lines], batch_size=_ROWS_AT_ONCE
    )


def begin(
    thing: models.Model,
    *,
    kind: EventKind,
    actor: Actor,
    at: datetime,
    person: UUID | None = None,
    **facts: Fact,
) -> None:
    """Insert a new thing in the first state of its lifecycle, with its deadline, step and line in the log."""
    begin_many([thing], kind=kind, actor=actor, at=at, person=person, each=None, **facts)


def begin_many(
    things: Sequence[models.Model],
    *,
    kind: EventKind,
    actor: Actor,
    at: datetime,
    person: UUID | None = None,
    each: Callable[[models.Model], dict[str, Fact]] | None = None,
    **facts: Fact,
) -> None:
    """Do to each of these things what `begin` does to one; `each` gives the facts that differ per thing."""
    _require_transaction()
    by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for thing in things:
        by_model[type(thing)].append(thing)
        life = _stateful(thing)
        life.state, life.state_since, life.alarmed_at = life.lifecycle.start, at, None
        life.deadline_at = _deadline(thing, life.lifecycle.start, at)
    for model, group in by_model.items():
        model._default_manager.bulk_create(group, batch_size=_ROWS_AT_ONCE)
    lines = [Line(person or _person_of(thing), thing, facts | each(thing) if each else facts) for thing in things]
    record_many(kind, lines, actor=actor, at=at)
    _write_steps([(thing, "", "begin", _stateful(thing).lifecycle.start) for thing in things], actor, at)


def advance(
    thing: models.Model,
    event: StrEnum,
    *,
    actor: Actor,
    at: datetime,
    person: UUID | None = None,
    **facts: Fact,
) -> StrEnum:
    """Bring a locked thing to its next state, with its step and its line in the log, and return that state."""
    (state,) = _advance_all([thing], event, actor, at, person, facts)
    return state


def advance_many(
    things: Sequence[models.Model],
    event: StrEnum,
    *,
    actor: Actor,
    at: datetime,
    **facts: Fact,
) -> list[StrEnum]:
    """Do to each of these locked things what `advance` does to one; all of them move, or none does."""
    return _advance_all(things, event, actor, at, None, facts)


def _advance_all(
    things: Sequence[models.Model],
    event: StrEnum,
    actor: Actor,
    at: datetime,
    person: UUID | None,
    facts: dict[str, Fact],
) -> list[StrEnum]:
    _require_transaction()
    moves = [(thing, _stateful(thing).state, _next_state(thing, event)) for thing in things]
    groups: dict[tuple[type[models.Model], str, StrEnum, datetime | None], list[models.Model]] = defaultdict(list)
    for thing, old, new in moves:
        groups[type(thing), old, new, _deadline(thing, new, at)].append(thing)
    for (model, old, new, deadline_at), group in groups.items():
        _move_rows(model, group, old, new, at, deadline_at)
    lines = [
        Line(
            person or _person_of(thing),
            thing,
            {"from_state": old, "event": event, "to_state": new, **facts},
        )
        for thing, old, new in moves
    ]
    record_many(ADVANCED, lines, actor=actor, at=at)
    _write_steps([(thing, old, event, new) for thing, old, new in moves], actor, at)
    for thing, _, new in moves:
        life = _stateful(thing)
        life.deadline_at, life.alarmed_at = _deadline(thing, new, at), None
        life.state, life.state_since = new, at
    return [new for _, _, new in moves]


def _write_steps(steps: Iterable[tuple[models.Model, str, str, str]], actor: Actor, at: datetime) -> None:
    Step.objects.bulk_create(
        [
            Step(
                thing_type=thing._meta.label_lower,
                thing_id=str(thing.pk),
                from_state=str(old),
                event=str(event),
                to_state=str(new),
                at=at,
                actor_kind=actor.kind,
                actor_id=actor.user_id,
                role=actor.role,
            )
            for thing, old, event, new in steps
        ],
        batch_size=_ROWS_AT_ONCE,
    )


def _deadline(thing: models.Model, state: StrEnum, at: datetime) -> datetime | None:
    """Give the moment the alarm of this state goes; None for a final state."""
    watch = _stateful(thing).lifecycle.watch.get(state)
    return None if watch is None else watch.deadline.due_at(at, own_at=getattr(thing, "own_moment_at", None))


def _person_of(thing: models.Model) -> UUID | None:
    """Give the person a thing is about: its own, or who filed it."""
    return getattr(thing, "person_id", None) or getattr(thing, "filed_by_id", None)


def _stateful(thing: models.Model) -> Stateful:
    return cast("Stateful", thing)


def _next_state(thing: models.Model, event: StrEnum) -> StrEnum:
    next_state: StrEnum = after(_stateful(thing).lifecycle, _stateful(thing).state, event)
    return next_state


def _move_rows(
    model: type[models.Model],
    things: list[models.Model],
    old: str,
    new: StrEnum,
    at: datetime,
    deadline_at: datetime | None,
) -> None:
    keys = [thing.pk for thing in things]
    moved = 0
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        chunk = keys[start : start + _ROWS_AT_ONCE]
        rows = model._default_manager.filter(pk__in=chunk, state=old)
        moved += rows.update(state=new, state_since=at, deadline_at=deadline_at, alarmed_at=None)
    if moved != len(keys):
        raise Refusal(RefusalCode.CHANGED_MEANWHILE, thing=model._meta.label_lower, state=old)


def _row(kind: EventKind, line: Line, actor: Actor, at: datetime, outcome: Outcome) -> AuditEvent:
    thing_type, thing_id = _name_of(line.thing)
    return AuditEvent(
        at=at,
        kind=kind.name,
        action=kind.action,
        outcome=outcome,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        role=actor.role,
        on_behalf_of=actor.on_behalf_of,
        origin=actor.origin,
        ground=actor.ground,
        person_id=line.person,
        thing_type=thing_type,
        thing_id=thing_id,
        facts=stored(kind, line.facts or {}),
    )


def _name_of(thing: Thing | None) -> tuple[str, str]:
    match thing:
        case None:
            return "", ""
        case ThingRef(type=name, id=key):
            return name, str(key)
        case models.Model():
            return thing._meta.label_lower, str(thing.pk)
        case _ as never:
            assert_never(never)


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise NotInATransaction("what is recorded stands in the transaction of what it records")
