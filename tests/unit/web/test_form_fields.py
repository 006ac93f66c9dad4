# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Form fields are tied to their help and errors, and the summary leads to each of them."""

import pytest
from django import forms
from tests.unit.web.page import Element, show

SUMMARY = "{% error_summary form %}"


class Move(forms.Form):
    """One field of each kind."""

    postcode = forms.CharField(label="Postcode", help_text="Waar u woont", error_messages={"required": "Vul in"})
    number = forms.CharField(label="Huisnummer", required=False)
    since = forms.DateField(label="Sinds", required=False, error_messages={"invalid": "Schrijf 08-2026"})
    standing = forms.ChoiceField(
        label="Stand",
        widget=forms.RadioSelect,
        choices=[("a", "Open"), ("b", "Dicht")],
        error_messages={"required": "Kies"},
    )
    wants = forms.MultipleChoiceField(
        label="Wensen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("r", "Rolstoel"), ("e", "Avond")],
    )
    order = forms.ChoiceField(label="Volgorde", choices=[("n", "Dichtbij")], required=False)
    remark = forms.CharField(label="Adres", widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label="Ik doe mee", error_messages={"required": "Zet een vinkje"})
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def shown(name: str, form: forms.Form, extra: str = "") -> Element:
    return show(f"{{% field form.{name} {extra} %}}", form=form)


def ids(page: Element) -> set[str]:
    return {element.attrs["id"] for element in page.all() if "id" in element.attrs}


def test_a_field_without_error_is_described_by_its_help_alone() -> None:
    page = shown("postcode", Move())
    box = page.one("input")
    assert page.one("label").attrs["for"] == box.attrs["id"]
    assert box.attrs["aria-describedby"] == "id_postcode_help"
    assert "aria-invalid" not in box.attrs


def test_a_wrong_field_is_described_by_help_and_error_and_says_it_is_wrong() -> None:
    page = shown("postcode", Move({}))
    box = page.one("input")
    assert box.attrs["aria-describedby"] == "id_postcode_help id_postcode_error"
    assert box.attrs["aria-invalid"] == "true"
    assert page.one(id="id_postcode_error").text == "Fout: Vul in"


def test_every_description_a_field_names_is_on_the_page() -> None:
    for name in Move.base_fields:
        page = shown(name, Move({"since": "gisteren"}))
        named = {one for element in page.all() for one in element.attrs.get("aria-describedby", "").split()}
        assert named <= ids(page), name


def test_what_was_typed_stays() -> None:
    assert shown("since", Move({"since": "gisteren"})).one("input").attrs["value"] == "gisteren"


def test_only_what_may_stay_empty_says_so() -> None:
    assert "(mag leeg)" in shown("number", Move()).text
    assert "(mag leeg)" not in shown("postcode", Move()).text
    assert "(optional)" in show("{% field form.number %}", "en", form=Move()).text


def test_a_group_of_buttons_is_a_fieldset_with_a_legend_and_a_label_each() -> None:
    page = show("{% field form.standing descriptions=texts %}", form=Move({}), texts={"a": "U neemt iedereen aan."})
    group = page.one("fieldset")
    assert group.one("legend").text == "Stand"
    assert group.attrs["aria-describedby"] == "id_standing_error"
    buttons = group.all("input", type="radio")
    assert [button.attrs["id"] for button in buttons] == [label.attrs["for"] for label in group.all("label")]
    assert buttons[0].attrs["aria-describedby"] == "id_standing_0_note"
    assert page.one(id="id_standing_0_note").text == "U neemt iedereen aan."
    assert "aria-describedby" not in buttons[1].attrs


def test_chosen_boxes_stay_chosen() -> None:
    boxes = shown("wants", Move({"wants": ["e"]})).all("input", type="checkbox")
    assert ["checked" in box.attrs for box in boxes] == [False, True]


def test_a_single_tick_box_has_its_label_beside_it() -> None:
    page = shown("agrees", Move({}))
    assert page.one("label").text == "Ik doe mee"
    assert page.one("input").attrs["aria-invalid"] == "true"


def test_kinds_of_fields_carry_their_classes() -> None:
    assert "utrecht-select" in shown("order", Move()).one("select").attrs["class"]
    assert "utrecht-textarea" in shown("remark", Move()).one("textarea").attrs["class"]
    assert "utrecht-textbox--invalid" in shown("postcode", Move({})).one("input").attrs["class"]


def test_a_hidden_field_shows_nothing_else() -> None:
    page = shown("key", Move())
    assert [element.tag for element in page.all()] == ["input"]


def test_a_width_follows_the_answer_and_no_other_width_exists() -> None:
    assert "hp-width-8" in shown("postcode", Move(), "width=8").one("input").attrs["class"]
    with pytest.raises(ValueError, match="these wide"):
        shown("postcode", Move(), "width=9")


def test_the_summary_counts_the_errors_and_leads_to_each_field() -> None:
    form = Move({"since": "gisteren"})
    summary = show(SUMMARY, form=form).children[0]
    assert summary.one("h2").text == "Er zijn nog 4 dingen niet goed ingevuld"
    targets = [link.attrs["href"].removeprefix("#") for link in summary.all("a")]
    fields = show("".join(f"{{% field form.{name} %}}" for name in Move.base_fields), form=form)
    assert targets == ["id_postcode", "id_since", "id_standing_0", "id_agrees"]
    assert set(targets) <= ids(fields)


def test_the_summary_says_the_same_sentence_as_the_field_and_takes_the_focus() -> None:
    summary = show(SUMMARY, form=Move({})).children[0]
    assert summary.all("a")[0].text == "Vul in"
    assert {"role": "alert", "tabindex": "-1", "autofocus": ""}.items() <= summary.attrs.items()


def test_one_error_is_counted_as_one() -> None:
    form = Move({"postcode": "2514 GL", "standing": "a"})
    assert show(SUMMARY, form=form).one("h2").text == "Er is nog 1 ding niet goed ingevuld"
    assert show(SUMMARY, "en", form=form).one("h2").text == "There is still 1 thing not filled in correctly"


def test_an_error_of_the_whole_form_stands_first_without_a_link() -> None:
    form = Move({})
    form.add_error(None, "Dit past niet bij elkaar")
    first = show(SUMMARY, form=form).all("li")[0]
    assert first.text == "Dit past niet bij elkaar"
    assert not first.all("a")


@pytest.mark.parametrize("form", [Move(), Move({"postcode": "x", "standing": "a", "agrees": "on"})])
def test_without_errors_there_is_no_summary_and_no_other_title(form: forms.Form) -> None:
    assert show(SUMMARY, form=form).text == ""
    assert show("{% title_prefix form %}", form=form).text == ""


def test_the_title_of_a_page_with_errors_begins_with_fout() -> None:
    assert show("{% title_prefix form %}", form=Move({})).text == "Fout:"
