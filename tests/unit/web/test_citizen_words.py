# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever can happen to a citizen has words, and dates are read as people write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.accounts.roles import Role
from huisartsplek.audit.actors import Ground
from huisartsplek.audit.events import CATALOGUE
from huisartsplek.notices.models import NoticeKind
from huisartsplek.practices.models import Practice
from huisartsplek.requests.prospects import Outlook, Prospect, Why
from huisartsplek.rules.intake import PublicStatus
from huisartsplek.rules.wording import MONTHS
from huisartsplek.web.citizen.drafts import rearranged
from huisartsplek.web.citizen.news import GROUNDS, KINDS, NEWS, ROLES
from huisartsplek.web.citizen.rounds import REASONS
from huisartsplek.web.citizen.wish_cards import Household, happens, travel_time
from huisartsplek.web.components.dates import read_date

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
SINCE = datetime(2026, 3, 2, tzinfo=UTC)


@given(
    DAYS, st.sampled_from(["{d}-{m}-{y}", "{d:02}/{m:02}/{y}", " {d}.{m}.{y} ", "{y}-{m:02}-{d:02}", "{d} {n} {y}"])
)
def test_a_day_is_read_however_it_is_written(day: date, written: str) -> None:
    text = written.format(d=day.day, m=day.month, y=day.year, n=MONTHS[day.month - 1].nl.upper())
    assert read_date(text, day_needed=True) == day


@given(DAYS, st.sampled_from(["{m}-{y}", "{m:02}/{y}", "{y}-{m:02}", "{n} {y}", "{s} {y}"]))
def test_a_month_is_its_first_day_where_no_day_is_needed(day: date, written: str) -> None:
    name = MONTHS[day.month - 1].nl
    text = written.format(m=day.month, y=day.year, n=name, s=name[:3])
    assert read_date(text, day_needed=False) == day.replace(day=1)
    assert read_date(text, day_needed=True) is None


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_nothing(text: str) -> None:
    assert read_date(text, day_needed=True) is None or isinstance(read_date(text, day_needed=True), date)


@pytest.mark.parametrize("outlook", list(Outlook))
@pytest.mark.parametrize("why", [None, *Why])
@pytest.mark.parametrize("is_filed", [True, False])
def test_every_prospect_says_what_happens(outlook: Outlook, why: Why | None, is_filed: bool) -> None:
    prospect = Prospect(Practice(name="X"), 1, outlook, PublicStatus.OPEN, why=why)
    text = happens(prospect, Household(4, SINCE, is_complete=True, is_filed=is_filed))
    assert text.endswith(".")
    assert text[0].islower()
    assert "None" not in text


def test_every_kind_of_news_has_a_title_and_a_text() -> None:
    assert set(NEWS) == set(NoticeKind)


def test_what_the_log_holds_about_people_is_named_and_nothing_else_is() -> None:
    assert set(KINDS) <= set(CATALOGUE)
    assert set(GROUNDS) == set(Ground)
    assert set(ROLES) == set(Role)


def test_every_reason_of_the_engine_but_moving_has_words() -> None:
    assert set(REASONS) == {
        "no-wish",
        "household-does-not-fit",
        "passed-in-swap",
        "full-swap-needs-taker",
        "full",
    }
    assert all(title and text.endswith(".") for title, text in (words() for words in REASONS.values()))


@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_moving_one_keeps_all_and_the_order_of_the_others(row: list[int], data: st.DataObject) -> None:
    thing = data.draw(st.sampled_from(row))
    step = data.draw(st.sampled_from(["hoger", "lager"]))
    after = rearranged(row, thing, step)
    assert [one for one in after if one != thing] == [one for one in row if one != thing]
    place = row.index(thing)
    wanted = max(0, place - 1) if step == "hoger" else min(len(row) - 1, place + 1)
    assert after.index(thing) == wanted
    assert rearranged(row, thing, "weg") == [one for one in row if one != thing]


@pytest.mark.parametrize(("km", "words"), [(0.8, "fietsen"), (12, "fietsen"), (13, "auto"), (127, "")])
def test_a_travel_time_is_told_only_where_it_can_be_estimated(km: float, words: str) -> None:
    assert words in travel_time(km)
    assert bool(words) == bool(travel_time(km))
