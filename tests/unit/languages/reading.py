# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""How easily Dutch reads: Douma's formula, and the length of sentences.

W. H. Douma, *De leesbaarheid van landbouwbladen* (Wageningen 1960), fitted Flesch's reading ease to Dutch:
206.84 - 0.93 times words per sentence - 77 times syllables per word. The higher, the easier: above 60 reads
as plain, and what most people of twelve to fifteen can read begins there.
"""

import re

_FILLED_IN = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
_MARKUP = re.compile(r"<[^>]+>")
_SENTENCE_ENDS = re.compile(r"[.!?:;]+(?:\s|$)|\n")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'-][A-Za-zÀ-ÿ]+)*|\d+(?:[.,]\d+)*")
_NUCLEUS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyáéíóúàèëïöü]")
# What a word is filled in with: a name, a day, a number of two syllables.
_STANDS_FOR = "namen"


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; a colon ends one too, as a reader may stop there."""
    plain = _FILLED_IN.sub(_STANDS_FOR, _MARKUP.sub("", text))
    found = [_WORD.findall(part) for part in _SENTENCE_ENDS.split(plain)]
    return [words for words in found if words]


def syllables(word: str) -> int:
    """How many syllables a Dutch word has; a number is read as two."""
    return 2 if word[0].isdigit() else max(1, len(_NUCLEUS.findall(word.lower())))


def ease(text: str, *, known: frozenset[str] = frozenset()) -> float:
    """Douma's reading ease; a word of the field that every reader here knows counts as two syllables at most."""
    parts = sentences(text)
    words = [word for part in parts for word in part]
    spoken = sum(min(2, syllables(word)) if word.lower() in known else syllables(word) for word in words)
    return 206.84 - 0.93 * len(words) / len(parts) - 77 * spoken / len(words)


def longest(text: str) -> int:
    """How many words the longest sentence has."""
    return max((len(part) for part in sentences(text)), default=0)
