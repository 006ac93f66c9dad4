# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A BSN is stored so that only this application opens it, for the one person it belongs to."""

import logging
import traceback
from collections.abc import Callable
from io import StringIO
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from tests.integration.people.examples import AT, SYSTEM, Change, PersonMaker, demo_bsn, only_newest

from huisartsplek.audit.models import AuditEvent
from huisartsplek.config.values import KeyRing
from huisartsplek.people import bsn as module
from huisartsplek.people.bsn import (
    Sealed,
    UnreadableBsn,
    find_by_bsn,
    has_other_bsn,
    look_up,
    open_sealed,
    read_bsn,
    rotate_bsn_keys,
    seal,
    store_bsn,
)
from huisartsplek.people.models import PersonBsn
from huisartsplek.rules.refusals import Refusal, RefusalCode
from huisartsplek.rules.values import Bsn

ONE = demo_bsn(0)
OTHER = demo_bsn(500)
REAL = Bsn("123456782")


def test_what_was_sealed_opens_for_the_same_person() -> None:
    person = uuid4()
    assert open_sealed(seal(ONE, person), person) == ONE


def test_the_same_bsn_is_sealed_differently_each_time() -> None:
    person = uuid4()
    assert len({seal(ONE, person).content for _ in range(20)}) == 20


def test_a_sealed_bsn_does_not_open_for_another_person() -> None:
    with pytest.raises(UnreadableBsn):
        open_sealed(seal(ONE, uuid4()), uuid4())


@budget(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(position=st.integers(0, 36), flip=st.integers(1, 255))
def test_one_changed_bit_is_noticed_wherever_it_is(position: int, flip: int) -> None:
    person = uuid4()
    sealed = seal(ONE, person)
    content = bytearray(sealed.content)
    assert len(content) == 37
    content[position] ^= flip
    with pytest.raises(UnreadableBsn):
        open_sealed(Sealed(sealed.key_id, bytes(content)), person)


@pytest.mark.parametrize("content", [b"", b"short", bytes(12), bytes(27)])
def test_what_is_too_short_to_be_sealed_does_not_open(content: bytes) -> None:
    sealed = seal(ONE, uuid4())
    with pytest.raises(UnreadableBsn):
        open_sealed(Sealed(sealed.key_id, content), uuid4())


def test_a_key_that_is_gone_opens_nothing() -> None:
    person = uuid4()
    sealed = seal(ONE, person)
    with pytest.raises(UnreadableBsn):
        open_sealed(Sealed("77", sealed.content), person)


def test_the_look_up_depends_on_its_own_key() -> None:
    with override_settings(BSN_LOOKUP_KEY="another key, of more than 32 characters"):
        elsewhere = look_up(ONE)
    assert elsewhere != look_up(ONE)
    assert look_up(ONE) != look_up(OTHER)


def test_without_keys_nothing_is_sealed_or_looked_up() -> None:
    with override_settings(BSN_KEYS=None, BSN_LOOKUP_KEY=None):
        with pytest.raises(ImproperlyConfigured):
            seal(ONE, uuid4())
        with pytest.raises(ImproperlyConfigured):
            look_up(ONE)


def test_a_stored_bsn_is_found_and_read_again(person: PersonMaker) -> None:
    iris = person()
    store_bsn(SYSTEM, iris, ONE, AT)
    assert find_by_bsn(ONE) == iris
    assert find_by_bsn(OTHER) is None
    assert read_bsn(SYSTEM, iris, AT) == ONE
    kinds = AuditEvent.objects.filter(person_id=iris.pk).order_by("id").values_list("kind", "facts")
    assert list(kinds) == [("person_changed", {"field": "bsn"}), ("person_read", {"view": "bsn"})]


def test_the_rows_do_not_hold_the_digits(person: PersonMaker) -> None:
    store_bsn(SYSTEM, person(), ONE, AT)
    row = PersonBsn.objects.get()
    assert ONE.reveal().encode() not in bytes(row.sealed) + bytes(row.look_up)
    assert ONE.reveal() not in repr(row) + str(row) + repr(vars(row))


def test_nobody_has_a_bsn_by_default(person: PersonMaker) -> None:
    iris = person()
    assert read_bsn(SYSTEM, iris, AT) is None
    assert not AuditEvent.objects.filter(person_id=iris.pk).exists()
    assert not has_other_bsn(iris, ONE)


def test_storing_the_same_bsn_twice_is_once(person: PersonMaker) -> None:
    iris = person()
    store_bsn(SYSTEM, iris, ONE, AT)
    store_bsn(SYSTEM, iris, ONE, AT)
    assert PersonBsn.objects.count() == 1
    assert AuditEvent.objects.filter(person_id=iris.pk).count() == 1


def test_a_second_bsn_for_one_person_is_refused(person: PersonMaker) -> None:
    iris = person()
    store_bsn(SYSTEM, iris, ONE, AT)
    with pytest.raises(Refusal):
        store_bsn(SYSTEM, iris, OTHER, AT)
    assert read_bsn(SYSTEM, iris, AT) == ONE
    assert has_other_bsn(iris, OTHER)


def test_every_reason_to_refuse_a_bsn_sounds_the_same(person: PersonMaker) -> None:
    has_one, has_none = person(), person()
    store_bsn(SYSTEM, has_one, ONE, AT)
    answers = []
    for somebody, number in ((has_none, ONE), (has_one, OTHER), (has_none, REAL)):
        with pytest.raises(Refusal) as refused:
            store_bsn(SYSTEM, somebody, number, AT)
        answers.append((refused.value.code, refused.value.facts, str(refused.value)))
    assert answers == [(RefusalCode.NOT_ALLOWED_NOW, {}, "not_allowed_now")] * 3
    assert not PersonBsn.objects.filter(person=has_none).exists()


def test_the_transaction_goes_on_after_a_refused_bsn(person: PersonMaker) -> None:
    has_one, has_none = person(), person()
    store_bsn(SYSTEM, has_one, ONE, AT)
    with pytest.raises(Refusal):
        store_bsn(SYSTEM, has_none, ONE, AT)
    store_bsn(SYSTEM, has_none, OTHER, AT)
    assert find_by_bsn(OTHER) == has_none


def test_a_demo_keeps_no_real_bsn_and_production_no_demo_bsn(person: PersonMaker, in_production: Change) -> None:
    iris = person()
    with pytest.raises(Refusal):
        store_bsn(SYSTEM, iris, REAL, AT)
    with in_production():
        with pytest.raises(Refusal):
            store_bsn(SYSTEM, iris, ONE, AT)
        store_bsn(SYSTEM, iris, REAL, AT)
    assert find_by_bsn(REAL) == iris


def test_a_row_put_beside_another_person_does_not_open(person: PersonMaker) -> None:
    iris, thief = person(), person()
    store_bsn(SYSTEM, iris, ONE, AT)
    store_bsn(SYSTEM, thief, OTHER, AT)
    taken = PersonBsn.objects.get(person=iris)
    PersonBsn.objects.filter(person=thief).update(sealed=taken.sealed, key_id=taken.key_id)
    with pytest.raises(UnreadableBsn):
        read_bsn(SYSTEM, thief, AT)


def test_rotation_seals_everything_with_the_newest_key(
    person: PersonMaker, newer_key: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_ROWS_AT_ONCE", 2)
    numbers = {person(): demo_bsn(start) for start in range(1000, 1500, 100)}
    for somebody, number in numbers.items():
        store_bsn(SYSTEM, somebody, number, AT)
    before = dict(PersonBsn.objects.values_list("person_id", "look_up"))
    with newer_key():
        assert {read_bsn(SYSTEM, who, AT) for who in numbers} == set(numbers.values())
        rotation = rotate_bsn_keys(SYSTEM, at=AT)
        assert (rotation.resealed, rotation.unreadable) == (5, ())
        assert rotate_bsn_keys(SYSTEM, at=AT).resealed == 0
        with only_newest():
            assert {who: read_bsn(SYSTEM, who, AT) for who in numbers} == numbers
    assert {k: bytes(v) for k, v in before.items()} == {
        k: bytes(v) for k, v in PersonBsn.objects.values_list("person_id", "look_up")
    }


def test_rotation_leaves_what_does_not_open_and_names_the_person(
    person: PersonMaker, newer_key: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_ROWS_AT_ONCE", 1)
    people = [person() for _ in range(3)]
    for start, somebody in enumerate(people):
        store_bsn(SYSTEM, somebody, demo_bsn(2000 + 100 * start), AT)
    PersonBsn.objects.filter(person=people[1]).update(sealed=b"not what it was")
    with newer_key():
        output = StringIO()
        with pytest.raises(CommandError, match=str(people[1].pk)):
            call_command("rotate_bsn_keys", stdout=output)
        assert output.getvalue() == "2 sealed anew\n"
    assert bytes(PersonBsn.objects.get(person=people[1]).sealed) == b"not what it was"


def test_the_first_key_of_the_ring_seals_whatever_its_number() -> None:
    with override_settings(BSN_KEYS=KeyRing(((3, bytes(32)), (9, bytes(range(32)))))):
        assert seal(ONE, uuid4()).key_id == "3"


def test_no_log_line_and_no_exception_ever_holds_the_digits(
    person: PersonMaker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    iris, other = person(), person()
    told: list[str] = []

    def attempt(act: Callable[[], object]) -> None:
        try:
            told.append(repr(act()))
        except (Refusal, UnreadableBsn, DatabaseError, CommandError) as problem:
            frames = traceback.TracebackException.from_exception(problem, capture_locals=False)
            told.extend([*frames.format(), repr(problem), repr(vars(problem))])

    with override_settings(DEBUG=True):
        attempt(lambda: store_bsn(SYSTEM, iris, ONE, AT))
        attempt(lambda: store_bsn(SYSTEM, other, ONE, AT))
        attempt(lambda: store_bsn(SYSTEM, iris, REAL, AT))
        attempt(lambda: find_by_bsn(ONE))
        attempt(lambda: read_bsn(SYSTEM, iris, AT))
        attempt(lambda: seal(ONE, iris.pk))
        attempt(lambda: _twice(ONE))
    everything = "\n".join([*told, caplog.text, *(repr(vars(record)) for record in caplog.records)])
    assert "not_allowed_now" in everything
    assert "people_personbsn" in everything, "the statements themselves were looked at"
    assert ONE.reveal() not in everything
    assert REAL.reveal() not in everything


def _twice(number: Bsn) -> None:
    row = PersonBsn.objects.get()
    with transaction.atomic():
        PersonBsn.objects.filter(pk=row.pk).update(sealed=None, look_up=look_up(number))
