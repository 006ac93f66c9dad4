# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API holds to its own description, whatever it is asked."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from tests.builders import AT, COORDINATOR, a_practice, a_region
from tests.integration.rounds.running import a_swap

from huisartsplek.rounds.services import open_round

pytestmark = pytest.mark.django_db
EXAMPLES = 25
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
OPERATIONS = ("practices", "practice", "rounds", "round_report")


@pytest.fixture(autouse=True)
def connections_stay() -> Iterator[None]:
    """Keep the test's own connection, and the transaction that will be undone, open after each question."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(
    ("name", "mode"),
    # Where nothing can be said, nothing can be said wrongly.
    [(name, mode) for name in OPERATIONS for mode in MODES if name != "rounds" or mode is GenerationMode.POSITIVE],
)
def test_each_answer_is_as_described(name: str, mode: GenerationMode) -> None:
    practice, region = a_practice(free=3), a_region()
    a_swap(region)
    known = {"slug": practice.slug, "round_id": str(open_round(COORDINATOR, region.pk, at=AT).pk)}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    operation = schema.find_operation_by_id(name)
    answers: Counter[int] = Counter()
    faults: set[str] = set()

    @given(case=operation.as_strategy(generation_mode=mode), is_known=st.sampled_from((True, True, True, False)))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any, is_known: bool) -> None:
        if is_known and mode is GenerationMode.POSITIVE and case.path_parameters:
            case.path_parameters = {key: known[key] for key in case.path_parameters}
        answer = case.call()
        answers[answer.status_code] += 1
        assert answer.status_code in {200, 400, 404, 405}, answer.text
        assert answer.headers["api-version"] == ["1.0.0"]
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == ["application/problem+json"]
        if answer.status_code == 400:
            faults.update(error["code"] for error in answer.json()["errors"])
        if answer.status_code in {200, 400} and case.method == "GET":
            operation.validate_response(answer)

    ask()
    total = sum(answers.values())
    if mode is GenerationMode.POSITIVE:
        assert answers[200] >= total / 3, f"too few good answers to have tried anything: {answers}"
        assert faults <= {"in_the_future"}, "a question as described was refused"
    else:
        assert answers[400] + answers[405] + answers[404] >= total / 3, f"too few wrong questions: {answers}"


def test_every_described_operation_is_tried() -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    found = (operation for path in schema.raw_schema["paths"].values() for operation in path.values())
    assert {operation["operationId"] for operation in found} == set(OPERATIONS)
