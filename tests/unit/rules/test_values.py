# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisartsplek.rules.values import AgbCode, BadValue, Bsn, Postcode, Uzovi, ValueFault

letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2).filter(
    lambda two: two not in {"SA", "SD", "SS"}
)
postcodes = st.builds(Postcode, st.integers(1000, 9999), st.just("") | letters)
digits = st.text("0123456789", min_size=9, max_size=9)


def complete(first_eight: str) -> str | None:
    """Add the one digit that makes a BSN, if there is one: the remainder must not be ten."""
    check = sum((9 - place) * int(digit) for place, digit in enumerate(first_eight)) % 11
    return None if check == 10 else f"{first_eight}{check}"


bsns = (
    st.text("0123456789", min_size=8, max_size=8)
    .filter(lambda eight: eight != "00000000")
    .map(complete)
    .filter(lambda bsn: bsn is not None)
    .map(str)
)


@given(postcodes)
def test_a_postcode_survives_being_written_and_read(postcode: Postcode) -> None:
    assert Postcode.parse(str(postcode)) == postcode
    assert Postcode.parse(f" {str(postcode).replace(' ', '').lower()} ") == postcode


@pytest.mark.parametrize(
    ("text", "written"), [("2514 gl", "2514 GL"), ("2514GL", "2514 GL"), (" 2514 ", "2514"), ("9999xz", "9999 XZ")]
)
def test_a_postcode_is_read_as_people_type_it(text: str, written: str) -> None:
    assert str(Postcode.parse(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0999",
        "251",
        "25144",
        "2514 G",
        "2514 GLX",
        "2514 SS",
        "1234sa",
        "1234 SD",
        "2514  GL",
        "٢٥١٤",
        "GL 2514",
        "2514-GL",
    ],
)
def test_what_is_no_postcode_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        Postcode.parse(text)
    assert caught.value.code is ValueFault.POSTCODE


@pytest.mark.parametrize(("pc4", "two"), [(999, ""), (10000, ""), (2514, "gl"), (2514, "SS"), (2514, "G")])
def test_no_impossible_postcode_can_be_made(pc4: int, two: str) -> None:
    with pytest.raises(BadValue):
        Postcode(pc4, two)


@given(bsns)
def test_a_bsn_that_passes_the_eleven_test_is_read_and_shows_only_its_end(number: str) -> None:
    bsn = Bsn.parse(number)
    assert bsn.reveal() == number
    for shown in (repr(bsn), str(bsn), f"{bsn}", f"{bsn!r}", repr([bsn]), "%s" % bsn):  # noqa: UP031
        assert number not in shown
        assert len(re.findall("[0-9]", shown)) == 4


@given(bsns, st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_never_a_bsn(number: str, place: int, shift: int) -> None:
    wrong = str((int(number[place]) + shift) % 10)
    with pytest.raises(BadValue):
        Bsn.parse(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "000000000", "12345678", "1234567890", "99999999a", "٩٩٩٩٩٠٠٠٠"])
def test_what_is_no_bsn_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        Bsn.parse(text)
    assert caught.value.code is ValueFault.BSN
    assert caught.value.facts == {"length": len(text)}
    assert str(caught.value) == "bad_bsn"


def test_a_bsn_may_hold_blanks_and_dots() -> None:
    assert Bsn.parse("1112.22.333") == Bsn.parse("111 222 333") == Bsn.parse("111222333")


def test_demo_numbers_are_those_that_start_with_9999() -> None:
    passing = [number for number in range(999900000, 1000000000) if _is_bsn(str(number))]
    assert len(passing) == 9091
    assert Bsn.parse(str(passing[0])).is_demo
    assert not Bsn.parse("111222333").is_demo


def _is_bsn(text: str) -> bool:
    try:
        Bsn.parse(text)
    except BadValue:
        return False
    return True


def test_a_practice_code_starts_with_01() -> None:
    assert AgbCode.parse(" 01012345 ").is_practice
    assert not AgbCode.parse("03012345").is_practice
    assert str(AgbCode.parse("01012345")) == "01012345"


@pytest.mark.parametrize("text", ["", "1012345", "010123456", "0101234a", "0101 2345"])
def test_what_is_no_agb_code_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        AgbCode.parse(text)
    assert caught.value.code is ValueFault.AGB_CODE


@pytest.mark.parametrize("text", ["", "331", "33110", "331a"])
def test_what_is_no_uzovi_code_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        Uzovi.parse(text)
    assert caught.value.code is ValueFault.UZOVI


def test_a_uzovi_code_is_four_digits() -> None:
    assert str(Uzovi.parse("3311")) == "3311"
