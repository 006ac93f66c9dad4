# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is recorded, with which facts, and in whose transaction."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.integration.audit.log_tampering import JOBS, NOON

from huisartsplek.audit.actors import Actor, ActorKind, Ground
from huisartsplek.audit.events import (
    ADVANCED,
    CATALOGUE,
    LOGGED_IN,
    PEOPLE_LISTED,
    PERSON_READ,
    UnknownFactError,
    stored,
)
from huisartsplek.audit.models import AuditEvent, Step
from huisartsplek.audit.services import ThingRef, advance, advance_many, record
from huisartsplek.audit.transactions import NotInATransaction
from huisartsplek.notices.models import Notice
from huisartsplek.rules.lifecycles import NoticeEvent, NoticeState
from huisartsplek.rules.refusals import Refusal, RefusalCode


def queued_notice() -> Notice:
    """A message as it is queued, without its own line in the log."""
    return Notice.objects.create(
        person_id=uuid4(),
        kind="moved",
        channel="email",
        to_address="x@example.org",
        key=str(uuid4()),
        state_since=NOON,
        deadline_at=NOON + timedelta(hours=1),
    )


@pytest.mark.django_db
def test_a_line_says_who_did_what_to_whom_for_whom_and_why() -> None:
    parent, child, page = uuid4(), uuid4(), uuid4()
    actor = Actor.person(parent, origin="192.0.2.7").acting_for(child, ground=Ground.PARENTAL_AUTHORITY)

    record(PERSON_READ, actor=actor, at=NOON, person=child, thing=ThingRef("web.page", page), view="web.mijn")

    line = AuditEvent.objects.get()
    assert (line.kind, line.action, line.outcome) == ("person_read", "read", "success")
    assert (line.actor_kind, line.actor_id, line.role, line.on_behalf_of) == ("person", parent, "citizen", child)
    assert (line.ground, line.origin, line.person_id) == ("parental_authority", "192.0.2.7", child)
    assert (line.thing_type, line.thing_id, line.facts) == ("web.page", str(page), {"view": "web.mijn"})
    assert line.at == NOON
    assert line.recorded_at > NOON
    assert line.month == date(line.recorded_at.year, line.recorded_at.month, 1)


@pytest.mark.django_db
def test_the_databases_clock_dates_a_line_whatever_the_application_says() -> None:
    AuditEvent.objects.create(
        at=NOON, recorded_at=datetime(2001, 1, 1, tzinfo=NOON.tzinfo), month=date(2001, 1, 1), kind="x", facts={}
    )

    assert AuditEvent.objects.get().recorded_at.year > 2001


@pytest.mark.usefixtures("committed")
def test_nothing_is_recorded_outside_a_transaction() -> None:
    with pytest.raises(NotInATransaction):
        record(PERSON_READ, actor=JOBS, at=NOON, view="tests.page")

    assert not AuditEvent.objects.exists()


def record_and_fail() -> None:
    """Write a line, and then stumble."""
    record(PERSON_READ, actor=JOBS, at=NOON, view="tests.page")
    raise ZeroDivisionError


@pytest.mark.usefixtures("committed")
def test_a_line_goes_with_the_transaction_it_stands_in() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record_and_fail()

    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"note": "hello"},
        {"view": "Jan Jansen"},
        {"view": "999912345"},
        {"rows": 999912345},
        {"rows": "3"},
        {"rows": True},
        {"view": "x" * 61},
    ],
)
def test_no_fact_holds_free_text_or_a_number_as_long_as_a_bsn(facts: dict[str, str | int]) -> None:
    with pytest.raises(UnknownFactError):
        stored(PEOPLE_LISTED, facts)


@settings(deadline=None)
@given(st.integers(min_value=10_000_000, max_value=999_999_999))
def test_no_bsn_fits_in_any_fact_of_any_kind(number: int) -> None:
    for kind in CATALOGUE.values():
        for fact in kind.facts:
            for value in (number, str(number), f"{number:09}"):
                with pytest.raises(UnknownFactError):
                    stored(kind, {fact: value})


@pytest.mark.parametrize(
    ("kind", "user_id"), [(ActorKind.PERSON, None), (ActorKind.STAFF, None), (ActorKind.SYSTEM, uuid4())]
)
def test_only_people_and_staff_have_a_user(kind: ActorKind, user_id: object) -> None:
    with pytest.raises(ValueError, match="user"):
        Actor(kind, user_id, "somebody")  # type: ignore[arg-type]  # the wrong combinations on purpose


@pytest.mark.django_db
def test_advancing_writes_the_state_the_step_and_the_line_together() -> None:
    notice = queued_notice()

    state = advance(notice, NoticeEvent.SEND, actor=JOBS, at=NOON)

    notice.refresh_from_db()
    step, line = Step.objects.get(), AuditEvent.objects.get(kind=ADVANCED.name)
    assert state is NoticeState.SENT
    assert (notice.state, notice.state_since) == ("sent", NOON)
    assert notice.deadline_at == NOON + timedelta(days=14)
    assert (step.thing_id, step.from_state, step.event, step.to_state) == (str(notice.pk), "queued", "send", "sent")
    assert line.facts == {"from_state": "queued", "event": "send", "to_state": "sent"}
    assert (line.person_id, line.thing_id) == (notice.person_id, str(notice.pk))


@pytest.mark.django_db
def test_what_the_lifecycle_forbids_leaves_no_trace() -> None:
    notice = queued_notice()

    with pytest.raises(Refusal):
        advance(notice, NoticeEvent.RETRY, actor=JOBS, at=NOON)

    notice.refresh_from_db()
    assert notice.state == "queued"
    assert not Step.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_a_thing_that_moved_meanwhile_is_not_moved_again() -> None:
    notice = queued_notice()
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.FAILED)

    with pytest.raises(Refusal) as refused, transaction.atomic():
        advance(notice, NoticeEvent.SEND, actor=JOBS, at=NOON)

    assert refused.value.code is RefusalCode.CHANGED_MEANWHILE
    assert notice.state == "queued"
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_many_things_advance_together_or_not_at_all() -> None:
    notices = [queued_notice() for _ in range(3)]
    advance_many(notices, NoticeEvent.SEND, actor=JOBS, at=NOON)
    assert {notice.state for notice in Notice.objects.all()} == {"sent"}
    assert Step.objects.count() == AuditEvent.objects.count() == 3

    others = [queued_notice() for _ in range(3)]
    Notice.objects.filter(pk=others[1].pk).update(state=NoticeState.SENT)
    with pytest.raises(Refusal), transaction.atomic():
        advance_many(others, NoticeEvent.SEND, actor=JOBS, at=NOON)
    assert Notice.objects.filter(pk__in=[one.pk for one in others], state="queued").count() == 2
    assert Step.objects.count() == 3


@pytest.mark.django_db
def test_the_application_can_only_add_lines(as_application: Callable[[], AbstractContextManager[None]]) -> None:
    record(LOGGED_IN, actor=JOBS, at=NOON, which="citizen", level="loa3")
    key = AuditEvent.objects.get().pk
    with as_application():
        record(LOGGED_IN, actor=JOBS, at=NOON, which="citizen", level="loa3")
        for table in ("audit_event", "audit_step", "audit_batch", "audit_seal", "audit_anchor"):
            for statement in (
                f"UPDATE {table} SET month = month",  # noqa: S608  our own table names
                f"DELETE FROM {table}",  # noqa: S608  our own table names
                f"TRUNCATE {table}",
                f"ALTER TABLE {table} DISABLE TRIGGER USER",
                f"DROP TABLE {table}",
            ):
                with pytest.raises(Exception, match=r"permission denied|must be owner"), transaction.atomic():
                    connection.cursor().execute(statement)
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute("SELECT audit_drop_month('2001-01-01')")
    assert AuditEvent.objects.filter(pk=key).exists()
    assert AuditEvent.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET kind = 'x'", "DELETE FROM audit_event", "DELETE FROM audit_step WHERE true"],
)
def test_not_even_the_owner_changes_a_line_by_a_plain_statement(statement: str) -> None:
    advance(queued_notice(), NoticeEvent.SEND, actor=JOBS, at=NOON)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert AuditEvent.objects.count() == Step.objects.count() == 1
