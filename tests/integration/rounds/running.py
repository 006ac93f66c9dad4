# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bring a round of a small region to where a test begins, and answer its offers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tests.builders import AT, COORDINATOR, SWAP_ONLY, SYSTEM, a_person, a_practice, a_request, hours_after

from huisartsplek.enrolments.models import Enrolment
from huisartsplek.integrations.beacon.fake import ExampleBeacon
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Places, Practice, Region
from huisartsplek.requests.models import Offer, Request
from huisartsplek.requests.offers import answer_offer
from huisartsplek.rounds.computing import compute, draw
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.publishing import publish_round
from huisartsplek.rounds.services import begin_closing, freeze_round, open_round
from huisartsplek.rounds.settling import settle_round
from huisartsplek.rounds.switching import close_round, exchanges_due, switch_exchange
from huisartsplek.rules.dates import AMSTERDAM

BEACON = ExampleBeacon("an example secret")
FROZEN_AT = hours_after(1)
DRAWN_AT = hours_after(2)
PUBLISHED_AT = hours_after(3)


@dataclass(frozen=True)
class Seeker:
    """Somebody with a request, and where they are."""

    person: Person
    request: Request

    @property
    def state(self) -> str:
        """Where the request stands now."""
        self.request.refresh_from_db()
        return self.request.state

    @property
    def practice(self) -> Practice | None:
        """The practice they have now."""
        enrolment = Enrolment.objects.filter(person=self.person, ends_on=None).select_related("practice").first()
        return enrolment.practice if enrolment else None

    @property
    def offer(self) -> Offer:
        """The offer they got last."""
        return Offer.objects.filter(request=self.request).latest("made_at")


def a_seeker(here: Practice | None, *wishes: Practice, at: datetime = AT) -> Seeker:
    """Make somebody who is here, or nowhere, and wants these practices."""
    person = a_person(enrolled_at=here)
    return Seeker(person, a_request(person, wishes=wishes, at=at))


def a_swap(region: Region) -> tuple[Seeker, Seeker, Practice, Practice]:
    """Make two people who each want the full practice of the other."""
    first, second = (a_practice(SWAP_ONLY, region=region) for _ in range(2))
    return a_seeker(first, second), a_seeker(second, first), first, second


def a_chain(region: Region, length: int = 3) -> tuple[list[Seeker], list[Practice]]:
    """Make people who each want the place of the one before; the first wants the one free place there is."""
    practices = [a_practice(free=1, region=region)]
    practices += [a_practice(SWAP_ONLY, region=region) for _ in range(length - 1)]
    here: list[Practice | None] = [*practices[1:], None]
    return [a_seeker(h, wish) for h, wish in zip(here, practices, strict=True)], practices


def free_and_held(practice: Practice) -> tuple[int, int]:
    """Give what a practice has free, and what is held."""
    places = Places.objects.get(pk=practice.pk)
    return places.free, places.held


def stopped_at(moment: datetime) -> Callable[[], datetime]:
    """Give a clock on which it stays this moment."""
    return lambda: moment


def closing(region: Region, *, at: datetime = AT) -> Round:
    """Open a round and let it be frozen as soon as it can."""
    return begin_closing(COORDINATOR, open_round(COORDINATOR, region.pk, at=at).pk, at=at)


def freeze(round_: Round, *, at: datetime = FROZEN_AT) -> Round:
    """Freeze a round that closes."""
    return freeze_round(SYSTEM, round_.pk, beacon=BEACON, at=at, clock=stopped_at(at))


def frozen(region: Region, *, at: datetime = FROZEN_AT) -> Round:
    """Open and freeze a round."""
    return freeze(closing(region, at=at - timedelta(hours=1)), at=at)


def computed(region: Region) -> Round:
    """Bring a round up to its result."""
    round_ = frozen(region)
    assert draw(SYSTEM, round_.pk, beacon=BEACON, at=DRAWN_AT)
    compute(SYSTEM, round_.pk, at=DRAWN_AT)
    round_.refresh_from_db()
    return round_


def published(region: Region) -> Round:
    """Bring a round up to its offers."""
    return publish_round(COORDINATOR, computed(region).pk, at=PUBLISHED_AT)


def answer(seeker: Seeker, says_yes: bool, *, at: datetime = PUBLISHED_AT) -> None:
    """Say yes or no to somebody's own offer."""
    answer_offer(SYSTEM, seeker.offer.pk, person=seeker.person, answered_by=seeker.person, says_yes=says_yes, at=at)


def settled(round_: Round) -> Round:
    """Settle a round right after its last answer could come."""
    assert settle_round(SYSTEM, round_.pk, at=after_answers(round_))
    round_.refresh_from_db()
    return round_


def after_answers(round_: Round) -> datetime:
    """Give the first moment at which no answer counts any more."""
    assert round_.answers_until is not None
    return round_.answers_until + timedelta(seconds=1)


def switch_morning(round_: Round) -> datetime:
    """Give the morning of the switch date."""
    assert round_.switch_on is not None
    return datetime.combine(round_.switch_on, time(6), AMSTERDAM)


def carried_out(round_: Round) -> Round:
    """Let the switch date come."""
    at = switch_morning(round_)
    for exchange_id in exchanges_due(round_.pk, at=at):
        assert switch_exchange(SYSTEM, exchange_id, at=at)
    assert close_round(SYSTEM, round_.pk, at=at)
    round_.refresh_from_db()
    return round_
