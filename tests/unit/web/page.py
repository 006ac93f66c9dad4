# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A page as assistive technology finds it: elements with their attributes and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.template import engines
from django.utils import translation

VOID = {"input", "meta", "link", "br", "img", "hr", "path", "circle", "rect", "line"}


@dataclass
class Element:
    """One element with what is in it."""

    tag: str
    attrs: dict[str, str]
    nodes: list[Element | str] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        """The elements directly in it."""
        return [node for node in self.nodes if isinstance(node, Element)]

    @property
    def text(self) -> str:
        """All words in it, with single blanks."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for node in self.nodes:
            if isinstance(node, Element):
                yield from node._words()
            else:
                yield node

    def all(self, tag: str = "", **attrs: str) -> list[Element]:
        """Everything in it with this tag and these attributes; `_` in a name stands for `-`."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        found = []
        for child in self.children:
            fits = all(child.attrs.get(name) == value for name, value in wanted.items())
            if fits and tag in {"", child.tag}:
                found.append(child)
            found += child.all(tag, **attrs)
        return found

    def one(self, tag: str = "", **attrs: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attrs)
        return found


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].nodes.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].nodes.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].nodes.append(data)


def parse(text: str) -> Element:
    """Read HTML, and fail where an element is not closed by its own end."""
    tree = _Tree()
    tree.feed(text)
    assert tree.open == [tree.root], f"<{tree.open[-1].tag}> is never closed"
    return tree.root


def show(source: str, language: str = "nl", **context: object) -> Element:
    """Render a piece of template with the building blocks at hand."""
    with translation.override(language):
        return parse(engines["django"].from_string("{% load i18n hp %}" + source).render(context))
