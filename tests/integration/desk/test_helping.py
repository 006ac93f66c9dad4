# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody at a desk does the citizen's whole way in their name: known, bounded, on the record, and told of."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.builders import AT, SYSTEM, a_person, a_practice, a_region, a_request
from tests.integration.desk.at_a_desk import READ, describing, desk_employee, desk_of, helped_at, place_of
from tests.integration.web.practice.staff import browser_at
from tests.integration.web.test_hostile_input import HOSTILE

from huisartsplek.accounts.models import User
from huisartsplek.accounts.roles import Role
from huisartsplek.accounts.services import revoke_role
from huisartsplek.audit.actors import Ground
from huisartsplek.audit.models import AuditEvent
from huisartsplek.desk.models import Attempt, Help
from huisartsplek.desk.script import NOW
from huisartsplek.desk.services import HELP_TAKES, begin_help, end_old_help
from huisartsplek.notices.models import Notice
from huisartsplek.people.bsn import read_bsn
from huisartsplek.people.models import Consent, PendingNumber, Person
from huisartsplek.people.numbers import file_without_number
from huisartsplek.practices.models import Practice, Region
from huisartsplek.requests.models import Request, Wish
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rounds.alarms import count_overdue
from huisartsplek.rules.lifecycles import NumberState, Owner, RequestState
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db
BSN = "999990019"
OWN = Ground.OWN_REQUEST
SCRIPT_OF_2026_11 = "1cbf8da6f3f58982fec170e2df15fb73565e4a1b71fd7893043252516d095607"


@pytest.fixture
def region() -> Region:
    return a_region()


def request_form(client: Client, below: str, person: Person, *practices: Practice) -> dict[str, object]:
    page = client.get(f"{below}/mijn/verzoek")
    key = page.context["form"]["key"].value()
    return {"key": key, "members": [str(person.pk)], "wens": [practice.slug for practice in practices]}


def test_a_request_is_filed_changed_and_stopped_in_somebodys_name(region: Region) -> None:
    person, near, far = a_person(), a_practice(), a_practice()
    client = desk_of(region)
    below = helped_at(client, person)

    filed = client.post(f"{below}/mijn/verzoek", request_form(client, below, person, near, far))
    assert filed["Location"].startswith(f"{below}/mijn")
    request = Request.objects.get(filed_by=person)
    assert Consent.objects.get(reference=request.pk).given_by == person

    moved = client.post(f"{below}/mijn/verzoek/{request.pk}/wens/{far.pk}/hoger?gezien={request.version}")
    assert moved["Location"] == f"{below}/mijn"
    assert list(Wish.objects.filter(request=request).values_list("practice", flat=True)) == [far.pk, near.pk]

    client.post(f"{below}/mijn/verzoek/{request.pk}/stoppen")
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN

    done = AuditEvent.objects.filter(
        on_behalf_of=person.pk, kind__in=["request_filed", "wishes_changed", "advanced"]
    )
    assert {(event.actor_kind, event.role, event.ground) for event in done} == {("staff", "desk", "own_request")}
    assert done.count() >= 3


def test_each_page_of_the_person_shows_whom_one_helps_and_stays_below_the_help(region: Region) -> None:
    person = a_person()
    client = desk_of(region)
    below = helped_at(client, person)
    for path in ("/mijn", "/mijn/gegevens", "/mijn/berichten", "/mijn/verzoek", "/", "/huisartsen?postcode=2514GL"):
        text = client.get(f"{below}{path}").content.decode()
        assert f"U helpt: {person.full_name}" in text
        addresses = re.findall(r'(?:href|action)="(/[^"]*)"', text)
        assert [one for one in addresses if not one.startswith((below, "/static/"))] == [], path
    assert client.post(f"{below}/ingelogd-blijven", headers={"accept": "application/json"}).json()["seconds"] > 0
    read = AuditEvent.objects.filter(kind="person_read", person_id=person.pk, on_behalf_of=person.pk)
    assert read.count() >= 4


def test_what_is_over_or_somebody_elses_does_not_exist(region: Region) -> None:
    person = a_person()
    client, other = desk_of(region), desk_of(region)
    below = helped_at(client, person)
    assert client.get(f"{below}/mijn").status_code == 200
    assert other.get(f"{below}/mijn").status_code == 404
    assert other.get(below).status_code == 404
    assert client.get("/mijn").status_code == 404
    for not_theirs in (
        "/mijn/inzage",
        "/mijn/gegevens/meenemen/json",
        "/regio",
        "/beheer",
        "/mijn/huishouden/code",
    ):
        assert client.get(f"{below}{not_theirs}").status_code == 404, not_theirs

    assert client.post(f"{below}/klaar")["Location"] == "/regio/loket"
    for path in ("", "/mijn", "/mijn/gegevens", "/klaar"):
        assert client.post(f"{below}{path}").status_code == 404
        assert client.get(f"{below}{path}").status_code in {404, 405}


def test_help_ends_by_itself_and_the_person_hears_what_was_done(region: Region) -> None:
    person, at = a_person(), timezone.now()
    client = desk_of(region)
    below = helped_at(client, person)
    Help.objects.update(started_at=at - HELP_TAKES, ends_at=at)
    assert client.get(f"{below}/mijn").status_code == 404
    assert end_old_help(desk_employee(region), at=at) == 1
    assert end_old_help(desk_employee(region), at=at) == 0
    assert Notice.objects.get(person_id=person.pk).kind == "helped"


def test_one_person_is_helped_by_one_employee_who_helps_nobody_else(region: Region) -> None:
    person, other = a_person(), a_person()
    client = desk_of(region)
    below = helped_at(client, person)
    assert client.post("/regio/loket", describing(other))["Location"] == below
    text = desk_of(region).post("/regio/loket", describing(person)).content.decode()
    assert "wordt op dit moment al geholpen" in text
    assert Help.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"read": ["looks_along"]},
        {"read": None},
        {"identified_by": None},
        {"identified_by": "NX12345"},
        {"script_version": "2020-01"},
        {"birth_date": "gisteren"},
        {"via": "bsn", "bsn": BSN},
    ],
    ids=str,
)
def test_nobody_is_helped_without_being_known_and_read_to(region: Region, changes: dict[str, object]) -> None:
    answer = desk_of(region).post("/regio/loket", describing(a_person(), **changes))
    assert answer.status_code == 200
    assert not Help.objects.exists()


def test_every_line_that_was_read_stands_in_its_version() -> None:
    assert NOW.version == "2026-11"
    words = "|".join(f"{line.code}:{line.nl}:{line.en}" for line in NOW.lines)
    assert hashlib.sha256(words.encode()).hexdigest() == SCRIPT_OF_2026_11, "a text that changes is a new version"


def test_no_document_number_has_a_place_to_be_kept() -> None:
    names = {field.name for field in Help._meta.get_fields()}
    assert names == {
        *("id", "employee_id", "role", "scope_id", "person", "identified_by", "script_version", "script_language"),
        *("matter", "matter_id", "started_at", "ends_at", "ended_at"),
    }


def test_looking_for_people_without_finding_them_is_stopped(region: Region) -> None:
    client, person = desk_of(region), a_person()
    for _ in range(10):
        assert (
            "Wij vinden deze persoon niet"
            in client.post("/regio/loket", describing(person, given_name="Piet")).content.decode()
        )
    assert "te vaak geprobeerd" in client.post("/regio/loket", describing(person)).content.decode()
    assert not Help.objects.exists()
    Attempt.objects.update(at=timezone.now() - timedelta(hours=2))
    helped_at(client, person)


def test_who_is_unknown_is_entered_without_a_number_and_filed_but_not_enrolled_at_once(region: Region) -> None:
    open_practice, at = a_practice(free=3, at=timezone.now()), timezone.now()
    client = desk_of(region)
    stranger = Person(given_name="Amal", family_name="Nieuw", birth_date=a_person().born_on, postcode="2514GL")
    form = describing(stranger, identified_by="residence_permit")
    assert "voer de persoon in" in client.post("/regio/loket", form).content.decode()
    entered = client.post(
        "/regio/loket", {**form, "maak": "ja", "house_number": "3", "street": "Laan", "email": ""}
    )
    assert entered.status_code == 302
    person = Person.objects.get(family_name="Nieuw")
    assert (person.channel, person.street) == (Person.Channel.LETTER, "Laan")
    pending = PendingNumber.objects.get(person=person)
    assert (pending.state, pending.region) == (NumberState.PENDING, region)

    below = entered["Location"].removesuffix("/mijn")
    client.post(f"{below}/mijn/verzoek", request_form(client, below, person, open_practice))
    request = Request.objects.get(filed_by=person)
    with pytest.raises(Refusal) as refused:
        admit_at_once(desk_employee(region).acting_for(person.pk, ground=OWN), request.pk, open_practice.pk, at=at)
    assert refused.value.code is RefusalCode.NUMBER_PENDING
    assert count_overdue(Owner.COORDINATOR, region.pk, at=at) == {}
    late = at + timedelta(days=29)
    assert count_overdue(Owner.COORDINATOR, region.pk, at=late) == {"number_still_pending": 1}


def test_a_region_lists_whose_number_is_pending_and_no_other_region_does(region: Region) -> None:
    person, at = a_person(given_name="Amal"), timezone.now()
    with transaction.atomic():
        file_without_number(desk_employee(region), person, region_id=region.pk, at=at)
    mine, other = desk_of(region, Role.COORDINATOR), desk_of(a_region())
    assert "Amal" in mine.get("/regio/loket/zonder-nummer").content.decode()
    assert "Amal" not in other.get("/regio/loket/zonder-nummer").content.decode()
    other.post("/regio/loket/zonder-nummer", {"persoon": person.pk})
    assert PendingNumber.objects.get().state == NumberState.PENDING
    mine.post("/regio/loket/zonder-nummer", {"persoon": person.pk})
    assert PendingNumber.objects.get().state == NumberState.WITHOUT
    assert "Amal" not in mine.get("/regio/loket/zonder-nummer").content.decode()


def test_a_practice_helps_who_comes_there_and_learns_their_number(region: Region) -> None:
    practice = a_practice()
    wants, enrolled, stranger = a_person(), a_person(enrolled_at=practice), a_person()
    a_request(wants, wishes=[practice])
    with transaction.atomic():
        file_without_number(desk_employee(region), wants, region_id=region.pk, at=timezone.now())
    client = browser_at(practice, role=Role.PRACTICE_ASSISTANT)
    assert "Wij vinden deze persoon niet" in client.post("/praktijk/loket", describing(stranger)).content.decode()
    entering = describing(Person(given_name="X", family_name="Y", birth_date=stranger.born_on, postcode="2514GL"))
    client.post("/praktijk/loket", {**entering, "maak": "ja", "house_number": "3"})
    assert not Person.objects.filter(family_name="Y").exists()

    below = helped_at(client, wants, "/praktijk/loket")
    client.post(below, {"bsn": "123"})
    client.post(below, {"bsn": BSN})
    assert PendingNumber.objects.get().state == NumberState.KNOWN
    known = read_bsn(desk_employee(region), wants, timezone.now())
    assert known is not None
    assert known.reveal() == BSN
    assert client.post(f"{below}/klaar")["Location"] == "/praktijk/loket"

    found = client.post("/praktijk/loket", describing(wants, via="bsn", bsn=BSN))
    assert found["Location"].endswith("/mijn")
    client.post(found["Location"].removesuffix("/mijn") + "/klaar")
    helped_at(client, enrolled, "/praktijk/loket")
    assert not AuditEvent.objects.filter(facts__icontains=BSN).exists()


def test_who_lost_the_role_of_the_desk_helps_nobody_any_more(region: Region) -> None:
    client, person = desk_of(region), a_person()
    below = helped_at(client, person)
    revoke_role(
        User.objects.get(pk=Help.objects.get().employee_id), Role.DESK, scope_id=region.pk, actor=SYSTEM, at=AT
    )
    assert client.get(f"{below}/mijn").status_code == 404


def test_a_child_and_who_died_are_not_helped_by_themselves(region: Region) -> None:
    at = timezone.now()
    child = a_person(birth_date=at.date() - timedelta(days=365 * 8))
    gone = a_person()
    Person.objects.filter(pk=gone.pk).update(ended_on=at.date(), end_reason="died")
    gone.refresh_from_db()
    for person in (child, gone):
        with pytest.raises(Refusal):
            begin_help(
                desk_employee(region),
                place_of(region),
                person,
                identified_by=Help.IdentifiedBy.PASSPORT,
                read=READ,
                at=at,
            )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_in_a_form_of_the_desk_breaks_a_page(region: Region, text: str) -> None:
    client = desk_of(region)
    fields = ("via", "code", "bsn", "given_name", "family_name", "birth_date", "postcode", "identified_by", "read")
    hidden = ("script_version", "script_language", "maak", "house_number", "street", "email", "persoon")
    for form in (dict.fromkeys((*fields, *hidden), text), {**describing(a_person()), "given_name": text}):
        assert client.post("/regio/loket", form).status_code in {200, 400}
        assert client.get("/regio/loket", form).status_code in {200, 400}
    assert client.post("/regio/loket/zonder-nummer", {"persoon": text}).status_code == (
        400 if "\0" in text else 404
    )
    assert not Help.objects.exists()
