# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a round decides, column by column, as it stands in its output files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from huisartsplek.engine import csvtext, values

RULES_VERSION = "1"


@dataclass(frozen=True)
class MoveTable:
    """One row for each person whose practice changes; an empty `source` is a free place."""

    person: list[str]
    request: list[str]
    from_: list[str]
    to: list[str]
    rank: list[int]
    exchange: list[int]
    source: list[str]


@dataclass(frozen=True)
class OutcomeTable:
    """One row for each request; None where it gets no wish, or none from the waiting list alone."""

    request: list[str]
    outcome: list[str]
    practice: list[str]
    rank: list[int | None]
    queue_rank: list[int | None]
    reason: list[str]


@dataclass(frozen=True)
class ExchangeTable:
    """One row for each exchange."""

    exchange: list[int]
    kind: list[str]
    persons: list[int]
    requests: list[int]


@dataclass(frozen=True)
class CutoffTable:
    """One row for each practice; a position only where it is full and let newcomers in."""

    practice: list[str]
    state: list[str]
    position: list[int | None]


@dataclass(frozen=True)
class OneNo:
    """How many requests fall with one "no", over all requests that move."""

    largest: int
    mean: float
    p95: int


@dataclass(frozen=True)
class Report:
    """The round in figures."""

    bound: int | None
    bound_without_floor: int | None
    exchanges_by_size: dict[int, int]
    input_sha256: str
    mechanism: str
    one_no_takes_out: OneNo
    persons_by_outcome: dict[str, int]
    placed: int
    replayable: bool
    requests_by_outcome: dict[str, int]
    requests_by_rank: dict[int, int]
    seed: str
    rules_version: str = RULES_VERSION


@dataclass(frozen=True)
class RoundResult:
    """A decided round."""

    moves: MoveTable
    outcomes: OutcomeTable
    exchanges: ExchangeTable
    cutoffs: CutoffTable
    report: Report

    def files(self) -> dict[str, bytes]:
        """The finished output files by name."""
        moves, outcomes = self.moves, self.outcomes
        return {
            "moves.csv": render_moves(moves),
            "outcomes.csv": csvtext.render(
                ("request", "outcome", "practice", "rank", "queue_rank", "reason"),
                (
                    outcomes.request,
                    outcomes.outcome,
                    outcomes.practice,
                    values.decimals(outcomes.rank),
                    values.decimals(outcomes.queue_rank),
                    outcomes.reason,
                ),
            ),
            "exchanges.csv": csvtext.render(
                ("exchange", "kind", "persons", "requests"),
                (
                    list(map(str, self.exchanges.exchange)),
                    self.exchanges.kind,
                    list(map(str, self.exchanges.persons)),
                    list(map(str, self.exchanges.requests)),
                ),
            ),
            "cutoffs.csv": csvtext.render(
                ("practice", "state", "position"),
                (self.cutoffs.practice, self.cutoffs.state, values.decimals(self.cutoffs.position)),
            ),
            "report.json": self._report(),
        }

    def _report(self) -> bytes:
        report = self.report
        content = {
            "bound": report.bound,
            "bound_without_floor": report.bound_without_floor,
            "exchanges_by_size": _by_text(report.exchanges_by_size),
            "input_sha256": report.input_sha256,
            "mechanism": report.mechanism,
            "one_no_takes_out": {
                "largest": report.one_no_takes_out.largest,
                "mean": report.one_no_takes_out.mean,
                "p95": report.one_no_takes_out.p95,
            },
            "persons_by_outcome": report.persons_by_outcome,
            "placed": report.placed,
            "replayable": report.replayable,
            "requests_by_outcome": report.requests_by_outcome,
            "requests_by_rank": _by_text(report.requests_by_rank),
            "rules_version": report.rules_version,
            "seed": report.seed,
        }
        return render_json(content)


def _by_text(counts: dict[int, int]) -> dict[str, int]:
    return {values.decimal(key): count for key, count in counts.items()}


def render_moves(moves: MoveTable) -> bytes:
    """The finished `moves.csv`."""
    return csvtext.render(
        ("person", "request", "from", "to", "rank", "exchange", "source"),
        (
            moves.person,
            moves.request,
            moves.from_,
            moves.to,
            values.decimals(moves.rank),
            list(map(str, moves.exchange)),
            moves.source,
        ),
    )


def render_json(content: Mapping[str, object]) -> bytes:
    """A finished JSON file."""
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()
