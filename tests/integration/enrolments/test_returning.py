# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A registration that was never made: a coordinator lets the person be where they were."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from tests.builders import COORDINATOR, SYSTEM, a_practice, a_region, a_request, days_after
from tests.integration.enrolments.late import overdue, with_the_coordinator

from huisartsplek.enrolments.deadlines import pass_on
from huisartsplek.enrolments.management.commands import return_move as return_move_command
from huisartsplek.enrolments.models import Enrolment
from huisartsplek.enrolments.queries import is_tradable
from huisartsplek.enrolments.returning import give_time, return_move
from huisartsplek.practices.models import Places
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.refusals import Refusal, RefusalCode

pytestmark = pytest.mark.django_db


def test_the_person_is_with_the_old_practice_again_and_the_place_is_free_again() -> None:
    here, wanted = a_practice(), a_practice(free=1)
    person, move = with_the_coordinator(here, wanted)
    assert return_move(COORDINATOR, move.pk, wanted.region_id, at=days_after(43)).state == "returned"
    current = Enrolment.objects.get(person=person, ends_on=None)
    assert (current.practice, current.starts_on) == (here, day_in_amsterdam(days_after(43)))
    assert is_tradable(current, on=current.starts_on), "it was theirs for long before, and still is"
    assert Places.objects.get(pk=wanted.pk).free == 1
    assert a_request(person, wishes=[wanted], at=days_after(44)).state == "waiting"


def test_who_had_no_practice_has_none_again() -> None:
    wanted = a_practice(free=1)
    person, move = with_the_coordinator(None, wanted)
    return_move(COORDINATOR, move.pk, wanted.region_id, at=days_after(43))
    assert not Enrolment.objects.filter(person=person, ends_on=None).exists()


def test_only_the_region_decides_and_only_once_it_is_its_turn() -> None:
    wanted = a_practice(free=2)
    _, move = with_the_coordinator(a_practice(), wanted)
    with pytest.raises(Refusal) as refused:
        return_move(COORDINATOR, move.pk, a_region().pk, at=days_after(43))
    assert refused.value.code is RefusalCode.UNKNOWN_PRACTICE
    return_move(COORDINATOR, move.pk, wanted.region_id, at=days_after(43))
    with pytest.raises(Refusal) as refused:
        return_move(COORDINATOR, move.pk, wanted.region_id, at=days_after(43))
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW


def test_more_time_is_another_term_after_which_it_is_the_coordinators_again() -> None:
    here, wanted = a_practice(), a_practice(free=1)
    person, move = with_the_coordinator(here, wanted)
    move = give_time(COORDINATOR, move.pk, wanted.region_id, at=days_after(43))
    assert (move.state, move.deadline_at) == ("overdue", days_after(57))
    assert Enrolment.objects.get(person=person, ends_on=None).practice == wanted
    pass_on(SYSTEM, at=days_after(56))
    move.refresh_from_db()
    assert move.state == "overdue"
    pass_on(SYSTEM, at=days_after(57.1))
    move.refresh_from_db()
    assert move.state == "with_coordinator"


def test_more_time_is_for_the_region_to_give_and_only_once_it_is_its_turn() -> None:
    wanted = a_practice(free=2)
    _, move = overdue(a_practice(), wanted)
    with pytest.raises(Refusal) as refused:
        give_time(COORDINATOR, move.pk, a_region().pk, at=days_after(43))
    assert refused.value.code is RefusalCode.UNKNOWN_PRACTICE
    with pytest.raises(Refusal) as refused:
        give_time(COORDINATOR, move.pk, wanted.region_id, at=days_after(43))
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW


def test_nobody_goes_back_before_they_came() -> None:
    here, wanted = a_practice(), a_practice(free=1)
    person, move = with_the_coordinator(here, wanted)
    with pytest.raises(Refusal) as refused:
        return_move(COORDINATOR, move.pk, wanted.region_id, at=days_after(14))
    assert refused.value.code is RefusalCode.NOT_ALLOWED_NOW
    assert Enrolment.objects.get(person=person, ends_on=None).practice == wanted


def test_an_operator_carries_out_what_the_coordinator_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    here, wanted = a_practice(), a_practice(free=1)
    person, move = with_the_coordinator(here, wanted)
    monkeypatch.setattr(return_move_command, "current_moment", lambda: days_after(43))
    call_command("return_move", str(move.pk))
    assert Enrolment.objects.get(person=person, ends_on=None).practice == here
    with pytest.raises(CommandError, match="not_allowed_now"):
        call_command("return_move", str(move.pk))
    with pytest.raises(CommandError, match="no such move"):
        call_command("return_move", str(uuid4()))
