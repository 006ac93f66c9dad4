# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joining a household by a code, a child's own login, a silent no, and leaving in one go."""

from datetime import date, timedelta

import pytest
from tests.builders import (
    AT,
    SYSTEM,
    a_citizen,
    a_household,
    a_person,
    a_practice,
    a_request,
)

from huisartsplek.accounts.models import User
from huisartsplek.audit.actors import Actor
from huisartsplek.audit.models import AuditEvent
from huisartsplek.integrations.login.port import Audience, LoginAnswer
from huisartsplek.notices.models import Notice
from huisartsplek.people.invitations import (
    DAYS_A_CODE_WORKS,
    accept_login,
    invitation_by,
    invite,
    new_code,
    open_invitations,
    refuse_invitation,
)
from huisartsplek.people.models import Household, Invitation, Person
from huisartsplek.people.queries import household_of, person_of
from huisartsplek.people.services import link_login, register_person
from huisartsplek.requests.households import join_household, leave_household
from huisartsplek.requests.models import Offer, Request, RequestMember
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.services import admit_at_once, file_request
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.values import Postcode

pytestmark = pytest.mark.django_db
CODE = "BCDFG23456"
BORN_13 = date(2013, 1, 1)
BORN_8 = date(2018, 1, 1)
LATE = AT + timedelta(days=DAYS_A_CODE_WORKS)


@pytest.fixture
def mother() -> Person:
    return a_person(a_household(), given_name="Fatima")


@pytest.fixture
def partner() -> Person:
    return a_person(a_household(), given_name="Joris")


def a_new_login() -> tuple[Actor, Person]:
    """Log somebody in for the first time, by a login that nobody knows."""
    user = User.objects.create(kind=User.Kind.CITIZEN, issuer="https://kind.example", subject="k", created_at=AT)
    answer = LoginAnswer(Audience.CITIZEN, user.issuer, user.subject, "substantial")
    person = link_login(answer, actor=Actor.person(user.pk), at=AT)
    User.objects.filter(pk=user.pk).update(person_id=person.pk)
    return Actor.person(user.pk), person


def home_of(person: Person) -> object:
    return Person.objects.get(pk=person.pk).household_id


def members(request: Request) -> set[object]:
    return set(RequestMember.objects.filter(request=request, is_open=True).values_list("person_id", flat=True))


def as_seen_by(inviter: Person) -> tuple[list[tuple[object, ...]], int]:
    open_ones = open_invitations(inviter, at=AT).values_list("pk", "expires_at")
    return list(open_ones), Notice.objects.count()


def refused(code: RefusalCode) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, match=code)


def test_a_partner_joins_by_a_code_with_their_own_login(mother: Person, partner: Person) -> None:
    invite(a_citizen(mother), by=mother, code=CODE, at=AT)
    join_household(a_citizen(partner), code=" bcdfg-23456 ", by=partner, at=AT)
    assert home_of(partner) == mother.household_id
    assert AuditEvent.objects.filter(kind="person_changed", person_id=partner.pk).exists()


def test_a_code_is_kept_as_a_digest_only_and_cannot_be_guessed(mother: Person) -> None:
    invite(a_citizen(mother), by=mother, code=CODE, at=AT)
    row = Invitation.objects.values().get()
    assert CODE not in str(row)
    assert len({new_code() for _ in range(200)}) == 200


def test_a_code_works_once_and_for_a_week(mother: Person, partner: Person) -> None:
    invite(a_citizen(mother), by=mother, code=CODE, at=AT)
    late = a_citizen(partner)
    with refused(RefusalCode.CHANGED_MEANWHILE):
        join_household(late, code=CODE, by=partner, at=LATE)
    assert invitation_by(CODE, reader=partner, at=LATE - timedelta(seconds=1)) is not None
    join_household(late, code=CODE, by=partner, at=AT)
    other = a_person()
    with refused(RefusalCode.CHANGED_MEANWHILE):
        join_household(a_citizen(other), code=CODE, by=other, at=AT)


def test_a_new_code_ends_the_former(mother: Person, partner: Person) -> None:
    actor = a_citizen(mother)
    invite(actor, by=mother, code=CODE, at=AT)
    invite(actor, by=mother, code="ZZZZZ22222", at=AT)
    assert invitation_by(CODE, reader=partner, at=AT) is None
    assert open_invitations(mother, at=AT).count() == 1


def test_nobody_invites_or_joins_in_somebody_elses_name(mother: Person, partner: Person) -> None:
    with refused(RefusalCode.NOT_YOUR_TURN):
        invite(a_citizen(partner), by=mother, code=CODE, at=AT)
    invite(a_citizen(mother), by=mother, code=CODE, at=AT)
    with refused(RefusalCode.NOT_YOUR_TURN):
        join_household(a_citizen(mother), code=CODE, by=partner, at=AT)


@pytest.mark.parametrize("block", [False, True])
def test_to_who_invited_a_no_and_a_block_look_like_silence(mother: Person, partner: Person, block: bool) -> None:
    actor = a_citizen(mother)
    invite(actor, by=mother, code=CODE, at=AT)
    before = as_seen_by(mother)
    refuse_invitation(a_citizen(partner), code=CODE, by=partner, block=block, at=AT)
    assert as_seen_by(mother) == before
    told = AuditEvent.objects.filter(person_id=mother.pk).exclude(actor_id=actor.user_id)
    assert not told.filter(facts__field__startswith="invitation").exists()
    assert home_of(partner) != home_of(mother)
    invite(actor, by=mother, code="ZZZZZ22222", at=AT)
    assert (invitation_by("ZZZZZ22222", reader=partner, at=AT) is None) == block


def test_who_has_a_request_of_their_own_finishes_that_first(mother: Person, partner: Person) -> None:
    a_request(partner, wishes=[a_practice()])
    invite(a_citizen(mother), by=mother, code=CODE, at=AT)
    with refused(RefusalCode.ALREADY_REQUESTED):
        join_household(a_citizen(partner), code=CODE, by=partner, at=AT)
    assert invitation_by(CODE, reader=partner, at=AT) is not None


def test_a_partner_brings_the_children_nobody_else_at_home_decides_for(mother: Person) -> None:
    father = a_person(a_household())
    child = a_person(father.household, birth_date=BORN_8, parents=[father])
    invite(a_citizen(mother), by=mother, code=CODE, at=AT)
    join_household(a_citizen(father), code=CODE, by=father, at=AT)
    assert home_of(child) == home_of(mother)


def test_a_child_of_thirteen_gets_a_login_by_a_code_of_the_parent(mother: Person) -> None:
    child = a_person(mother.household, birth_date=BORN_13, parents=[mother])
    invite(a_citizen(mother), by=mother, code=CODE, at=AT, member=child)
    actor, empty = a_new_login()
    accept_login(actor, code=CODE, by=empty, at=AT)
    own = person_of(actor)
    assert own is not None
    assert own.pk == child.pk
    assert User.objects.get(person_id=child.pk).pk == actor.user_id
    assert not Person.objects.filter(pk=empty.pk).exists()
    assert not Household.objects.filter(members__isnull=True).exists()
    with refused(RefusalCode.CHANGED_MEANWHILE):
        accept_login(actor, code=CODE, by=own, at=AT)


@pytest.mark.parametrize("who", ["housemate", "stranger", "child under 12", "protected child", "has a login"])
def test_only_a_parent_at_home_hands_out_a_childs_code(mother: Person, who: str) -> None:
    born = BORN_8 if who == "child under 12" else BORN_13
    child = a_person(mother.household, birth_date=born, parents=[mother], is_protected=who == "protected child")
    giver = {"housemate": lambda: a_person(mother.household), "stranger": a_person}.get(who, lambda: mother)()
    if who == "has a login":
        a_citizen(child)
        child.refresh_from_db()
    with refused(RefusalCode.NOT_YOUR_TURN):
        invite(a_citizen(giver), by=giver, code=CODE, at=AT, member=child)


def test_who_has_said_who_they_are_cannot_become_somebody_else(mother: Person, partner: Person) -> None:
    child = a_person(mother.household, birth_date=BORN_13, parents=[mother])
    invite(a_citizen(mother), by=mother, code=CODE, at=AT, member=child)
    with refused(RefusalCode.CHANGED_MEANWHILE):
        accept_login(a_citizen(partner), code=CODE, by=partner, at=AT)


def test_leaving_is_silent_and_the_others_go_on(mother: Person) -> None:
    mate = a_person(mother.household)
    request = a_request(mother, wishes=[a_practice()], members=[mother, mate])
    actor, before = a_citizen(mother), Notice.objects.count()
    leave_household(a_citizen(mate), by=mate, at=AT)
    assert home_of(mate) != mother.household_id
    assert members(request) == {mother.pk}
    assert Request.objects.get(pk=request.pk).state == RequestState.WAITING
    assert Notice.objects.count() == before
    assert [person.pk for person in household_of(actor, mother.pk, at=AT)] == [mother.pk]


def test_when_who_filed_it_leaves_somebody_else_of_age_carries_on(mother: Person) -> None:
    mate = a_person(mother.household)
    request = a_request(mother, wishes=[a_practice()], members=[mother, mate])
    leave_household(a_citizen(mother), by=mother, at=AT)
    kept = Request.objects.get(pk=request.pk)
    assert (kept.filed_by_id, kept.since, kept.state) == (mate.pk, request.since, RequestState.WAITING)


def test_without_anybody_of_age_left_the_request_ends(mother: Person) -> None:
    father = a_person(mother.household)
    child = a_person(mother.household, birth_date=BORN_8, parents=[mother, father])
    request = a_request(mother, wishes=[a_practice()], members=[mother, child])
    leave_household(a_citizen(mother), by=mother, at=AT)
    assert home_of(child) == father.household_id
    assert Request.objects.get(pk=request.pk).state == RequestState.WITHDRAWN


def test_leaving_counts_as_a_no_to_an_offer_and_the_places_go_back(mother: Person) -> None:
    mate = a_person(mother.household)
    practice = a_practice(free=2)
    request = a_request(mother, wishes=[practice], members=[mother, mate])
    offer = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert offer is not None
    leave_household(a_citizen(mate), by=mate, at=AT)
    practice.places.refresh_from_db()
    assert practice.places.free == 2
    assert Offer.objects.get(pk=offer.pk).state == "declined"
    assert Request.objects.get(pk=request.pk).state == RequestState.WAITING


def test_leaving_before_the_switch_date_calls_the_move_off(mother: Person) -> None:
    mate = a_person(mother.household)
    practice = a_practice(free=2)
    request = a_request(mother, wishes=[practice], members=[mother, mate])
    admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    leave_household(a_citizen(mate), by=mate, at=AT)
    practice.places.refresh_from_db()
    assert (practice.places.free, members(request)) == (2, {mother.pk})


def test_who_lives_alone_has_nothing_to_leave_and_a_child_does_not_leave(mother: Person) -> None:
    with refused(RefusalCode.NOT_ALLOWED_NOW):
        leave_household(a_citizen(mother), by=mother, at=AT)
    child = a_person(mother.household, birth_date=BORN_13, parents=[mother])
    with refused(RefusalCode.NOT_YOUR_TURN):
        leave_household(a_citizen(child), by=child, at=AT)


def test_somebody_without_number_or_login_is_entered_and_moves_with_the_others(mother: Person) -> None:
    baby = register_person(
        a_citizen(mother),
        household_id=mother.household_id,
        given_name="Sami",
        family_name="Voorbeeld",
        birth_date=AT.date(),
        postcode=Postcode.parse("2514GL"),
        house_number="1",
        at=AT,
    )
    assert baby.login_reference is None
    request = a_request(mother, wishes=[a_practice()], members=[mother, baby], consented=False)
    assert members(request) == {mother.pk, baby.pk}


def test_a_child_files_no_request_by_itself(mother: Person) -> None:
    child = a_person(mother.household, birth_date=BORN_13, parents=[mother])
    with refused(RefusalCode.NOT_YOUR_TURN):
        file_request(
            a_citizen(child), filer=child, member_ids=[child.pk], wishes=[a_practice().pk], key=mother.pk, at=AT
        )
