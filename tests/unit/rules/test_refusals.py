# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import huisartsplek
from huisartsplek.rules.refusals import AFTER_A_ROUND, PracticeRefusal, Refusal, RefusalCode

SOURCE = Path(huisartsplek.__file__).parent


def refusals_raised() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


@pytest.mark.parametrize("code", RefusalCode)
def test_a_refusal_is_a_code_and_not_a_text(code: RefusalCode) -> None:
    assert code.value == code.name.lower()
    assert code.value.isidentifier()
    assert str(Refusal(code)) == code.value


def test_no_refusal_is_raised_with_words_for_people() -> None:
    wordy = [
        where
        for where, call in refusals_raised()
        for part in ast.walk(call)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value.strip()
    ]
    assert wordy == []


def test_every_refusal_raised_names_its_code_first() -> None:
    astray = [where for where, call in refusals_raised() if len(call.args) != 1]
    assert astray == []


def test_facts_travel_with_a_refusal_but_not_into_its_message() -> None:
    refusal = Refusal(RefusalCode.NO_PLACES, practice="de-linde", code="x")
    assert refusal.facts == {"practice": "de-linde", "code": "x"}
    assert refusal.code is RefusalCode.NO_PLACES
    assert "linde" not in str(refusal) + repr(refusal)


def test_after_a_round_a_practice_may_refuse_for_two_reasons_only() -> None:
    assert {
        PracticeRefusal.IDENTITY_NOT_ESTABLISHED,
        PracticeRefusal.EARLIER_BREACH_OF_TRUST,
    } == AFTER_A_ROUND


def test_the_reasons_of_a_practice_are_a_closed_list() -> None:
    assert {reason.value for reason in PracticeRefusal} == {
        "full",
        "too_far",
        "outside_rule",
        "care_view_after_talk",
        "earlier_breach_of_trust",
        "identity_not_established",
    }
