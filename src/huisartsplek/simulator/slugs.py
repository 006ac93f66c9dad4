# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names as they stand in a web address."""

from collections.abc import Iterable

from huisartsplek.simulator.gazetteer import plain


def slug(*parts: str) -> str:
    """Lower case, no accents, hyphens between words."""
    return "-".join(word for part in parts for word in plain(part).split())


def distinct(slugs: Iterable[tuple[str, str]]) -> list[str]:
    """Make each slug the only one: the second of a name gets its addition, a third a number."""
    taken: set[str] = set()
    answer = []
    for wanted, addition in slugs:
        own = wanted if wanted not in taken else f"{wanted}-{addition}"
        number = 2
        while own in taken:
            own = f"{wanted}-{addition}-{number}"
            number += 1
        taken.add(own)
        answer.append(own)
    return answer
