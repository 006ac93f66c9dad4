# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing is forgotten: every table, every state, every owner."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import models, transaction
from tests.builders import (
    AT,
    CLOSED,
    COORDINATOR,
    PRACTICE_STAFF,
    SYSTEM,
    a_person,
    a_practice,
    a_region,
    a_request,
    an_enrolment,
    days_after,
    hours_after,
)
from tests.integration.requests.alerting import an_alert
from tests.integration.rounds.running import (
    PUBLISHED_AT,
    a_chain,
    a_seeker,
    after_answers,
    answer,
    carried_out,
    computed,
    published,
    settled,
)

from huisartsplek.audit.models import AuditEvent
from huisartsplek.enrolments.deadlines import pass_on
from huisartsplek.enrolments.models import Confirmation, Move
from huisartsplek.people.numbers import file_without_number
from huisartsplek.practices.models import Practice
from huisartsplek.practices.services import confirm_intake
from huisartsplek.requests.models import Offer, Request
from huisartsplek.requests.moves import carry_out
from huisartsplek.requests.offers import offer_to_first
from huisartsplek.requests.reviews import answer_review, ask_about_practice
from huisartsplek.requests.services import admit_at_once
from huisartsplek.requests.still_looking import ask_still_looking
from huisartsplek.rounds.alarms import (
    REACH,
    lifecycle_of,
    overdue_things,
    raise_alarms,
    stateful_models,
)
from huisartsplek.rounds.corrections import propose_correction
from huisartsplek.rounds.invariants import STATEFUL_TABLES, broken_invariants
from huisartsplek.rounds.models import Exchange, Round
from huisartsplek.rounds.services import open_round
from huisartsplek.rules.corrections import ProvenError, TurnBack
from huisartsplek.rules.lifecycles import LIFECYCLES, Owner
from huisartsplek.rules.reviews import ReviewAnswer, Reviewed, ReviewReason


def test_every_lifecycle_is_of_one_table_and_every_such_table_is_watched() -> None:
    found = {lifecycle_of(model).name: model for model in stateful_models()}
    assert set(found) == {lifecycle.name for lifecycle in LIFECYCLES}
    assert len(found) == len(stateful_models())
    for model in found.values():
        names = {field.name for field in model._meta.get_fields()}
        assert {"state", "state_since", "deadline_at", "alarmed_at"} <= names


def test_the_invariants_look_at_every_table_with_a_lifecycle_and_at_its_final_states() -> None:
    finals = {model._meta.db_table: set(lifecycle_of(model).finals) for model in stateful_models()}
    assert finals == {table: set(states) for table, states in STATEFUL_TABLES.items()}


def test_every_owner_but_the_operator_can_be_reached_from_every_table_they_own_something_in() -> None:
    for model in stateful_models():
        owners = {watch.owner for watch in lifecycle_of(model).watch.values()} - {Owner.OPERATOR}
        assert owners <= set(REACH.get(model, {})), model


def a_correction(practice: Practice) -> None:
    """Let somebody's question about this practice find an error, and a first person propose to mend it."""
    wronged = a_seeker(None, practice)
    review = ask_about_practice(
        SYSTEM,
        wronged.request.pk,
        practice.pk,
        outcome=Reviewed.WISH,
        by=wronged.person,
        reason=ReviewReason.DATA,
        at=AT,
    )
    regions = [practice.region_id]
    answer_review(COORDINATOR, review.pk, regions, answer=ReviewAnswer.DATA_WRONG, at=AT)
    error, gives = ProvenError.DATA_WRONG, TurnBack.GOES_FIRST
    propose_correction(COORDINATOR, review.pk, regions, error=error, gives=gives, since=None, at=AT)


def things_in_every_table() -> tuple[Any, ...]:
    """Make one thing in every table with a lifecycle, and the messages that come with them."""
    an_alert()
    region = a_region()
    (nearest, *_), _ = a_chain(region)
    practice = a_practice(free=3)
    offered, at_once = a_seeker(None, practice), a_seeker(None, practice, at=hours_after(1))
    offer_to_first(SYSTEM, practice.pk, at=AT)
    admit_at_once(SYSTEM, at_once.request.pk, practice.pk, at=hours_after(2))
    unsure = a_person()
    an_enrolment(unsure, practice, confirmed=False)
    waits = a_seeker(None, full := a_practice(CLOSED))
    ask_about_practice(
        SYSTEM,
        waits.request.pk,
        full.pk,
        outcome=Reviewed.WISH,
        by=waits.person,
        reason=ReviewReason.RULE,
        at=AT,
    )
    ask_still_looking(SYSTEM, a_seeker(None, full, at=days_after(-100)).request.pk, at=AT)
    a_correction(full)
    with transaction.atomic():
        file_without_number(SYSTEM, a_person(), region_id=region.pk, at=AT)
    round_ = published(region)
    return region, practice, offered, unsure, nearest, round_


@pytest.mark.django_db
def test_everything_past_its_deadline_is_alarmed_once_with_its_owner() -> None:
    things_in_every_table()
    assert [model for model in stateful_models() if not model._default_manager.exists()] == []
    late = days_after(1000)
    assert any(one.invariant.name == "I7" for one in broken_invariants(at=late))
    raised = raise_alarms(SYSTEM, at=late)
    assert not any(one.invariant.name == "I7" for one in broken_invariants(at=late))
    events = AuditEvent.objects.filter(kind="alarm_raised")
    assert events.count() == raised
    for model in stateful_models():
        unfinished = model._default_manager.filter(state__in=lifecycle_of(model).watch)
        assert not unfinished.filter(alarmed_at=None).exists()
        seen = events.filter(thing_type=model._meta.label_lower)
        assert seen.count() == unfinished.count() > 0
        watches = lifecycle_of(model).watch.values()
        assert set(seen.values_list("facts__alarm", flat=True)) <= {watch.alarm for watch in watches}
    assert raise_alarms(SYSTEM, at=late + timedelta(days=1)) == 0, "an alarm goes once"


@pytest.mark.django_db
def test_an_alarm_is_never_early_and_never_for_what_is_finished() -> None:
    region = a_region()
    first, *_ = a_chain(region)
    round_ = published(region)
    for seeker in first:
        answer(seeker, True)
    carried_out(settled(round_))
    for model in (Request, Offer, Move, Confirmation, Round, Exchange):
        rows = model._default_manager.filter(state__in=lifecycle_of(model).watch)
        for thing in rows:
            assert deadline_of(thing) > PUBLISHED_AT
    raise_alarms(SYSTEM, at=after_answers(round_))
    assert not Round.objects.exclude(alarmed_at=None).exists()
    assert not Exchange.objects.exclude(alarmed_at=None).exists()
    assert not Offer.objects.exclude(alarmed_at=None).exists()


def deadline_of(thing: models.Model) -> datetime:
    deadline = getattr(thing, "deadline_at", None)
    assert isinstance(deadline, datetime)
    return deadline


@pytest.mark.django_db
def test_a_step_onward_silences_the_alarm_and_sets_another_deadline() -> None:
    practice, person = a_practice(free=1), a_person()
    request = a_request(person, wishes=[practice])
    raise_alarms(SYSTEM, at=days_after(366))
    assert Request.objects.get().alarmed_at == days_after(366)
    confirm_intake(PRACTICE_STAFF, practice.pk, at=days_after(367))
    admit_at_once(SYSTEM, request.pk, practice.pk, at=days_after(367))
    request.refresh_from_db()
    assert request.alarmed_at is None
    assert deadline_of(request) > days_after(367)


@pytest.mark.django_db
def test_a_registration_is_the_practices_task_after_14_days_and_the_coordinators_after_28() -> None:
    practice, person = a_practice(free=1), a_person()
    request = a_request(person, wishes=[practice])
    (move,) = admit_at_once(SYSTEM, request.pk, practice.pk, at=AT)
    switched_at = days_after(14)
    carry_out(SYSTEM, request.pk, at=switched_at)

    def watch(days: float) -> str:
        raise_alarms(SYSTEM, at=days_after(days, switched_at))
        pass_on(SYSTEM, at=days_after(days, switched_at))
        move.refresh_from_db()
        return move.state

    minute = 1 / 1440
    assert watch(14) == "switched"
    assert overdue_things(Owner.PRACTICE, practice.pk, at=days_after(14, switched_at)) == []
    assert watch(14 + minute) == "overdue"
    now = days_after(14 + minute, switched_at)
    assert [one.thing for one in overdue_things(Owner.PRACTICE, practice.pk, at=now)] == [move]
    assert overdue_things(Owner.COORDINATOR, practice.region_id, at=now) == []
    assert watch(28) == "overdue"
    assert watch(28 + 3 * minute) == "with_coordinator"
    now = days_after(28 + 3 * minute, switched_at)
    assert overdue_things(Owner.PRACTICE, practice.pk, at=now) == []
    assert [one.alarm for one in overdue_things(Owner.COORDINATOR, practice.region_id, at=now)] == [
        "registration_not_decided"
    ]
    alarms = AuditEvent.objects.filter(kind="alarm_raised", thing_type="enrolments.move").order_by("id")
    assert [facts["alarm"] for facts in alarms.values_list("facts", flat=True)] == [
        "registration_overdue",
        "registration_to_coordinator",
    ]


@pytest.mark.django_db
def test_everything_overdue_is_on_the_page_of_its_owner_and_on_no_other() -> None:
    region, practice, offered, _unsure, nearest, round_ = things_in_every_table()
    late = days_after(1000)
    household = nearest.request.household_id
    seen = {one.type for one in overdue_things(Owner.HOUSEHOLD, household, at=late)}
    assert seen == {"requests.request", "requests.offer"}
    of_offered = overdue_things(Owner.HOUSEHOLD, offered.request.household_id, at=late)
    assert {one.thing for one in of_offered} == {offered.request, offered.offer}
    assert {one.type for one in overdue_things(Owner.PRACTICE, practice.pk, at=late)} == {
        "enrolments.confirmation",
        "requests.request",
    }
    assert {one.type for one in overdue_things(Owner.COORDINATOR, region.pk, at=late)} == {
        "rounds.exchange",
        "people.pendingnumber",
    }
    operator = overdue_things(Owner.OPERATOR, None, at=late)
    assert {one.type for one in operator} == {
        "enrolments.move",
        "notices.notice",
        "requests.placealert",
        "requests.stilllooking",
        "rounds.round",
    }
    assert [one.thing for one in operator if one.type == "rounds.round"] == [round_]
    assert overdue_things(Owner.COORDINATOR, a_region().pk, at=late) == []
    assert overdue_things(Owner.PRACTICE, a_practice().pk, at=late) == []


@pytest.mark.parametrize(("owner", "scope_id"), [(Owner.OPERATOR, UUID(int=1)), (Owner.PRACTICE, None)])
def test_nobody_but_the_operator_looks_everywhere(owner: Owner, scope_id: UUID | None) -> None:
    with pytest.raises(ValueError, match="everywhere"):
        overdue_things(owner, scope_id, at=AT)


@pytest.mark.django_db
def test_an_exchange_waits_for_the_coordinator_first_and_then_for_the_answers() -> None:
    region = a_region()
    a_chain(region)
    computed(region)
    exchange = Exchange.objects.get()
    assert deadline_of(exchange) > days_after(2)
    assert deadline_of(exchange) < days_after(4)


@pytest.mark.django_db
def test_a_round_that_stays_open_is_asked_about() -> None:
    round_ = open_round(COORDINATOR, a_region().pk, at=AT)
    raise_alarms(SYSTEM, at=days_after(91))
    assert [one.thing for one in overdue_things(Owner.COORDINATOR, round_.region_id, at=days_after(91))] == [round_]
