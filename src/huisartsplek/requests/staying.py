# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A child stays behind alone: by its own no, by the parent who was asked, or because the other parent objects.

Who asked for the household, and the child's parents at home, then say whether the others go on. Their turn stays.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from huisartsplek.audit.actors import Actor, ActorKind, Ground
from huisartsplek.audit.events import CHILD_STAYS, PERSON_READ
from huisartsplek.audit.services import record
from huisartsplek.notices.models import NoticeKind
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.people.queries import parents_of, people_decided_for, person_of
from huisartsplek.people.services import end_consents
from huisartsplek.requests.facts import Facts, load_facts
from huisartsplek.requests.households import say_no
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.messages import tell_people
from huisartsplek.requests.models import ChildStays, Request, RequestMember
from huisartsplek.requests.moves import planned_moves
from huisartsplek.requests.services import end_request
from huisartsplek.requests.voices import other_parents
from huisartsplek.rules.consent import Part, is_asked_anew, last_day_to_object
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode

_BEFORE_ANY_MOVE = frozenset(
    {
        RequestState.WAITING,
        RequestState.SLEEPING,
        RequestState.OFFERED,
        RequestState.ACCEPTED,
        RequestState.MOVING,
    }
)


@dataclass(frozen=True, slots=True)
class ChildAskedFor:
    """A child for whom somebody else filed a request, as its other parent may know it: no practice, no address."""

    child: Person
    last_day: date | None  # to object; nothing is planned yet without one


def children_asked_for(actor: Actor, *, at: datetime) -> list[ChildAskedFor]:
    """Give the children about whom the one who acts decides too, and may still object; reading is recorded."""
    viewer = person_of(actor)
    if viewer is None or not viewer.is_described:
        return []
    on = day_in_amsterdam(at)
    children = [child.pk for child in people_decided_for(viewer, on)]
    ids = RequestMember.objects.filter(person__in=children, is_open=True).values_list("request_id", flat=True)
    found = [
        ChildAskedFor(child, _last_day(facts))
        for facts in load_facts(Request.objects.filter(pk__in=set(ids)).order_by("since", "pk")).values()
        if _is_in_time(facts, on)
        for child in other_parents(facts, at).get(viewer.pk, [])
    ]
    with transaction.atomic():
        for child in (one.child for one in found):
            acting = _as_parent(actor, viewer, child)
            record(PERSON_READ, actor=acting, at=at, person=child.pk, thing=child, view="child_asked_for")
    return found


def objected_lately(actor: Actor, *, at: datetime) -> list[Person]:
    """Give the children whom the one who acts kept out of a request that still runs."""
    viewer = person_of(actor)
    if viewer is None:
        return []
    mine = {child.pk: child for child in people_decided_for(viewer, day_in_amsterdam(at))}
    rows = ChildStays.objects.filter(said_by=viewer, because=ChildStays.Because.OBJECTION, child__in=mine)
    running = rows.exclude(request__state__in=[RequestState.MET, RequestState.WITHDRAWN])
    return [mine[pk] for pk in dict.fromkeys(running.order_by("said_at").values_list("child_id", flat=True))]


def object_for_child(actor: Actor, child_id: UUID, *, by: Person, at: datetime) -> None:
    """Keep a child where it is, on the word of a parent with authority who did not file and said no yes.

    Until the day before places change hands, and never after.
    """
    with transaction.atomic():
        member = RequestMember.objects.filter(person_id=child_id, is_open=True).first()
        if member is None:
            raise Refusal(RefusalCode.CHANGED_MEANWHILE)
        in_it = RequestMember.objects.filter(request=member.request_id).values_list("person_id", flat=True)
        lock_people({by.pk, *in_it})
        facts = lock_request(member.request_id)
        mine = other_parents(facts, at).get(by.pk, [])
        child = next((one for one in mine if one.pk == child_id), None)
        if child is None or not may_speak_for(actor, by):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        if not _is_in_time(facts, day_in_amsterdam(at)):
            raise Refusal(RefusalCode.DEADLINE_PASSED)
        say_no(actor, facts, at)
        leave_behind(actor, facts, child, by=by, because=ChildStays.Because.OBJECTION, at=at)


def leave_behind(
    actor: Actor, facts: Facts, child: Person, *, by: Person, because: ChildStays.Because, at: datetime
) -> None:
    """Take a child out of a locked request, and ask whether the others go on; without others it ends."""
    request = facts.request
    rest = [member for member in facts.members if member.pk != child.pk]
    asked = _asked_anew(facts, child, by, at)
    end_consents(actor, request.pk, [child], given_by=None, at=at)
    ChildStays.objects.create(request=request, child=child, because=because, said_by=by, said_at=at)
    record(CHILD_STAYS, actor=_as_parent(actor, by, child), at=at, person=child.pk, thing=request, because=because)
    if rest:
        RequestMember.objects.filter(request=request, person=child).delete()
        end_consents(actor, request.pk, rest, given_by=[person.pk for person in asked], at=at)
    else:
        end_request(actor, facts, by=request.filed_by, at=at)
    tell_people(actor, asked, NoticeKind.CHILD_STAYS, reference=uuid5(request.pk, f"without {child.pk}"), at=at)


def _asked_anew(facts: Facts, child: Person, by: Person, at: datetime) -> list[Person]:
    """Give who said yes to going with this child and says anew whether to go on; never who said the no."""
    on = day_in_amsterdam(at)
    at_home = Person.objects.filter(household=facts.request.household_id)
    parts = dict.fromkeys(parents_of([child.pk], on).get(child.pk, frozenset()), Part.PARENT)
    parts[facts.request.filed_by_id] = Part.FILER
    return [
        person
        for person in at_home.filter(pk__in=parts).exclude(pk=by.pk).order_by("pk")
        if is_asked_anew(parts[person.pk], child.born_on, on=on)
    ]


def _is_in_time(facts: Facts, on: date) -> bool:
    if facts.request.state not in _BEFORE_ANY_MOVE:
        return False
    last_day = _last_day(facts)
    return facts.request.state != RequestState.MOVING or (last_day is not None and on <= last_day)


def _last_day(facts: Facts) -> date | None:
    moves = planned_moves(facts.request.pk)
    return last_day_to_object(min(move.switch_on for move in moves)) if moves else None


def _as_parent(actor: Actor, speaker: Person, child: Person) -> Actor:
    """Say in the log for whom a parent acts; a child passes on its own word, a mandate that of who gave it."""
    if actor.kind is not ActorKind.PERSON or actor.on_behalf_of is not None or child.pk == speaker.pk:
        return actor
    return actor.acting_for(child.pk, ground=Ground.PARENTAL_AUTHORITY)
