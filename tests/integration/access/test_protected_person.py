# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A protected person is a canary: no page, file, message or log of anybody else sings of them."""

import logging

import pytest
from tests.builders import AT, SYSTEM, a_citizen, a_household, a_person, a_practice, a_request
from tests.integration.access.subjects import Subject, World, a_world
from tests.integration.access.walking import ask, every_address, own_path, shared_path

from huisartsplek.accounts.models import User
from huisartsplek.accounts.policies import Party
from huisartsplek.audit.models import AuditEvent
from huisartsplek.notices.models import Notice
from huisartsplek.people.models import Person
from huisartsplek.requests.models import Request
from huisartsplek.requests.services import admit_at_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TRACES = ("Kanarienoor", "Zwijgzaam", "9876QX", "9876 QX", "987zq", "kanarie@")
PRACTICE = "Praktijk Kanariehof"


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


def moving_mate(canary: Person) -> tuple[Subject, Request]:
    """Let somebody who lives with them move to another practice, together with them."""
    mate = a_person(canary.household, given_name="Huisgenoot", postcode="2514GL")
    there = a_practice(free=5)
    request = a_request(mate, wishes=[there], members=[mate, canary])
    moves = {move.person_id: move for move in admit_at_once(SYSTEM, request.pk, there.pk, at=AT)}
    user_id = a_citizen(mate).user_id
    assert user_id is not None
    user = User.objects.get(pk=user_id)
    filled = {"slug": there.slug, "practice_id": str(there.pk), "step": "lager", "form": "json"}
    own = {"request_id": str(request.pk), "move_id": str(moves[mate.pk].pk)}
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
                if subject is mate and path.startswith("/mijn") and PRACTICE in text:
                    sung.append((subject.name, path, PRACTICE))
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
