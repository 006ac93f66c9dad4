# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joining and leaving a household, with what that does to the requests that run. Leaving tells nobody why."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import MEMBER_LEFT
from huisartsplek.audit.services import record
from huisartsplek.notices.models import NoticeKind
from huisartsplek.people import invitations, joining
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Consent, Joining, Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.people.services import withdraw_consent
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.messages import tell_people
from huisartsplek.requests.models import Offer, RequestMember
from huisartsplek.requests.moves import call_off, planned_moves
from huisartsplek.requests.offers import decline_offer
from huisartsplek.requests.services import end_request
from huisartsplek.rules.consent import decides_alone
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import OfferState, RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode


def join_household(actor: Actor, *, code: str, by: Person, at: datetime) -> Joining | None:
    """Let somebody join who was invited: at once, or when the other adults agreed, who hear that they are asked.

    What they asked for with their former household is finished first.
    """
    with transaction.atomic():
        _require_nothing_asked(by, at)
        waiting = joining.join(actor, code=code, by=by, at=at)
        if waiting is not None:
            asked = joining.still_to_agree(waiting, day_in_amsterdam(at))
            tell_people(actor, asked, NoticeKind.JOINING_ASKED, reference=waiting.pk, at=at)
        return waiting


def agree_to_join(actor: Actor, joining_id: UUID, *, by: Person, agrees: bool, at: datetime) -> None:
    """Say yes or no to somebody who wants to join one's household; the last yes is told to who waits."""
    with transaction.atomic():
        waiting = joining.answer_joining(actor, joining_id, by=by, agrees=agrees, at=at)
        if agrees and not joining.still_to_agree(waiting, day_in_amsterdam(at)):
            tell_people(actor, [waiting.person], NoticeKind.JOINING_AGREED, reference=waiting.pk, at=at)


def finish_joining(actor: Actor, *, by: Person, at: datetime) -> list[Person]:
    """Let somebody join to whom everybody said yes."""
    with transaction.atomic():
        _require_nothing_asked(by, at)
        return joining.finish_joining(actor, by=by, at=at)


def _require_nothing_asked(by: Person, at: datetime) -> None:
    if open_requests(invitations.who_goes_along(by, at=at)):
        raise Refusal(RefusalCode.ALREADY_REQUESTED)


def leave_household(actor: Actor, *, by: Person, at: datetime) -> list[Person]:
    """Let somebody live apart from now on, and out of every request of the others, who go on without them.

    An offer or a move that is not there yet counts as their no: a household goes whole or stays. Nobody is told
    that they left.
    """
    with transaction.atomic():
        if not may_speak_for(actor, by) or not decides_alone(by.born_on, on=day_in_amsterdam(at)):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        goers = invitations.who_goes_along(by, at=at)
        at_home = Person.objects.filter(household=by.household_id, ended_on__isnull=True)
        if not at_home.exclude(pk__in=[person.pk for person in goers]).exists():
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW)
        requests = open_requests([by, *at_home])
        in_them = RequestMember.objects.filter(request__in=requests).values_list("person_id", flat=True)
        lock_people({by.pk, *in_them, *at_home.values_list("pk", flat=True)})
        for request_id in requests:
            take_out(actor, lock_request(request_id), goers, by, at)
        return invitations.move_out(actor, by=by, at=at)


def open_requests(people: Collection[Person]) -> list[UUID]:
    """Give the requests that run with any of these people in them."""
    rows = RequestMember.objects.filter(person__in=people, is_open=True).order_by("request_id")
    return list(dict.fromkeys(rows.values_list("request_id", flat=True)))


def take_out(actor: Actor, facts: Facts, goers: Sequence[Person], by: Person, at: datetime) -> None:
    """Take who goes out of a locked request; who stays goes on with it, or it ends where nobody can."""
    gone = {person.pk for person in goers}
    leavers = [member for member in facts.members if member.pk in gone]
    staying = [member for member in facts.members if member.pk not in gone]
    request = facts.request
    if not leavers and request.filed_by_id not in gone:
        return
    if leavers:
        say_no(actor, facts, at)
    if request.state not in {RequestState.WAITING, RequestState.SLEEPING, RequestState.ARRIVING}:
        return  # their places have changed hands already: it is finished as it is
    on = day_in_amsterdam(at)
    grown = [member for member in staying if decides_alone(member.born_on, on=on)]
    if not staying or (request.filed_by_id in gone and not grown):
        end_request(actor, facts, by=by, at=at)
        return
    if request.filed_by_id in gone:
        request.filed_by = min(grown, key=lambda member: (member.born_on, member.pk))
        request.save(update_fields=["filed_by"])
    for left, leaver in enumerate(leavers, start=1):
        RequestMember.objects.filter(request=request, person=leaver).delete()
        withdraw_consent(
            actor, person=leaver, kind=Consent.Kind.TAKE_PART, reference=request.pk, given_by=by, at=at
        )
        record(
            MEMBER_LEFT,
            actor=actor,
            at=at,
            person=leaver.pk,
            thing=request,
            members=len(facts.members) - left,
        )


def say_no(actor: Actor, facts: Facts, at: datetime) -> None:
    """Count it as a no: an offer is declined, a planned move called off; the others wait again with their turn."""
    request = facts.request
    offer = Offer.objects.filter(request=request, state__in=[OfferState.OPEN, OfferState.ACCEPTED]).first()
    if offer is not None:
        decline_offer(actor, facts, offer, at=at)
    moves = planned_moves(request.pk)
    if request.state == RequestState.MOVING and moves:
        call_off(actor, facts, moves, at=at)
