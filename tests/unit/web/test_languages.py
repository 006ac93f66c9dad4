# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which language a page is in, rules said in each of them, and what binds beside a translation."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.rules.strategies import policies
from tests.unit.web.page import show

from huisartsplek.accounts.models import User
from huisartsplek.accounts.policies import Party, declared_policy
from huisartsplek.rules.intake import IntakePolicy, MovedIntoArea, WithinKm
from huisartsplek.rules.sentences import sentence
from huisartsplek.rules.wording import MONTHS
from huisartsplek.web.components.dates import read_date
from huisartsplek.web.components.speaking import page_speaker
from huisartsplek.web.components.wording import day, isolated, weekday
from huisartsplek.web.coordinator.overview import page as staff_page
from huisartsplek.web.languages import LanguageOfPage, is_for_citizens, offered_tongues, page_tongue
from huisartsplek.web.public.search import front as citizen_page

OURS = [tongue.code for tongue in settings.TONGUES]
UNREAD = [tongue.code for tongue in settings.TONGUES if not tongue.is_complete]
FRIDAY = date(2026, 11, 27)


def language_on(view: object, chosen: str, *, asks: str = "", kind: str = "") -> tuple[str, list[str]]:
    request = RequestFactory().get("/", headers={"Accept-Language": asks})
    request.user = User(kind=kind) if kind else AnonymousUser()
    with translation.override(chosen):
        LanguageOfPage(lambda _request: None).process_view(request, view, [], {})  # type: ignore[arg-type, return-value]
        return page_tongue().code, [tongue.code for tongue in offered_tongues(request)]


@pytest.mark.parametrize("language", OURS)
def test_a_page_for_citizens_is_there_in_every_language(language: str) -> None:
    assert language_on(citizen_page, language) == (language, OURS)


@pytest.mark.parametrize("language", OURS)
def test_who_is_at_work_reads_dutch_or_english(language: str) -> None:
    seen = language if language in {"nl", "en"} else "nl"
    assert language_on(staff_page, language) == (seen, ["nl", "en"])
    assert language_on(citizen_page, language, kind="staff") == (seen, ["nl", "en"])


def test_who_is_at_work_gets_the_one_of_both_that_the_browser_asks_for_first() -> None:
    assert language_on(staff_page, "ar", asks="ar,en;q=0.8,nl;q=0.5")[0] == "en"


def _views(found: URLResolver) -> list[object]:
    views: list[object] = []
    for pattern in found.url_patterns:
        views += [pattern.callback] if isinstance(pattern, URLPattern) else _views(pattern)
    return views


def test_every_page_that_a_citizen_may_open_is_one_of_those_in_every_language() -> None:
    elsewhere = ("huisartsplek.demo.", "huisartsplek.config.", "huisartsplek.web.styleguide")
    for view in _views(get_resolver()):
        declared = declared_policy(view)
        opens = declared is not None and declared.admitted & {Party.CITIZEN, Party.EVERYBODY}
        if opens and not str(getattr(view, "__module__", "")).startswith(elsewhere):
            assert is_for_citizens(view), view


@given(policies, st.sampled_from(UNREAD))
def test_every_policy_is_said_in_each_language_with_everything_filled_in(policy: IntakePolicy, lang: str) -> None:
    with translation.override(lang):
        said = sentence(policy, page_speaker())
    assert said
    assert not re.search(r"%\(|%s|None", said)


@pytest.mark.parametrize("lang", UNREAD)
def test_a_rule_is_not_said_in_dutch_on_a_page_that_is_not(lang: str) -> None:
    with translation.override(lang):
        for rule in (MovedIntoArea(1), MovedIntoArea(2), MovedIntoArea(6), WithinKm(Decimal("2.50"))):
            said = sentence(rule, page_speaker())
            assert said != sentence(rule, "nl")
            assert "2,50" not in said


@pytest.mark.parametrize(
    ("lang", "in_full", "as_weekday"),
    [
        ("pl", "27 listopada 2026", "piątek 27 listopada"),
        ("tr", "27 Kasım 2026", "Cuma 27 Kasım"),
        ("uk", "27 листопада 2026", "п'ятниця 27 листопада"),
        ("ar", "27 نوفمبر 2026", "الجمعة 27 نوفمبر"),
    ],
)
def test_days_are_written_as_the_language_writes_them(lang: str, in_full: str, as_weekday: str) -> None:
    moment = datetime(2026, 11, 27, 8, tzinfo=UTC)
    with translation.override(lang):
        assert (day(FRIDAY), weekday(moment)) == (in_full, as_weekday)


@pytest.mark.parametrize(("lang", "shown"), [("nl", "2514 GL"), ("ar", "\u20682514 GL\u2069"), ("pl", "2514 GL")])
def test_a_postcode_keeps_its_order_among_words_from_the_right(lang: str, shown: str) -> None:
    with translation.override(lang):
        assert isolated("2514 GL") == shown
        assert isolated("") == ""


@pytest.mark.parametrize("lang", OURS)
def test_a_date_is_read_as_the_language_writes_it(lang: str) -> None:
    with translation.override(lang):
        for month in range(1, 13):
            wanted = date(1980, month, 4)
            assert read_date(day(wanted), day_needed=True) == wanted
            assert read_date(f"4 {MONTHS[month - 1].nl} 1980", day_needed=True) == wanted


BINDING = (
    "{% binding %}<p>{% translate 'Uitloggen' %}</p>{% if binds %}<i>{{ binds }}</i>{% endif %}{% endbinding %}"
)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_binds_stands_once_on_a_page_in_dutch_or_english(lang: str) -> None:
    assert len(show(BINDING, lang).all("p")) == 1


@pytest.mark.parametrize("lang", UNREAD)
def test_what_binds_stands_beside_every_other_language(lang: str) -> None:
    shown = show(BINDING, lang)
    beside = shown.one("div", class_="hp-binding")
    assert [part.text for part in beside.all("i")] == ["nl", "en"]
    dutch, english = beside.one("div", lang="nl"), beside.one("details", lang="en")
    assert (dutch.one("p").text, dutch.attrs["dir"]) == ("Uitloggen", "ltr")
    assert english.one("p").text == "Log out"
