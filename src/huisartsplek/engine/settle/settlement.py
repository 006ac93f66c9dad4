# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round settled: from its input, its verified result and the answers to what stands and what is proposed anew."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from huisartsplek.engine import csvtext, values
from huisartsplek.engine.compiled import Flags, Longs
from huisartsplek.engine.exchanges import carried_out, cut, movers_of
from huisartsplek.engine.outcomes import move_table
from huisartsplek.engine.problem import Problem, build_problem
from huisartsplek.engine.results import RULES_VERSION, MoveTable, render_json, render_moves
from huisartsplek.engine.settle.answers import answers_sha256
from huisartsplek.engine.settle.repair import remainder, repair
from huisartsplek.engine.tables import Tables

Ranks = dict[str, int | None]


@dataclass(frozen=True)
class Computed:
    """A round as its verified files say it: the moves, and per request what it got and what its floor is."""

    moves: MoveTable
    rank: Ranks
    queue_rank: Ranks
    mechanism: str
    seed: str
    input_sha256: str

    @property
    def offered(self) -> set[str]:
        """The requests that were asked something."""
        return set(self.moves.request)


@dataclass(frozen=True)
class BelowFloor:
    """One request that has less than the waiting list alone gave it, and nobody asked it to."""

    request: str
    queue_rank: int
    rank: int | None


@dataclass(frozen=True)
class Settlement:
    """What stands, what is proposed, and who is left below their floor."""

    settled: MoveTable
    proposed: MoveTable
    below_floor: list[BelowFloor]  # also when everybody accepts what is proposed
    below_before: int  # before anything is proposed
    said: dict[str, int]  # requests by answer: yes, no, silent
    fallen: int
    computed: Computed
    answers_sha256: str

    def files(self) -> dict[str, bytes]:
        """The finished files by name."""
        below = self.below_floor
        return {
            "moves.csv": render_moves(self.settled),
            "repair.csv": render_moves(self.proposed),
            "below_floor.csv": csvtext.render(
                ("request", "queue_rank", "rank"),
                (
                    [one.request for one in below],
                    values.decimals([one.queue_rank for one in below]),
                    values.decimals([one.rank for one in below]),
                ),
            ),
            "settlement.json": render_json(
                {
                    "answers_sha256": self.answers_sha256,
                    "below_floor": {"after_repair": len(below), "before_repair": self.below_before},
                    "input_sha256": self.computed.input_sha256,
                    "mechanism": self.computed.mechanism,
                    "persons": {"carried_out": len(self.settled.person), "proposed": len(self.proposed.person)},
                    "requests": {
                        "carried_out": len(set(self.settled.request)),
                        "fallen_by_anothers_no": self.fallen,
                        "offered": len(self.computed.offered),
                        "repaired": len(set(self.proposed.request)),
                        "said_no": self.said["no"],
                        "said_yes": self.said["yes"],
                        "silent": self.said["silent"],
                    },
                    "rules_version": RULES_VERSION,
                    "seed": self.computed.seed,
                }
            ),
        }


def _number(text: str) -> int | None:
    return values.whole_number(text) if text else None


def read_computed(files: Mapping[str, bytes]) -> Computed:
    """Read back the files of a round that `verify` has found to hold; on others this may raise anything."""
    moves, outcomes = csvtext.rows_of(files["moves.csv"]), csvtext.rows_of(files["outcomes.csv"])
    report = json.loads(files["report.json"])
    return Computed(
        MoveTable(
            [row["person"] for row in moves],
            [row["request"] for row in moves],
            [row["from"] for row in moves],
            [row["to"] for row in moves],
            [values.whole_number(row["rank"]) for row in moves],
            [int(row["exchange"]) for row in moves],
            [row["source"] for row in moves],
        ),
        {row["request"]: _number(row["rank"]) for row in outcomes},
        {row["request"]: _number(row["queue_rank"]) for row in outcomes},
        report["mechanism"],
        report["seed"],
        report["input_sha256"],
    )


def settle_round(tables: Tables, computed: Computed, answers: Mapping[str, bool]) -> Settlement:
    """Carry out the largest consistent set of those who said yes, and propose what can be had instead of the rest.

    `answers` holds yes or no for requests that were asked; who is not in it said nothing, which counts as no. The
    same input, result and answers give the same settlement, byte for byte.
    """
    offered = computed.offered
    yes = {request for request in offered if answers.get(request, False)}
    standing = carried_out(computed.moves, yes)
    settled = _moves_of(computed.moves, standing)
    problem = build_problem(tables, computed.seed)
    proposed = _proposals(problem, tables, computed, standing, yes)
    has: Ranks = {request: rank if request in standing else None for request, rank in computed.rank.items()}
    in_hand = _below_floor(has, computed.queue_rank, offered - yes)
    has.update(zip(proposed.request, proposed.rank, strict=True))
    return Settlement(
        settled=settled,
        proposed=proposed,
        below_floor=_below_floor(has, computed.queue_rank, offered - yes),
        below_before=len(in_hand),
        said={"yes": len(yes), "no": len(answers.keys() - yes), "silent": len(offered - answers.keys())},
        fallen=len(yes - standing),
        computed=computed,
        answers_sha256=answers_sha256(answers),
    )


def _moves_of(moves: MoveTable, standing: Collection[str]) -> MoveTable:
    """The moves of these requests, with the exchange and source they had."""
    rows = [row for row, request in enumerate(moves.request) if request in standing]
    return MoveTable(
        [moves.person[row] for row in rows],
        [moves.request[row] for row in rows],
        [moves.from_[row] for row in rows],
        [moves.to[row] for row in rows],
        [moves.rank[row] for row in rows],
        [moves.exchange[row] for row in rows],
        [moves.source[row] for row in rows],
    )


def _flags(problem: Problem, requests: Collection[str]) -> Flags:
    return np.fromiter((name in requests for name in problem.requests), np.bool_, len(problem.requests))


def _proposals(
    problem: Problem, tables: Tables, computed: Computed, standing: set[str], yes: set[str]
) -> MoveTable:
    """The repair as moves: `from` is where a person stands after the settlement; exchanges count from 1 anew."""
    practice_at = {name: number for number, name in enumerate(problem.practices)}
    goes_to = dict(zip(computed.moves.request, computed.moves.to, strict=True))
    target = np.fromiter(
        (practice_at[goes_to[name]] if name in goes_to else -1 for name in problem.requests),
        np.int64,
        len(problem.requests),
    )
    given = problem.wish_start[1:].copy()
    got = np.flatnonzero(problem.wish_practice == target[problem.wish_request])
    given[problem.wish_request[got]] = got
    left = remainder(
        problem,
        given,
        stands=_flags(problem, standing),
        fell=_flags(problem, yes - standing),
        declined=_flags(problem, computed.offered - yes),
    ).problem
    wish = repair(left, computed.mechanism, _floors(left, tables, computed, yes - standing))
    return move_table(left, tables, wish, movers_of(left, wish), cut(left, wish))


def _floors(left: Problem, tables: Tables, computed: Computed, fell: Collection[str]) -> Longs:
    """The last wish that will do for each who fell and had a floor; the end of their wishes for everybody else."""
    floor = left.wish_start[1:].copy()
    for request, name in enumerate(left.requests):
        least = computed.queue_rank[name] if name in fell else None
        if least is not None:
            wishes = range(left.wish_start[request], left.wish_start[request + 1])
            floor[request] = next(one for one in wishes if tables.wishes.rank[left.wish_row[one]] == least)
    return floor


def _below_floor(has: Ranks, floor: Ranks, declined: Collection[str]) -> list[BelowFloor]:
    """Who has less than their floor, of all who did not decline."""
    return [
        BelowFloor(request, least, has[request])
        for request, least in floor.items()
        if least is not None and request not in declined and ((now := has[request]) is None or now > least)
    ]
