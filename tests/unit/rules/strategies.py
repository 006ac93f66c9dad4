# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Arbitrary policies and applicants, close enough together that rules hold and fail about as often."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from huisartsplek.rules.intake import (
    Applicant,
    Clause,
    Condition,
    FamilyReunification,
    FullStop,
    HouseholdMemberOfPatient,
    IntakePolicy,
    LivesIn,
    MovedIntoArea,
    NewbornSibling,
    Open,
    PartialStop,
    Rule,
    StopReason,
    ViaMediation,
    WithinKm,
    WithinMinutes,
    WithoutGp,
)

TODAY = date(2026, 3, 9)
START = date(2026, 1, 1)

_pc4s = st.integers(2510, 2520)
_kms = st.decimals(Decimal("0.1"), Decimal(9), places=1)
_ranges = st.tuples(_pc4s, _pc4s).map(lambda ends: (min(ends), max(ends)))

conditions: st.SearchStrategy[Condition] = st.one_of(
    st.lists(_ranges, min_size=1, max_size=3).map(lambda ranges: LivesIn(tuple(ranges))),
    st.integers(1, 24).map(MovedIntoArea),
    st.just(HouseholdMemberOfPatient()),
    st.integers(1, 400).map(NewbornSibling),
    st.just(FamilyReunification()),
    st.just(WithoutGp()),
    _kms.map(WithinKm),
    st.integers(1, 20).map(WithinMinutes),
    st.just(ViaMediation()),
)
clauses = st.lists(conditions, min_size=1, max_size=3).map(lambda several: Clause(tuple(several)))
partial_stops = st.lists(clauses, max_size=3).map(lambda several: PartialStop(tuple(several)))
rules: st.SearchStrategy[Rule] = st.one_of(st.just(Open()), st.just(FullStop()), partial_stops)


def policy_for(rule: Rule, *, swaps: bool = False, waiting_list: bool = False) -> IntakePolicy:
    """Give a valid policy with this rule, in force today."""
    reason = None if isinstance(rule, Open) else StopReason.STAFF
    return IntakePolicy(rule=rule, valid_from=START, stop_reason=reason, swaps=swaps, waiting_list=waiting_list)


@st.composite
def _policies(draw: st.DrawFn) -> IntakePolicy:
    rule = draw(rules)
    stop = not isinstance(rule, Open)
    valid_from = draw(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
    return IntakePolicy(
        rule=rule,
        valid_from=valid_from,
        valid_until=draw(st.none() | st.dates(valid_from, date(2030, 1, 1))),
        swaps=draw(st.booleans()),
        waiting_list=draw(st.booleans()),
        weekly=draw(st.none() | st.integers(1, 30)),
        stop_reason=draw(st.sampled_from(StopReason)) if stop else None,
        stop_reason_public=stop and draw(st.booleans()),
    )


policies = _policies()

_days_back = st.integers(-40, 800).map(lambda days: TODAY - timedelta(days=days))
_yes_or_no = st.none() | st.booleans()
applicants = st.builds(
    Applicant,
    pc4=st.none() | _pc4s,
    moved_in_on=st.none() | _days_back,
    distance_km=st.none() | _kms,
    minutes=st.none() | st.integers(0, 25),
    has_gp=_yes_or_no,
    household_member_is_patient=_yes_or_no,
    newborn_sibling=st.none() | st.just("no") | st.integers(0, 500),
    family_reunification=_yes_or_no,
    via_mediation=st.booleans(),
)


@st.composite
def _applicants_known_less_and_more(draw: st.DrawFn) -> tuple[Applicant, Applicant]:
    more = draw(applicants)
    hidden = draw(st.sets(st.sampled_from([f.name for f in fields(Applicant) if f.default is None])))
    nothing: dict[str, Any] = dict.fromkeys(hidden)
    return replace(more, **nothing), more


known_less_and_more = _applicants_known_less_and_more()
