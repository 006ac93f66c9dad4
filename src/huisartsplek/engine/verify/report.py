# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report: what it says of the round, against what the other files and the input say."""

import json
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from huisartsplek.engine.verify.broken import Broken, Rule
from huisartsplek.engine.verify.figures import OneNo
from huisartsplek.engine.verify.judgement import Market

REPORT = "report.json"
RULES_VERSION = "1"
WAITING_LIST = "waiting-list"
TRADING_CYCLES = "trading-cycles"
QUEUE_THEN_SWAPS = "queue-then-swaps"
MAX_MOVES = "max-moves"
MECHANISMS = (WAITING_LIST, TRADING_CYCLES, QUEUE_THEN_SWAPS, MAX_MOVES)
KEYS = frozenset(
    (
        "bound",
        "bound_without_floor",
        "exchanges_by_size",
        "input_sha256",
        "mechanism",
        "one_no_takes_out",
        "persons_by_outcome",
        "placed",
        "replayable",
        "requests_by_outcome",
        "requests_by_rank",
        "rules_version",
        "seed",
    )
)


def check_head(report: dict[str, object], input_sha256: str, seed: str | None) -> Iterator[Broken]:
    """What the report says of the round itself: its input, seed, mechanism and rules."""
    for key in sorted(KEYS ^ report.keys()):
        yield _broken(Rule.FORMAT, f"{key!r} is {'missing' if key in KEYS else 'not a key of the report'}")
    if report.get("input_sha256") != input_sha256:
        yield _broken(Rule.INPUT, f"this is the result of other input: here it is {input_sha256}")
    if seed is not None and report.get("seed") != seed:
        yield _broken(Rule.SEED, f"seed is {report.get('seed')!r}, the round's seed is {seed!r}")
    elif not isinstance(report.get("seed"), str):
        yield _broken(Rule.SEED, "seed must be text")
    if report.get("mechanism") not in MECHANISMS:
        yield _broken(Rule.MECHANISM, f"mechanism must be one of {', '.join(MECHANISMS)}")
    if report.get("rules_version") != RULES_VERSION:
        yield _broken(Rule.REPORT, f"rules_version must be {RULES_VERSION!r}")
    if report.get("replayable") is not True and (
        report.get("mechanism") != MAX_MOVES or report.get("replayable") is not False
    ):
        yield _broken(Rule.REPORT, "replayable must be true (false only where a clock stopped a solver)")


def check_counts(report: dict[str, object], counts: dict[str, object]) -> Iterator[Broken]:
    """The counts, each exactly as the other files give it."""
    for key, wanted in counts.items():
        # Compared as written, since 1, 1.0 and true are equal here but not in a file.
        if _written(report.get(key)) != _written(wanted):
            yield _broken(Rule.REPORT, f"{key} is {_written(report.get(key))}, it must be {_written(wanted)}")


def check_exchange_counts(report: dict[str, object], sizes: dict[str, int], no: OneNo) -> Iterator[Broken]:
    """Sizes of exchanges, and how many requests one "no" takes out."""
    yield from check_counts(report, {"exchanges_by_size": sizes})
    takes_out = report.get("one_no_takes_out")
    if (
        not isinstance(takes_out, dict)
        or takes_out.keys() != {"largest", "mean", "p95"}
        or _written(takes_out["largest"]) != str(no.largest)
        or _written(takes_out["p95"]) != str(no.p95)
        or not _is_rounded(takes_out["mean"], no.mean)
    ):
        wanted = f"largest {no.largest}, mean {float(round(no.mean, 2))}, p95 {no.p95}"
        yield _broken(Rule.REPORT, f"one_no_takes_out is {_written(takes_out)}, it must be {wanted}")


def check_bounds(report: dict[str, object], market: Market, placed: int) -> Iterator[Broken]:
    """Bounds are whole numbers that hold, given together or not at all."""
    bound, without_floor = report.get("bound"), report.get("bound_without_floor")
    if (bound is None) != (without_floor is None):
        yield _broken(Rule.BOUND, "bound and bound_without_floor are given together or not at all")
    keeps_floor = report.get("mechanism") != TRADING_CYCLES
    most = int((np.diff(market.first_wish) > 0)[market.request_of].sum())
    one_person_each = len(market.request_of) == len(market.request_row)
    for key, value, holds in (
        ("bound", bound, keeps_floor),
        ("bound_without_floor", without_floor, True),
    ):
        if value is None:
            continue
        if type(value) is not int or value < 0:
            yield _broken(Rule.BOUND, f"{key} must be null or a whole number")
        elif holds and value < placed:
            yield _broken(Rule.BOUND, f"{key} is {value}, but {placed} persons are placed")
        elif one_person_each and value > most:
            yield _broken(Rule.BOUND, f"{key} is {value}, but only {most} persons have a wish")
    if one_person_each and type(bound) is int and type(without_floor) is int and bound > without_floor:
        yield _broken(Rule.BOUND, "bound is above bound_without_floor")


def _is_rounded(value: object, exact: Fraction) -> bool:
    """Whether a decimal number is the exact one rounded to two decimals; a tie may go either way."""
    if not isinstance(value, float):
        return False
    try:
        written = Fraction(str(value))
    except ValueError:  # a number that is none, such as NaN
        return False
    return (written * 100).denominator == 1 and abs(written - exact) <= Fraction(1, 200)


def _written(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _broken(rule: Rule, message: str) -> Broken:
    return Broken(rule, REPORT, None, message)
