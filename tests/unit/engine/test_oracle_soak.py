# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every exact mechanism against every result that ten thousand small rounds can have."""

import sys
from collections import Counter
from random import Random

import pytest
from tests.unit.engine.markets import one_person_round
from tests.unit.engine.oracle import Outcome, SmallRound, small_round

from huisartsplek.engine.mechanisms import MECHANISMS, waiting_list
from huisartsplek.engine.problem import build_problem
from huisartsplek.engine.tables import Tables

SEED = "drand 1234"
ROUNDS = 10_000


def drawn(random: Random) -> Tables:
    """Three to five people and four practices with hardly a free place; most are at one they want to leave."""
    practices = [f"p{number}" for number in range(4)]
    people = [f"r{number}" for number in range(random.randint(3, 5))]
    present = [random.choice(("", *practices, *practices)) for _ in people]
    return one_person_round(
        {practice: int(random.random() < 0.25) for practice in practices},
        [
            (one, home, random.sample([other for other in practices if other != home], random.randint(1, 3)))
            for one, home in zip(people, present, strict=True)
        ],
        no_swaps=[practice for practice in practices if random.random() < 0.1],
        not_trading=[one for one in people if random.random() < 0.1],
    )


def decided(tables: Tables) -> dict[str, Outcome]:
    """What each mechanism gives everybody, as the oracle writes it."""
    problem = build_problem(tables, SEED)
    queue = waiting_list(problem)
    return {
        name: tuple((decide(problem, queue) - problem.wish_start[:-1]).tolist())
        for name, decide in MECHANISMS.items()
    }


def worth(small: SmallRound, outcome: Outcome) -> tuple[int, int]:
    """People placed, and the sum of their positions as a number that is better when higher."""
    got = [at for person, at in zip(small.people, outcome, strict=True) if at < len(person.wishes)]
    return len(got), -sum(at + 1 for at in got)


def no_worse(one: Outcome, other: Outcome) -> bool:
    """Nobody has less in the one than in the other."""
    return all(mine <= theirs for mine, theirs in zip(one, other, strict=True))


def faults(small: SmallRound, results: dict[str, Outcome], possible: list[Outcome]) -> list[str]:
    """The mechanisms whose result is not the one that the contract's words single out among all possible ones."""
    queue = results["waiting-list"]
    stable = [outcome for outcome in possible if small.is_stable(outcome)]
    above = [outcome for outcome in possible if no_worse(outcome, queue)]
    stays = tuple(len(person.wishes) for person in small.people)
    is_right = {
        "waiting-list": queue in stable and all(no_worse(queue, other) for other in stable),
        "trading-cycles": results["trading-cycles"] == small.traded(stays),
        "queue-then-swaps": results["queue-then-swaps"] == small.traded(queue)
        and results["queue-then-swaps"] in above,
        "max-moves": results["max-moves"] in above
        and worth(small, results["max-moves"]) == max(worth(small, outcome) for outcome in above),
    }
    for name in ("trading-cycles", "queue-then-swaps"):
        mine = results[name]
        is_right[name] &= mine in possible
        is_right[name] &= not any(other != mine and no_worse(other, mine) for other in possible)
    return [name for name, right in is_right.items() if not right]


def tally(rounds: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How often each mechanism moved somebody, how many results were gone through, and every fault."""
    random, counts, wrong = Random(seed), Counter[str](), []
    for number in range(rounds):
        tables = drawn(random)
        small = small_round(tables, SEED)
        results, possible = decided(tables), list(small.outcomes())
        wrong += [f"round {number}: {name}" for name in faults(small, results, possible)]
        counts["results gone through"] += len(possible)
        counts["rounds in which mechanisms differ"] += len(set(results.values())) > 1
        counts.update(
            f"rounds in which {name} moves somebody" for name, got in results.items() if worth(small, got)[0]
        )
    return counts, wrong


def test_all_exact_mechanisms_are_right_on_some_hundred_small_rounds() -> None:
    counts, wrong = tally(300, seed=2)
    assert wrong == []
    assert counts["rounds in which mechanisms differ"] > 30


@pytest.mark.soak
def test_all_exact_mechanisms_are_right_on_ten_thousand_small_rounds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counts, wrong = tally(ROUNDS, seed=1)
    with capsys.disabled():
        sys.stdout.write(f"\n{ROUNDS:,} small rounds, {len(wrong)} faults\n")
        sys.stdout.writelines(f"{count:>9,} {what}\n" for what, count in sorted(counts.items()))
    assert wrong == []


def test_the_oracle_sees_a_result_that_another_mechanism_would_give() -> None:
    people = [("new", "", ["a"]), ("x", "a", ["b"]), ("y", "b", ["a"])]
    tables = one_person_round({"a": 0, "b": 0}, people)
    small = small_round(tables, SEED)
    results, possible = decided(tables), list(small.outcomes())
    assert faults(small, results, possible) == []
    swapped = results | {"waiting-list": results["queue-then-swaps"]}
    assert "waiting-list" in faults(small, swapped, possible)
    stuck = results | dict.fromkeys(("trading-cycles", "queue-then-swaps", "max-moves"), results["waiting-list"])
    assert faults(small, stuck, possible) == ["trading-cycles", "queue-then-swaps", "max-moves"]
