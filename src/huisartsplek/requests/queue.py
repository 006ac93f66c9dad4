# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The queue of a practice: who stands in it, in which order, and who is first among those it can take."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from huisartsplek.people.services import complete_for_many
from huisartsplek.practices.models import Practice
from huisartsplek.requests.facts import Facts, load_facts
from huisartsplek.requests.models import Request
from huisartsplek.rules.intake import Admitted, IntakePolicy
from huisartsplek.rules.lifecycles import RequestState


def queue_of(practice_id: UUID) -> list[Facts]:
    """Give everybody who waits with a wish for this practice, first in turn first; a wish that rests waits not."""
    waiting = Request.objects.filter(
        state=RequestState.WAITING, wishes__practice_id=practice_id, wishes__rests_rounds=0
    )
    return sorted(load_facts(waiting).values(), key=Facts.queue_key)


def takeable(practice: Practice, policy: IntakePolicy, *, room: int, on: date) -> Iterator[Facts]:
    """Give, in turn, the requests that the practice's rule admits and that fit in `room` places.

    Whoever still needs somebody's consent is passed over: nobody moves without it.
    """
    queue = queue_of(practice.pk)
    complete: set[UUID] | None = None
    for facts in queue:
        if not 0 < facts.arrivals_at(practice.pk) <= room:
            continue
        if not isinstance(facts.assess(practice, policy, on=on), Admitted):
            continue
        if complete is None:
            complete = complete_for_many({f.request.pk: f.members for f in queue}, on=on)
        if facts.request.pk in complete:
            yield facts
