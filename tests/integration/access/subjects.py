# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two of everybody: each with things of their own, so that one can try what is the other's."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from uuid import uuid4

from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.builders import AT, CLOSED, COORDINATOR, SYSTEM, a_citizen, a_person, a_practice, a_region, a_request
from tests.integration.enrolments.late import with_the_coordinator
from tests.integration.requests.alerting import an_alert
from tests.integration.rounds.running import PUBLISHED_AT, a_swap, published
from tests.integration.web.citizen.logged_in import client_of

from huisartsplek.accounts.models import User
from huisartsplek.accounts.policies import Party
from huisartsplek.accounts.roles import PRACTICE_ROLES, Role
from huisartsplek.accounts.services import grant_role
from huisartsplek.desk.models import Help
from huisartsplek.desk.script import NOW
from huisartsplek.desk.services import HELP_TAKES
from huisartsplek.enrolments.models import Confirmation
from huisartsplek.enrolments.queries import current_enrolments
from huisartsplek.enrolments.statements import make_statement, new_code
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.notices.services import notify
from huisartsplek.people.invitations import invite
from huisartsplek.people.joining import join
from huisartsplek.people.models import Person
from huisartsplek.practices.models import Practice, Region
from huisartsplek.requests.alerts import token_of
from huisartsplek.requests.reviews import answer_review, ask_about_practice
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rounds.corrections import propose_correction
from huisartsplek.rounds.models import Correction
from huisartsplek.rounds.reviews import ask_about_round
from huisartsplek.rules.corrections import ProvenError, TurnBack
from huisartsplek.rules.reviews import ReviewAnswer, Reviewed, ReviewReason

Things = dict[str, str]
_numbers = count(1)


@dataclass
class Subject:
    """Somebody, or nobody, with what a route's parameters may name of theirs."""

    name: str
    party: Party | Role | None
    user: User | None = None
    person: Person | None = None
    own: Things = field(default_factory=dict)  # what is theirs alone
    beside: Things = field(default_factory=dict)  # what is nobody's but belongs to it, as a step or a practice
    below: str = ""  # the address below which they see the pages of who they help
    form: Things = field(default_factory=dict)  # what their forms say of themselves: for which practice or region

    acts_for: Person | None = None  # in whose name they act in this session

    def browser(self, **more: bool) -> Client:
        """Give a browser of its own for each question: one of them logs out."""
        client = Client(**more)  # type: ignore[arg-type]  # switches of the client, by name
        if self.user is not None:
            client.cookies = client_of(self.user).cookies
        if self.acts_for is not None:
            session = client.session
            session["acts_for"] = str(self.acts_for.pk)
            session.save()
        return client


@dataclass
class World:
    """Everybody, and what the pages for all are about."""

    subjects: list[Subject]
    public: Things
    people: list[Person]

    def named(self, party: Party | Role) -> list[Subject]:
        """Give those of one kind."""
        return [subject for subject in self.subjects if subject.party == party]


def a_world() -> World:
    """Make two regions with a round each, two practices at work, and two of everybody."""
    regions, practices = [a_region(), a_region()], [_a_practice_at_work(), _a_practice_at_work()]
    rounds = []
    subjects = [Subject("nobody", None)]
    for number, region in enumerate(regions, 1):
        seeker, _other, *_ = a_swap(region)
        round_ = published(region)
        rounds.append(round_)
        review = ask_about_round(
            a_citizen(seeker.person), round_.pk, by=seeker.person, reason=ReviewReason.ORDER, at=PUBLISHED_AT
        )
        own = {
            "review_id": str(review.pk),
            "request_id": str(seeker.request.pk),
            "offer_id": str(seeker.offer.pk),
            "round_id": str(round_.pk),
        }
        _, move = with_the_coordinator(a_practice(), a_practice(free=1, region=region))
        of_region = {"round_id": str(round_.pk), "review_id": str(review.pk), "move_id": str(move.pk)}
        of_region["correction_id"] = str(_a_proposal(region).pk)
        citizens = [
            _citizen(f"citizen {number} in a round", seeker.person, own, {}),
            _waiting(number),
            _moving(number),
        ]
        subjects += [
            *citizens,
            *(_helping(one, region) for one in citizens),
            _with_help(_staff(f"coordinator of region {number}", Role.COORDINATOR, region, of_region), region),
            _with_help(_staff(f"desk of region {number}", Role.DESK, region, {}), region),
        ]
    for number, practice in enumerate(practices, 1):
        at_work = _of_practice(practice)
        subjects += [
            _with_help(_staff(f"{role} of practice {number}", role, practice, at_work), practice)
            for role in sorted(PRACTICE_ROLES)
        ]
    subjects += [
        _staff(str(role), role, None, {})
        for role in (Role.MEDIATOR, Role.PRIVACY_OFFICER, Role.AUDITOR, Role.OPERATOR)
    ]
    subjects.append(_acting(subjects))
    public = {"slug": practices[0].slug, "round_id": str(rounds[0].pk), "which": "staff"}
    public["token"] = token_of(an_alert().pk)
    return World(subjects, public, list(Person.objects.all()))


def _a_proposal(region: Region) -> Correction:
    """Let an error be found in the region, and somebody propose to give a turn back."""
    practice = a_practice(CLOSED, region=region)
    request = a_request(a_person(), wishes=[practice])
    asked = ask_about_practice(
        SYSTEM,
        request.pk,
        practice.pk,
        outcome=Reviewed.WISH,
        by=request.filed_by,
        reason=ReviewReason.RULE,
        at=AT,
    )
    answer_review(COORDINATOR, asked.pk, [region.pk], answer=ReviewAnswer.DATA_WRONG, at=AT)
    return propose_correction(
        COORDINATOR,
        asked.pk,
        [region.pk],
        error=ProvenError.DATA_WRONG,
        gives=TurnBack.GOES_FIRST,
        since=None,
        at=AT,
    )


def _a_practice_at_work() -> Practice:
    return a_practice(free=9)


def _of_practice(practice: Practice) -> Things:
    """Let somebody say that they are a patient there, and somebody come."""
    a_person(enrolled_at=practice, confirmed=False)
    (move,) = admit_at_once(SYSTEM, a_request(a_person(), wishes=[practice]).pk, practice.pk, at=AT)
    leaver, there = a_person(enrolled_at=practice), a_practice(free=1)
    (departure,) = admit_at_once(SYSTEM, a_request(leaver, wishes=[there]).pk, there.pk, at=AT)
    question = Confirmation.objects.get(enrolment__practice=practice, state="asked")
    return {
        "confirmation_id": str(question.pk),
        "move_id": str(move.pk),
        "departure_id": str(departure.pk),
    }


def _waiting(number: int) -> Subject:
    """Somebody with a housemate and a request that waits at one practice, and could go to another at once."""
    person = a_person(enrolled_at=a_practice())
    mate = a_person(person.household, given_name=f"Huisgenoot{number}")
    form = {"voor": _a_child_elsewhere_of(person) if number == 1 else _who_joins(mate)}
    full, free = a_practice(), a_practice(free=3)
    request = a_request(person, wishes=[full, free], members=[person, mate])
    beside = {"slug": free.slug, "practice_id": str(full.pk), "step": "lager"}
    return _citizen(f"citizen {number} who waits", person, {"request_id": str(request.pk)}, beside, form)


def _moving(number: int) -> Subject:
    """Somebody whose place at another practice was taken, and whose record may go along."""
    person, there = a_person(enrolled_at=a_practice()), a_practice(free=1)
    (move,) = admit_at_once(SYSTEM, a_request(person, wishes=[there]).pk, there.pk, at=AT)
    made = make_statement(
        a_citizen(person), current_enrolments([person.pk])[person.pk].pk, by=person, code=new_code(), at=AT
    )
    own = {"move_id": str(move.pk), "statement_id": str(made.pk)}
    return _citizen(f"citizen {number} who moves", person, own, {})


def _a_child_elsewhere_of(parent: Person) -> str:
    """Let the other parent of their child, who lives elsewhere, file a request for it."""
    other = a_person()
    child = a_person(other.household, birth_date=date(2018, 1, 1), parents=[other, parent])
    a_request(other, members=[other, child], wishes=[a_practice()])
    return str(child.pk)


def _who_joins(inviter: Person) -> str:
    """Let somebody wait for the yes of who lives with the one who invited them."""
    somebody = a_person()
    code = f"BCDFGHJK{next(_numbers):02}".replace("0", "X").replace("1", "Z")
    invite(SYSTEM, by=inviter, code=code, at=AT)
    waiting = join(a_citizen(somebody), code=code, by=somebody, at=AT)
    assert waiting is not None
    return str(waiting.pk)


def _acting(subjects: list[Subject]) -> Subject:
    """Let the second who waits act by a mandate for the first: what is theirs does not exist meanwhile."""
    citizens = [one for one in subjects if one.party is Party.CITIZEN]
    first, second = (one for one in citizens if one.name.endswith("who waits"))
    own, beside, form = dict(first.own), dict(first.beside), dict(first.form)
    return Subject(
        "citizen 2 who acts for citizen 1",
        Party.CITIZEN,
        second.user,
        first.person,
        own,
        beside,
        form=form,
        acts_for=first.person,
    )


def _citizen(name: str, person: Person, own: Things, beside: Things, form: Things | None = None) -> Subject:
    user_id = a_citizen(person).user_id
    assert user_id is not None
    user = User.objects.get(pk=user_id)
    own = {**own, "notice_id": str(_notice(person).pk)}
    filled = {"slug": a_practice(free=2).slug, "practice_id": str(uuid4()), "step": "lager", **beside}
    return Subject(name, Party.CITIZEN, user, person, own, filled, form=form or {})


def _notice(person: Person) -> Notice:
    key = f"walk:{uuid4()}:{person.pk}"
    with transaction.atomic():
        return notify(
            person.pk, NoticeKind.MOVED, to_address="iris@voorbeeld.example", key=key, at=AT, actor=SYSTEM
        )


def _help(employee: User, role: Role, scope: Practice | Region, person: Person) -> Help:
    at = timezone.now()
    return Help.objects.create(
        employee_id=employee.pk,
        role=role,
        scope_id=scope.pk,
        person=person,
        identified_by=Help.IdentifiedBy.PASSPORT,
        script_version=NOW.version,
        script_language="nl",
        started_at=at,
        ends_at=at + HELP_TAKES,
    )


def _with_help(subject: Subject, scope: Practice | Region) -> Subject:
    """Let somebody at work help a person of nobody else's."""
    assert isinstance(subject.party, Role)
    assert subject.user is not None
    begun = _help(subject.user, subject.party, scope, a_person())
    subject.own = {**subject.own, "help_id": str(begun.pk)}
    return subject


def _helping(citizen: Subject, region: Region) -> Subject:
    """Give somebody at a desk who helps this citizen just now, and sees what is theirs."""
    employee = _staff(f"who helps {citizen.name}", Role.DESK, region, {}).user
    assert employee is not None
    assert citizen.person is not None
    below = f"/regio/loket/{_help(employee, Role.DESK, region, citizen.person).pk}"
    name = f"who helps {citizen.name}"
    return Subject(name, Party.HELPING, employee, own=citizen.own, beside=citizen.beside, below=below)


def _staff(name: str, role: Role, scope: Practice | Region | None, own: Things) -> Subject:
    user = User.objects.create(
        kind=User.Kind.STAFF,
        issuer="https://werk.example",
        subject=f"everybody-{next(_numbers)}",
        display_name=name.title(),
        created_at=AT,
    )
    if role is Role.MEDIATOR:
        grant_role(user, role, scope_id=uuid4(), actor=SYSTEM, at=AT)
    else:
        grant_role(user, role, scope_id=None if scope is None else scope.pk, actor=SYSTEM, at=AT)
    named = {Practice: "praktijk", Region: "region"}
    form = {} if scope is None else {named[type(scope)]: str(scope.pk)}
    return Subject(name, role, user, own=own, form=form)
