# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a round decides, column by column, as it stands in its output files."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huisartsplek.engine import csvtext, values
from huisartsplek.engine.finished import finished, number_cells, text_cells

RULES_VERSION = "1"


@dataclass(frozen=True)
class MoveTable:
    """One row for each person whose practice changes; an empty `source` is a free place."""

    person: Sequence[str]
    request: Sequence[str]
    from_: Sequence[str]
    to: Sequence[str]
    rank: Sequence[int]
    exchange: Sequence[int]
    source: Sequence[str]


@dataclass(frozen=True)
class OutcomeTable:
    """One row for each request; None where it gets no wish, or none from the waiting list alone."""

    request: Sequence[str]
    outcome: Sequence[str]
    practice: Sequence[str]
    rank: Sequence[int | None]
    queue_rank: Sequence[int | None]
    reason: Sequence[str]


@dataclass(frozen=True)
class ExchangeTable:
    """One row for each exchange."""

    exchange: Sequence[int]
    kind: Sequence[str]
    persons: Sequence[int]
    requests: Sequence[int]


@dataclass(frozen=True)
class CutoffTable:
    """One row for each practice; a position only where it is full and let newcomers in."""

    practice: Sequence[str]
    state: Sequence[str]
    position: Sequence[int | None]


@dataclass(frozen=True)
class PriceTable:
    """One row for each practice: the prices that show how good a result of `max-moves` is."""

    practice: Sequence[str]
    price: list[int]


@dataclass(frozen=True)
class ReservedTable:
    """One row for each reserve: the newcomers of its class that took it up, and the last of the class let in."""

    practice: Sequence[str]
    of_class: Sequence[int]
    places: Sequence[int]
    taken: list[int]
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
    reserves_sha256: str | None = None  # in the file only where there are reserves


@dataclass(frozen=True)
class RoundResult:
    """A decided round."""

    moves: MoveTable
    outcomes: OutcomeTable
    exchanges: ExchangeTable
    cutoffs: CutoffTable
    report: Report
    prices: PriceTable | None = None
    reserved: ReservedTable | None = None

    def files(self) -> dict[str, bytes]:
        """The finished output files by name."""
        moves, outcomes = self.moves, self.outcomes
        return {
            "moves.csv": render_moves(moves),
            "outcomes.csv": finished(
                ("request", "outcome", "practice", "rank", "queue_rank", "reason"),
                (
                    text_cells(outcomes.request),
                    text_cells(outcomes.outcome),
                    text_cells(outcomes.practice),
                    number_cells(outcomes.rank),
                    number_cells(outcomes.queue_rank),
                    text_cells(outcomes.reason),
                ),
            ),
            "exchanges.csv": finished(
                ("exchange", "kind", "persons", "requests"),
                (
                    number_cells(self.exchanges.exchange),
                    text_cells(self.exchanges.kind),
                    number_cells(self.exchanges.persons),
                    number_cells(self.exchanges.requests),
                ),
            ),
            "cutoffs.csv": csvtext.render(
                ("practice", "state", "position"),
                (self.cutoffs.practice, self.cutoffs.state, values.decimals(self.cutoffs.position)),
            ),
            "report.json": self._report(),
            **self._prices(),
            **self._reserved(),
        }

    def _reserved(self) -> dict[str, bytes]:
        table = self.reserved
        if table is None:
            return {}
        columns = (table.of_class, table.places, table.taken, table.position)
        return {
            "reserved.csv": csvtext.render(
                ("practice", "class", "places", "taken", "position"),
                (table.practice, *(values.decimals(column) for column in columns)),
            )
        }

    def _prices(self) -> dict[str, bytes]:
        if self.prices is None:
            return {}
        columns = (self.prices.practice, list(map(str, self.prices.price)))
        return {"prices.csv": csvtext.render(("practice", "price"), columns)}

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
        if report.reserves_sha256 is not None:
            content["reserves_sha256"] = report.reserves_sha256
        return render_json(content)


def _by_text(counts: dict[int, int]) -> dict[str, int]:
    return {values.decimal(key): count for key, count in counts.items()}


def render_moves(moves: MoveTable) -> bytes:
    """The finished `moves.csv`."""
    return finished(
        ("person", "request", "from", "to", "rank", "exchange", "source"),
        (
            text_cells(moves.person),
            text_cells(moves.request),
            text_cells(moves.from_),
            text_cells(moves.to),
            number_cells(moves.rank),
            number_cells(moves.exchange),
            text_cells(moves.source),
        ),
    )


def render_json(content: Mapping[str, object]) -> bytes:
    """A finished JSON file."""
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()
