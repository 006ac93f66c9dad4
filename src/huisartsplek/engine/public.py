# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine for who uses it as a library: read, solve, recut, verify, explain, write.

Nothing here decides; docs/algorithms/api.md shows it at work. No Django is needed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from huisartsplek.engine.another_wish import AnotherWish, another_wish
from huisartsplek.engine.exchanges import cut, movers_of
from huisartsplek.engine.explaining import Evidence, Explanation
from huisartsplek.engine.files import read_tables, write_output
from huisartsplek.engine.outcomes import exchange_table, move_table, report_of
from huisartsplek.engine.problem import Problem as Numbers
from huisartsplek.engine.problem import build_problem
from huisartsplek.engine.results import RoundResult
from huisartsplek.engine.rounds import DEFAULT_MECHANISM, run_round
from huisartsplek.engine.tables import ReserveTable, Tables
from huisartsplek.engine.verify import Broken, verify_files
from huisartsplek.engine.verify.reserves import verify_with_reserves


@dataclass(frozen=True)
class Problem:
    """A round to decide: four sound tables, and the seed of its lots; `reserves` keep places for a class."""

    tables: Tables
    seed: str
    reserves: ReserveTable | None = None

    @classmethod
    def of(cls, tables: Tables, *, seed: str, reserves: ReserveTable | None = None) -> "Problem":
        """The round of these tables."""
        return cls(tables, seed, reserves)

    @cached_property
    def numbers(self) -> Numbers:
        """The round as integers, in queue order. O(R log R + M + W), once."""
        return build_problem(self.tables, self.seed)


def read(directory: str | Path) -> Tables:
    """The four files of a round in a directory; raises `BadInput` with every fault in them."""
    return read_tables(Path(directory))


def solve(problem: Problem, *, mechanism: str = DEFAULT_MECHANISM, bound: bool = False) -> RoundResult:
    """Decide a round; what it promises and costs stands with each mechanism. KeyError for an unknown one."""
    return run_round(problem.tables, seed=problem.seed, mechanism=mechanism, bound=bound, reserves=problem.reserves)


def recut(problem: Problem, result: RoundResult) -> RoundResult:
    """The same moves in short exchanges, whatever exchanges the result has them in. O(P x arcs) at worst."""
    given = Evidence(problem.numbers, problem.tables, result).given
    bundles = cut(problem.numbers, given)
    report = report_of(
        problem.numbers,
        given,
        result.outcomes,
        bundles,
        input_sha256=result.report.input_sha256,
        mechanism=result.report.mechanism,
        seed=result.report.seed,
    )
    return replace(
        result,
        moves=move_table(problem.numbers, problem.tables, given, movers_of(problem.numbers, given), bundles),
        exchanges=exchange_table(bundles),
        report=replace(
            result.report,
            exchanges_by_size=report.exchanges_by_size,
            one_no_takes_out=report.one_no_takes_out,
        ),
    )


def verify(problem: Problem, result: RoundResult | Mapping[str, bytes]) -> list[Broken]:
    """Every rule that a result, or the files of one, breaks; found without any of the code that decides."""
    files = result.files() if isinstance(result, RoundResult) else dict(result)
    if problem.reserves is not None:
        return verify_with_reserves(problem.tables, problem.reserves, files, problem.seed)
    return verify_files(problem.tables, files, problem.seed)


def explain(problem: Problem, result: RoundResult, request: str) -> Explanation:
    """What became of each wish of a request, and why. KeyError for a request that is not in the round."""
    return Evidence(problem.numbers, problem.tables, result).explain(request)


def explain_all(problem: Problem, result: RoundResult) -> list[Explanation]:
    """What became of each wish of every request, in queue order."""
    evidence = Evidence(problem.numbers, problem.tables, result)
    return [evidence.explain(request) for request in problem.numbers.requests]


def what_helps(
    problem: Problem, result: RoundResult, request: str, *, among: Collection[str] | None = None
) -> AnotherWish | None:
    """A practice that this round would have given as the last of the remaining wishes; see `another_wish`."""
    return another_wish(Evidence(problem.numbers, problem.tables, result), request, among=among)


def write(result: RoundResult, directory: str | Path) -> None:
    """All files of a result, or none: FileExistsError for a directory that holds files."""
    write_output(result.files(), Path(directory))
