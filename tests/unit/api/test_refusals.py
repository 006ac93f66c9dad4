# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each refusal is a problem of its own."""

import json

import pytest

from huisartsplek.api.refusals import PROBLEMS
from huisartsplek.api.rest.v1.problems import MEDIA_TYPE, refusal_problem
from huisartsplek.rules.refusals import Refusal, RefusalCode


def test_every_code_has_its_own_title() -> None:
    assert set(PROBLEMS) == set(RefusalCode)
    assert len({one.title for one in PROBLEMS.values()}) == len(RefusalCode)


@pytest.mark.parametrize("code", list(RefusalCode))
def test_a_refusal_is_a_problem_with_its_code_and_without_its_facts(code: RefusalCode) -> None:
    answer = refusal_problem(Refusal(code, practice="somebody's own"))
    told = json.loads(answer.content)
    assert answer["Content-Type"] == MEDIA_TYPE
    assert 400 <= answer.status_code < 500
    assert answer.status_code != 422
    assert told["status"] == answer.status_code
    assert told["code"] == code.value
    assert "somebody's own" not in answer.content.decode()
