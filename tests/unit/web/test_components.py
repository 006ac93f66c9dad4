# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The building blocks say to assistive technology what they show to the eye."""

from datetime import date

import pytest
from django.template import TemplateSyntaxError
from django.utils.html import format_html
from tests.unit.web.page import show

from huisartsplek.rules.intake import PublicStatus
from huisartsplek.rules.sentences import sentence
from huisartsplek.web.components.charts import Bar, BarChart
from huisartsplek.web.components.exchange_picture import cycle_picture
from huisartsplek.web.components.map import Pin, Place, map_picture
from huisartsplek.web.components.parts import (
    Column,
    PersonRow,
    Pill,
    SearchResult,
    Side,
    Table,
    steps_until,
)
from huisartsplek.web.components.status import sign


@pytest.mark.parametrize("status", PublicStatus)
def test_a_badge_says_its_status_in_the_words_of_the_rule(status: PublicStatus) -> None:
    assert show("{% status_badge status %}", status=status).text == sentence(status, "nl")
    assert show("{% status_badge status %}", "en", status=status).text == sentence(status, "en")


def test_every_status_has_an_icon_and_colours_of_its_own() -> None:
    icons = {str(show("{% status_badge status %}", status=status).one("svg").nodes) for status in PublicStatus}
    classes = {sign(status).css_class for status in PublicStatus}
    assert len(icons) == len(classes) == len(PublicStatus)


def test_a_pin_is_silent_beside_words_and_speaks_where_there_are_none() -> None:
    beside = show("{% status_pin 'open' 3 %}")
    alone = show("{% status_pin 'open' 3 spoken=True %}")
    assert beside.one("svg").attrs["aria-hidden"] == "true"
    assert not beside.all("span")
    assert alone.one("span").text == "Neemt nieuwe patiënten aan"


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(ValueError, match="half-open"):
        show("{% status_badge 'half-open' %}")


def test_icons_are_hidden_from_who_hears_the_page() -> None:
    names = ("check", "clock", "cross", "up", "down", "arrow", "plus", "minus", "info", "warning")
    for name in names:
        assert show(f"{{% icon '{name}' %}}").one("svg").attrs["aria-hidden"] == "true"


@pytest.mark.parametrize(
    ("kind", "role"), [("ok", "status"), ("info", None), ("warning", "alert"), ("error", "alert")]
)
def test_an_alert_has_the_role_of_its_kind(kind: str, role: str | None) -> None:
    box = show("{% alert kind 'Let op' %}<p>Tekst</p>{% endalert %}", kind=kind).children[0]
    assert box.attrs.get("role") == role
    assert (box.one("h2").text, box.one("p").text) == ("Let op", "Tekst")
    assert "autofocus" not in box.attrs


def test_an_alert_of_another_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        show("{% alert 'panic' %}{% endalert %}")


def test_a_title_from_a_person_is_escaped() -> None:
    page = show("{% alert 'ok' title %}{{ text }}{% endalert %}", title="<b>x</b>", text="<i>y</i>")
    assert not page.all("b") + page.all("i")
    assert "<b>x</b>" in page.text


def test_the_task_is_named_by_its_heading() -> None:
    box = show("{% task 'Wat is uw antwoord?' anchor='ant' %}x{% endtask %}").one("section")
    assert box.one("h2").attrs["id"] == box.attrs["aria-labelledby"] == "ant"


def result(**changes: object) -> SearchResult:
    values = {
        "number": 2,
        "name": "Huisartsen Klaverblad",
        "url": "/huisartsen/klaverblad",
        "status": PublicStatus.CONDITIONAL,
        "verdict": "Ja, u kunt zich hier nu inschrijven.",
        "reason": "U woont in 2514: dat klopt.",
        "facts": ("0,7 km",),
        "confirmed_on": date(2026, 11, 21),
    }
    return SearchResult(**(values | changes))  # type: ignore[arg-type]  # one dictionary of several types


def test_a_result_gives_verdict_reason_and_when_it_was_confirmed() -> None:
    item = show("{% result found %}", found=result()).one("li")
    assert item.attrs["id"] == "p2"
    for said in ("Ja, u kunt zich hier nu inschrijven.", "U woont in 2514", "bevestigd op 21 november 2026"):
        assert said in item.text


def test_a_result_that_nobody_confirmed_says_so() -> None:
    assert "nog nooit bevestigd" in show("{% result found %}", found=result(confirmed_on=None)).text
    assert "never confirmed yet" in show("{% result found %}", "en", found=result(confirmed_on=None)).text


def test_only_the_present_step_is_marked() -> None:
    steps = steps_until([("Verzoek gedaan", ""), ("Iedereen zegt ja", "nog 1"), ("Ronde", "")], present=1)
    items = show("{% steps steps 'Hoe ver' %}", steps=steps).all("li")
    assert [item.attrs.get("aria-current") for item in items] == [None, "step", None]
    assert [item.attrs["class"] for item in items] == ["is-done", "is-now", "is-later"]


def test_people_are_listed_with_what_they_did_in_words() -> None:
    rows = (PersonRow("Fatima El Amrani", "38 jaar", "Doet mee"), PersonRow("Noor", state="Wacht", is_waiting=True))
    items = show("{% people_list rows %}", rows=rows).all("li")
    assert "Fatima El Amrani, 38 jaar" in items[0].text
    assert items[0].one(class_="hp-face").text == "FE"
    assert items[1].text.endswith("Wacht")


def test_a_wish_names_its_practice_on_every_button() -> None:
    page = show("{% wish 1 'De Lindehof' up='/op' remove='/weg' %}Tekst{% endwish %}")
    form = page.one("form")
    assert form.attrs["method"] == "post"
    assert [(b.text, b.attrs["formaction"]) for b in form.all("button")] == [
        ("Hoger De Lindehof", "/op"),
        ("Haal weg De Lindehof", "/weg"),
    ]


def test_a_last_wish_has_nothing_to_press() -> None:
    page = show("{% wish 4 'De Brink' stay=True %}Tekst{% endwish %}")
    assert not page.all("form")
    assert "hp-wish--stay" in page.one("li").attrs["class"]


def test_a_table_keeps_its_roles_and_labels_each_cell() -> None:
    table = Table(
        "Te doen",
        (Column("Taak"), Column("Voor wie"), Column("Uiterlijk"), Column("Mensen", numeric=True)),
        [("Bellen", format_html("<b>{}</b>", "A & B"), "vrijdag", 4)],
    )
    page = show("{% table table %}", table=table).one("table")
    assert page.attrs["role"] == "table"
    assert "hp-table--cards" in page.attrs["class"]
    assert [cell.attrs["data-label"] for cell in page.all("td", role="cell")] == ["Voor wie", "Uiterlijk", "Mensen"]
    assert page.one("th", scope="row", role="rowheader").text == "Bellen"
    assert [head.attrs["role"] for head in page.all("th", scope="col")] == ["columnheader"] * 4
    assert {row.attrs["role"] for row in page.all("tr")} == {"row"}
    assert page.one("b").text == "A & B"


def test_a_narrow_table_stays_a_table() -> None:
    page = show("{% table table %}", table=Table("x", (Column("a"), Column("b")), [("1", "2")])).one("table")
    assert "hp-table--plain" in page.attrs["class"]


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Table("x", (Column("a"), Column("b")), [("1",)])


def test_a_chart_has_a_title_and_the_same_figures_as_a_table() -> None:
    chart = BarChart("g1", "Hoe?", "Manier", "Mensen", [Bar("Kring", 1471)])
    page = show("{% bar_chart chart %}", chart=chart)
    svg = page.one("svg", role="img")
    assert svg.one("title").attrs["id"] == svg.attrs["aria-labelledby"] == "g1"
    assert "1.471" in svg.one("title").text
    assert [cell.text for cell in page.one("details").all("td")] == ["1.471"]


def test_a_picture_of_an_exchange_tells_every_move_in_its_title() -> None:
    page = show("{% exchange_picture p %}", p=cycle_picture("k", [("An", "Delft"), ("Bo", "Ede")], caption="Zin."))
    assert page.one("title").text == "An gaat van Delft naar Ede. Bo gaat van Ede naar Delft."
    assert page.one("marker").attrs["id"] == "k-arrow"


def test_the_map_repeats_the_list_and_can_be_skipped() -> None:
    pins = [Pin(3, "De Lindehof", PublicStatus.SWAP_ONLY, 52.07, 4.31)]
    page = show("{% practice_map m %}", m=map_picture(pins, here=Place("u", 52.08, 4.31)))
    pin = page.one("a", href="#p3")
    assert pin.attrs["aria-label"] == "3: De Lindehof, Alleen ruilen"
    skip = page.one("a", class_="hp-map__skip")
    assert page.one(id=skip.attrs["href"].removeprefix("#"))
    assert pin.attrs["data-latitude"] == "52.07", "numbers for the script never follow the language"


def test_a_move_goes_from_now_to_then() -> None:
    page = show("{% move a b %}", a=Side("Nu", "De Brink", "127 km"), b=Side("Straks", "De Lindehof", "0,8 km"))
    assert page.text.index("De Brink") < page.text.index("De Lindehof")


def test_the_chosen_pill_is_marked() -> None:
    page = show("{% pills p 'Laat zien' %}", p=(Pill("Alle 12", "?", current=True), Pill("Nu (2)", "?nu")))
    assert [link.attrs.get("aria-current") for link in page.all("a")] == ["true", None]


def test_the_rest_of_a_list_is_offered_with_its_number_and_not_at_all_without_one() -> None:
    assert show("{% show_more 5 '?vanaf=5' %}").text == "Laat de volgende 5 zien"
    assert show("{% show_more 1 '?vanaf=5' %}").text == "Laat de volgende zien"
    assert show("{% show_more 0 '?vanaf=5' %}").text == ""


def test_breadcrumbs_need_an_address_for_each_label() -> None:
    assert show("{% breadcrumbs 'Mijn huisarts' '/mijn' %}").one("a").attrs["href"] == "/mijn"
    with pytest.raises((ValueError, TemplateSyntaxError)):
        show("{% breadcrumbs 'Mijn huisarts' %}")
