# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chain: each committed line once, late ones too, and whatever is changed afterwards is found."""

import threading
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.integration.audit.log_tampering import JOBS, NOON, tamper, triggers_off, write_lines

from huisartsplek.audit.events import PERSON_READ
from huisartsplek.audit.models import AuditAnchor, AuditBatch, AuditEvent, AuditSeal
from huisartsplek.audit.sealing import anchor_past_months, seal, seal_all
from huisartsplek.audit.services import record
from huisartsplek.audit.verification import Verification, verify_audit

TODAY = NOON.date()
COLUMNS = [field.column for field in AuditEvent._meta.concrete_fields]
OTHER_VALUES = {
    "id": "id + 1000000",
    "recorded_at": "recorded_at + interval '1 microsecond'",
    "month": "(month - interval '1 month')::date",
    "at": "at - interval '1 microsecond'",
    "actor_id": "gen_random_uuid()",
    "on_behalf_of": "gen_random_uuid()",
    "person_id": "gen_random_uuid()",
    "facts": """facts || '{"rows": 1}'""",
}


def sealed_lines(count: int) -> list[int]:
    """Write and seal some lines in two batches and return their numbers."""
    write_lines(count // 2)
    seal_all(at=NOON)
    write_lines(count - count // 2)
    seal_all(at=NOON)
    assert verify_audit(on=TODAY).fault is None
    return list(AuditEvent.objects.order_by("id").values_list("id", flat=True))


def found_after(statement: str, *arguments: int | str | date) -> Verification:
    """Tamper, verify, and undo it again."""
    point = transaction.savepoint()
    touched = tamper(statement, *arguments)
    assert touched, "the tampering must change something"
    found = verify_audit(on=TODAY)
    transaction.savepoint_rollback(point)
    return found


@pytest.mark.django_db
def test_each_line_is_sealed_once_however_often_the_sealer_runs() -> None:
    write_lines(5)
    assert seal_all(at=NOON) == 5
    assert seal_all(at=NOON) == 0
    write_lines(3)
    assert seal_all(at=NOON) == 3

    found = verify_audit(on=TODAY)
    assert (found.lines, found.fault, found.unsealed) == (8, None, 0)
    assert [batch.events for batch in AuditBatch.objects.order_by("number")] == [5, 8]
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditSeal.objects.create(
            event_id=AuditEvent.objects.earliest("id").pk, month=TODAY, position=99, hash=b"x" * 32
        )


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_of_any_line_is_found_and_the_line_named(column: str) -> None:
    for key in sealed_lines(4):
        new_value = OTHER_VALUES.get(column, f"{column} || 'x'")
        found = found_after(f"UPDATE audit_event SET {column} = {new_value} WHERE id = %s", key)  # noqa: S608  our own columns
        assert found.fault is not None
        assert found.fault.event_id == key


@pytest.mark.django_db
def test_a_removed_line_is_found_and_named() -> None:
    for position, key in enumerate(sealed_lines(5), start=1):
        found = found_after("DELETE FROM audit_event WHERE id = %s", key)
        assert found.fault is not None
        assert (found.fault.event_id, found.fault.position) == (key, position)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_anywhere_in_the_seals_is_found(data: st.DataObject) -> None:
    with transaction.atomic():
        sealed_lines(4)
        table, column = data.draw(
            st.sampled_from([("audit_seal", "hash"), ("audit_batch", "head")]), label="which hash"
        )
        position = data.draw(st.integers(1, 4 if table == "audit_seal" else 2))
        where = "position" if table == "audit_seal" else "number"
        bit = data.draw(st.integers(0, 255))
        statement = f"UPDATE {table} SET {column} = set_bit({column}, {bit}, 1 - get_bit({column}, {bit}))"  # noqa: S608
        found = found_after(f"{statement} WHERE {where} = %s", position)
        assert found.fault is not None
        if table == "audit_seal":
            assert found.fault.position == position
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_removing_seals_or_the_end_of_the_chain_is_found() -> None:
    keys = sealed_lines(6)
    assert found_after("DELETE FROM audit_seal WHERE position = 2").fault is not None
    assert found_after("DELETE FROM audit_seal WHERE position > 4").fault is not None
    assert found_after("DELETE FROM audit_batch WHERE number = 2").fault is not None
    with triggers_off(), connection.cursor() as cursor:
        head = verify_audit(on=TODAY).heads[0]
        cursor.execute("DELETE FROM audit_seal WHERE position > 3")
        cursor.execute("DELETE FROM audit_batch WHERE number = 2")
        cursor.execute("DELETE FROM audit_event WHERE id > %s", [keys[2]])
    # A whole tail that goes with its batch leaves a shorter chain that fits: only a head kept elsewhere tells.
    assert verify_audit(on=TODAY).fault is None
    assert verify_audit(on=TODAY, kept=(head,)).fault is not None


@pytest.mark.django_db
def test_the_unsealed_tail_is_counted_and_dated() -> None:
    write_lines(2)
    seal_all(at=NOON)
    write_lines(3)
    found = verify_audit(on=TODAY)
    assert (found.lines, found.unsealed) == (2, 3)
    assert found.oldest_unsealed_at == AuditEvent.objects.order_by("id")[2].recorded_at


@pytest.mark.usefixtures("committed")
def test_a_line_that_commits_behind_later_ones_is_sealed_at_the_end_of_the_chain() -> None:
    written, may_commit = threading.Event(), threading.Event()

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                record(PERSON_READ, actor=JOBS, at=NOON, view="tests.late")
                written.set()
                assert may_commit.wait(10)
        finally:
            connection.close()

    late = threading.Thread(target=write_slowly)
    late.start()
    assert written.wait(10)
    write_lines(3)
    assert seal_all(at=NOON) == 3
    may_commit.set()
    late.join()

    late_line = AuditEvent.objects.get(facts__view="tests.late")
    assert late_line.pk < min(AuditSeal.objects.values_list("event_id", flat=True))
    assert seal_all(at=NOON) == 1
    assert AuditSeal.objects.get(event_id=late_line.pk).position == 4
    found = verify_audit(on=TODAY)
    assert (found.lines, found.fault, found.unsealed) == (4, None, 0)


@pytest.mark.usefixtures("committed")
def test_sealers_side_by_side_seal_each_line_once() -> None:
    write_lines(40)
    counts: list[int] = []

    def work() -> None:
        try:
            counts.append(seal_all(at=NOON))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    counts.append(seal_all(at=NOON))

    assert sum(counts) == 40
    assert verify_audit(on=TODAY).fault is None


@pytest.mark.django_db
def test_a_recent_pass_leaves_old_lines_to_the_pass_over_everything() -> None:
    write_lines(2)
    latest = AuditEvent.objects.latest("id").recorded_at
    assert seal(at=NOON, since=latest) == 0
    assert seal(at=NOON, since=None) == 2


def age_the_log(months: int) -> date:
    """Move every line of the log some months back, as if it had been written then, and return its month."""
    tamper(
        "UPDATE audit_event SET recorded_at = recorded_at - make_interval(months => %s),"
        " month = date_trunc('month', recorded_at - make_interval(months => %s))::date",
        months,
        months,
    )
    return AuditEvent.objects.earliest("id").month


@pytest.mark.django_db
def test_a_month_that_is_over_gets_an_anchor_and_a_late_line_another() -> None:
    write_lines(3)
    month = age_the_log(2)
    seal_all(at=NOON)
    now = AuditEvent.objects.latest("id").recorded_at + timedelta(days=70)
    assert anchor_past_months(at=now) == 1
    assert anchor_past_months(at=now) == 0
    assert (AuditAnchor.objects.get().month, AuditAnchor.objects.get().events) == (month, 3)

    write_lines(1)
    tamper("UPDATE audit_event SET month = %s WHERE id = (SELECT max(id) FROM audit_event)", month)
    seal_all(at=NOON)
    assert anchor_past_months(at=now) == 1
    assert verify_audit(on=now.date()).fault is None
    assert found_after("UPDATE audit_anchor SET events = events - 2 WHERE events = 4").fault is not None
    assert found_after("DELETE FROM audit_anchor WHERE events = 3").fault is not None


@pytest.mark.django_db
def test_a_month_is_dropped_as_a_whole_after_five_years_and_not_before() -> None:
    write_lines(3)
    month = age_the_log(59)
    seal_all(at=NOON)
    write_lines(2)
    seal_all(at=NOON)
    later = AuditEvent.objects.latest("id").recorded_at
    assert anchor_past_months(at=later) == 1
    with pytest.raises(Exception, match="five years"), transaction.atomic():
        connection.cursor().execute("SELECT audit_drop_month(%s)", [month])
    lost = found_after("DELETE FROM audit_seal WHERE month = %s", month)
    assert lost.fault is not None


@pytest.mark.django_db
def test_a_dropped_month_leaves_its_anchor_and_an_intact_log() -> None:
    write_lines(3)
    month = age_the_log(63)
    seal_all(at=NOON)
    write_lines(2)
    seal_all(at=NOON)
    later = AuditEvent.objects.latest("id").recorded_at
    with pytest.raises(Exception, match="anchor"), transaction.atomic():
        connection.cursor().execute("SELECT audit_drop_month(%s)", [month])
    anchor_past_months(at=later)

    connection.cursor().execute("SELECT audit_drop_month(%s)", [month])

    assert AuditEvent.objects.count() == AuditSeal.objects.count() == 2
    assert AuditAnchor.objects.get().events == 3
    assert verify_audit(on=later.date()).fault is None
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM audit_event")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM audit_anchor")


@pytest.mark.django_db
def test_the_command_names_the_bad_line_and_leaves_a_line_itself(capsys: pytest.CaptureFixture[str]) -> None:
    keys = sealed_lines(4)
    call_command("verify_audit")
    head_line = capsys.readouterr().out.splitlines()[0]
    assert AuditEvent.objects.filter(kind="log_verified", facts__intact=True).count() == 1
    call_command("verify_audit", "--kept", head_line)

    tamper("UPDATE audit_event SET role = 'somebody-else' WHERE id = %s", keys[2])
    with pytest.raises(CommandError, match=f"line {keys[2]}"):
        call_command("verify_audit")
    assert AuditEvent.objects.filter(kind="log_verified", facts__intact=False).count() == 1
