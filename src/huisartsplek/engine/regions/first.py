# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Regional first: every phase a complete round of its own, and beside it one national round at once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from huisartsplek.engine.files import render_input
from huisartsplek.engine.regions.phases import (
    national_input,
    read_wishes,
    region_of_requests,
    regional_inputs,
)
from huisartsplek.engine.regions.price import (
    End,
    Totals,
    ends_of,
    render_ends,
    render_regions,
    totals_by_region,
)
from huisartsplek.engine.results import RULES_VERSION, RoundResult, render_json
from huisartsplek.engine.rounds import DEFAULT_MECHANISM, run_round
from huisartsplek.engine.tables import Tables

NATIONAL, AT_ONCE = "national", "at-once"


@dataclass(frozen=True)
class Phase:
    """One complete round: where its files stand, what it was decided on, what came out."""

    directory: str
    tables: Tables
    result: RoundResult

    def files(self) -> dict[str, bytes]:
        """Its input and its output."""
        inputs = {f"{self.directory}/in/{name}": content for name, content in render_input(self.tables).items()}
        return inputs | {f"{self.directory}/out/{name}": content for name, content in self.result.files().items()}


@dataclass(frozen=True)
class RegionalRound:
    """The regional rounds by region, the national round on what they leave, and what at once would have given."""

    regional: dict[str, Phase]
    national: Phase
    at_once: RoundResult
    ends: list[End]
    by_region: dict[str, Totals]
    whole: Totals

    def files(self) -> dict[str, bytes]:
        """The finished files by path below the directory of the whole."""
        files = {f"{AT_ONCE}/out/{name}": content for name, content in self.at_once.files().items()}
        for phase in (*self.regional.values(), self.national):
            files |= phase.files()
        directories = {region: phase.directory for region, phase in self.regional.items()}
        report = self.at_once.report
        results = [self.at_once, self.national.result, *(phase.result for phase in self.regional.values())]
        return files | {
            "ends.csv": render_ends(self.ends),
            "regions.csv": render_regions(self.by_region, directories),
            "regions.json": render_json(
                vars(self.whole)
                | {
                    "input_sha256": report.input_sha256,
                    "mechanism": report.mechanism,
                    "regions": len(self.regional),
                    "replayable": all(result.report.replayable for result in results),
                    "rules_version": RULES_VERSION,
                    "seed": report.seed,
                }
            ),
        }


def run_by_region(
    tables: Tables,
    *,
    seed: str,
    mechanism: str = DEFAULT_MECHANISM,
    progress: Callable[[str], None] | None = None,
) -> RegionalRound:
    """Decide each region's round, then a national one on what remains; no regional move is taken back.

    The same seed gives the lots of every phase, so nobody's turn changes between them. Practices that name no
    region lie in none: whoever wishes for one of them first takes part in the national round only. Takes about
    two rounds on the whole input.
    """
    say = progress or (lambda _: None)
    wishes = read_wishes(tables)
    region_of = region_of_requests(tables, wishes)
    regional = {}
    for number, (region, own) in enumerate(regional_inputs(tables, wishes, region_of).items(), 1):
        say(f"region {number}")
        result = run_round(own, seed=seed, mechanism=mechanism)
        regional[region] = Phase(f"regional/{number}", own, result)
    say("the country")
    left = national_input(tables, wishes, (phase.result for phase in regional.values()))
    national = Phase(NATIONAL, left, run_round(left, seed=seed, mechanism=mechanism))
    say("the country at once, to compare with")
    at_once = run_round(tables, seed=seed, mechanism=mechanism)
    ends = ends_of(
        wishes,
        region_of,
        Counter(tables.members.request),
        regional=(phase.result.outcomes for phase in regional.values()),
        national=national.result.outcomes,
        at_once=at_once.outcomes,
    )
    by_region, whole = totals_by_region(ends, regional)
    return RegionalRound(regional, national, at_once, ends, by_region, whole)
