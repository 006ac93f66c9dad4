# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Move me without asking again: a yes to a swap to one wished practice, given before there is one.

Each who has a say chooses for themselves; without a choice they are asked first. It counts only once everybody
chose it, and for the rounds that are published up to and including its last day.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import YES_BEFOREHAND_GIVEN, YES_BEFOREHAND_WITHDRAWN
from huisartsplek.audit.services import record
from huisartsplek.people.models import Person
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.people.queries import among, needed_consents_of
from huisartsplek.requests.facts import Facts
from huisartsplek.requests.locks import lock_request
from huisartsplek.requests.models import Offer, OfferAnswer, YesBeforehand
from huisartsplek.requests.voices import who_has_a_say
from huisartsplek.rules.answering import may_hold_until
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import OfferState, RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for one wish: until when nobody asks them again; and whether everybody chose so."""

    until: date | None
    is_complete: bool


def say_yes_beforehand(
    actor: Actor, request_id: UUID, practice_id: UUID, *, by: Person, until: date, at: datetime
) -> YesBeforehand:
    """Keep this person's yes to a swap to a wished practice; again, with another day, puts that day."""
    with transaction.atomic():
        facts = _own(actor, request_id, by, at)
        if not facts.request.wishes.filter(practice_id=practice_id).exists():
            raise Refusal(RefusalCode.UNKNOWN_PRACTICE, practice=str(practice_id))
        if facts.request.state in {RequestState.MET, RequestState.WITHDRAWN}:
            raise Refusal(
                RefusalCode.NOT_ALLOWED_NOW, lifecycle="request", state=facts.request.state, event="beforehand"
            )
        if not may_hold_until(until, on=day_in_amsterdam(at)):
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW, until=until)
        earlier = _in_force(request_id).filter(practice_id=practice_id, person=by).first()
        if earlier is not None and earlier.until == until:
            return earlier
        if earlier is not None:
            _end(actor, earlier, at)
        given = YesBeforehand.objects.create(
            request=facts.request, practice_id=practice_id, person=by, until=until, given_at=at
        )
        record(
            YES_BEFOREHAND_GIVEN,
            actor=actor,
            at=at,
            person=by.pk,
            thing=given,
            practice_id=practice_id,
            request_id=request_id,
            until=until,
        )
    return given


def ask_first(actor: Actor, request_id: UUID, practice_id: UUID, *, by: Person, at: datetime) -> Offer | None:
    """Take that yes back, at any time; none in force is fine.

    Give the offer that it has accepted already and that this person may still say no to.
    """
    with transaction.atomic():
        facts = lock_request(request_id)
        if not may_speak_for(actor, by):
            raise Refusal(RefusalCode.NOT_YOUR_TURN)
        end_for_practice(actor, facts, practice_id, by=by, at=at)
        accepted = Offer.objects.filter(
            request_id=request_id,
            practice_id=practice_id,
            state=OfferState.ACCEPTED,
            answer_by__gte=at,
            answers__person=by,
            answers__is_beforehand=True,
        )
        return accepted.first()


def end_for_practice(actor: Actor, facts: Facts, practice_id: UUID, *, by: Person, at: datetime) -> None:
    """Of a locked request, end this person's yes to a swap to this practice; none in force is fine."""
    for one in _in_force(facts.request.pk).filter(practice_id=practice_id, person=by):
        _end(actor, one, at)


def end_for_wishes_gone(actor: Actor, facts: Facts, wished: Collection[UUID], *, at: datetime) -> None:
    """Of a locked request whose list of wishes changed, end the yeses to what is no longer on it."""
    for one in _in_force(facts.request.pk).exclude(practice_id__in=wished):
        _end(actor, one, at)


def choices_of(facts: Facts, person: Person, *, at: datetime) -> dict[UUID, Choice]:
    """Give by practice what this person chose for the wishes of a request; without a choice they are asked."""
    on = day_in_amsterdam(at)
    said: dict[UUID, set[UUID]] = defaultdict(set)
    own: dict[UUID, date] = {}
    for one in _in_force(facts.request.pk).filter(until__gte=on):
        said[one.practice_id].add(one.person_id)
        if one.person_id == person.pk:
            own[one.practice_id] = one.until
    return {
        practice_id: Choice(own.get(practice_id), _is_everybody(facts, given, at))
        for practice_id, given in said.items()
    }


def may_choose_beforehand(facts: Facts, person: Person, *, at: datetime) -> bool:
    """Tell whether this person's yes to an offer of the request would count."""
    return person.pk in who_has_a_say(facts, at)


def yeses_beforehand(
    facts: Mapping[UUID, Facts], offers: Collection[Offer], *, at: datetime
) -> dict[UUID, frozenset[UUID]]:
    """Give, for each of these offers to which everybody said yes beforehand, who they are. Few queries for all."""
    on = day_in_amsterdam(at)
    there = {offer.request_id: offer for offer in offers}
    said: dict[UUID, set[UUID]] = defaultdict(set)
    rows = YesBeforehand.objects.filter(request__in=among(there), withdrawn_at__isnull=True, until__gte=on)
    for request_id, practice_id, person_id in rows.values_list("request_id", "practice_id", "person_id"):
        if there[request_id].practice_id == practice_id:
            said[request_id].add(person_id)
    needed = needed_consents_of({member for pk in said for member in facts[pk].members}, on)
    return {
        there[pk].pk: frozenset(given)
        for pk, given in said.items()
        if all(needed[member.pk].is_met(given) for member in facts[pk].members)
    }


def accepted_beforehand(offers: Collection[Offer]) -> set[UUID]:
    """Of these offers give those that are accepted because everybody had said yes beforehand, and nobody since."""
    accepted = [offer.pk for offer in offers if offer.state == OfferState.ACCEPTED]
    answers = OfferAnswer.objects.filter(offer__in=among(accepted), is_beforehand=True)
    return set(answers.values_list("offer_id", flat=True))


def _own(actor: Actor, request_id: UUID, by: Person, at: datetime) -> Facts:
    facts = lock_request(request_id)
    if not (may_speak_for(actor, by) and may_choose_beforehand(facts, by, at=at)):
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    return facts


def _in_force(request_id: UUID) -> QuerySet[YesBeforehand]:
    return YesBeforehand.objects.filter(request_id=request_id, withdrawn_at__isnull=True)


def _is_everybody(facts: Facts, given: set[UUID], at: datetime) -> bool:
    needed = needed_consents_of(facts.members, day_in_amsterdam(at))
    return all(needed[member.pk].is_met(given) for member in facts.members)


def _end(actor: Actor, one: YesBeforehand, at: datetime) -> None:
    one.withdrawn_at = at
    one.save(update_fields=["withdrawn_at"])
    record(
        YES_BEFOREHAND_WITHDRAWN,
        actor=actor,
        at=at,
        person=one.person_id,
        thing=one,
        practice_id=one.practice_id,
        request_id=one.request_id,
    )
