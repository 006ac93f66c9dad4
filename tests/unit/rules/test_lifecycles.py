# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from huisartsplek.rules.dates import AMSTERDAM
from huisartsplek.rules.lifecycles import (
    LIFECYCLES,
    MOVE,
    Clock,
    DeadlineRule,
    Lifecycle,
    NotAllowed,
    Owner,
    Watch,
    after,
    mermaid,
)
from huisartsplek.rules.refusals import RefusalCode

EXPECTED = {
    "request": """
        waiting offer offered | offered accept accepted | accepted take_back offered
        offered decline waiting | offered lapse waiting | offered fall waiting
        accepted fall waiting | accepted stand moving | waiting admit moving
        moving carry_out met | moving cancel waiting
        waiting withdraw withdrawn | offered withdraw withdrawn | accepted withdraw withdrawn
        moving withdraw withdrawn | moving go_on arriving | arriving arrive waiting
        arriving withdraw withdrawn | waiting sleep sleeping | sleeping wake waiting
        sleeping withdraw withdrawn
        """,
    "offer": """
        open accept accepted | accepted take_back open | open decline declined | accepted decline declined
        open lapse lapsed | accepted stand standing | open fall fallen | accepted fall fallen
        open withdraw withdrawn | accepted withdraw withdrawn
        """,
    "move": """
        planned switch switched | switched register registered | switched overdue overdue
        overdue register registered | overdue escalate with_coordinator
        with_coordinator register registered | with_coordinator return returned
        with_coordinator give_time overdue | planned cancel cancelled
        """,
    "round": """
        open close closing | closing freeze frozen | frozen draw drawn | drawn compute computed
        computed publish published | published settle settled | settled carry_out carried_out
        open cancel cancelled | closing cancel cancelled | frozen cancel cancelled
        drawn cancel cancelled | computed cancel cancelled
        """,
    "exchange": """
        proposed stand standing | standing carry_out carried_out | proposed fall fallen | standing fall fallen
        """,
    "notice": """
        queued send sent | queued fail failed | failed retry queued | failed give_up given_up
        sent arrive delivered | sent bounce failed | sent hear_nothing unheard | failed reroute rerouted
        """,
    "alert": """
        asked confirm standing | standing ask_again asked_again | asked_again go_on standing
        asked lapse ended | asked_again lapse ended
        asked stop ended | standing stop ended | asked_again stop ended
        asked fail ended | standing fail ended | asked_again fail ended
        """,
    "number": """
        pending learn known | pending go_without without | without go_without without | without learn known
        """,
    "review": """
        asked answer answered | asked withdraw withdrawn
        """,
    "correction": """
        proposed confirm confirmed | proposed reject rejected | proposed withdraw withdrawn
        """,
    "still_looking": """
        asked remind reminded | asked answer answered | reminded answer answered
        reminded lapse unanswered | asked drop dropped | reminded drop dropped
        """,
    "confirmation": """
        asked confirm confirmed | asked deny denied | asked lapse unanswered
        unanswered confirm confirmed | unanswered deny denied
        """,
}


def expected_steps(name: str) -> dict[tuple[str, str], str]:
    steps = [step.split() for step in EXPECTED[name].replace("\n", "|").split("|") if step.strip()]
    return {(state, event): target for state, event, target in steps}


def pairs() -> list[Any]:
    return [
        pytest.param(lifecycle, state, event, id=f"{lifecycle.name}-{state}-{event}")
        for lifecycle in LIFECYCLES
        for state, event in product(lifecycle.states, lifecycle.events)
    ]


@pytest.mark.parametrize(("lifecycle", "state", "event"), pairs())
def test_each_event_in_each_state_leads_on_or_is_refused(
    lifecycle: Lifecycle[Any, Any], state: StrEnum, event: StrEnum
) -> None:
    target = expected_steps(lifecycle.name).get((state, event))
    if target is not None:
        assert after(lifecycle, state, event) == target
        assert event in lifecycle.events_from(state)
        return
    assert event not in lifecycle.events_from(state)
    with pytest.raises(NotAllowed) as caught:
        after(lifecycle, state, event)
    assert caught.value.code is RefusalCode.NOT_ALLOWED_NOW
    assert caught.value.facts == {"lifecycle": lifecycle.name, "state": state, "event": event}


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda lifecycle: lifecycle.name)
def test_every_state_is_final_or_watched_with_an_owner_a_deadline_and_an_alarm(
    lifecycle: Lifecycle[Any, Any],
) -> None:
    assert set(lifecycle.watch) | lifecycle.finals == set(lifecycle.states)
    for watch in lifecycle.watch.values():
        assert watch.owner in Owner
        assert watch.deadline.clock is Clock.OWN or watch.deadline.amount > 0
        assert watch.alarm.isidentifier()


def test_every_event_of_every_lifecycle_happens_somewhere() -> None:
    for lifecycle in LIFECYCLES:
        assert {event for _, event in lifecycle.table} == set(lifecycle.events)


class Step(StrEnum):
    A = "a"
    B = "b"
    C = "c"


class Go(StrEnum):
    ON = "on"
    BACK = "back"


WATCH = Watch(Owner.OPERATOR, DeadlineRule(Clock.HOURS, 1), "late")
FAULTY: list[tuple[dict[tuple[Step, Go], Step], set[Step], dict[Step, Watch], str]] = [
    ({(Step.A, Go.ON): Step.C}, {Step.C}, {Step.A: WATCH, Step.B: WATCH}, "b is never reached"),
    (
        {(Step.A, Go.ON): Step.B, (Step.A, Go.BACK): Step.C},
        {Step.C},
        {Step.A: WATCH, Step.B: WATCH},
        "b never ends",
    ),
    ({(Step.A, Go.ON): Step.B, (Step.B, Go.ON): Step.C}, {Step.C}, {Step.A: WATCH}, "b is not watched"),
    (
        {(Step.A, Go.ON): Step.B, (Step.B, Go.ON): Step.C, (Step.C, Go.BACK): Step.A},
        {Step.C},
        {Step.A: WATCH, Step.B: WATCH},
        "c is final and has an exit",
    ),
    (
        {(Step.A, Go.ON): Step.B, (Step.B, Go.ON): Step.C},
        {Step.C},
        dict.fromkeys(Step, WATCH),
        "c is final and watched",
    ),
]


@pytest.mark.parametrize(("table", "finals", "watch", "fault"), FAULTY)
def test_a_lifecycle_that_forgets_a_state_cannot_be_made(
    table: dict[tuple[Step, Go], Step], finals: set[Step], watch: dict[Step, Watch], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        Lifecycle(name="steps", start=Step.A, table=table, finals=frozenset(finals), watch=watch)


def test_a_lifecycle_without_faults_can_be_made_and_not_changed() -> None:
    table = {(Step.A, Go.ON): Step.B, (Step.B, Go.ON): Step.C, (Step.B, Go.BACK): Step.A}
    steps = Lifecycle(
        name="steps",
        start=Step.A,
        table=table,
        finals=frozenset({Step.C}),
        watch={Step.A: WATCH, Step.B: WATCH},
    )
    table[Step.A, Go.BACK] = Step.C
    with pytest.raises(NotAllowed):
        after(steps, Step.A, Go.BACK)


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda lifecycle: lifecycle.name)
def test_the_diagram_shows_the_table_and_nothing_else(lifecycle: Lifecycle[Any, Any]) -> None:
    lines = [line.strip() for line in mermaid(lifecycle).splitlines()]
    drawn = [f"{state} --> {target}: {event}" for (state, event), target in lifecycle.table.items()]
    ends = {f"{state} --> [*]" for state in lifecycle.finals}
    assert lines[0] == "stateDiagram-v2"
    assert lines[1] == f"[*] --> {lifecycle.start}"
    assert lines[2 : 2 + len(drawn)] == drawn
    assert set(lines[2 + len(drawn) :]) == ends


SINCE = datetime(2026, 4, 1, 10, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        (DeadlineRule(Clock.HOURS, 4), SINCE + timedelta(hours=4)),
        (DeadlineRule(Clock.DAYS, 14), SINCE + timedelta(days=14)),
        # Good Friday and Easter Monday lie in between.
        (DeadlineRule(Clock.WORKING_DAYS, 2), datetime(2026, 4, 7, 23, 59, 59, tzinfo=AMSTERDAM)),
    ],
)
def test_a_deadline_counts_from_when_the_state_began(rule: DeadlineRule, due: datetime) -> None:
    assert rule.due_at(SINCE) == due


def test_a_thing_with_its_own_moment_is_due_at_that_moment() -> None:
    own = datetime(2026, 5, 1, tzinfo=UTC)
    assert DeadlineRule(Clock.OWN, 24).due_at(SINCE, own_at=own) == own + timedelta(days=1)
    with pytest.raises(ValueError, match="own moment"):
        DeadlineRule(Clock.OWN).due_at(SINCE)


def test_a_practice_has_14_days_to_register_and_a_coordinator_looks_after_28() -> None:
    switched, overdue = MOVE.watch[MOVE.states[1]], MOVE.watch[MOVE.states[2]]
    late = switched.deadline.due_at(SINCE)
    assert late - SINCE == timedelta(days=14)
    assert overdue.deadline.due_at(late) - SINCE == timedelta(days=28)
