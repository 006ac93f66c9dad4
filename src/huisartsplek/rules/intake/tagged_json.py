# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Intake policies as tagged JSON, there and back; what does not fit is named fault by fault."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, assert_never

from huisartsplek.rules.intake.policies import (
    BadPolicy,
    Clause,
    Condition,
    FamilyReunification,
    Fault,
    FaultCode,
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

Json = dict[str, Any]
T = TypeVar("T")
Reader = Callable[[object, str], object]

RULE_TAGS = ("open", "partial_stop", "full_stop")
CONDITION_TAGS: Mapping[str, type[Condition]] = {
    "lives_in": LivesIn,
    "moved_into_area": MovedIntoArea,
    "household_member_of_patient": HouseholdMemberOfPatient,
    "newborn_sibling": NewbornSibling,
    "family_reunification": FamilyReunification,
    "without_gp": WithoutGp,
    "within_km": WithinKm,
    "within_minutes": WithinMinutes,
    "via_mediation": ViaMediation,
}
_TAG_OF = {kind: tag for tag, kind in CONDITION_TAGS.items()}


def to_json(policy: IntakePolicy) -> Json:
    """Write a policy as JSON values, every key present."""
    return {
        "rule": _rule_to_json(policy.rule),
        "valid_from": policy.valid_from.isoformat(),
        "valid_until": None if policy.valid_until is None else policy.valid_until.isoformat(),
        "swaps": policy.swaps,
        "waiting_list": policy.waiting_list,
        "weekly": policy.weekly,
        "stop_reason": None if policy.stop_reason is None else policy.stop_reason.value,
        "stop_reason_public": policy.stop_reason_public,
    }


def _rule_to_json(rule: Rule) -> Json:
    match rule:
        case Open():
            return {"type": "open"}
        case FullStop():
            return {"type": "full_stop"}
        case PartialStop(admits):
            clauses = [
                {"conditions": [_condition_to_json(condition) for condition in clause.conditions]}
                for clause in admits
            ]
            return {"type": "partial_stop", "admits": clauses}
        case _ as never:
            assert_never(never)


def _condition_to_json(condition: Condition) -> Json:
    tag = {"type": _TAG_OF[type(condition)]}
    match condition:
        case LivesIn(ranges):
            return tag | {"ranges": [list(ends) for ends in ranges]}
        case MovedIntoArea(months):
            return tag | {"within_months": months}
        case NewbornSibling(days):
            return tag | {"max_age_days": days}
        case WithinKm(km):
            return tag | {"km": str(km)}
        case WithinMinutes(minutes):
            return tag | {"minutes": minutes}
        case HouseholdMemberOfPatient() | FamilyReunification() | WithoutGp() | ViaMediation():
            return tag
        case _ as never:
            assert_never(never)


def from_json(data: object) -> IntakePolicy:
    """Read a policy, or raise `BadPolicy` with every fault in it."""
    reader = _Reader()
    settings = reader.read_settings(data)
    if reader.faults:
        raise BadPolicy(reader.faults)
    return IntakePolicy(**settings)


class _Reader:
    """Reads on after a fault, so that all faults come out together."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read_settings(self, data: object) -> Json:
        readers: dict[str, Reader] = {
            "rule": self._rule,
            "valid_from": self._leaf(_date),
            "valid_until": self._or_none(self._leaf(_date)),
            "swaps": self._leaf(_flag),
            "waiting_list": self._leaf(_flag),
            "weekly": self._or_none(self._leaf(_number)),
            "stop_reason": self._or_none(self._leaf(_stop_reason)),
            "stop_reason_public": self._leaf(_flag),
        }
        return self._keys(data, "", readers, required={"rule", "valid_from"})

    def _keys(
        self,
        data: object,
        where: str,
        readers: Mapping[str, Reader],
        required: set[str],
    ) -> Json:
        if not isinstance(data, Mapping):
            self._fault(where, FaultCode.WRONG_VALUE)
            return {}
        for key in data:
            if key not in readers:
                self._fault(_inside(where, key), FaultCode.UNKNOWN_KEY)
        for key in sorted(required - data.keys()):
            self._fault(_inside(where, key), FaultCode.MISSING_KEY)
        return {key: read(data[key], _inside(where, key)) for key, read in readers.items() if key in data}

    def _rule(self, data: object, where: str) -> Rule | None:
        match self._tag(data, where, RULE_TAGS):
            case "open":
                self._keys(data, where, {"type": _as_is}, required=set())
                return Open()
            case "full_stop":
                self._keys(data, where, {"type": _as_is}, required=set())
                return FullStop()
            case "partial_stop":
                readers = {"type": _as_is, "admits": self._list_of(self._clause)}
                return PartialStop(self._keys(data, where, readers, required={"admits"}).get("admits", ()))
            case _:
                return None

    def _clause(self, data: object, where: str) -> Clause:
        readers = {"conditions": self._list_of(self._condition)}
        return Clause(self._keys(data, where, readers, required={"conditions"}).get("conditions", ()))

    def _condition(self, data: object, where: str) -> Condition | None:
        tag = self._tag(data, where, CONDITION_TAGS)
        kind = CONDITION_TAGS.get(tag or "")
        if kind is None:
            return None
        by_field: dict[str, Reader] = {
            "ranges": self._list_of(self._leaf(_range)),
            "km": self._leaf(_decimal),
        }
        names = [one.name for one in fields(kind)]
        readers = {name: by_field.get(name, self._leaf(_number)) for name in names}
        before = len(self.faults)
        values = self._keys(data, where, {"type": _as_is, **readers}, required=set(names))
        return kind(**{name: values[name] for name in names}) if len(self.faults) == before else None

    def _tag(self, data: object, where: str, known: Collection[str]) -> str | None:
        """Read the type; a missing or unknown one is a fault."""
        if not isinstance(data, Mapping):
            self._fault(where, FaultCode.WRONG_VALUE)
            return None
        tag = data.get("type")
        if isinstance(tag, str) and tag in known:
            return tag
        code = FaultCode.UNKNOWN_TYPE if "type" in data else FaultCode.MISSING_KEY
        self._fault(_inside(where, "type"), code)
        return None

    def _list_of(self, read: Callable[[object, str], T]) -> Callable[[object, str], tuple[T, ...]]:
        def read_list(data: object, where: str) -> tuple[T, ...]:
            return tuple(read(one, f"{where}.{number}") for number, one in self._items(data, where))

        return read_list

    def _items(self, data: object, where: str) -> Iterator[tuple[int, object]]:
        if isinstance(data, Sequence) and not isinstance(data, str | bytes):
            yield from enumerate(data)
        else:
            self._fault(where, FaultCode.WRONG_VALUE)

    def _or_none(self, read: Reader) -> Reader:
        return lambda data, where: None if data is None else read(data, where)

    def _leaf(self, read: Callable[[object], object]) -> Reader:
        def read_leaf(data: object, where: str) -> object:
            try:
                return read(data)
            except (TypeError, ValueError, InvalidOperation):
                self._fault(where, FaultCode.WRONG_VALUE)
                return None

        return read_leaf

    def _fault(self, where: str, code: FaultCode) -> None:
        self.faults.append(Fault(where, code))


def _as_is(data: object, where: str) -> object:  # noqa: ARG001  one shape for all readers
    return data


def _number(data: object) -> int:
    # Not isinstance: true and false are numbers to Python.
    if type(data) is not int:
        raise TypeError
    return data


def _flag(data: object) -> bool:
    if not isinstance(data, bool):
        raise TypeError
    return data


def _text(data: object) -> str:
    if not isinstance(data, str):
        raise TypeError
    return data


def _decimal(data: object) -> Decimal:
    # From text only: a JSON number would pass through binary fractions.
    return Decimal(_text(data))


def _date(data: object) -> date:
    day = date.fromisoformat(_text(data))
    if day.isoformat() != data:
        raise ValueError
    return day


def _range(data: object) -> tuple[int, int]:
    match data:
        case [first, last]:
            return _number(first), _number(last)
        case _:
            raise TypeError


def _stop_reason(data: object) -> StopReason:
    return StopReason(_text(data))


def _inside(where: str, key: object) -> str:
    return f"{where}.{key}" if where else str(key)
