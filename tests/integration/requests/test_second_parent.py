# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""One parent files, the other is told and can keep the child where it is, until the day of the switch."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from tests.builders import AT, SYSTEM, TODAY, a_citizen, a_person, a_practice, a_request, an_enrolment
from tests.integration.web.citizen.conftest import SetClock, set_clock
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.audit.models import AuditEvent
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.people.models import Consent, Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.models import Request, RequestMember
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.offers import answer_offer, offer_to_first
from huisartsplek.requests.queries import request_of
from huisartsplek.requests.services import admit_at_once
from huisartsplek.requests.staying import children_asked_for, object_for_child
from huisartsplek.requests.taking_part import take_part
from huisartsplek.rules.dates import AMSTERDAM
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db
__all__ = ["set_clock"]
BORN_8 = date(2018, 1, 1)


@pytest.fixture(autouse=True)
def at_the_builders_moment(set_clock: SetClock) -> None:
    set_clock(AT)


@pytest.fixture
def practice() -> Practice:
    return a_practice(free=6, name="Praktijk Geheimhof")


@pytest.fixture
def mother() -> Person:
    return a_person(given_name="Fatima", postcode="9876QX", place="Verwegstad")


@pytest.fixture
def father() -> Person:
    """Somebody who lives elsewhere, with a postcode of his own."""
    return a_person(given_name="Joris", postcode="1234AB")


@pytest.fixture
def child(mother: Person, father: Person) -> Person:
    return a_person(
        mother.household, given_name="Sami", birth_date=BORN_8, parents=[mother, father], postcode="9876QX"
    )


def told(person: Person) -> list[str]:
    return list(
        Notice.objects.filter(person_id=person.pk).order_by("state_since", "kind").values_list("kind", flat=True)
    )


def members(request: Request) -> set[object]:
    return set(RequestMember.objects.filter(request=request, is_open=True).values_list("person_id", flat=True))


def test_the_other_parent_is_told_at_once_and_only_once(
    mother: Person, father: Person, child: Person, practice: Practice
) -> None:
    a_request(mother, members=[mother, child], wishes=[practice])
    assert told(father) == [NoticeKind.CHILD_IN_REQUEST]
    assert told(mother) == []
    assert [one.child for one in children_asked_for(a_citizen(father), at=AT)] == [child]
    assert children_asked_for(a_citizen(mother), at=AT) == []
    assert children_asked_for(a_citizen(a_person()), at=AT) == []


def test_of_the_rest_the_other_parent_hears_nothing_and_answers_nothing(
    mother: Person, father: Person, child: Person, practice: Practice
) -> None:
    request = a_request(mother, members=[mother, child], wishes=[practice])
    offer = offer_to_first(SYSTEM, practice.pk, at=AT)
    assert offer is not None
    assert NoticeKind.OFFER_MADE in told(mother)
    assert NoticeKind.OFFER_MADE not in told(father)
    with pytest.raises(Refusal, match=RefusalCode.NOT_YOUR_TURN):
        answer_offer(a_citizen(father), offer.pk, person=father, answered_by=father, says_yes=False, at=AT)
    his = browser_of(father)
    assert his.get(f"/mijn/aanbod/{offer.pk}").status_code == 404
    assert his.get(f"/mijn/meedoen/{request.pk}").status_code == 404
    answer_offer(SYSTEM, offer.pk, person=mother, answered_by=mother, says_yes=True, at=AT)
    assert told(father)[-1] == NoticeKind.CHILD_MOVES


def test_an_objection_takes_the_child_out_and_asks_who_filed_whether_to_go_on(
    mother: Person, father: Person, child: Person, practice: Practice
) -> None:
    grown = a_person(mother.household)
    request = a_request(mother, members=[mother, child, grown], wishes=[practice])
    moves = admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    assert len(moves) == 3
    page = browser_of(father).post("/mijn/bezwaar", {"voor": str(child.pk)}, follow=True).content.decode()
    assert "Sami gaat niet mee en houdt de huisarts van nu" in page
    request.refresh_from_db()
    practice.places.refresh_from_db()
    assert (request.state, practice.places.free) == (RequestState.WAITING, 6)
    assert members(request) == {mother.pk, grown.pk}
    assert not Consent.objects.filter(person=child, withdrawn_at__isnull=True).exists()
    own = request_of(a_citizen(mother), request.pk, at=AT)
    assert own is not None
    assert dict(own.asked) == {mother.pk: frozenset({mother.pk})}
    assert list(own.stayed) == [child]
    assert NoticeKind.CHILD_STAYS in told(mother)
    assert NoticeKind.CHILD_STAYS not in told(grown), "for them nothing changes"
    text = browser_of(mother).get(f"/mijn/meedoen/{request.pk}").content.decode()
    assert "Wilt u verder zonder Sami?" in text
    assert "Joris" not in text
    take_part(a_citizen(mother), request.pk, by=mother, at=AT)
    assert len(admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)) == 2


def test_the_log_says_who_objected_for_whom(
    mother: Person, father: Person, child: Person, practice: Practice
) -> None:
    a_request(mother, members=[mother, child], wishes=[practice])
    actor = a_citizen(father)
    object_for_child(actor, child.pk, by=father, at=AT)
    event = AuditEvent.objects.get(kind="child_stays")
    assert (event.actor_id, event.on_behalf_of, event.person_id) == (actor.user_id, child.pk, child.pk)
    assert (event.ground, event.facts["because"]) == ("parental_authority", "objection")


def test_without_anybody_left_the_request_ends(
    mother: Person, father: Person, child: Person, practice: Practice
) -> None:
    request = a_request(mother, members=[child], wishes=[practice])
    object_for_child(a_citizen(father), child.pk, by=father, at=AT)
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN
    assert told(mother) == [NoticeKind.CHILD_STAYS]


@pytest.mark.parametrize(("seconds", "is_in_time"), [(-1, True), (0, False)])
def test_one_may_object_until_midnight_before_the_switch_and_never_after(
    seconds: int, is_in_time: bool, mother: Person, father: Person, child: Person, practice: Practice
) -> None:
    request = a_request(mother, members=[mother, child], wishes=[practice])
    (move, _) = admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    (asked,) = children_asked_for(a_citizen(father), at=AT)
    assert asked.last_day == move.switch_on - timedelta(days=1)
    moment = datetime.combine(move.switch_on, time(), AMSTERDAM).astimezone(UTC) + timedelta(seconds=seconds)
    if is_in_time:
        object_for_child(a_citizen(father), child.pk, by=father, at=moment)
        return
    assert children_asked_for(a_citizen(father), at=moment) == []
    with pytest.raises(Refusal, match=RefusalCode.DEADLINE_PASSED):
        object_for_child(a_citizen(father), child.pk, by=father, at=moment)
    assert carry_out(SYSTEM, request.pk, at=moment)
    with pytest.raises(Refusal, match=RefusalCode.CHANGED_MEANWHILE):
        object_for_child(a_citizen(father), child.pk, by=father, at=moment)


def test_a_stranger_who_filed_a_child_of_sixteen_and_another_name_object_to_nothing(
    mother: Person, father: Person, child: Person, practice: Practice
) -> None:
    grown = a_person(
        mother.household, birth_date=date(TODAY.year - 16, TODAY.month, TODAY.day), parents=[mother, father]
    )
    a_request(mother, members=[mother, child, grown], wishes=[practice])
    for actor, by, whom in (
        (a_citizen(mother), mother, child),
        (a_citizen(father), father, grown),
        (a_citizen(a_person()), father, child),
    ):
        with pytest.raises(Refusal, match=RefusalCode.NOT_YOUR_TURN):
            object_for_child(actor, whom.pk, by=by, at=AT)
    stranger = browser_of(a_person())
    for said in (str(child.pk), "", "x"):
        assert stranger.post("/mijn/bezwaar", {"voor": said}).status_code == 404


@pytest.mark.parametrize("hidden", ["mother", "father", "child"])
def test_nothing_of_the_one_reaches_the_other_and_of_a_protected_child_nobody_hears(
    hidden: str, mother: Person, father: Person, child: Person, practice: Practice
) -> None:
    whom = {"mother": mother, "father": father, "child": child}[hidden]
    an_enrolment(mother, a_practice(name="Praktijk Kanarie"))
    request = a_request(mother, members=[mother, child], wishes=[practice])
    Person.objects.filter(pk=whom.pk).update(is_protected=True)
    his = browser_of(father)
    pages = [his.get(path).content.decode() for path in ("/mijn", "/mijn/berichten", "/mijn/inzage")]
    pages.append(his.get("/mijn/gegevens/meenemen/json").content.decode())
    for trace in ("Fatima", "9876", "Verwegstad", "Geheimhof", "Kanarie", str(mother.pk), str(mother.household_id)):
        assert not any(trace in page for page in pages), trace
    assert ("Sami" in pages[0]) == (hidden != "child")
    answer = his.post("/mijn/bezwaar", {"voor": str(child.pk)})
    assert answer.status_code == (404 if hidden == "child" else 302)
    if hidden == "child":
        return
    hers = browser_of(mother)
    pages = [
        hers.get(path).content.decode() for path in ("/mijn", f"/mijn/meedoen/{request.pk}", "/mijn/berichten")
    ]
    pages += [hers.get("/mijn/inzage").content.decode(), hers.get("/mijn/gegevens/meenemen/json").content.decode()]
    for trace in ("Joris", "1234", str(father.pk), str(father.household_id)):
        assert not any(trace in page for page in pages), trace
