# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures of a round as a page shows them: no group under ten is told, and none can be worked out."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huisartsplek.rounds.counts import Decided, Outcome, Way
from huisartsplek.rules.figures import Figure, publishable
from huisartsplek.web.components.charts import Bar, BarChart
from huisartsplek.web.components.parts import Column, Table
from huisartsplek.web.components.wording import number, people

Figures = Mapping[tuple[str, str], Figure]

_LAST_RANK = 4
_LAST_SIZE = 5

OUTCOMES: dict[Outcome, str] = {
    Outcome.MOVED: gettext_noop("Krijgt een aanbod"),
    Outcome.STAYS: gettext_noop("Houdt de eigen huisarts"),
    Outcome.WAITS: gettext_noop("Wacht, heeft nog geen huisarts"),
}
WAYS: dict[Way, str] = {
    Way.PLACE: gettext_noop("Vrije plek"),
    Way.CYCLE: gettext_noop("Kring"),
    Way.CHAIN: gettext_noop("Keten"),
    Way.MIXED: gettext_noop("Kring en keten"),
}


def told(figure: Figure) -> str:
    """A figure as text."""
    return _("minder dan 10") if figure.count is None else number(figure.count)


def few(count: int) -> str:
    """A count that stands by itself."""
    return told(publishable({"": count})[""])


def told_together(counts: Mapping[str, int], *, in_tens: bool = False) -> list[tuple[str, str]]:
    """Counts that stand side by side; in tens as well where other figures on the page had to be."""
    figures = publishable({**counts} | ({"": 1} if in_tens else {}))
    return [(label, told(figures[label])) for label in counts]


@dataclass(frozen=True, slots=True)
class DecidedFigures:
    """What a round decided, in words, a table and charts."""

    moved: str
    hundredths: str
    by_queue_alone: str
    offers: str
    table: Table
    charts: tuple[BarChart, ...]
    is_rounded: bool


def decided_figures(decided: Decided) -> DecidedFigures:
    """Make the figures of what was computed."""
    figures = publishable(
        {("outcome", outcome): count for outcome, count in decided.persons.items()}
        | {("way", way): count for way, count in decided.by_way.items()}
        | {("rank", str(rank)): count for rank, count in _ranks(decided).items()}
        | {("size", str(size)): count for size, count in _sizes(decided).items()}
        | {("all", "people"): sum(decided.persons.values())}
        | {("all", "queue"): decided.by_queue_alone, ("all", "offers"): decided.requests[Outcome.MOVED]}
    )
    moved, everybody = figures["outcome", Outcome.MOVED], figures["all", "people"]
    return DecidedFigures(
        moved=_("minder dan 10 mensen") if moved.count is None else people(moved.count),
        hundredths=number(round(100 * moved.count / everybody.count)) if moved.count and everybody.count else "",
        by_queue_alone=told(figures["all", "queue"]),
        offers=told(figures["all", "offers"]),
        table=Table(
            caption=_("Mensen na de ronde"),
            columns=(Column(_("Uitkomst")), Column(_("Mensen"), numeric=True), Column(_("Deel"), numeric=True)),
            rows=[
                (_(text), told(figures["outcome", one]), _percent(figures["outcome", one], everybody))
                for one, text in OUTCOMES.items()
            ],
        ),
        charts=(_way_chart(figures), _rank_chart(figures), _size_chart(figures, decided)),
        is_rounded=everybody.is_rounded,
    )


def _percent(part: Figure, whole: Figure) -> str:
    return "–" if part.count is None or not whole.count else f"{round(100 * part.count / whole.count)}%"


def _ranks(decided: Decided) -> dict[int, int]:
    """Count the people by the wish they get; the last stands for all lower ones."""
    ranks = dict.fromkeys(range(1, _LAST_RANK + 1), 0)
    for rank, count in decided.by_rank.items():
        ranks[min(rank, _LAST_RANK)] += count
    return ranks


def _sizes(decided: Decided) -> dict[int, int]:
    """Count the exchanges by their households; the last stands for all larger ones."""
    sizes = dict.fromkeys(range(2, _LAST_SIZE + 1), 0)
    for size, count in decided.exchanges_by_size.items():
        sizes[min(size, _LAST_SIZE)] += count
    return sizes


def _bar(label: str, figure: Figure) -> Bar:
    # The length of a hidden bar tells nothing either.
    return Bar(label, figure.count or 0, told(figure))


def _way_chart(figures: Figures) -> BarChart:
    ways = [way for way in Way if way is not Way.MIXED or figures["way", way].count != 0]
    return BarChart(
        anchor="manieren",
        heading=_("Hoe komen mensen aan hun plek?"),
        label_column=_("Manier"),
        value_column=_("Mensen"),
        bars=[_bar(_(WAYS[way]), figures["way", way]) for way in ways],
    )


def _rank_chart(figures: Figures) -> BarChart:
    first = [
        _bar(_("%(rank)de wens") % {"rank": rank}, figures["rank", str(rank)]) for rank in range(1, _LAST_RANK)
    ]
    return BarChart(
        anchor="wensen",
        heading=_("Welke wens kregen zij?"),
        label_column=_("Wens"),
        value_column=_("Mensen"),
        bars=[*first, _bar(_("4e of lager"), figures["rank", str(_LAST_RANK)])],
    )


def _size_chart(figures: Figures, decided: Decided) -> BarChart:
    small = [
        _bar(_("%(size)d huishoudens") % {"size": size}, figures["size", str(size)])
        for size in range(2, _LAST_SIZE)
    ]
    one_no = _("Zegt één huishouden nee, dan vallen gemiddeld %(mean)s verzoeken uit, en hoogstens %(most)d.")
    return BarChart(
        anchor="ruilen",
        heading=_("Hoe groot zijn de ruilen?"),
        label_column=_("Huishoudens"),
        value_column=_("Ruilen"),
        bars=[*small, _bar(_("5 of meer"), figures["size", str(_LAST_SIZE)])],
        note=one_no % {"mean": number(decided.one_no_mean), "most": decided.one_no_largest}
        if decided.one_no_largest
        else "",
    )
