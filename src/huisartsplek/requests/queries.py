# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a household's requests and offers. Everything is found through the person who asks, or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_READ
from huisartsplek.audit.services import Line, record_many
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.queries import CALLED_OFF_STATES, LEFT_LATELY
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.queries import needed_consents_of, people_decided_for, person_of, visible_to
from huisartsplek.people.services import still_asked
from huisartsplek.practices.models import Practice
from huisartsplek.requests.facts import Facts, facts_of, facts_of_draft, km_from_home, load_facts
from huisartsplek.requests.models import ChildStays, Offer, OfferAnswer, Request, Wish
from huisartsplek.requests.moves import planned_moves
from huisartsplek.requests.naming import asked_for
from huisartsplek.requests.offers import open_offer_of
from huisartsplek.requests.permissions import is_hidden_from, may_change_request, may_see_request
from huisartsplek.requests.prospects import Prospect, Wished, prospects_of
from huisartsplek.requests.voices import who_has_a_say
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import OfferState, RequestState

FINISHED = (RequestState.MET, RequestState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Naming:
    """The question whether the old practice may hear where somebody goes, with what the reader said to it."""

    request: Request
    children: tuple[Person, ...]  # those about whom the reader decides too
    is_allowed: bool


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request as somebody of its household may see it."""

    request: Request
    members: Sequence[Person]  # those the reader may see
    asked: Mapping[UUID, frozenset[UUID]]  # for each member without a whole yes: whose yes could still count
    viewer: Person
    may_change: bool
    offer: Offer | None
    moves: Sequence[Move]
    facts: Facts
    stayed: Sequence[Person] = ()  # children who go along no more: the reader says whether to go on without them

    @property
    def is_complete(self) -> bool:
        """Whether everybody has said yes to taking part."""
        return not self.asked

    @property
    def asked_of_viewer(self) -> list[Person]:
        """The members for whom the reader's own yes is still wanted."""
        return [member for member in self.members if self.viewer.pk in self.asked.get(member.pk, frozenset())]


def requests_of(actor: Actor, *, at: datetime) -> list[OwnRequest]:
    """Give the requests that run and that the one who acts filed, moves with or decides about; oldest first."""
    viewer = person_of(actor)
    if viewer is None or not viewer.is_described:
        return []
    children = [child.pk for child in people_decided_for(viewer, on=day_in_amsterdam(at))]
    own = Q(filed_by=viewer) | Q(members__person=viewer) | Q(members__person_id__in=children)
    found = Request.objects.filter(own, household_id=viewer.household_id).exclude(state__in=FINISHED)
    with transaction.atomic():
        return [
            _own(actor, viewer, facts, at=at)
            for facts in load_facts(found.distinct().order_by("since", "pk")).values()
            if not is_hidden_from(viewer, facts, on=day_in_amsterdam(at))
        ]


def request_of(actor: Actor, request_id: UUID, *, at: datetime) -> OwnRequest | None:
    """Give one request of the household of the one who acts; nothing for anybody else's."""
    viewer = person_of(actor)
    request = Request.objects.filter(pk=request_id).first()
    if viewer is None or not viewer.is_described or request is None:
        return None
    on, facts = day_in_amsterdam(at), facts_of(request)
    children = {child.pk for child in people_decided_for(viewer, on=on)}
    if not may_see_request(viewer, facts, decides_for=children, on=on):
        return None
    with transaction.atomic():
        return _own(actor, viewer, facts, at=at)


def hidden_requests_of(viewer: Person, *, at: datetime) -> list[Request]:
    """Give the requests, running or over, that somebody goes along with and no page or file of theirs shows."""
    own = Request.objects.filter(Q(filed_by=viewer) | Q(members__person=viewer)).values("pk")
    shared = Q(members__person__is_protected=True) | Q(filed_by__is_protected=True)
    found = load_facts(Request.objects.filter(shared, pk__in=own).distinct())
    return [facts.request for facts in found.values() if is_hidden_from(viewer, facts, on=day_in_amsterdam(at))]


def has_hidden_request(actor: Actor, *, at: datetime) -> bool:
    """Tell whether such a request of the one who acts runs."""
    viewer = person_of(actor)
    if viewer is None or not viewer.is_described:
        return False
    return any(request.state not in FINISHED for request in hidden_requests_of(viewer, at=at))


def _own(actor: Actor, viewer: Person, facts: Facts, *, at: datetime) -> OwnRequest:
    on, request = day_in_amsterdam(at), facts.request
    members = _visible(viewer, facts.members)
    _record_read(actor, viewer, members, "request", at)
    return OwnRequest(
        request=request,
        members=members,
        asked=_asked_at_home(facts, at),
        viewer=viewer,
        may_change=may_change_request(viewer, facts, on=on),
        offer=open_offer_of(request),
        moves=planned_moves(request.pk),
        facts=facts,
        stayed=_stayed(viewer, request.pk),
    )


def _asked_at_home(facts: Facts, at: datetime) -> dict[UUID, frozenset[UUID]]:
    """Give whose yes could still count for each member; of who lives elsewhere no page asks it."""
    asked = still_asked(facts.request.pk, facts.members, day_in_amsterdam(at))
    at_home = who_has_a_say(facts, at) if asked else frozenset[UUID]()
    return {member_id: people & at_home for member_id, people in asked.items()}


def _stayed(viewer: Person, request_id: UUID) -> list[Person]:
    rows = ChildStays.objects.filter(request=request_id).values("child_id")
    return list(Person.objects.filter(visible_to(viewer), pk__in=rows).order_by("birth_date", "pk"))


def naming_asked_of(own: OwnRequest, *, at: datetime) -> Naming | None:
    """Give that question to the reader; None where they have no say, leave no practice, or are protected."""
    people = asked_for(own.viewer, own.facts, day_in_amsterdam(at))
    leavers = _leavers(own)
    if not any(person.pk in leavers for person in people):
        return None
    said = Consent.objects.filter(
        reference=own.request.pk,
        kind=Consent.Kind.NAME_NEW_PRACTICE,
        given_by=own.viewer,
        withdrawn_at__isnull=True,
    )
    children = tuple(person for person in people if person.pk != own.viewer.pk)
    return Naming(own.request, children, said.exists())


def _leavers(own: OwnRequest) -> set[UUID]:
    """Give who leaves a practice by this request, or left it; while it only waits, who has a practice to leave."""
    moves = Move.objects.filter(request_id=own.request.pk).exclude(state__in=CALLED_OFF_STATES)
    left = set(moves.filter(from_practice__isnull=False).values_list("person_id", flat=True))
    return left or {member.pk for member in own.facts.members if own.facts.practice_of(member)}


def moved_lately(actor: Actor, person: Person, *, at: datetime) -> list[OwnRequest]:
    """Give the requests by which a household left a practice that still sees them on its list of leavers."""
    since = day_in_amsterdam(at) - LEFT_LATELY
    left = Move.objects.filter(person__household=person.household_id, from_practice__isnull=False)
    ids = left.filter(switch_on__gte=since).exclude(state__in=CALLED_OFF_STATES).values("request_id")
    met = Request.objects.filter(pk__in=ids, state=RequestState.MET).order_by("since", "pk")
    found = (request_of(actor, pk, at=at) for pk in met.values_list("pk", flat=True))
    return [own for own in found if own is not None]


def _visible(viewer: Person, members: Collection[Person]) -> list[Person]:
    seen = Person.objects.filter(visible_to(viewer), pk__in=[member.pk for member in members])
    return list(seen.order_by("birth_date", "pk"))


def _record_read(actor: Actor, viewer: Person, people: Collection[Person], view: str, at: datetime) -> None:
    lines = [Line(person.pk, person, {"view": view}) for person in people if person.pk != viewer.pk]
    record_many(PERSON_READ, lines, actor=actor, at=at)


def prospects(own: OwnRequest, *, at: datetime) -> list[Prospect]:
    """Tell for each wish of somebody's own request, best first, what will happen with it."""
    wishes = Wish.objects.filter(request=own.request).select_related("practice").order_by("rank")
    found = prospects_of(own.facts, [Wished(wish.practice, wish.rests_rounds > 0) for wish in wishes], at=at)
    return [replace(prospect, km=km_from_home(own.members, prospect.practice)) for prospect in found]


def wished_of(own: OwnRequest) -> list[UUID]:
    """Give the practices of somebody's own request, best first."""
    return list(Wish.objects.filter(request=own.request).order_by("rank").values_list("practice_id", flat=True))


def prospects_of_draft(
    filer: Person, members: Collection[Person], practices: Sequence[Practice], *, at: datetime
) -> list[Prospect]:
    """Tell the same for a request that is not filed yet."""
    region_id = practices[0].region_id if practices else None
    draft = Request(household_id=filer.household_id, filed_by=filer, since=at, region_id=region_id)
    return prospects_of(facts_of_draft(draft, members), [Wished(practice) for practice in practices], at=at)


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody whose answer counts: what they said, and for which children too."""

    person: Person
    says_yes: bool | None
    also_for: tuple[Person, ...]
    said_beforehand: bool = False


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """An offer as somebody of its household may see it."""

    offer: Offer
    request: OwnRequest
    practice: Practice
    here: Sequence[Practice]  # where the members whom the reader may see are enrolled now; empty: nowhere
    members: Sequence[Person]
    voters: Sequence[Voter]
    viewer: Person
    has_a_say: bool
    km_now: float | None
    km_then: float | None

    @property
    def own_answer(self) -> bool | None:
        """What the reader said; nothing yet."""
        return next((voter.says_yes for voter in self.voters if voter.person.pk == self.viewer.pk), None)

    @property
    def said_beforehand(self) -> bool:
        """Whether the system said yes for the reader, as they had asked."""
        return any(voter.said_beforehand for voter in self.voters if voter.person.pk == self.viewer.pk)

    def is_open(self, *, at: datetime) -> bool:
        """Whether an answer still counts."""
        return self.offer.state in {OfferState.OPEN, OfferState.ACCEPTED} and at <= self.offer.answer_by


def offer_of(actor: Actor, offer_id: UUID, *, at: datetime) -> OwnOffer | None:
    """Give one offer to the household of the one who acts; nothing for anybody else's."""
    offer = Offer.objects.filter(pk=offer_id).select_related("practice", "request").first()
    own = request_of(actor, offer.request_id, at=at) if offer is not None else None
    if offer is None or own is None:
        return None
    enrolments = own.facts.enrolments
    here_ids = {enrolments[one.pk].practice_id for one in own.members if one.pk in enrolments}
    here_ids -= {offer.practice_id}
    here = list(Practice.objects.filter(pk__in=here_ids).order_by("name"))
    say = who_has_a_say(own.facts, at)
    return OwnOffer(
        offer=offer,
        request=own,
        practice=offer.practice,
        here=here,
        members=own.members,
        voters=_voters(own, offer, say, on=day_in_amsterdam(at)),
        viewer=own.viewer,
        has_a_say=own.viewer.pk in say,
        km_now=km_from_home(own.members, here[0]) if here else None,
        km_then=km_from_home(own.members, offer.practice),
    )


def _voters(own: OwnRequest, offer: Offer, say: frozenset[UUID], *, on: date) -> list[Voter]:
    answers = {answer.person_id: answer for answer in OfferAnswer.objects.filter(offer=offer)}
    needed = needed_consents_of(own.members, on)
    people = Person.objects.filter(visible_to(own.viewer), pk__in=say).order_by("birth_date", "pk")
    return [
        Voter(
            person,
            answers[person.pk].says_yes if person.pk in answers else None,
            tuple(
                child
                for child in own.members
                if child.pk != person.pk and person.pk in (needed[child.pk].one_of or frozenset())
            ),
            person.pk in answers and answers[person.pk].is_beforehand,
        )
        for person in people
    ]


def practices_waited_for(practice_ids: Collection[UUID]) -> frozenset[UUID]:
    """Tell at which of these practices somebody waits: a place there may go to them first. Anyone may know."""
    waiting = Wish.objects.filter(practice_id=OuterRef("pk"), rests_rounds=0, request__state=RequestState.WAITING)
    wished = Practice.objects.filter(Exists(waiting), pk__in=practice_ids)
    return frozenset(wished.values_list("pk", flat=True))
