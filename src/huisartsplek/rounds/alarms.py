# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing is forgotten: whatever is past its deadline gets an alarm, and its owner a line on their page.

Every table with a lifecycle is looked at, found by having one; a new one needs no line here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, Q

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import ALARM_RAISED
from huisartsplek.audit.services import Line, Stateful, record_many
from huisartsplek.enrolments.models import Confirmation, Move
from huisartsplek.people.models import PendingNumber
from huisartsplek.requests.models import Offer, Request, Review
from huisartsplek.rounds.models import Correction, Exchange, Round
from huisartsplek.rules.lifecycles import ConfirmationState, Lifecycle, MoveState, Owner, Watch

AT_ONCE = 1000


def stateful_models() -> list[type[models.Model]]:
    """Give every table with a lifecycle, by name."""
    found = [model for model in apps.get_models() if isinstance(getattr(model, "lifecycle", None), Lifecycle)]
    return sorted(found, key=lambda model: model._meta.label_lower)


def lifecycle_of(model: type[models.Model]) -> Lifecycle[Any, Any]:
    """Give the lifecycle of a table that has one."""
    return cast("type[Stateful]", model).lifecycle


def raise_alarms(actor: Actor, *, at: datetime) -> int:
    """Raise the alarm, once, of every unfinished thing past its deadline, and give how many were raised."""
    return sum(_raise_in(actor, model, at) for model in stateful_models())


def _raise_in(actor: Actor, model: type[models.Model], at: datetime) -> int:
    raised = 0
    while number := _raise_some(actor, model, at):
        raised += number
    return raised


def _raise_some(actor: Actor, model: type[models.Model], at: datetime) -> int:
    watch = lifecycle_of(model).watch
    with transaction.atomic():
        late = model._default_manager.filter(state__in=watch, deadline_at__lt=at, alarmed_at__isnull=True)
        # What another transaction is changing just now is looked at the next time.
        things = list(late.select_for_update(skip_locked=True, of=("self",)).order_by("deadline_at")[:AT_ONCE])
        model._default_manager.filter(pk__in=[thing.pk for thing in things]).update(alarmed_at=at)
        lines = [
            Line(
                getattr(thing, "person_id", None),
                thing,
                {"alarm": own.alarm, "owner": own.owner},
            )
            for thing in things
            for own in [_watch_of(thing)]
        ]
        record_many(ALARM_RAISED, lines, actor=actor, at=at)
    return len(things)


def _watch_of(thing: models.Model) -> Watch:
    stateful = cast("Stateful", thing)
    watch: Watch = stateful.lifecycle.watch[type(stateful.lifecycle.start)(stateful.state)]
    return watch


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something past its deadline, or passed on because of it: what it is, and since when it waits."""

    thing: models.Model
    type: str
    state: str
    alarm: str
    owner: Owner
    waits_since: datetime


def _arriving(practice_id: UUID) -> Q:
    arrivals = Move.objects.filter(to_practice_id=practice_id, state=MoveState.PLANNED)
    return Q(pk__in=arrivals.values("request_id"))


# Within reach of an owner: how each table belongs to a practice, a region or a household.
REACH: dict[type[models.Model], dict[Owner, Callable[[UUID], Q]]] = {
    Request: {
        Owner.HOUSEHOLD: lambda household_id: Q(household_id=household_id),
        Owner.COORDINATOR: lambda region_id: Q(region_id=region_id),
        Owner.PRACTICE: _arriving,
    },
    Offer: {
        Owner.HOUSEHOLD: lambda household_id: Q(request__household_id=household_id),
        Owner.COORDINATOR: lambda region_id: Q(practice__region_id=region_id),
    },
    Move: {
        Owner.COORDINATOR: lambda region_id: Q(to_practice__region_id=region_id),
        Owner.PRACTICE: lambda practice_id: Q(to_practice_id=practice_id),
    },
    Confirmation: {
        Owner.COORDINATOR: lambda region_id: Q(practice__region_id=region_id),
        Owner.PRACTICE: lambda practice_id: Q(practice_id=practice_id),
    },
    PendingNumber: {Owner.COORDINATOR: lambda region_id: Q(region_id=region_id)},
    Review: {Owner.COORDINATOR: lambda region_id: Q(region_id=region_id)},
    Correction: {Owner.COORDINATOR: lambda region_id: Q(region_id=region_id)},
    Round: {Owner.COORDINATOR: lambda region_id: Q(region_id=region_id)},
    Exchange: {Owner.COORDINATOR: lambda region_id: Q(round__region_id=region_id)},
}
# States that something only comes into because an earlier deadline passed.
_PASSED_ON = Q(state__in=[MoveState.OVERDUE, MoveState.WITH_COORDINATOR, ConfirmationState.UNANSWERED])


def overdue_things(owner: Owner, scope_id: UUID | None, *, at: datetime) -> list[Overdue]:
    """List what waits too long for this owner, longest first.

    `scope_id` is the practice, the region or the household whose page it is; the operator has none and sees what
    is the operator's everywhere.
    """
    if (scope_id is None) != (owner is Owner.OPERATOR):
        raise ValueError("only the operator looks everywhere")
    found = [overdue for model in stateful_models() for overdue in _overdue_in(model, owner, scope_id, at)]
    return sorted(found, key=lambda overdue: (overdue.waits_since, overdue.type, str(overdue.thing.pk)))


def count_overdue(owner: Owner, scope_id: UUID, *, at: datetime) -> dict[str, int]:
    """Count by alarm what waits too long for this owner, without reading any of it."""
    counts: dict[str, int] = {}
    for model in stateful_models():
        if owner not in REACH.get(model, {}):
            continue
        watch = {str(state): own for state, own in lifecycle_of(model).watch.items() if own.owner is owner}
        rows = model._default_manager.filter(Q(deadline_at__lt=at) | _PASSED_ON, state__in=watch)
        rows = rows.filter(REACH[model][owner](scope_id))
        for state, number in rows.values_list("state").annotate(number=Count("pk")).order_by("state"):
            counts[watch[state].alarm] = counts.get(watch[state].alarm, 0) + number
    return counts


def _overdue_in(model: type[models.Model], owner: Owner, scope_id: UUID | None, at: datetime) -> Iterator[Overdue]:
    watch = lifecycle_of(model).watch
    states = [state for state, own in watch.items() if own.owner is owner]
    rows = model._default_manager.filter(Q(deadline_at__lt=at) | _PASSED_ON, state__in=states)
    if scope_id is not None:
        if owner not in REACH.get(model, {}):
            return
        rows = rows.filter(REACH[model][owner](scope_id))
    for thing in rows:
        own = _watch_of(thing)
        stateful = cast("Stateful", thing)
        yield Overdue(
            thing=thing,
            type=model._meta.label_lower,
            state=stateful.state,
            alarm=own.alarm,
            owner=own.owner,
            waits_since=stateful.state_since,
        )
