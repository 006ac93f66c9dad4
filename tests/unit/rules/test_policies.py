# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.rules.strategies import START, policies, policy_for

from huisartsplek.rules.intake import (
    CONDITION_TAGS,
    BadPolicy,
    Clause,
    Condition,
    Fault,
    FaultCode,
    FullStop,
    IntakePolicy,
    LivesIn,
    MovedIntoArea,
    Open,
    PartialStop,
    StopReason,
    WithinKm,
    WithoutGp,
    from_json,
    to_json,
)
from huisartsplek.rules.refusals import RefusalCode

PARTIAL = policy_for(PartialStop((Clause((LivesIn(((2512, 2518),)), WithinKm(Decimal("2.5")))),)))


def faults_of(data: object) -> set[tuple[str, FaultCode]]:
    with pytest.raises(BadPolicy) as caught:
        from_json(data)
    return {(fault.where, fault.code) for fault in caught.value.faults}


@given(policies)
def test_a_policy_survives_the_way_through_json(policy: IntakePolicy) -> None:
    assert from_json(json.loads(json.dumps(to_json(policy)))) == policy


def test_every_condition_has_a_tag() -> None:
    assert set(CONDITION_TAGS.values()) == set(get_args(Condition))


def test_left_out_settings_take_their_defaults() -> None:
    assert from_json({"rule": {"type": "open"}, "valid_from": "2026-01-01"}) == IntakePolicy(
        rule=Open(), valid_from=START
    )


def test_all_faults_of_a_policy_come_at_once() -> None:
    with pytest.raises(BadPolicy) as caught:
        IntakePolicy(
            rule=PartialStop((Clause(()), Clause((LivesIn(((2518, 2512), (12, 13))), MovedIntoArea(0))))),
            valid_from=date(2026, 2, 1),
            valid_until=date(2026, 1, 1),
            weekly=0,
        )
    assert caught.value.code is RefusalCode.BAD_POLICY
    assert set(caught.value.faults) == {
        Fault("rule.admits.0.conditions", FaultCode.EMPTY_CLAUSE),
        Fault("rule.admits.1.conditions.0.ranges.0", FaultCode.RANGE_REVERSED),
        Fault("rule.admits.1.conditions.0.ranges.1", FaultCode.NOT_A_POSTCODE),
        Fault("rule.admits.1.conditions.1.within_months", FaultCode.TOO_SMALL, 1),
        Fault("weekly", FaultCode.TOO_SMALL, 1),
        Fault("valid_until", FaultCode.UNTIL_BEFORE_FROM),
        Fault("stop_reason", FaultCode.REASON_MISSING),
    }


@pytest.mark.parametrize("km", ["0", "-1", "100.1", "NaN", "Infinity"])
def test_a_distance_is_a_sensible_number(km: str) -> None:
    rule = PartialStop((Clause((WithinKm(Decimal(km)),)),))
    with pytest.raises(BadPolicy) as caught:
        policy_for(rule)
    assert [fault.where for fault in caught.value.faults] == ["rule.admits.0.conditions.0.km"]


def test_a_postcode_condition_without_postcodes_is_a_fault() -> None:
    with pytest.raises(BadPolicy) as caught:
        policy_for(PartialStop((Clause((LivesIn(()),)),)))
    assert [fault.code for fault in caught.value.faults] == [FaultCode.NO_RANGES]


@pytest.mark.parametrize("rule", [FullStop(), PartialStop((Clause((WithoutGp(),)),))])
def test_a_stop_needs_a_reason(rule: FullStop | PartialStop) -> None:
    with pytest.raises(BadPolicy):
        IntakePolicy(rule=rule, valid_from=START)


def test_an_open_practice_has_no_reason_for_a_stop() -> None:
    with pytest.raises(BadPolicy) as caught:
        IntakePolicy(rule=Open(), valid_from=START, stop_reason=StopReason.STAFF, stop_reason_public=True)
    assert {fault.where for fault in caught.value.faults} == {"stop_reason", "stop_reason_public"}


def test_the_reason_of_a_stop_is_private_unless_the_practice_says_so() -> None:
    policy = policy_for(FullStop())
    assert policy.public_stop_reason() is None
    assert replace(policy, stop_reason_public=True).public_stop_reason() is StopReason.STAFF


def changed(**settings: Any) -> dict[str, Any]:
    return to_json(PARTIAL) | settings


def with_condition(condition: object) -> dict[str, Any]:
    return changed(rule={"type": "partial_stop", "admits": [{"conditions": [condition]}]})


WRONG = FaultCode.WRONG_VALUE
WHERE = "rule.admits.0.conditions.0"
BAD: list[tuple[object, set[tuple[str, FaultCode]]]] = [
    ([], {("", WRONG)}),
    ({}, {("rule", FaultCode.MISSING_KEY), ("valid_from", FaultCode.MISSING_KEY)}),
    (changed(colour="red"), {("colour", FaultCode.UNKNOWN_KEY)}),
    (changed(valid_from="20260101"), {("valid_from", WRONG)}),
    (changed(valid_from="1 mei", swaps="yes"), {("valid_from", WRONG), ("swaps", WRONG)}),
    (changed(weekly=True), {("weekly", WRONG)}),
    (changed(weekly=2.0), {("weekly", WRONG)}),
    (changed(stop_reason="bored"), {("stop_reason", WRONG)}),
    (changed(rule={"type": "lottery"}), {("rule.type", FaultCode.UNKNOWN_TYPE)}),
    (changed(rule={"type": ["open"]}), {("rule.type", FaultCode.UNKNOWN_TYPE)}),
    (changed(rule={}), {("rule.type", FaultCode.MISSING_KEY)}),
    (changed(rule="open"), {("rule", WRONG)}),
    (changed(rule={"type": "full_stop", "admits": []}), {("rule.admits", FaultCode.UNKNOWN_KEY)}),
    (changed(rule={"type": "partial_stop"}), {("rule.admits", FaultCode.MISSING_KEY)}),
    (changed(rule={"type": "partial_stop", "admits": "all"}), {("rule.admits", WRONG)}),
    (changed(rule={"type": "partial_stop", "admits": [{}]}), {("rule.admits.0.conditions", FaultCode.MISSING_KEY)}),
    (with_condition({"type": "younger_than", "age": 40}), {(f"{WHERE}.type", FaultCode.UNKNOWN_TYPE)}),
    (with_condition({"type": "open"}), {(f"{WHERE}.type", FaultCode.UNKNOWN_TYPE)}),
    (with_condition(7), {(WHERE, WRONG)}),
    (with_condition({"type": "within_km", "km": 2.5}), {(f"{WHERE}.km", WRONG)}),
    (with_condition({"type": "within_km", "km": "near"}), {(f"{WHERE}.km", WRONG)}),
    (
        with_condition({"type": "within_minutes", "walk": 5}),
        {(f"{WHERE}.walk", FaultCode.UNKNOWN_KEY), (f"{WHERE}.minutes", FaultCode.MISSING_KEY)},
    ),
    (with_condition({"type": "lives_in", "ranges": [[2512]]}), {(f"{WHERE}.ranges.0", WRONG)}),
    (with_condition({"type": "lives_in", "ranges": ["12"]}), {(f"{WHERE}.ranges.0", WRONG)}),
    (with_condition({"type": "lives_in", "ranges": [[2512, True]]}), {(f"{WHERE}.ranges.0", WRONG)}),
    (
        with_condition({"type": "lives_in", "ranges": [[2518, 2512]]}),
        {(f"{WHERE}.ranges.0", FaultCode.RANGE_REVERSED)},
    ),
]


@pytest.mark.parametrize(("data", "faults"), BAD)
def test_json_that_is_no_policy_is_refused_with_each_fault_at_its_place(
    data: object, faults: set[tuple[str, FaultCode]]
) -> None:
    assert faults_of(data) == faults


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


SETTINGS = ["rule", "valid_from", "valid_until", "swaps", "weekly", "stop_reason"]


def read(data: object) -> IntakePolicy | BadPolicy:
    try:
        return from_json(data)
    except BadPolicy as refusal:
        return refusal


@given(policies, st.sampled_from(SETTINGS), json_values)
def test_any_json_is_either_a_policy_or_refused_with_faults(policy: IntakePolicy, key: str, value: object) -> None:
    answer = read(to_json(policy) | {key: value})
    if isinstance(answer, BadPolicy):
        assert answer.faults
    else:
        assert to_json(answer)[key] == value
