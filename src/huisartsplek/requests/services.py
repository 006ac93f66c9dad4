# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A household files a request, changes its wishes, is admitted at once, or withdraws."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import REQUEST_FILED, WISHES_CHANGED
from huisartsplek.audit.services import advance, begin, record
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.queries import OPEN_MOVE_STATES, current_enrolments
from huisartsplek.enrolments.services import Plan, cancel_moves, plan_moves
from huisartsplek.notices.models import NoticeKind
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.numbers import anybody_without_number
from huisartsplek.people.queries import people_decided_for, person_of
from huisartsplek.people.services import ask_anew, complete_for_many, give_consent, still_asked
from huisartsplek.practices.locks import lock_places
from huisartsplek.practices.models import PlaceEntry, Places, PolicyVersion, Practice
from huisartsplek.practices.places import change_places, left_this_week
from huisartsplek.requests.beforehand import end_for_wishes_gone
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import close_members, lock_request, set_own_moment
from huisartsplek.requests.messages import tell_household, tell_other_parents, tell_people
from huisartsplek.requests.models import Offer, Request, RequestMember, Wish
from huisartsplek.requests.moves import give_back
from huisartsplek.requests.naming import keep_naming
from huisartsplek.requests.offers import withdraw_offer
from huisartsplek.requests.permissions import may_act_on_request, may_withdraw_request
from huisartsplek.requests.queue import room_for_queue, takeable
from huisartsplek.requests.refused import REFUSED_AT_ONCE, keep_refusal_at_once, keep_refused_wishes
from huisartsplek.requests.submissions import claim_key, keep_result
from huisartsplek.rules.consent import Relation, say_of
from huisartsplek.rules.dates import day_in_amsterdam, switch_on
from huisartsplek.rules.intake import Admitted, is_confirmed_lately
from huisartsplek.rules.lifecycles import MoveState, OfferState, RequestEvent, RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode

MOST_WISHES = 10


def file_request(
    actor: Actor,
    *,
    filer: Person,
    member_ids: Sequence[UUID],
    wishes: Sequence[UUID],
    key: UUID,
    at: datetime,
    may_name: bool = False,
) -> Request:
    """File one request for these members of the filer's household, with the practices they want, best first.

    The filer's own consent, and that for the children they decide for, is given with it; everybody else says yes
    themselves before anything happens. A child's other parent with authority is told, and may object. `may_name`:
    the filer lets their old practice hear where they go.
    """
    with transaction.atomic():
        content = {"members": sorted(map(str, member_ids)), "wishes": list(map(str, wishes)), "may_name": may_name}
        if (earlier := claim_key(actor, key, content, at=at)) is not None:
            return Request.objects.get(pk=earlier)
        people = lock_people({filer.pk, *member_ids})
        _require_may_file(filer, at)
        members = _members(filer, member_ids, people)
        practices = _wished(wishes)
        _require_a_change(members, wishes)
        request = Request(
            household_id=filer.household_id, filed_by=filer, since=at, region_id=practices[wishes[0]].region_id
        )
        begin(
            request,
            kind=REQUEST_FILED,
            actor=actor,
            at=at,
            person=filer.pk,
            members=len(members),
            wishes=len(wishes),
        )
        RequestMember.objects.bulk_create([RequestMember(request=request, person=person) for person in members])
        _write_wishes(request, wishes)
        _consent_with_filing(actor, filer, members, request, at)
        if may_name:
            keep_naming(actor, Facts(request, members), by=filer, is_allowed=True, at=at)
        keep_refused_wishes(actor, request, wishes, at=at)
        tell_other_parents(actor, Facts(request, members), NoticeKind.CHILD_IN_REQUEST, reference=request.pk, at=at)
        keep_result(key, request.pk)
    return request


def _require_may_file(filer: Person, at: datetime) -> None:
    if not say_of(Relation.SELF, filer.born_on, on=day_in_amsterdam(at)).may_file:
        raise Refusal(RefusalCode.NOT_YOUR_TURN)


def _members(filer: Person, member_ids: Sequence[UUID], people: dict[UUID, Person]) -> list[Person]:
    members = [people[pk] for pk in dict.fromkeys(member_ids) if pk in people]
    if not members or len(members) != len(set(member_ids)):
        raise Refusal(RefusalCode.HOUSEHOLD_INCOMPLETE)
    if any(person.household_id != filer.household_id or person.ended_on for person in members):
        raise Refusal(RefusalCode.HOUSEHOLD_INCOMPLETE)
    if not all(person.is_described for person in members):
        raise Refusal(RefusalCode.HOUSEHOLD_INCOMPLETE)
    if RequestMember.objects.filter(person__in=members, is_open=True).exists():
        raise Refusal(RefusalCode.ALREADY_REQUESTED)
    if Move.objects.filter(person__in=members, state__in=OPEN_MOVE_STATES).exists():
        # The new practice has not recorded them yet: one move is finished before the next is asked for.
        raise Refusal(RefusalCode.MOVING_ALREADY)
    return members


def _wished(wishes: Sequence[UUID]) -> dict[UUID, Practice]:
    if not wishes:
        raise Refusal(RefusalCode.NO_WISHES)
    if len(wishes) > MOST_WISHES:
        raise Refusal(RefusalCode.TOO_MANY_WISHES, most=MOST_WISHES)
    if len(set(wishes)) != len(wishes):
        raise Refusal(RefusalCode.WISH_TWICE)
    practices = Practice.objects.filter(is_active=True).in_bulk(list(wishes))
    for wish in wishes:
        if wish not in practices:
            raise Refusal(RefusalCode.UNKNOWN_PRACTICE, practice=str(wish))
    return practices


def _require_a_change(members: Sequence[Person], wishes: Sequence[UUID]) -> None:
    current = current_enrolments(person.pk for person in members)
    here = {current[person.pk].practice_id if person.pk in current else None for person in members}
    if len(here) == 1 and here <= set(wishes):
        raise Refusal(RefusalCode.ALREADY_THERE)


def _write_wishes(request: Request, wishes: Sequence[UUID]) -> None:
    resting = dict(request.wishes.filter(rests_rounds__gt=0).values_list("practice_id", "rests_rounds"))
    resting |= dict.fromkeys(request.set_aside, 1)
    request.set_aside = sorted(resting.keys() - set(wishes))
    request.wishes.all().delete()
    Wish.objects.bulk_create(
        [
            Wish(request=request, practice_id=practice_id, rank=rank, rests_rounds=resting.get(practice_id, 0))
            for rank, practice_id in enumerate(wishes, start=1)
        ]
    )


def _consent_with_filing(
    actor: Actor, filer: Person, members: Sequence[Person], request: Request, at: datetime
) -> None:
    decided_for = {person.pk for person in people_decided_for(filer, on=day_in_amsterdam(at))} | {filer.pk}
    for person in members:
        if person.pk in decided_for:
            give_consent(
                actor, person=person, kind=Consent.Kind.TAKE_PART, reference=request.pk, given_by=filer, at=at
            )


def change_wishes(
    actor: Actor, request_id: UUID, *, wishes: Sequence[UUID], seen_version: int, at: datetime
) -> Request:
    """Put another list of wishes, best first, in the place of the one that was seen.

    A new practice on it asks everybody else for their yes again; another order, or a wish less, does not.
    """
    with transaction.atomic():
        facts = lock_request(request_id)
        request = facts.request
        _require_own(actor, facts, at)
        if request.state not in {RequestState.WAITING, RequestState.OFFERED}:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, lifecycle="request", state=request.state, event="change")
        if request.version != seen_version:
            raise Refusal(RefusalCode.CHANGED_MEANWHILE, version=request.version)
        practices = _wished(wishes)
        _require_a_change(facts.members, wishes)
        new = set(wishes) - set(request.wishes.values_list("practice_id", flat=True))
        _write_wishes(request, wishes)
        request.version += 1
        request.region_id = practices[wishes[0]].region_id
        request.still_at = at
        request.save(update_fields=["version", "region", "set_aside", "still_at"])
        record(
            WISHES_CHANGED,
            actor=actor,
            at=at,
            person=request.filed_by_id,
            thing=request,
            wishes=len(wishes),
            version=request.version,
        )
        end_for_wishes_gone(actor, facts, wishes, at=at)
        keep_refused_wishes(actor, request, new, at=at)
        if new:
            _ask_anew(actor, facts, at)
    return request


def _require_own(actor: Actor, facts: Facts, at: datetime) -> None:
    if not may_act_on_request(actor, facts, on=day_in_amsterdam(at)):
        raise Refusal(RefusalCode.NOT_YOUR_TURN)


def _ask_anew(actor: Actor, facts: Facts, at: datetime) -> None:
    """Let everybody but who acts say anew that they take part: their yes was to a list without this practice."""
    request = facts.request
    ask_anew(actor, request.pk, facts.members, speaker=person_of(actor) or request.filed_by, at=at)
    asked = still_asked(request.pk, facts.members, day_in_amsterdam(at)).values()
    people = Person.objects.filter(pk__in=frozenset[UUID]().union(*asked)).order_by("pk")
    reference = uuid5(request.pk, f"wishes {request.version}")
    tell_people(actor, people, NoticeKind.YES_ASKED, reference=reference, at=at)


def admit_at_once(
    actor: Actor, request_id: UUID, practice_id: UUID, *, at: datetime, may_name: bool | None = None
) -> list[Move]:
    """Give the household its places at a wished practice now, where the practice's own rule says so.

    The rule admits them, the places are there, and nobody whom the rule admits stands earlier in its queue. If not,
    that refusal is kept. `may_name` is what the one who acts said to naming it to their old practice; None: they
    were not asked.
    """
    try:
        return _admit_at_once(actor, request_id, practice_id, at=at, may_name=may_name)
    except Refusal as refusal:
        if refusal.code in REFUSED_AT_ONCE:
            keep_refusal_at_once(actor, request_id, practice_id, refusal.code, at=at)
        raise


def _admit_at_once(
    actor: Actor, request_id: UUID, practice_id: UUID, *, at: datetime, may_name: bool | None
) -> list[Move]:
    with transaction.atomic():
        facts = lock_request(request_id)
        _require_own(actor, facts, at)
        if facts.request.state == RequestState.MOVING:
            raise Refusal(RefusalCode.MOVING_ALREADY)
        if not facts.request.wishes.filter(practice_id=practice_id).exists():
            raise Refusal(RefusalCode.UNKNOWN_PRACTICE, practice=str(practice_id))
        if facts.request.pk not in complete_for_many({facts.request.pk: facts.members}, on=day_in_amsterdam(at)):
            raise Refusal(RefusalCode.CONSENT_MISSING)
        if anybody_without_number(facts.members):
            raise Refusal(RefusalCode.NUMBER_PENDING)
        practice = Practice.objects.get(pk=practice_id)
        places = lock_places([practice_id])[practice_id]
        _require_turn(facts, practice, places, at)
        if may_name is not None and (by := person_of(actor)) is not None:
            keep_naming(actor, facts, by=by, is_allowed=may_name, at=at)
        return grant(actor, facts, places, Move.Way.AT_ONCE, at=at)


def _require_turn(facts: Facts, practice: Practice, places: Places, at: datetime) -> None:
    on = day_in_amsterdam(at)
    arrivals = facts.arrivals_at(practice.pk)
    version = PolicyVersion.objects.filter(practice=practice, replaced_at__isnull=True).first()
    if version is None or not practice.is_active:
        raise Refusal(RefusalCode.UNKNOWN_PRACTICE, practice=str(practice.pk))
    policy = version.value()
    if arrivals == 0:
        raise Refusal(RefusalCode.ALREADY_THERE)
    if not is_confirmed_lately(places.confirmed_on, on=on):
        raise Refusal(RefusalCode.RULE_NOT_CONFIRMED)
    if not isinstance(facts.assess(practice, policy, on=on), Admitted):
        raise Refusal(RefusalCode.NOT_ADMITTED)
    if places.free < arrivals:
        raise Refusal(RefusalCode.NO_PLACES)
    week = left_this_week(practice.pk, policy.weekly, at=at)
    if week is not None and week < arrivals:
        raise Refusal(RefusalCode.WEEKLY_LIMIT_REACHED)
    room = places.free if week is None else min(places.free, week)
    for_queue = room_for_queue(practice.pk, policy, room)
    first = next(takeable(practice, policy, room=for_queue, on=on), None) if for_queue else None
    if first is not None and first.request.pk != facts.request.pk and arrivals > room - for_queue:
        raise Refusal(RefusalCode.OTHERS_FIRST)


def grant(actor: Actor, facts: Facts, places: Places, way: Move.Way, *, at: datetime) -> list[Move]:
    """Take the places of a locked practice for a locked, waiting request and plan the moves."""
    request, practice_id = facts.request, places.practice_id
    arrivals = facts.arrivals_at(practice_id)
    change_places(
        places,
        PlaceEntry.Kind.GRANT,
        free=-arrivals,
        people=arrivals,
        reference=request.pk,
        at=at,
        by=actor.user_id,
    )
    plan = Plan(request.pk, practice_id, way, switch_on(at))
    moves = plan_moves(actor, [member.pk for member in facts.members], plan, at=at)
    set_own_moment(request, moves[0].own_moment_at)
    advance(request, RequestEvent.ADMIT, actor=actor, at=at, person=request.filed_by_id, practice_id=practice_id)
    tell_household(actor, facts, NoticeKind.MOVE_PLANNED, reference=moves[0].pk, at=at)
    return moves


def withdraw_request(actor: Actor, request_id: UUID, *, by: Person, at: datetime) -> Request:
    """End the request. Everybody keeps the practice they have; what was put aside for them goes back."""
    with transaction.atomic():
        facts = lock_request(request_id)
        if not may_withdraw_request(actor, facts, by=by, on=day_in_amsterdam(at)):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        return end_request(actor, facts, by=by, at=at)


def end_request(actor: Actor, facts: Facts, *, by: Person, at: datetime) -> Request:
    """End a locked request in the name of somebody who may do so, or who leaves it with everybody in it."""
    with transaction.atomic():
        request = facts.request
        offer = Offer.objects.filter(request=request, state__in=[OfferState.OPEN, OfferState.ACCEPTED]).first()
        moves = list(Move.objects.filter(request_id=request.pk, state=MoveState.PLANNED).order_by("person_id"))
        if request.state == RequestState.MOVING and not moves:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, lifecycle="request", state=request.state, event="withdraw")
        if offer is not None:
            withdraw_offer(actor, offer, at=at)
        if moves:
            cancel_moves(actor, moves, at=at)
            give_back(actor, moves, at=at)
        advance(request, RequestEvent.WITHDRAW, actor=actor, at=at, person=by.pk)
        close_members(request)
    return request
