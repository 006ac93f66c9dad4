# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""In the demo world every answer says how many questions it put to the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/healthz", "/", "/huisartsen?postcode=2514GL"])
def test_the_count_is_that_of_the_database(path: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(path)
    assert answer["Server-Timing"] == f'queries;desc="{len(asked)}"'
