# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each language says everything it should: nothing missing, unsure or left over, and nothing broken in it."""

import re
from collections import Counter

import pytest
from django.conf import settings
from tests.unit.languages.catalogue import LOCALE, Entry, entries, header, of_citizens, reader_of

OURS = [tongue for tongue in settings.TONGUES if tongue.code != "nl"]
OF_CITIZENS = [tongue.code for tongue in OURS if not tongue.is_complete]
PLURAL_FORMS = {"en": 2, "pl": 3, "tr": 2, "ar": 6, "uk": 3}
FILLED_IN = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}|%%")
MARKUP = re.compile(r"</?[a-z][^>]*>")


def shown(found: list[str]) -> str:
    return f"{len(found)}: " + " | ".join(text[:80] for text in found[:10])


def placeholders(text: str) -> set[str]:
    return {match.group(0) for match in FILLED_IN.finditer(text)}


def markup(text: str) -> Counter[str]:
    return Counter(MARKUP.findall(text))


@pytest.mark.parametrize("language", [tongue.code for tongue in OURS])
def test_a_language_lacks_no_text_and_is_sure_of_each(language: str) -> None:
    said = entries(language)
    lacking = [entry.text for entry in said if not all(entry.said)]
    unsure = [entry.text for entry in said if "fuzzy" in entry.flags]
    assert not lacking, shown(lacking)
    assert not unsure, shown(unsure)


@pytest.mark.parametrize("language", OF_CITIZENS)
def test_a_language_of_citizens_holds_exactly_what_they_meet(language: str) -> None:
    wanted, held = of_citizens(), {entry.key: entry for entry in entries(language)}
    missing = [text for _context, text in wanted.keys() - held.keys()]
    left_over = [text for _context, text in held.keys() - wanted.keys()]
    assert not missing, shown(missing)
    assert not left_over, shown(left_over)
    assert [key for key in held if bool(held[key].plural) != bool(wanted[key].plural)] == []


def broken(entry: Entry) -> bool:
    """Whether a translation fills in something else, loses markup, or names another address."""
    one, more = placeholders(entry.text), placeholders(entry.plural or entry.text)
    # One or two of something may be said without a number, in a form of their own.
    number = ((one ^ more) | {"%(count)s", "%(count)d"}) if entry.plural else set()
    tagged = [markup(entry.text)] + ([markup(entry.plural)] if entry.plural else [])
    for said in filter(None, entry.said):
        filled = placeholders(said)
        if filled - (one | more) or (one | more) - filled - number or markup(said) not in tagged:
            return True
    return False


@pytest.mark.parametrize("language", [tongue.code for tongue in OURS])
def test_what_is_filled_in_and_the_markup_are_those_of_the_dutch(language: str) -> None:
    found = [entry.text for entry in entries(language) if broken(entry)]
    assert not found, shown(found)


@pytest.mark.parametrize("language", [tongue.code for tongue in OURS])
def test_each_plural_has_as_many_forms_as_the_language(language: str) -> None:
    assert f"nplurals={PLURAL_FORMS[language]};" in header(language)
    plurals = [entry for entry in entries(language) if entry.plural]
    assert plurals
    assert [entry.text for entry in plurals if len(entry.said) != PLURAL_FORMS[language]] == []
    assert [entry.text for entry in entries(language) if not entry.plural and len(entry.said) != 1] == []


def test_a_text_that_lost_a_name_or_its_markup_is_found() -> None:
    whole = Entry(text="Dag <b>%(name)s</b>", said=["Hi <b>%(name)s</b>"])
    assert not broken(whole)
    for said in ("Hi <b>%(nmae)s</b>", "Hi %(name)s", "Hi <b></b>", "Hi <b>%(name)s</b><b></b>"):
        assert broken(Entry(text=whole.text, said=[said])), said


def test_the_list_of_readers_knows_every_source_of_texts_once() -> None:
    sources = {source for entry in entries("en") for source in entry.sources}
    assert len(sources) > 100
    assert [source for source in sorted(sources) if len(reader_of(source)) != 1] == []


def test_each_language_of_the_settings_has_its_file_and_the_other_way_round() -> None:
    assert {path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po")} == {
        tongue.code for tongue in OURS
    }
    assert all((LOCALE / tongue.code / "LC_MESSAGES" / "django.mo").is_file() for tongue in OURS)
    assert len({tongue.own_name for tongue in settings.TONGUES}) == len(settings.TONGUES)
