# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Age, relation and consent: who may file for whom and whose yes moves whom, on the day itself."""

import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import huisartsplek
from huisartsplek.rules.consent import (
    ASKED_ANEW,
    SAYS,
    AgeBand,
    Member,
    Part,
    Relation,
    Yes,
    band_on,
    decides_alone,
    is_asked_anew,
    needed_consent,
    parents_to_tell,
    say_of,
)
from huisartsplek.rules.dates import AMSTERDAM, day_in_amsterdam

NOBODY, ASK, BOTH, ALONE, ALONG = (
    (False, Yes.NOTHING),
    (True, Yes.NOTHING),
    (True, Yes.TOGETHER),
    (True, Yes.DECIDES),
    (False, Yes.TOGETHER),
)
AGES = {
    "born today": date(2026, 3, 2),
    "eleven until tomorrow": date(2014, 3, 3),
    "twelve today": date(2014, 3, 2),
    "fifteen until tomorrow": date(2010, 3, 3),
    "sixteen today": date(2010, 3, 2),
    "eighty-two": date(1943, 6, 1),
}
EXPECTED = {
    #                        self    parent mandate housemate stranger
    "born today": (NOBODY, ALONE, NOBODY, ASK, NOBODY),
    "eleven until tomorrow": (NOBODY, ALONE, NOBODY, ASK, NOBODY),
    "twelve today": (ALONG, BOTH, NOBODY, ASK, NOBODY),
    "fifteen until tomorrow": (ALONG, BOTH, NOBODY, ASK, NOBODY),
    "sixteen today": (ALONE, NOBODY, ALONE, ASK, NOBODY),
    "eighty-two": (ALONE, NOBODY, ALONE, ASK, NOBODY),
}
TODAY = date(2026, 3, 2)
SOURCES = Path(huisartsplek.__file__).parent


@pytest.mark.parametrize(("relation", "column"), list(zip(Relation, range(5), strict=True)))
@pytest.mark.parametrize("age", AGES)
def test_who_may_file_and_whose_yes_counts(age: str, relation: Relation, column: int) -> None:
    say = say_of(relation, AGES[age], on=TODAY)
    assert (say.may_file, say.yes) == EXPECTED[age][column]


def test_every_age_meets_every_relation() -> None:
    assert set(SAYS) == {(band, relation) for band in AgeBand for relation in Relation}


@pytest.mark.parametrize("band", AgeBand)
def test_somebody_can_always_decide_and_never_a_housemate_a_stranger_or_a_mandate_over_a_child(
    band: AgeBand,
) -> None:
    worth = {relation: SAYS[band, relation].yes for relation in Relation}
    assert Yes.DECIDES in worth.values() or worth[Relation.SELF] is worth[Relation.PARENT] is Yes.TOGETHER
    assert {worth[Relation.HOUSEMATE], worth[Relation.STRANGER]} == {Yes.NOTHING}
    alone = worth[Relation.SELF] is Yes.DECIDES
    assert worth[Relation.MANDATE] is (Yes.DECIDES if alone else Yes.NOTHING), (
        "it passes on a word that counts alone"
    )


@pytest.mark.parametrize(
    ("moment", "band"),
    [
        (datetime(2026, 6, 30, 23, 59, 59, tzinfo=AMSTERDAM), AgeBand.FROM_12),
        (datetime(2026, 7, 1, 0, 0, 0, tzinfo=AMSTERDAM), AgeBand.FROM_16),
        (datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC), AgeBand.FROM_12),
        (datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC), AgeBand.FROM_16),
    ],
)
def test_a_birthday_begins_at_midnight_in_amsterdam(moment: datetime, band: AgeBand) -> None:
    assert band_on(date(2010, 7, 1), day_in_amsterdam(moment)) is band


@pytest.mark.parametrize(
    ("on", "band"),
    [
        (date(2028, 2, 28), AgeBand.FROM_12),
        (date(2028, 2, 29), AgeBand.FROM_16),
        (date(2024, 2, 28), AgeBand.UNDER_12),
        (date(2024, 2, 29), AgeBand.FROM_12),
    ],
)
def test_who_is_born_on_29_february_has_a_birthday_on_it(on: date, band: AgeBand) -> None:
    assert band_on(date(2012, 2, 29), on) is band


def test_in_a_year_without_29_february_the_birthday_is_1_march() -> None:
    born_on = date(2008, 2, 29)
    assert not decides_alone(born_on, on=date(2023, 3, 1))
    assert band_on(born_on, date(2021, 2, 28)) is AgeBand.FROM_12
    assert band_on(date(2009, 3, 1), date(2021, 2, 28)) is AgeBand.UNDER_12
    assert band_on(date(2009, 3, 1), date(2021, 3, 1)) is AgeBand.FROM_12


@pytest.mark.parametrize("age", AGES)
def test_the_consent_that_is_needed_follows_from_the_table(age: str) -> None:
    born_on = AGES[age]
    needed = needed_consent(Member("child", born_on, frozenset({"mother"})), on=TODAY)
    assert needed.own == (say_of(Relation.SELF, born_on, on=TODAY).yes is not Yes.NOTHING)
    assert (needed.one_of is not None) == (say_of(Relation.PARENT, born_on, on=TODAY).yes is not Yes.NOTHING)


def test_a_newborn_needs_no_number_but_a_parent() -> None:
    born_on = TODAY - timedelta(days=1)
    assert needed_consent(Member("baby", born_on, frozenset({"mother"})), on=TODAY).is_met(frozenset({"mother"}))
    assert not needed_consent(Member("baby", born_on), on=TODAY).is_met(frozenset({"mother"}))


def test_only_a_child_that_stays_behind_asks_who_filed_and_its_parents_anew() -> None:
    asked = {(band, part) for (band, part), is_asked in ASKED_ANEW.items() if is_asked}
    young = (AgeBand.UNDER_12, AgeBand.FROM_12)
    assert asked == {(band, part) for band in young for part in (Part.FILER, Part.PARENT)}
    assert len(ASKED_ANEW) == len(AgeBand) * len(Part)
    born_on = date(2010, 3, 9)
    for on in (date(2026, 3, 8), date(2026, 3, 9)):
        assert is_asked_anew(Part.FILER, born_on, on=on) == (band_on(born_on, on) is not AgeBand.FROM_16)


@pytest.mark.parametrize("age", AGES)
def test_a_second_parent_is_told_as_long_as_a_parent_has_a_say(age: str) -> None:
    child = Member("child", AGES[age], frozenset({"mother", "father"}))
    has_say = say_of(Relation.PARENT, AGES[age], on=TODAY).yes is not Yes.NOTHING
    assert parents_to_tell(child, frozenset({"mother"}), on=TODAY) == (frozenset({"father"}) if has_say else set())


def test_no_other_file_compares_an_age_with_12_or_16() -> None:
    found = []
    for path in SOURCES.rglob("*.py"):
        place = path.relative_to(SOURCES)
        if place.parts[0] in {"simulator", "engine"} or str(place) == "rules/consent.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Compare) and "age_on" in ast.unparse(node):
                numbers = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
                if numbers & {12, 16}:
                    found.append(f"{place}:{node.lineno}")
    assert not found
