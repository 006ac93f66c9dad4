# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The frame around every page: header, language, help, messages, and the pages that say what went wrong."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from tests.unit.web.page import Element, parse

from huisartsplek.rules.tongues import Tongue
from huisartsplek.web import errors, styleguide
from huisartsplek.web.shell import Audience, NavItem, Shell, shell, visitor_shell

STATIC = Path(styleguide.__file__).parent / "static" / "huisartsplek"
PRACTICE = Shell(
    audience=Audience.PRACTICE,
    items=(NavItem("Overzicht", "/praktijk"), NavItem("Beleid", "/praktijk/beleid", starts="/praktijk/beleid/")),
    home_url="/praktijk",
    user_label="A. Visser",
)


def framed(
    path: str = "/", language: str = "nl", source: str = '{% extends "web/base.html" %}', **context: object
) -> Element:
    request = RequestFactory().get(path)
    with translation.override(language):
        given = {"shell": visitor_shell(), "request": request, **context}
        return parse(engines["django"].from_string(source).render(given))


@pytest.mark.parametrize("tongue", settings.TONGUES, ids=lambda tongue: tongue.code)
def test_the_page_says_its_language_and_offers_the_others_each_by_its_own_name(tongue: Tongue) -> None:
    page = framed("/huisartsen?postcode=2514GL&taal=nl", tongue.code)
    html = page.one("html")
    assert (html.attrs["lang"], html.attrs["dir"]) == (tongue.code, tongue.direction.value)
    assert page.one("details", class_="hp-languages").one("summary").text.endswith(tongue.own_name)
    links = [link for link in page.all("a") if "hreflang" in link.attrs]
    others = [other for other in settings.TONGUES if other != tongue]
    assert [(link.attrs["hreflang"], link.attrs["lang"], link.attrs["dir"], link.text) for link in links] == [
        (other.code, other.code, other.direction.value, other.own_name) for other in others
    ]
    for link in links:
        asked = parse_qs(urlsplit(link.attrs["href"]).query)
        assert asked == {"postcode": ["2514GL"], "taal": [link.attrs["hreflang"]]}


@pytest.mark.parametrize("tongue", settings.TONGUES, ids=lambda tongue: tongue.code)
def test_a_translation_that_nobody_read_says_so_on_every_page(tongue: Tongue) -> None:
    assert len(framed(language=tongue.code).all("aside", class_="hp-unread")) == (0 if tongue.read_by else 1)


def test_the_skip_link_leads_to_the_main_part() -> None:
    page = framed()
    first = page.all("a")[0]
    main = page.one("main")
    assert first.attrs["href"] == f"#{main.attrs['id']}"
    assert main.attrs["tabindex"] == "-1"


def test_a_visitor_can_log_in_with_a_link() -> None:
    page = framed()
    assert page.one("a", href="/inloggen").text == "Inloggen"
    assert not page.all("form", action="/uitloggen")


def test_who_is_logged_in_logs_out_with_a_form_that_carries_the_token() -> None:
    form = framed(shell=PRACTICE, csrf_token="abc").one("form", action="/uitloggen")
    assert form.attrs["method"] == "post"
    assert form.one("input", name="csrfmiddlewaretoken").attrs["value"] == "abc"
    assert form.text == "Uitloggen (A. Visser)"


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/praktijk", ["page", None]),
        ("/praktijk/beleid", [None, "page"]),
        ("/praktijk/beleid/vorige", [None, "true"]),
        ("/elders", [None, None]),
    ],
)
def test_the_header_marks_where_somebody_is(path: str, marks: list[str | None]) -> None:
    links = framed(path, shell=PRACTICE).one("ul", class_="hp-nav__main").all("a")
    assert [link.attrs.get("aria-current") for link in links] == marks


def test_a_desk_sees_whom_it_helps_on_every_page() -> None:
    helping = Shell(Audience.COORDINATOR, (), helped_person="Fatima <El> Amrani")
    assert framed(shell=helping).one("aside").text == "U helpt: Fatima <El> Amrani"


def test_staff_pages_carry_the_smaller_letters_and_their_own_help() -> None:
    page = framed(source='{% extends "web/staff.html" %}', shell=PRACTICE)
    assert "hp-staff" in page.one("body").attrs["class"]
    assert "helpdesk" in page.one("footer").text


def test_the_footer_has_no_link_to_a_page_that_is_not_there() -> None:
    assert [link.attrs["href"] for link in framed().one("footer").all("a") if link.attrs["href"] == "#"] == []


@pytest.mark.parametrize(
    ("level", "kind", "role"),
    [
        (constants.SUCCESS, "ok", "status"),
        (constants.INFO, "info", None),
        (constants.WARNING, "warning", "alert"),
        (constants.ERROR, "error", "alert"),
    ],
)
def test_a_message_of_the_last_action_stands_on_top_and_takes_the_focus(
    level: int, kind: str, role: str | None
) -> None:
    (box,) = [
        found
        for found in framed(messages=[Message(level, "Uw antwoord is bewaard")]).one("main").all("div")
        if f"utrecht-alert--{kind}" in found.attrs.get("class", "")
    ]
    assert box.attrs.get("role") == role
    assert "autofocus" in box.attrs
    assert box.text == "Uw antwoord is bewaard"


def test_of_several_messages_only_the_first_takes_the_focus() -> None:
    page = framed(messages=[Message(constants.SUCCESS, "Een"), Message(constants.SUCCESS, "Twee")])
    assert len([found for found in page.all() if "autofocus" in found.attrs]) == 1


def test_without_a_login_the_frame_is_that_of_a_visitor() -> None:
    request = RequestFactory().get("/")
    assert shell(request)["shell"] == visitor_shell()
    request.shell = PRACTICE  # type: ignore[attr-defined]  # what the code behind the login puts there
    assert shell(request)["shell"] is PRACTICE


def request_with_reference() -> HttpRequest:
    return RequestFactory().get("/mijn/verzoek", HP_REFERENCE="7f3k9ab21c04")


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (errors.bad_request, 400, "Wij begrijpen uw vraag niet"),
        (errors.permission_denied, 403, "Deze pagina is niet voor u"),
        (errors.not_found, 404, "Deze pagina bestaat niet"),
        (errors.server_error, 500, "Er ging iets mis bij ons"),
        (errors.csrf_failure, 403, "Dit formulier is te oud"),
    ],
)
def test_an_error_page_says_what_is_wrong_and_gives_a_reference(
    view: Callable[[HttpRequest], HttpResponse], status: int, heading: str
) -> None:
    with translation.override("nl"):
        answer = view(request_with_reference())
    page = parse(answer.content.decode())
    assert answer.status_code == status
    assert page.one("h1").text == heading
    assert "7F3K 9AB2 1C04" in page.one("main").text
    assert not page.all("a", href="/inloggen")
    assert answer["Cache-Control"] == "no-store"


def test_an_old_form_leads_back_to_its_page() -> None:
    page = parse(errors.csrf_failure(request_with_reference()).content.decode())
    assert page.one("main").one("a").attrs["href"] == "/mijn/verzoek"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_of_building_blocks_is_whole_in_both_languages(language: str) -> None:
    with translation.override(language):
        answer = styleguide.page(RequestFactory().get("/stijl"))
    page = parse(answer.content.decode())
    ids = [found.attrs["id"] for found in page.all() if "id" in found.attrs]
    assert len(ids) == len(set(ids))
    assert len(page.all("h1")) == 1
    dutch = [word for word in ("praktijk", "huisarts", "wachtlijst") if word in page.one("main").text.split()]
    assert bool(dutch) is (language == "nl")


def test_a_first_visit_stays_within_its_weight() -> None:
    with translation.override("nl"):
        page = styleguide.page(RequestFactory().get("/stijl")).content
    style = len(gzip.compress((STATIC / "huisartsplek.css").read_bytes(), mtime=0))
    assert style <= 25_000
    assert style + len(gzip.compress(page, mtime=0)) <= 60_000


def test_the_style_sheet_names_sides_that_turn_with_the_language() -> None:
    theme = (Path(__file__).parents[3] / "frontend" / "theme.css").read_text(encoding="utf-8")
    fixed = re.compile(
        r"(?:margin|padding|border|inset)-(?:left|right)\s*:|(?:text-align|float)\s*:\s*(?:left|right)"
        r"|[;{\s](?:left|right)\s*:"
    )
    # The map keeps its own direction, and its library its own corner.
    found = [line for line in theme.splitlines() if fixed.search(line) and ".maplibregl-marker" not in line]
    assert found == []


def test_the_style_sheet_brings_nothing_from_elsewhere() -> None:
    style = (STATIC / "huisartsplek.css").read_text(encoding="utf-8")
    assert "http:" not in style.replace("http://www.w3.org", "")
    assert "https:" not in style
    assert "rijkshuisstijl" not in style.lower()


def test_every_font_the_style_sheet_names_is_there_with_its_licence() -> None:
    style = (STATIC / "huisartsplek.css").read_text(encoding="utf-8")
    named = {
        part.split(")")[0].strip("\"'")
        for part in style.split("url(")[1:]
        if part.startswith(("fonts/", '"fonts/'))
    }
    assert len(named) == 15
    assert all((STATIC / name).is_file() for name in named)
    for family in ("sans", "serif", "sans-arabic"):
        licence = (STATIC / "fonts" / f"LICENSE-fontsource-noto-{family}.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE" in licence.upper()
