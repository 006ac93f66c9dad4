# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a practice says about whom it takes and how many, and the ledger behind its places."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.builders import AT, CLOSED, OPEN, PRACTICE_STAFF, TODAY, a_practice, a_region, days_after

from huisartsplek.audit.models import AuditEvent
from huisartsplek.audit.transactions import NotInATransaction
from huisartsplek.practices.locks import lock_places
from huisartsplek.practices.models import PlaceEntry, Places, PolicyVersion, Practice
from huisartsplek.practices.places import change_places
from huisartsplek.practices.services import confirm_intake, set_intake
from huisartsplek.rules.intake import IntakePolicy
from huisartsplek.rules.refusals import Refusal, RefusalCode


def say(practice: Practice, people: int, *, policy: IntakePolicy = OPEN, seen: int | None = None) -> Places:
    version = Places.objects.get(pk=practice.pk).version if seen is None else seen
    return set_intake(PRACTICE_STAFF, practice.pk, policy=policy, people_more=people, seen_version=version, at=AT)


@pytest.mark.django_db
def test_a_practice_signs_its_policy_and_says_how_many_people_more() -> None:
    practice = a_practice(None)
    places = say(practice, 7)
    assert (places.free, places.held, places.confirmed_on) == (7, 0, TODAY)
    version = PolicyVersion.objects.get()
    assert (version.value(), version.signed_by) == (OPEN, PRACTICE_STAFF.user_id)


@pytest.mark.django_db
def test_of_two_who_saw_the_same_page_the_second_is_told_so() -> None:
    practice = a_practice(free=5)
    seen = Places.objects.get(pk=practice.pk).version
    say(practice, 3, seen=seen)
    with pytest.raises(Refusal) as refused:
        say(practice, 9, policy=CLOSED, seen=seen)
    assert refused.value.code is RefusalCode.CHANGED_MEANWHILE
    assert Places.objects.get(pk=practice.pk).free == 3
    assert PolicyVersion.objects.get(replaced_at=None).value() == OPEN


@pytest.mark.django_db
def test_a_new_policy_replaces_the_old_one_and_the_same_one_is_not_signed_twice() -> None:
    practice = a_practice(OPEN, 5)
    say(practice, 5)
    assert PolicyVersion.objects.count() == 1
    say(practice, 0, policy=CLOSED)
    assert PolicyVersion.objects.get(replaced_at=None).value() == CLOSED
    assert PolicyVersion.objects.count() == 2
    assert AuditEvent.objects.filter(kind="policy_signed").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("people", [-1, -1000])
def test_a_number_below_zero_is_refused(people: int) -> None:
    with pytest.raises(Refusal) as refused:
        say(a_practice(), people)
    assert refused.value.code is RefusalCode.NEGATIVE_NUMBER


@pytest.mark.django_db
def test_a_practice_that_is_not_known_says_nothing() -> None:
    with pytest.raises(Refusal) as refused:
        say(Practice(), 1, seen=1)
    assert refused.value.code is RefusalCode.UNKNOWN_PRACTICE
    with pytest.raises(Refusal) as refused:
        confirm_intake(PRACTICE_STAFF, Practice().pk, at=AT)
    assert refused.value.code is RefusalCode.UNKNOWN_PRACTICE


@pytest.mark.django_db
def test_saying_that_it_still_holds_changes_the_day_and_nothing_else() -> None:
    practice = a_practice(free=5)
    before = Places.objects.values("free", "held", "version").get(pk=practice.pk)
    confirm_intake(PRACTICE_STAFF, practice.pk, at=days_after(30))
    places = Places.objects.get(pk=practice.pk)
    assert (places.confirmed_on, before) == (
        days_after(30).date(),
        {"free": places.free, "held": places.held, "version": places.version},
    )


@pytest.mark.usefixtures("committed")
def test_places_are_locked_in_a_transaction_or_not_at_all() -> None:
    with pytest.raises(NotInATransaction):
        lock_places([a_practice().pk])


@pytest.mark.django_db
def test_the_database_refuses_what_would_go_below_zero() -> None:
    practice = a_practice(free=1)
    for field in ("free", "held"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Places.objects.filter(pk=practice.pk).update(**{field: -1})


class TestLedger(TestCase):
    """Whatever happens to a practice's places, the ledger tells it."""

    @settings(deadline=None, max_examples=40)
    @given(
        changes=st.lists(
            st.tuples(st.sampled_from(PlaceEntry.Kind), st.integers(-5, 5), st.integers(-5, 5)), max_size=12
        )
    )
    def test_the_counters_are_the_sums_of_the_ledger_and_never_negative(
        self, changes: list[tuple[PlaceEntry.Kind, int, int]]
    ) -> None:
        practice = a_practice(free=3, region=a_region())
        for kind, free, held in changes:
            try:
                with transaction.atomic():
                    places = lock_places([practice.pk])[practice.pk]
                    change_places(places, kind, free=free, held=held, reference=None, at=AT)
            except (Refusal, IntegrityError):
                continue
        places = Places.objects.get(pk=practice.pk)
        entries = list(PlaceEntry.objects.filter(practice=practice))
        assert places.free == sum(entry.free_change for entry in entries) >= 0
        assert places.held == sum(entry.held_change for entry in entries) >= 0
        assert places.version == 1 + len(entries)
