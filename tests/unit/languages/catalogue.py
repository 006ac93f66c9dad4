# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of translations as they stand: texts, where they come from, and what each language says for them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

PACKAGE = Path(__file__).parents[3] / "src" / "huisartsplek"
LOCALE = PACKAGE / "locale"
Key = tuple[str, str]  # context and text


@dataclass
class Entry:
    """One text with its translations, one for each plural form."""

    context: str = ""
    text: str = ""
    plural: str = ""
    said: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        """What tells texts apart."""
        return self.context, self.text


def entries(language: str) -> list[Entry]:
    """Read what a language says, without the header; whatever is out of use stays out."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    found = [_entry(block) for block in text.split("\n\n") if "msgid" in block]
    return [entry for entry in found if entry.text]


def header(language: str) -> str:
    """The settings of a language's file."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    (head,) = _entry(text.split("\n\n")[0]).said
    return head


def _entry(block: str) -> Entry:
    entry, parts = Entry(), {}
    name = ""
    for line in block.splitlines():
        if line.startswith("#: "):
            entry.sources += line[3:].split()
        elif line.startswith("#, "):
            entry.flags |= set(line[3:].split(", "))
        elif line.startswith("msg"):
            name, _blank, quoted = line.partition(" ")
            parts[name] = ast.literal_eval(quoted)
        elif line.startswith('"'):
            parts[name] += ast.literal_eval(line)
    entry.context, entry.text = parts.get("msgctxt", ""), parts.get("msgid", "")
    entry.plural = parts.get("msgid_plural", "")
    entry.said = [said for name, said in sorted(parts.items()) if name.startswith("msgstr")]
    return entry


def reader_of(source: str) -> set[str]:
    """Who reads the texts of a source, by every line of `readers.txt` that fits it."""
    lines = (LOCALE / "readers.txt").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    return {who for who, pattern in rules if _fits(source, pattern)}


def _fits(source: str, pattern: str) -> bool:
    one, other = PurePosixPath(source), PurePosixPath(pattern)
    return len(one.parts) == len(other.parts) and one.match(pattern)


def of_citizens() -> dict[Key, Entry]:
    """Every text that a citizen meets, as Dutch has it: of the pages and messages, and of the rules."""
    pages = (entry for entry in entries("en") if any(reader_of(source) == {"citizens"} for source in entry.sources))
    return {entry.key: entry for entry in (*pages, *_of_rules())}


def _of_rules() -> Iterator[Entry]:
    for path in sorted((PACKAGE / "rules").rglob("*.py")):
        source = str(path.relative_to(PACKAGE))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                dutch = [str(part.value) for part in node.args[:2] if isinstance(part, ast.Constant)]
                if node.func.id == "Text" and dutch:
                    yield Entry(text=dutch[0], sources=[source])
                if node.func.id == "Counted":
                    yield Entry(text=dutch[0], plural=dutch[1], sources=[source])
