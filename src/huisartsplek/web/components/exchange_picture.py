# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The picture of one exchange: at most three houses, everybody a round mark on an arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from huisartsplek.web.components.parts import Text

MOST_HOUSES = 3


@dataclass(frozen=True, slots=True)
class House:
    """A practice in the picture."""

    x: int
    y: int
    name: str
    has_free_place: bool = False

    @property
    def centre(self) -> int:
        """The middle of the house, under which its name stands."""
        return self.x + 36

    @property
    def name_y(self) -> int:
        """The line on which its name stands."""
        return self.y + 96


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody on an arrow, with the name beside the mark."""

    x: int
    y: int
    name: str
    name_x: int
    name_y: int
    name_anchor: str
    path: str
    remark: Text = ""

    @property
    def letter(self) -> str:
        """The letter in the mark."""
        return self.name[:1].upper()

    @property
    def letter_y(self) -> int:
        """The line on which the letter stands."""
        return self.y + 6

    @property
    def remark_y(self) -> int:
        """The line below the name."""
        return self.name_y + 21


@dataclass(frozen=True, slots=True)
class ExchangePicture:
    """Houses, movers and one sentence; `anchor` is unique on its page."""

    anchor: str
    spoken: str
    caption: Text
    view_box: str
    houses: tuple[House, ...]
    movers: tuple[Mover, ...]


def move_sentences(moves: Sequence[tuple[str, str, str]]) -> list[str]:
    """Every move as a sentence: who goes from where to where."""
    sentences = []
    for name, origin, target in moves:
        words = {"name": name, "origin": origin, "target": target}
        if origin:
            sentences.append(_("%(name)s gaat van %(origin)s naar %(target)s.") % words)
        else:
            sentences.append(_("%(name)s heeft nog geen huisarts en krijgt de plek in %(target)s.") % words)
    return sentences


def cycle_picture(anchor: str, stops: Sequence[tuple[str, str]], *, caption: Text) -> ExchangePicture:
    """A cycle of two or three: each (person, practice) goes on to the next one's practice."""
    if not 2 <= len(stops) <= MOST_HOUSES:
        raise ValueError("The picture of a cycle has two or three houses.")
    people = [person for person, _practice in stops]
    names = [practice for _person, practice in stops]
    onward = [*names[1:], names[0]]
    spoken = " ".join(move_sentences(list(zip(people, names, onward, strict=True))))
    if len(stops) == 2:
        return ExchangePicture(
            anchor,
            spoken,
            caption,
            "-24 -6 408 236",
            houses=(House(18, 70, names[0]), House(270, 70, names[1])),
            movers=(
                Mover(180, 46, people[0], 180, 16, "middle", "M98 88C130 36 230 36 262 82"),
                Mover(180, 178, people[1], 180, 221, "middle", "M262 136C230 188 130 188 98 142"),
            ),
        )
    return ExchangePicture(
        anchor,
        spoken,
        caption,
        "-24 4 408 330",
        houses=(House(144, 22, names[0]), House(270, 200, names[1]), House(18, 200, names[2])),
        movers=(
            Mover(284, 112, people[0], 312, 100, "start", "M222 66C278 82 306 130 309 186"),
            Mover(180, 288, people[1], 180, 327, "middle", "M258 262C222 296 140 296 103 264"),
            Mover(76, 112, people[2], 48, 100, "end", "M51 188C54 130 84 82 136 66"),
        ),
    )


def chain_picture(anchor: str, places: Sequence[str], people: Sequence[str], *, caption: Text) -> ExchangePicture:
    """A chain: the first house has a free place, everybody moves up one house.

    There are as many people as houses when the last of them had no practice, else one fewer.
    """
    if not 1 <= len(places) <= MOST_HOUSES or len(people) not in {len(places), len(places) - 1} or not people:
        raise ValueError("The picture of a chain has one to three houses and a mover for each free place.")
    houses = tuple(
        House(22 + 122 * order, 96, name, has_free_place=order == 0) for order, name in enumerate(places)
    )
    movers = []
    moves = []
    for order, name in enumerate(people):
        moves.append((name, places[order + 1] if order + 1 < len(places) else "", places[order]))
        middle = 58 + 122 * order
        if order + 1 < len(places):
            path = f"M{middle + 118} 96C{middle + 102} 44 {middle + 32} 40 {middle + 8} 88"
            movers.append(Mover(middle + 62, 54, name, middle + 62, 24, "middle", path))
        else:
            low = 236 if order == 0 else 214
            movers.append(
                Mover(middle, 282, name, middle + 32 if order == 0 else middle - 32, 279,
                      "start" if order == 0 else "end", f"M{middle} 262V{low}", _("had geen huisarts"))
            )  # fmt: skip
    height = 330 if len(people) == len(places) else 240
    return ExchangePicture(
        anchor, " ".join(move_sentences(moves)), caption, f"-24 4 408 {height}", houses, tuple(movers)
    )
