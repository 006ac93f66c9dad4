# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever somebody types into an address or a form, a page answers; it never breaks."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.urls.converters import SlugConverter, UUIDConverter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import a_region
from tests.integration.requests.alerting import an_alert
from tests.integration.rounds.running import a_swap, published
from tests.integration.web.citizen.logged_in import browser_of
from tests.unit.web.page import parse

from huisartsplek.requests.alerts import token_of
from huisartsplek.web.citizen import urls as citizen
from huisartsplek.web.public import urls as public

pytestmark = pytest.mark.django_db

Fields = dict[str, list[str]]
AUDIENCE_OF = {pattern: module.app_name for module in (public, citizen) for pattern in module.urlpatterns}
PATTERNS = list(AUDIENCE_OF)
FIELDS = (
    *("postcode", "huisnummer", "zonder_huisarts", "verhuisd", "rolstoel", "avond", "vrouw", "taal_balie"),
    *("volgorde", "taal", "pagina", "kaart", "wens", "gezien", "zoek", "antwoord", "given_name", "family_name"),
    *("house_number", "email", "birth_date", "birth_date_0", "birth_date_1", "birth_date_2", "moved_in_on"),
    *("practice", "people", "since", "key", "members", "next", "region", "onbekend", "oude_praktijk", "waarom"),
    *("nu", "wil"),
    *("bij", "man", "grootte", "straal", "wat", "stop"),
    "gesproken",
    "channel",
    "taak",
    *("code", "voor", "agb"),
    *("keuze", "tot", "verzekeraar", "toestemming"),
    *("via", "bsn", "identified_by", "read", "script_version", "script_language", "script", "maak", "street"),
    *("wants_large_print", "phone", "groot", "persoon"),
)
HOSTILE = (
    *(
        "",
        " ",
        "\0",
        "a\0b",
        "x" * 5000,
        "9" * 400,
        "-1",
        "1e999",
        "NaN",
        "😀" * 50,
        "\u202e\u200f\u200b",
        "\ufeff",
    ),
    *("'; DROP TABLE x; --", "<script>alert(1)</script>", "{{ 7|add:7 }}", "%s%n", "../../etc/passwd", "\r\nX: y"),
    *("00000000-0000-0000-0000-000000000000", "1f0c6f0e-5a3b-4c2d-9e8f", "31-12-9999", "0000-00-00", "30-02-2026"),
    *("1-1-1", "ja", "nee", "2514GL", "٢٥١٤ AB", "²514GL", "\ud7ff", "\uffff", "[]", "{}", "null"),
)
TEXT = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FORM = st.dictionaries(st.sampled_from(FIELDS), st.lists(TEXT, min_size=1, max_size=3), max_size=6)
A_FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Known:
    """A browser in which somebody is logged in, and what may stand in an address."""

    client: Client
    slugs: list[str]
    ids: list[UUID]
    tokens: list[str]

    def address(self, data: st.DataObject, pattern: URLPattern) -> str:
        """Fill the gaps of an address with what exists, or what does not."""
        gaps: dict[str, object] = {}
        for name, converter in pattern.pattern.converters.items():
            match converter:
                case UUIDConverter():
                    gaps[name] = data.draw(st.sampled_from(self.ids))
                case SlugConverter():
                    gaps[name] = data.draw(st.sampled_from(self.slugs))
                case _:
                    gaps[name] = data.draw(st.sampled_from([*self.slugs, *self.tokens]))
        return reverse(f"{AUDIENCE_OF[pattern]}:{pattern.name}", kwargs=gaps)


@pytest.fixture
def known() -> Known:
    """Somebody with an offer of a round and a practice to choose."""
    region = a_region()
    seeker, _, here, there = a_swap(region)
    round_ = published(region)
    return Known(
        browser_of(seeker.person),
        [here.slug, there.slug, "hoger", "weg", "x" * 300],
        [seeker.request.pk, seeker.offer.pk, round_.pk, uuid4()],
        [token_of(an_alert().pk), "a:b"],
    )


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
@A_FEW
@given(data=st.data(), query=FORM, form=FORM)
def test_no_text_in_a_question_or_a_form_breaks_a_page(
    known: Known, pattern: URLPattern, data: st.DataObject, query: Fields, form: Fields
) -> None:
    url = f"{known.address(data, pattern)}?{urlencode(query, doseq=True)}"
    for answer in (known.client.get(url), known.client.post(url, form)):
        assert answer.status_code < 500
        has_nul = any("\0" in text for texts in query.values() for text in texts)
        assert not has_nul or answer.status_code == 400


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_in_an_address_breaks_the_site(known: Known, text: str) -> None:
    for start in ("/", "/huisartsen/", "/rondes/", "/mijn/aanbod/", "/mijn/verzoek/wens/", "/api/v1/practices/"):
        for method in (known.client.get, known.client.post):
            assert method(start + quote(text, safe="")).status_code < 500


@pytest.mark.parametrize(
    "url",
    [
        "/mijn/verzoek?wens=%00",
        "/mijn/huisarts?zoek=a%00",
        "/huisartsen?postcode=%00",
        "/huisartsen/%00",
        "/?%00=a",
    ],
)
def test_a_nul_gets_our_page_that_says_it_cannot_be_read(known: Known, url: str) -> None:
    answer = known.client.get(url)
    assert answer.status_code == 400
    assert answer["X-Request-Reference"]
    assert parse(answer.content.decode()).one("h1").text


@pytest.mark.parametrize("form", [{"wens": "\0"}, {"wens": ["a", "b\0"]}, {"\0": "a"}])
def test_a_nul_in_a_form_gets_that_page_too(known: Known, form: dict[str, object]) -> None:
    assert known.client.post("/mijn/verzoek", form).status_code == 400
    text = urlencode(form, doseq=True)
    answer = known.client.post("/mijn/verzoek", text, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


def test_the_api_answers_a_nul_with_a_problem(known: Known) -> None:
    answer = known.client.get("/api/v1/practices?postcode=%00")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
