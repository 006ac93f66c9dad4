# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every template keeps to: nothing inline that the content policy refuses, and no word without translation."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "huisartsplek"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
NO_MARKUP = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}"
    r"|{%\s*block body_class\s*%}[^<]*?{%\s*endblock.*?%}"
    r"|{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}",
    re.DOTALL,
)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
TRANSLATE = re.compile(r"{%\s*trans(?:late)?\s+(\"[^\"]*\"|'[^']*'|[^\s%]+)")
SPOKEN_ATTRIBUTES = ("aria-label", "title", "alt", "placeholder")
# Words that are the same in every language: our name, a language in itself, names of things.
SAME_IN_BOTH = {"Huisartsplek", "English", "km", "DigiD", "CSV", "PDF"}


class Inline(HTMLParser):
    """Collect what the content policy would refuse, and the words that stand bare in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        self.faults += [f"<{tag} {name}>" for name in names if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.faults.append(f"<{tag}> without a file of its own")
        self.faults += [
            f"<{tag} {name}={value}>" for name, value in attrs if (value or "").startswith("javascript:")
        ]
        self.words += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(template: Path) -> Inline:
    parser = Inline()
    parser.feed(TAG.sub("", NO_MARKUP.sub("", template.read_text(encoding="utf-8"))))
    return parser


def bare_words(template: Path) -> Iterator[str]:
    for text in read(template).words:
        for word in re.findall(r"[^\W\d_]{2,}", text):
            if word not in SAME_IN_BOTH:
                yield word


def by_name(template: Path) -> str:
    return str(template.relative_to(PACKAGE))


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 40


@pytest.mark.parametrize("template", TEMPLATES, ids=by_name)
def test_a_template_holds_no_inline_style_or_script(template: Path) -> None:
    assert read(template).faults == []


@pytest.mark.parametrize("template", TEMPLATES, ids=by_name)
def test_every_word_of_a_template_can_be_translated(template: Path) -> None:
    assert list(bare_words(template)) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=by_name)
def test_a_text_to_translate_is_literal_and_tidy(template: Path) -> None:
    for written in TRANSLATE.findall(template.read_text(encoding="utf-8")):
        assert written[0] in "\"'", f"{written} is not a literal text"
        text = written[1:-1]
        assert text == text.strip(), f"{text!r} begins or ends with a blank"
        assert "<" not in text, f"{text!r} holds markup"


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ('<p style="color:red">', "<p style>"),
        ("<button onclick='go()'>", "<button onclick>"),
        ("<script>go()</script>", "<script> without a file of its own"),
        ("<style>p{}</style>", "<style> without a file of its own"),
        ('<a href="javascript:go()">', "<a href=javascript:go()>"),
    ],
)
def test_the_inline_check_sees_what_it_is_for(markup: str, fault: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("{% load x %}" + markup, encoding="utf-8")
    assert fault in read(page).faults


def test_the_check_on_words_sees_a_bare_word_and_a_bare_label(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('{% translate "Vertaald" %}<p aria-label="Gesproken">Kaal</p>', encoding="utf-8")
    assert set(bare_words(page)) == {"Gesproken", "Kaal"}
