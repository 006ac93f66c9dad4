# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log is JSON, and holds nothing about anybody."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from huisartsplek.config.log import ALLOWED_KEYS, configure

SECRET = "Jansen 999990019"


@pytest.fixture
def production_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The log as in production, into a text."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    configure("INFO", with_messages=False)
    yield written
    monkeypatch.undo()
    configure("INFO", with_messages=True)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_line_of_ours_keeps_what_is_allowed_and_drops_the_rest(production_log: io.StringIO) -> None:
    structlog.get_logger("huisartsplek.example").info("offer lapsed", count=3, name=SECRET, bsn=SECRET)
    (line,) = lines(production_log)
    assert line["event"] == "offer lapsed"
    assert line["count"] == 3
    assert SECRET not in production_log.getvalue()


def test_a_line_of_a_library_keeps_its_text_and_loses_its_values(production_log: io.StringIO) -> None:
    logging.getLogger("django.request").warning(
        "Not Found: %s", SECRET, extra={"status_code": 404, "request": SECRET}
    )
    (line,) = lines(production_log)
    assert (line["event"], line["status_code"], line["level"]) == ("Not Found: %s", 404, "warning")
    assert SECRET not in production_log.getvalue()


def test_an_exception_shows_where_but_not_with_which_values(production_log: io.StringIO) -> None:
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", SECRET)
    (line,) = lines(production_log)
    assert "ValueError" in line["exception"]
    assert "test_an_exception_shows_where" in line["exception"]
    assert SECRET not in production_log.getvalue()


def test_the_allowed_keys_name_no_person() -> None:
    telling = {
        "name",
        "bsn",
        "email",
        "mail",
        "person",
        "address",
        "postcode",
        "ip",
        "user",
        "path",
        "url",
        "phone",
    }
    assert not ALLOWED_KEYS & telling


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), st.text(min_size=1), max_size=6))
@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_only_allowed_keys_come_through(production_log: io.StringIO, extra: dict[str, str]) -> None:
    production_log.truncate(0)
    production_log.seek(0)
    values = {key: value for key, value in extra.items() if key not in {"event", "exc_info", "level"}}
    structlog.get_logger("huisartsplek.example").info("something", **values)
    (line,) = lines(production_log)
    assert line.keys() <= ALLOWED_KEYS
