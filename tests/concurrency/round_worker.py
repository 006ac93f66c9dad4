# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A worker that can be killed: each order on its standard input is carried out by a fresh process of its own.

It says the number of that process first, so that a test can kill it; then what came of it. Run as
`python -m tests.concurrency.round_worker` with the database's address in the environment.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

import django

Order = dict[str, Any]


def prepare(order: Order) -> Order:
    """Make public rounds, each with a chain and a swap in which everybody said yes; and closing ones."""
    from tests import builders
    from tests.builders import a_region
    from tests.integration.rounds.running import (
        FROZEN_AT,
        a_chain,
        a_swap,
        after_answers,
        answer,
        closing,
        published,
        switch_morning,
    )

    # Each order is a fresh process: counting from one again it would make regions that are there already.
    setattr(builders, "_numbers", count(order["count_from"]))  # noqa: B010  the counter of this process alone
    rounds = []
    for _ in range(order["rounds"]):
        region = a_region()
        chain, _practices = a_chain(region)
        first, second, *_ = a_swap(region)
        round_ = published(region)
        for seeker in (*chain, first, second):
            answer(seeker, True)
        rounds.append(
            {
                "round": str(round_.pk),
                "settle_at": after_answers(round_).isoformat(),
                "switch_at": switch_morning(round_).isoformat(),
            }
        )
    to_freeze = []
    for _ in range(order["closing"]):
        region = a_region()
        a_chain(region)
        a_swap(region)
        to_freeze.append({"round": str(closing(region).pk), "freeze_at": FROZEN_AT.isoformat()})
    return {"rounds": rounds, "closing": to_freeze}


def go_on(order: Order) -> Order:
    """Do what the job of a round does, at a moment."""
    from huisartsplek.rounds import jobs

    at = datetime.fromisoformat(order["at"])
    setattr(jobs, "current_moment", lambda: at)  # noqa: B010  the clock of this process alone
    jobs.go_on_with(UUID(order["round"]))
    return {}


def look(order: Order) -> Order:
    """Tell where a round stands, and what does not hold."""
    from tests.builders import AT

    from huisartsplek.enrolments.models import Enrolment, Move
    from huisartsplek.requests.models import OfferAnswer
    from huisartsplek.rounds.invariants import broken_invariants
    from huisartsplek.rounds.models import Round

    round_ = Round.objects.get(pk=order["round"])
    moves = Move.objects.filter(exchange_id__in=round_.exchanges.values("pk"))
    arrived = Enrolment.objects.filter(begun_by__in=moves, ends_on=None)
    return {
        "broken": [one.invariant.name for one in broken_invariants(at=AT)],
        "state": round_.state,
        "entries": round_.entries.count(),
        "answers": OfferAnswer.objects.filter(offer__round_id=round_.pk, says_yes=True).count(),
        "moves": sorted(moves.values_list("state", flat=True)),
        "arrived": arrived.count(),
    }


ORDERS: dict[str, Callable[[Order], Order]] = {"prepare": prepare, "go_on": go_on, "look": look}


def say(answer: Order) -> None:
    """Say one line."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def carry_out(order: Order) -> None:
    """Be the process of one order, to its end."""
    code = 1
    try:
        say({"answer": ORDERS[order["do"]](order)})
        code = 0
    except Exception:  # noqa: BLE001  a process ends with what went wrong on its standard error
        traceback.print_exc()
    finally:
        os._exit(code)


def main() -> None:
    """Take orders until there are no more."""
    django.setup()
    # Loaded before the first fork, so that no order waits for it.
    __import__("huisartsplek.rounds.jobs")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            carry_out(json.loads(line))
        say({"pid": child})
        _, status = os.waitpid(child, 0)
        say({"code": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    main()
