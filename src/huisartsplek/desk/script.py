# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody at a desk reads aloud before they help, and what the person says yes to.

A text that changes is a new version; a test holds each version to the words it was read with. Never translated by
the way of the pages: what was read must be what is kept.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is read aloud and ticked."""

    code: str
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Script:
    """All of them, as they were read from a day on."""

    version: str
    lines: tuple[Line, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The lines by their codes: all are ticked, or nobody is helped."""
        return frozenset(line.code for line in self.lines)


NOW = Script(
    "2026-11",
    (
        Line(
            "looks_along",
            "Ik kijk met u mee in uw gegevens bij Huisartsplek, hoogstens een half uur. Vindt u dat goed?",
            "I look at your details at Huisartsplek together with you, for half an hour at most. Do you agree?",
        ),
        Line(
            "types_for_you",
            "Ik typ in wat u zegt. U beslist. Ik doe niets zonder dat u het vraagt. Vindt u dat goed?",
            "I type in what you say. You decide. I do nothing that you did not ask for. Do you agree?",
        ),
        Line(
            "is_written_down",
            "Wij schrijven op dat ik u hielp en wat er is gedaan. U krijgt daar bericht van. Is dat duidelijk?",
            "We write down that I helped you and what was done. You get a message about it. Is that clear?",
        ),
        Line(
            "no_health",
            "Ik vraag niets over uw gezondheid. Vertel mij daar ook niets over. Is dat duidelijk?",
            "I ask nothing about your health. Please tell me nothing about it either. Is that clear?",
        ),
    ),
)
LANGUAGES = ("nl", "en")
