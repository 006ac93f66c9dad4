# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The medical record goes along only by a yes of its own: apart from the move, for one person, to take back."""

from contextlib import suppress
from datetime import date
from uuid import UUID

import pytest
from tests.builders import (
    AT,
    PRACTICE_STAFF,
    SYSTEM,
    a_citizen,
    a_person,
    a_practice,
    a_request,
    days_after,
)

from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.models import Move
from huisartsplek.enrolments.records import RecordStanding, note_record_sent, standing_of
from huisartsplek.people.models import Consent, Person
from huisartsplek.practices.models import Practice
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.record_transfer import (
    allow_transfer,
    forbid_transfer,
    open_transfers,
    transfer_question,
)
from huisartsplek.requests.services import admit_at_once, withdraw_request
from huisartsplek.rules.consent_texts import Wording, record_transfer_wording
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db
LATER = days_after(20)


@pytest.fixture
def here() -> Practice:
    return a_practice(name="Praktijk De Brink")


@pytest.fixture
def there() -> Practice:
    return a_practice(free=9, name="Praktijk Zilverschoon")


@pytest.fixture
def parent(here: Practice) -> Person:
    return a_person(enrolled_at=here)


def moving(there: Practice, *people: Person) -> dict[UUID, Move]:
    request = a_request(people[0], wishes=[there], members=list(people))
    return {move.person_id: move for move in admit_at_once(SYSTEM, request.pk, there.pk, at=AT)}


def read(move: Move, *, for_child: bool = False) -> Wording:
    assert move.from_practice is not None
    return record_transfer_wording(
        from_practice=move.from_practice.name,
        to_practice=move.to_practice.name,
        for_child=for_child,
        language="nl",
    )


def allow(by: Person, move: Move) -> None:
    wording = read(move, for_child=move.person_id != by.pk)
    allow_transfer(a_citizen(by), move.pk, by=by, wording=wording, at=AT)


def seen(move: Move) -> RecordStanding:
    move.refresh_from_db()
    return standing_of([move], on=day_in_amsterdam(AT))[move.pk]


@pytest.mark.parametrize(
    ("born", "says_self", "says_parent", "may_be_sent"),
    [
        (date(2020, 1, 1), False, True, True),  # under 12: the parent
        (date(2020, 1, 1), True, False, False),
        (date(2013, 1, 1), False, True, False),  # from 12: both
        (date(2013, 1, 1), True, False, False),
        (date(2013, 1, 1), True, True, True),
        (date(2009, 1, 1), True, False, True),  # from 16: alone
        (date(2009, 1, 1), False, True, False),
    ],
)
def test_who_decides_about_the_move_decides_about_the_record(
    here: Practice,
    there: Practice,
    parent: Person,
    born: date,
    *,
    says_self: bool,
    says_parent: bool,
    may_be_sent: bool,
) -> None:
    child = a_person(parent.household, birth_date=born, parents=[parent], enrolled_at=here)
    move = moving(there, parent, child)[child.pk]
    for by, says in ((child, says_self), (parent, says_parent)):
        if says:
            with suppress(Refusal):
                allow(by, move)
    assert (seen(move) is RecordStanding.MAY_BE_SENT) == may_be_sent


def test_a_yes_for_one_says_nothing_of_another_and_a_no_changes_nothing_of_the_move(
    here: Practice, there: Practice, parent: Person
) -> None:
    partner = a_person(parent.household, enrolled_at=here)
    moves = moving(there, parent, partner)
    allow(parent, moves[parent.pk])
    assert seen(moves[parent.pk]) is RecordStanding.MAY_BE_SENT
    assert seen(moves[partner.pk]) is RecordStanding.MAY_NOT
    actor = a_citizen(partner)
    forbid_transfer(actor, moves[partner.pk].pk, by=partner, at=AT)
    assert open_transfers(partner, at=AT) == []
    for move in moves.values():
        move.refresh_from_db()
        assert move.state == "planned"
    assert carry_out(SYSTEM, moves[parent.pk].request_id, at=LATER)
    assert {move.state for move in Move.objects.all()} == {"switched"}


def test_the_text_is_kept_as_it_was_read_and_the_log_tells_yes_no_and_taken_back(
    there: Practice, parent: Person
) -> None:
    move = moving(there, parent)[parent.pk]
    allow(parent, move)
    consent = Consent.objects.get(kind="record_transfer")
    assert consent.wording == read(move).text
    assert "Praktijk De Brink mag het sturen aan Praktijk Zilverschoon" in consent.wording
    assert parent.given_name not in consent.wording
    assert consent.wording_version == "record_transfer/1/self/nl"
    forbid_transfer(a_citizen(parent), move.pk, by=parent, at=AT)
    assert seen(move) is RecordStanding.MAY_NOT
    told = AuditEvent.objects.filter(person_id=parent.pk, facts__consent="record_transfer").order_by("pk")
    kinds = list(told.values_list("kind", flat=True))
    assert kinds == ["consent_given", "consent_withdrawn", "consent_declined"]
    allow(parent, move)
    assert seen(move) is RecordStanding.MAY_BE_SENT, "a no can become a yes"


def test_a_yes_is_taken_back_until_the_record_was_sent_and_not_after(
    here: Practice, there: Practice, parent: Person
) -> None:
    move = moving(there, parent)[parent.pk]
    with pytest.raises(Refusal):
        note_record_sent(PRACTICE_STAFF, move.pk, here.pk, at=AT)  # not moved yet
    assert carry_out(SYSTEM, move.request_id, at=LATER)
    with pytest.raises(Refusal) as no_consent:
        note_record_sent(PRACTICE_STAFF, move.pk, here.pk, at=LATER)
    assert no_consent.value.code is RefusalCode.CONSENT_MISSING
    allow(parent, move)
    with pytest.raises(Refusal):
        note_record_sent(PRACTICE_STAFF, move.pk, there.pk, at=LATER)  # it is the old practice that sends
    for _ in range(2):
        note_record_sent(PRACTICE_STAFF, move.pk, here.pk, at=LATER)
    assert AuditEvent.objects.filter(kind="record_sent", person_id=parent.pk).count() == 1
    with pytest.raises(Refusal):
        forbid_transfer(a_citizen(parent), move.pk, by=parent, at=LATER)
    assert seen(move) is RecordStanding.SENT


def test_nobody_else_is_asked_or_answers(here: Practice, there: Practice, parent: Person) -> None:
    mate = a_person(parent.household, enrolled_at=here)
    hidden = a_person(
        parent.household, birth_date=date(2020, 1, 1), parents=[parent], enrolled_at=here, is_protected=True
    )
    move = moving(there, parent)[parent.pk]
    of_hidden = moving(there, mate, hidden)[hidden.pk]
    for other, about in ((mate, move), (a_person(), move), (parent, of_hidden)):
        actor = a_citizen(other)
        assert transfer_question(actor, about.pk, by=other, at=AT) is None
        with pytest.raises(Refusal):
            allow_transfer(actor, about.pk, by=other, wording=read(about), at=AT)
        with pytest.raises(Refusal):
            forbid_transfer(actor, about.pk, by=other, at=AT)
    assert transfer_question(a_citizen(mate), move.pk, by=parent, at=AT) is None, "in somebody else's name"


def test_without_an_old_practice_or_without_a_move_there_is_nothing_to_ask(there: Practice, parent: Person) -> None:
    newcomer = a_person()
    first = moving(there, newcomer)[newcomer.pk]
    assert open_transfers(newcomer, at=AT) == []
    assert seen(first) is RecordStanding.NONE
    move = moving(there, parent)[parent.pk]
    assert [one.move.pk for one in open_transfers(parent, at=AT)] == [move.pk]
    withdraw_request(a_citizen(parent), move.request_id, by=parent, at=AT)
    assert open_transfers(parent, at=AT) == []
    with pytest.raises(Refusal):
        allow(parent, move)
