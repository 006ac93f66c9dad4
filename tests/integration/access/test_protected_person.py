# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A protected person is a canary: no page, file, message or log of anybody else sings of them."""

import logging
from datetime import date

import pytest
from tests.builders import AT, SYSTEM, a_citizen, a_household, a_person, a_practice, a_request, an_enrolment
from tests.integration.access.subjects import Subject, World, a_world
from tests.integration.access.walking import ask, every_address, own_path, shared_path

from huisartsplek.accounts.models import User
from huisartsplek.accounts.policies import Party
from huisartsplek.audit.models import AuditEvent
from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Person
from huisartsplek.requests.models import Request
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.queries import prospects_of_draft, request_of
from huisartsplek.requests.services import admit_at_once
from huisartsplek.rules.intake import Clause, HouseholdMemberOfPatient, IntakePolicy, PartialStop, StopReason

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TRACES = ("Kanarienoor", "Zwijgzaam", "9876QX", "9876 QX", "987zq", "kanarie@")
PRACTICE = "Praktijk Kanariehof"
THERE = "Praktijk Kanariewijk"


@pytest.fixture
def canary() -> Person:
    person = a_person(
        a_household(),
        given_name="Kanarienoor",
        family_name="Zwijgzaam",
        postcode="9876QX",
        email="kanarie@voorbeeld.example",
        is_protected=True,
        enrolled_at=a_practice(name=PRACTICE),
    )
    person.house_number = "987zq"
    person.save()
    return person


def moving_mate(canary: Person, *, is_sure: bool = True) -> tuple[Subject, Request]:
    """Let somebody who lives with them move to another practice, together with them; or only be offered that."""
    mate = a_person(canary.household, given_name="Huisgenoot", postcode="2514GL")
    there = a_practice(free=5, name=THERE)
    request = a_request(mate, wishes=[there], members=[mate, canary])
    if is_sure:
        moves = {move.person_id: move for move in admit_at_once(SYSTEM, request.pk, there.pk, at=AT)}
        own = {"request_id": str(request.pk), "move_id": str(moves[mate.pk].pk)}
    else:
        offer = offer_to_first(SYSTEM, there.pk, at=AT)
        assert offer is not None
        own = {"request_id": str(request.pk), "offer_id": str(offer.pk)}
    user_id = a_citizen(mate).user_id
    assert user_id is not None
    user = User.objects.get(pk=user_id)
    filled = {"slug": there.slug, "practice_id": str(there.pk), "step": "lager", "form": "json"}
    return Subject("who lives with the canary", Party.CITIZEN, user, mate, own, filled), request


def found_in(text: str) -> list[str]:
    return [trace for trace in TRACES if trace.lower() in text.lower()]


def read_everything(subject: Subject, world: World) -> dict[str, str]:
    pages = {}
    browser = subject.browser()
    for address in every_address():
        path = own_path(address, subject, world) or shared_path(address, subject, world)
        if path is not None:
            answer = ask(browser, "GET", path)
            content = b"".join(answer) if answer.streaming else answer.content
            pages[path] = content.decode(errors="replace") + str(answer.headers)
    return pages


def test_nobody_else_finds_a_trace_of_them(canary: Person, caplog: pytest.LogCaptureFixture) -> None:
    world = a_world()
    mate, _request = moving_mate(canary)
    parties = list({subject.party: subject for subject in reversed(world.subjects)}.values())
    sung = []
    with caplog.at_level(logging.DEBUG):
        for subject in [mate, *parties]:
            for path, text in read_everything(subject, world).items():
                sung += [(subject.name, path, trace) for trace in found_in(text)]
                if subject is mate and path.startswith("/mijn"):
                    sung += [(subject.name, path, name) for name in (PRACTICE, THERE) if name in text]
    assert sung == []
    assert found_in(caplog.text) == []


def test_no_log_of_what_happened_and_no_message_to_others_names_them(canary: Person) -> None:
    moving_mate(canary)
    rows = [str(row) for row in AuditEvent.objects.values()]
    assert rows
    assert not [row for row in rows if found_in(row)]
    others = [str(row) for row in Notice.objects.exclude(person_id=canary.pk).values()]
    assert others
    assert not [row for row in others if found_in(row)]


def test_the_walk_would_hear_them_if_they_were_not_protected(canary: Person) -> None:
    Person.objects.filter(pk=canary.pk).update(is_protected=False)
    mate, _request = moving_mate(canary)
    page = ask(mate.browser(), "GET", "/mijn").content.decode()
    assert "Kanarienoor" in page
    assert PRACTICE in page
    assert THERE in page


@pytest.mark.parametrize("is_sure", [False, True], ids=["offered", "moving"])
@pytest.mark.parametrize("is_flagged_later", [False, True], ids=["filed with them", "flagged in the database"])
def test_where_they_go_stands_on_no_page_and_in_no_file_of_who_goes_with_them(
    canary: Person, is_flagged_later: bool, is_sure: bool
) -> None:
    Person.objects.filter(pk=canary.pk).update(is_protected=not is_flagged_later)
    mate, request = moving_mate(canary, is_sure=is_sure)
    assert mate.person is not None
    before = read_own(mate)
    assert any(THERE in text for text in before.values()) == is_flagged_later
    Person.objects.filter(pk=canary.pk).update(is_protected=True)
    sung = [(path, name) for path, text in read_own(mate).items() for name in (PRACTICE, THERE) if name in text]
    assert sung == []
    assert "een verzoek dat wij hier niet laten zien" in ask(mate.browser(), "GET", "/mijn").content.decode()
    theirs = request_of(a_citizen(canary), request.pk, at=AT)
    assert theirs is not None, "they themselves see it"
    letters = list(Notice.objects.exclude(person_id=canary.pk).values_list("to_address", flat=True))
    assert not any(found_in(window) for window in letters)


def read_own(subject: Subject) -> dict[str, str]:
    """Read every page and file of somebody's own."""
    pages = {}
    browser = subject.browser()
    for address in every_address():
        path = address.filled({**subject.beside, **subject.own})
        if path is not None and path.startswith("/mijn"):
            answer = ask(browser, "GET", path)
            pages[path] = answer.content.decode(errors="replace") + str(answer.headers)
    return pages


def test_a_rule_for_patients_families_betrays_no_protected_patient(canary: Person) -> None:
    for_families = IntakePolicy(
        rule=PartialStop((Clause((HouseholdMemberOfPatient(),)),)),
        valid_from=date(2020, 1, 1),
        swaps=False,
        stop_reason=StopReason.CARE_DEMAND,
    )
    there = a_practice(for_families, free=5)
    an_enrolment(a_person(canary.household, is_protected=True), there)
    mate = a_person(canary.household)
    outlooks = {
        one.outlook for one in prospects_of_draft(mate, [mate], [there, a_practice(for_families, free=5)], at=AT)
    }
    assert len(outlooks) == 1
    assert prospects_of_draft(canary, [canary], [there], at=AT)[0].outlook in outlooks
