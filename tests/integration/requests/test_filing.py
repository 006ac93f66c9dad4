# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filing a request and changing its wishes: who may, for whom, and every no."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from tests.builders import (
    AT,
    SYSTEM,
    TODAY,
    a_citizen,
    a_person,
    a_practice,
    a_region,
    a_request,
    days_after,
    everybody_consents,
)

from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Enrolment
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.people.models import Consent, Person
from huisartsplek.people.services import consents_complete, end_person, give_consent, still_asked
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request, Submission, Wish
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.services import admit_at_once, change_wishes, file_request
from huisartsplek.requests.taking_part import leave_request
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db


def file(filer: Person, members: list[Person], wishes: list[UUID], *, key: UUID | None = None) -> Request:
    ids = [person.pk for person in members]
    return file_request(SYSTEM, filer=filer, member_ids=ids, wishes=wishes, key=key or uuid4(), at=AT)


def refusal_of(filer: Person, members: list[Person], wishes: list[UUID], *, key: UUID | None = None) -> RefusalCode:
    with pytest.raises(Refusal) as refused:
        file(filer, members, wishes, key=key)
    return refused.value.code


def test_a_request_keeps_its_wishes_in_order_and_stands_in_the_region_of_the_first() -> None:
    person = a_person()
    wanted, other = a_practice(region=a_region("west")), a_practice(region=a_region("oost"))
    request = file(person, [person], [wanted.pk, other.pk])
    assert list(request.wishes.values_list("practice_id", "rank")) == [(wanted.pk, 1), (other.pk, 2)]
    assert request.region == wanted.region
    assert (request.state, request.since) == ("waiting", AT)
    assert request.deadline_at is not None


def test_filing_gives_the_filers_own_yes_and_that_for_the_children_they_decide_for() -> None:
    mother = a_person()
    father = a_person(mother.household)
    baby = a_person(mother.household, birth_date=date(2025, 1, 1), parents=[mother])
    teenager = a_person(mother.household, birth_date=date(2012, 1, 1), parents=[mother])
    members = [mother, father, baby, teenager]
    request = a_request(mother, members=members, wishes=[a_practice()], consented=False)
    given = set(Consent.objects.values_list("person_id", "given_by_id"))
    assert given == {(mother.pk, mother.pk), (baby.pk, mother.pk), (teenager.pk, mother.pk)}
    assert not consents_complete(request.pk, members, TODAY)
    everybody_consents(request, members)
    assert consents_complete(request.pk, members, TODAY)


def test_a_citizen_files_with_their_own_login() -> None:
    person = a_person()
    assert a_request(person, wishes=[a_practice()], actor=a_citizen(person)).filed_by == person


def test_a_citizen_cannot_file_in_somebody_elses_name() -> None:
    person, thief = a_person(), a_person()
    with pytest.raises(Refusal) as refused:
        a_request(person, wishes=[a_practice()], actor=a_citizen(thief))
    assert refused.value.code is RefusalCode.NOT_YOUR_TURN
    assert not Request.objects.exists()


def test_nobody_files_without_members_or_for_another_household() -> None:
    person, stranger, practice = a_person(), a_person(), a_practice()
    assert refusal_of(person, [], [practice.pk]) is RefusalCode.HOUSEHOLD_INCOMPLETE
    assert refusal_of(person, [person, stranger], [practice.pk]) is RefusalCode.HOUSEHOLD_INCOMPLETE
    assert refusal_of(person, [Person(id=uuid4())], [practice.pk]) is RefusalCode.HOUSEHOLD_INCOMPLETE


def test_who_died_or_has_not_said_who_they_are_is_no_member() -> None:
    person, practice = a_person(), a_practice()
    late = a_person(person.household)
    end_person(SYSTEM, late, Person.End.DIED, TODAY, AT)
    newcomer = Person.objects.create(household=person.household, login_reference="login|new")
    assert refusal_of(person, [person, late], [practice.pk]) is RefusalCode.HOUSEHOLD_INCOMPLETE
    assert refusal_of(person, [newcomer], [practice.pk]) is RefusalCode.HOUSEHOLD_INCOMPLETE


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        ([], RefusalCode.NO_WISHES),
        ([0, 0], RefusalCode.WISH_TWICE),
        (list(range(11)), RefusalCode.TOO_MANY_WISHES),
        ([0, 11], RefusalCode.UNKNOWN_PRACTICE),
        ([12], RefusalCode.UNKNOWN_PRACTICE),
    ],
)
def test_wishes_are_one_to_ten_different_practices_that_take_part(wishes: list[int], code: RefusalCode) -> None:
    region = a_region()
    known = [a_practice(None, region=region).pk for _ in range(11)]
    ids = [*known, uuid4(), a_practice(region=region, is_active=False).pk]
    person = a_person()
    assert refusal_of(person, [person], [ids[number] for number in wishes]) is code
    assert not Submission.objects.exists()


def test_ten_wishes_are_fine() -> None:
    region, person = a_region(), a_person()
    assert file(person, [person], [a_practice(None, region=region).pk for _ in range(10)]).wishes.count() == 10


def test_who_is_there_already_cannot_wish_for_it() -> None:
    here = a_practice()
    person = a_person(enrolled_at=here)
    assert refusal_of(person, [person], [here.pk, a_practice().pk]) is RefusalCode.ALREADY_THERE


def test_a_household_may_gather_where_one_of_them_is() -> None:
    here = a_practice()
    person = a_person(enrolled_at=here)
    partner = a_person(person.household, enrolled_at=a_practice())
    assert file(person, [person, partner], [here.pk]).members.count() == 2


def test_one_open_request_each() -> None:
    person, practice = a_person(), a_practice()
    file(person, [person], [practice.pk])
    partner = a_person(person.household)
    assert refusal_of(partner, [partner, person], [practice.pk]) is RefusalCode.ALREADY_REQUESTED


def test_a_new_request_waits_until_the_last_move_is_recorded() -> None:
    person, practice, other = a_person(), a_practice(free=1), a_practice()
    request = a_request(person, wishes=[practice])
    admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    carry_out(SYSTEM, request.pk, at=days_after(15))
    assert refusal_of(person, [person], [other.pk]) is RefusalCode.MOVING_ALREADY


def test_the_same_form_twice_is_one_request() -> None:
    person, practice, key = a_person(), a_practice(), uuid4()
    assert file(person, [person], [practice.pk], key=key) == file(person, [person], [practice.pk], key=key)
    assert Request.objects.count() == 1
    assert AuditEvent.objects.filter(kind="request_filed").count() == 1


def test_a_key_belongs_to_one_content_and_one_sender() -> None:
    person, practice, key = a_person(), a_practice(), uuid4()
    file(person, [person], [practice.pk], key=key)
    assert refusal_of(person, [person], [a_practice().pk], key=key) is RefusalCode.KEY_REUSED
    with pytest.raises(Refusal) as refused:
        file_request(a_citizen(person), filer=person, member_ids=[person.pk], wishes=[practice.pk], key=key, at=AT)
    assert refused.value.code is RefusalCode.KEY_REUSED


def test_a_refused_form_may_be_sent_again_with_its_key() -> None:
    person, key = a_person(), uuid4()
    assert refusal_of(person, [person], [], key=key) is RefusalCode.NO_WISHES
    assert file(person, [person], [a_practice().pk], key=key).wishes.count() == 1


def wishes_of(request: Request) -> list[Practice]:
    return [wish.practice for wish in request.wishes.select_related("practice")]


def test_wishes_are_replaced_whole_and_the_turn_stays() -> None:
    person, first, second = a_person(), a_practice(), a_practice()
    request = a_request(person, wishes=[first, second])
    changed = change_wishes(SYSTEM, request.pk, wishes=[second.pk, first.pk], seen_version=1, at=days_after(1))
    assert wishes_of(changed) == [second, first]
    changed.refresh_from_db()
    assert (changed.version, changed.region, changed.since) == (2, second.region, AT)


def test_of_two_changes_from_the_same_page_the_second_is_told_so() -> None:
    person, first, second = a_person(), a_practice(), a_practice()
    request = a_request(person, wishes=[first])
    change_wishes(SYSTEM, request.pk, wishes=[second.pk], seen_version=1, at=AT)
    with pytest.raises(Refusal) as refused:
        change_wishes(SYSTEM, request.pk, wishes=[first.pk], seen_version=1, at=AT)
    assert refused.value.code is RefusalCode.CHANGED_MEANWHILE
    assert wishes_of(request) == [second]


def test_reordering_does_not_wake_a_wish_that_rests() -> None:
    person, first, second = a_person(), a_practice(), a_practice()
    request = a_request(person, wishes=[first, second])
    Wish.objects.filter(practice=first).update(rests_rounds=1)
    change_wishes(SYSTEM, request.pk, wishes=[second.pk, first.pk], seen_version=1, at=AT)
    assert list(request.wishes.values_list("rests_rounds", flat=True)) == [0, 1]


def test_a_yes_to_one_list_of_wishes_is_no_yes_to_another() -> None:
    near, far = a_practice(free=9), a_practice(free=9)
    mother = a_person()
    father = a_person(mother.household)
    teenager = a_person(mother.household, birth_date=date(2012, 1, 1), parents=[mother, father])
    baby = a_person(mother.household, birth_date=date(2025, 1, 1), parents=[mother, father])
    members = [mother, father, teenager, baby]
    request = a_request(father, members=members, wishes=[near])
    change_wishes(a_citizen(mother), request.pk, wishes=[far.pk], seen_version=1, at=AT)
    asked = still_asked(request.pk, members, TODAY)
    assert asked.keys() == {father.pk, teenager.pk}, "the yes for the children they decide for stays"
    told = Notice.objects.filter(kind=NoticeKind.YES_ASKED).values_list("person_id", flat=True)
    assert set(told) == {father.pk, teenager.pk}
    with pytest.raises(Refusal) as refused:
        admit_at_once(SYSTEM, request.pk, far.pk, at=AT)
    assert refused.value.code is RefusalCode.CONSENT_MISSING
    everybody_consents(request, members, at=days_after(1))
    admit_at_once(SYSTEM, request.pk, far.pk, at=days_after(1))
    assert carry_out(SYSTEM, request.pk, at=days_after(20))
    assert Enrolment.objects.filter(practice=far, ends_on=None).count() == 4


def test_the_other_parent_may_say_the_yes_that_is_asked_again() -> None:
    near, far = a_practice(free=9), a_practice(free=9)
    mother = a_person()
    father, sister = a_person(mother.household), a_person(mother.household, birth_date=date(2005, 1, 1))
    baby = a_person(mother.household, birth_date=date(2025, 1, 1), parents=[mother, father])
    members = [sister, baby]
    request = a_request(mother, members=members, wishes=[near], consented=False)
    everybody_consents(request, [sister])
    change_wishes(a_citizen(sister), request.pk, wishes=[far.pk], seen_version=1, at=AT)
    assert still_asked(request.pk, members, TODAY) == {baby.pk: {mother.pk, father.pk}}
    kind, later = Consent.Kind.TAKE_PART, days_after(1)
    give_consent(SYSTEM, person=baby, kind=kind, reference=request.pk, given_by=father, at=later)
    admit_at_once(SYSTEM, request.pk, far.pk, at=days_after(1))
    carry_out(SYSTEM, request.pk, at=days_after(20))
    request.refresh_from_db()
    assert request.state == "met"


def test_another_order_or_a_wish_less_asks_nobody_again() -> None:
    person, first, second = a_person(), a_practice(), a_practice()
    members = [person, a_person(person.household)]
    request = a_request(person, members=members, wishes=[first, second])
    actor = a_citizen(person)
    change_wishes(actor, request.pk, wishes=[second.pk, first.pk], seen_version=1, at=AT)
    change_wishes(actor, request.pk, wishes=[second.pk], seen_version=2, at=AT)
    assert consents_complete(request.pk, members, TODAY)
    assert not Notice.objects.exists()


def test_a_household_that_moves_changes_no_wishes() -> None:
    person, practice = a_person(), a_practice(free=1)
    request = a_request(person, wishes=[practice])
    admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    with pytest.raises(Refusal) as refused:
        change_wishes(SYSTEM, request.pk, wishes=[a_practice().pk], seen_version=1, at=AT)
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW


def test_who_leaves_a_request_stays_where_they_are_and_the_others_go_on() -> None:
    mother = a_person()
    father = a_person(mother.household)
    request = a_request(mother, members=[mother, father], wishes=[a_practice()], consented=False)
    leave_request(SYSTEM, request.pk, by=father, at=AT)
    assert [membership.person for membership in request.members.all()] == [mother]
    assert a_request(father, wishes=[a_practice()]).state == "waiting"
