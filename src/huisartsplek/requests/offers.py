# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Offers by the queue, and answers to every offer: who says yes or no, until when, and what follows."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import OFFER_ANSWERED, OFFER_MADE
from huisartsplek.audit.services import advance, begin, record
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.services import Plan, plan_moves
from huisartsplek.notices.models import NoticeKind
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.queries import among, needed_consents_of
from huisartsplek.people.services import give_consent, still_asked
from huisartsplek.practices.locks import lock_places
from huisartsplek.practices.models import PlaceEntry, Places, PolicyVersion, Practice
from huisartsplek.practices.places import change_places, left_this_week, return_places
from huisartsplek.requests.beforehand import end_for_practice
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import lock_request, set_own_moment
from huisartsplek.requests.messages import tell_household
from huisartsplek.requests.models import Offer, OfferAnswer, Request, Wish
from huisartsplek.requests.naming import keep_naming
from huisartsplek.requests.permissions import may_answer_offer
from huisartsplek.requests.queue import is_resting, room_for_queue, takeable
from huisartsplek.requests.voices import awaiting_a_letter, who_has_a_say
from huisartsplek.rules.answering import next_reminder
from huisartsplek.rules.dates import answer_deadline, day_in_amsterdam, switch_on
from huisartsplek.rules.intake import is_confirmed_lately
from huisartsplek.rules.lifecycles import OfferEvent, OfferState, RequestEvent, RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode


def offer_to_first(actor: Actor, practice_id: UUID, *, at: datetime) -> Offer | None:
    """Offer what a practice has free to the first in its queue who fits; None when there is nobody or nothing.

    The first is found without a lock; under the locks (people, then practice) it is looked up again, and only if
    it is still the same request is the offer made. While a round of the region closes its queues rest, as one does
    whose practice has not confirmed its rule for long.
    """
    on = day_in_amsterdam(at)
    practice = Practice.objects.get(pk=practice_id)
    version = PolicyVersion.objects.filter(practice=practice, replaced_at__isnull=True).first()
    if version is None or not practice.is_active:
        return None
    policy = version.value()

    def first_in(places: Places) -> Facts | None:
        week = left_this_week(practice_id, policy.weekly, at=at)
        room = room_for_queue(practice_id, policy, places.free if week is None else min(places.free, week))
        if not room or is_resting(practice_id) or not is_confirmed_lately(places.confirmed_on, on=on):
            return None
        return next(takeable(practice, policy, room=room, on=on), None)

    while (candidate := first_in(Places.objects.get(pk=practice_id))) is not None:
        with transaction.atomic():
            facts = lock_request(candidate.request.pk)
            places = lock_places([practice_id])[practice_id]
            still = first_in(places)
            if still is not None and still.request.pk == facts.request.pk:
                return _make_offer(actor, facts, places, at)
    return None


def _make_offer(actor: Actor, facts: Facts, places: Places, at: datetime) -> Offer:
    request = facts.request
    arrivals = facts.arrivals_at(places.practice_id)
    by_letter = request.pk in awaiting_a_letter([facts], at)
    answer_by = answer_deadline(at, by_letter=by_letter)
    offer = Offer(
        request=request,
        practice_id=places.practice_id,
        way=Offer.Way.QUEUE,
        rank=request.wishes.get(practice_id=places.practice_id).rank,
        places=arrivals,
        made_at=at,
        by_letter=by_letter,
        answer_by=answer_by,
        remind_at=next_reminder(at, answer_by, after=at),
        switch_on=switch_on(answer_by),
    )
    change_places(places, PlaceEntry.Kind.GRANT, free=-arrivals, people=arrivals, reference=request.pk, at=at)
    begin(
        offer,
        kind=OFFER_MADE,
        actor=actor,
        at=at,
        person=request.filed_by_id,
        practice_id=places.practice_id,
        request_id=request.pk,
        way=offer.way,
        answer_by=answer_by,
    )
    set_own_moment(request, answer_by)
    advance(request, RequestEvent.OFFER, actor=actor, at=at, person=request.filed_by_id)
    tell_household(actor, facts, NoticeKind.OFFER_MADE, reference=offer.pk, at=at)
    return offer


def answer_offer(
    actor: Actor,
    offer_id: UUID,
    *,
    person: Person,
    answered_by: Person,
    says_yes: bool,
    at: datetime,
    may_name: bool | None = None,
) -> Offer:
    """Write down one person's yes or no. One "no" is the household's no; all needed yeses accept the offer.

    A yes to a round's offer can be taken back until its deadline; a yes to a queue's offer that completes it plans
    the moves at once. `may_name`, with a yes: whether their old practice may hear where they go; None: not
    asked.
    """
    with transaction.atomic():
        request_id = Offer.objects.values_list("request_id", flat=True).get(pk=offer_id)
        facts = lock_request(request_id)
        offer = Offer.objects.get(pk=offer_id)
        if not may_answer_offer(actor, person=person, answered_by=answered_by):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        _require_open(offer, at)
        _require_a_say(facts, person, at)
        OfferAnswer.objects.update_or_create(
            offer=offer,
            person=person,
            defaults={
                "says_yes": says_yes,
                "answered_by": answered_by,
                "answered_at": at,
                "is_beforehand": False,
            },
        )
        record(OFFER_ANSWERED, actor=actor, at=at, person=person.pk, thing=offer, says_yes=says_yes)
        if says_yes:
            _take_part(actor, facts, person, at)
            if may_name is not None:
                keep_naming(actor, facts, by=person, is_allowed=may_name, at=at)
        if not says_yes:
            # Whoever says no to a practice is asked first the next time.
            end_for_practice(actor, facts, offer.practice_id, by=person, at=at)
            decline_offer(actor, facts, offer, at=at)
        elif offer.state == OfferState.OPEN and has_every_yes(facts, offer, at):
            _accept(actor, facts, offer, at)
    return offer


def _take_part(actor: Actor, facts: Facts, person: Person, at: datetime) -> None:
    """A yes to an offer is a yes to taking part too, if that was asked again meanwhile."""
    asked = still_asked(facts.request.pk, facts.members, day_in_amsterdam(at))
    for member in facts.members:
        if person.pk in asked.get(member.pk, frozenset()):
            kind, reference = Consent.Kind.TAKE_PART, facts.request.pk
            give_consent(actor, person=member, kind=kind, reference=reference, given_by=person, at=at)


def _require_open(offer: Offer, at: datetime) -> None:
    if offer.state not in {OfferState.OPEN, OfferState.ACCEPTED}:
        raise Refusal(RefusalCode.ALREADY_ANSWERED)
    if at > offer.answer_by:
        raise Refusal(RefusalCode.DEADLINE_PASSED)


def _require_a_say(facts: Facts, person: Person, at: datetime) -> None:
    if person.pk not in who_has_a_say(facts, at):
        raise Refusal(RefusalCode.NOT_YOUR_TURN)


def has_every_yes(facts: Facts, offer: Offer, at: datetime) -> bool:
    """Tell whether everybody whose yes is needed has said it."""
    return bool(with_every_yes({offer.request_id: facts}, [offer], at))


def with_every_yes(facts: Mapping[UUID, Facts], offers: Collection[Offer], at: datetime) -> set[UUID]:
    """Give the requests in which everybody whose yes is needed at this moment has said it to their offer."""
    yeses: dict[UUID, set[UUID]] = defaultdict(set)
    answers = OfferAnswer.objects.filter(offer__in=among(offer.pk for offer in offers), says_yes=True)
    for offer_id, person_id in answers.values_list("offer_id", "person_id"):
        yeses[offer_id].add(person_id)
    everybody = [member for offer in offers for member in facts[offer.request_id].members]
    needed = needed_consents_of(everybody, day_in_amsterdam(at))
    return {
        offer.request_id
        for offer in offers
        if all(needed[member.pk].is_met(yeses[offer.pk]) for member in facts[offer.request_id].members)
    }


def _accept(actor: Actor, facts: Facts, offer: Offer, at: datetime) -> None:
    request = facts.request
    advance(offer, OfferEvent.ACCEPT, actor=actor, at=at, person=request.filed_by_id)
    advance(request, RequestEvent.ACCEPT, actor=actor, at=at, person=request.filed_by_id)
    if offer.way == Offer.Way.QUEUE:
        stand(actor, facts, offer, way=Move.Way.QUEUE, at=at)


def stand(actor: Actor, facts: Facts, offer: Offer, *, way: Move.Way, at: datetime) -> list[Move]:
    """Let an accepted offer stand: its moves are planned for its switch date."""
    request = facts.request
    plan = Plan(
        request.pk, offer.practice_id, way, max(offer.switch_on, switch_on(at)), exchange_id=offer.exchange_id
    )
    moves = plan_moves(actor, [member.pk for member in facts.members], plan, at=at)
    if not moves:
        raise Refusal(RefusalCode.ALREADY_THERE)
    # Whoever answers late in the day reads the day that holds, also in the offer.
    offer.switch_on = plan.switch_on
    offer.save(update_fields=["switch_on"])
    if way is Move.Way.QUEUE:
        _even_out(actor, offer, len(moves), at)
    advance(offer, OfferEvent.STAND, actor=actor, at=at, person=request.filed_by_id)
    set_own_moment(request, moves[0].own_moment_at)
    advance(request, RequestEvent.STAND, actor=actor, at=at, person=request.filed_by_id)
    tell_household(actor, facts, NoticeKind.MOVE_PLANNED, reference=offer.pk, at=at)
    return moves


def _even_out(actor: Actor, offer: Offer, used: int, at: datetime) -> None:
    """Give back what a member who is there already does not need; more than was offered there is not."""
    if used > offer.places:
        raise Refusal(RefusalCode.CHANGED_MEANWHILE)
    return_offered(actor, offer, at, keep=used)


def decline_offer(actor: Actor, facts: Facts, offer: Offer, *, at: datetime) -> None:
    """Let an offer of a locked request fall by a no: they wait again with their turn, that wish rests a round."""
    request = facts.request
    if request.state == RequestState.ACCEPTED:
        advance(request, RequestEvent.TAKE_BACK, actor=actor, at=at, person=request.filed_by_id)
    advance(offer, OfferEvent.DECLINE, actor=actor, at=at, person=request.filed_by_id)
    advance(request, RequestEvent.DECLINE, actor=actor, at=at, person=request.filed_by_id)
    rest_wish(offer)
    return_offered(actor, offer, at)


def lapse_offer(actor: Actor, offer_id: UUID, *, at: datetime) -> Offer | None:
    """An offer by the queue that nobody answered in time counts as a no. Without effect when it was answered."""
    with transaction.atomic():
        request_id = Offer.objects.values_list("request_id", flat=True).get(pk=offer_id)
        facts = lock_request(request_id)
        offer = Offer.objects.get(pk=offer_id)
        if offer.state != OfferState.OPEN or at <= offer.answer_by or offer.way != Offer.Way.QUEUE:
            return None
        advance(offer, OfferEvent.LAPSE, actor=actor, at=at, person=facts.request.filed_by_id)
        advance(facts.request, RequestEvent.LAPSE, actor=actor, at=at, person=facts.request.filed_by_id)
        rest_wish(offer)
        return_offered(actor, offer, at)
        tell_household(actor, facts, NoticeKind.OFFER_LAPSED, reference=offer.pk, at=at)
    return offer


def withdraw_offer(actor: Actor, offer: Offer, *, at: datetime) -> None:
    """Take an offer of a locked request off the table; its places go back to the practice."""
    advance(offer, OfferEvent.WITHDRAW, actor=actor, at=at)
    return_offered(actor, offer, at)


def rest_wish(offer: Offer) -> None:
    """Who says no to a practice they listed, or nothing, loses that wish for the next round; never their turn."""
    refuse_wish(offer.request_id, offer.practice_id)


def refuse_wish(request_id: UUID, practice_id: UUID) -> None:
    """Let a wish sit out a round, or, where they took it off their list meanwhile, do so once it is back on."""
    if not Wish.objects.filter(request_id=request_id, practice_id=practice_id).update(rests_rounds=1):
        request = Request.objects.only("set_aside").get(pk=request_id)
        request.set_aside = sorted({*request.set_aside, practice_id})
        request.save(update_fields=["set_aside"])


def return_offered(actor: Actor, offer: Offer, at: datetime, *, keep: int = 0) -> None:
    """Give the places of a queue's offer back to its practice, but for those that are used."""
    number = offer.places - keep
    if number == 0:
        return
    return_places(offer.practice_id, number, reference=offer.request_id, at=at, by=actor.user_id)


def open_offer_of(request: Request) -> Offer | None:
    """Give the offer that waits for an answer of this household, or that they accepted and is not settled."""
    return Offer.objects.filter(request=request, state__in=[OfferState.OPEN, OfferState.ACCEPTED]).first()


def offers_past_their_deadline(at: datetime) -> list[UUID]:
    """Give the queue's offers that nobody answered in time."""
    late = Offer.objects.filter(way=Offer.Way.QUEUE, state=OfferState.OPEN, answer_by__lt=at)
    return list(late.order_by("answer_by").values_list("pk", flat=True))
