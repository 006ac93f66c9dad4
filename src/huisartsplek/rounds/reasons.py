# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why each wish was had or not: worked out with the round, kept with the entry, told without counts."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from huisartsplek.engine.explaining import (
    Behind,
    DoesNotFit,
    DoesNotSwap,
    Evidence,
    Got,
    GotHigher,
    InQueue,
    InSwaps,
    KeptForOthers,
    NeedsTaker,
    NoLeaver,
    NoPlace,
    NotGot,
    NothingToGive,
    OwnOnly,
    QueueGives,
    WishExplained,
)
from huisartsplek.engine.problem import build_problem
from huisartsplek.engine.results import RoundResult
from huisartsplek.engine.tables import Tables
from huisartsplek.practices.models import Practice
from huisartsplek.rounds.bulk import update_rows
from huisartsplek.rounds.models import Entry, Round
from huisartsplek.rules.figures import Figure, publishable

BAND = 10  # a place in the queue is told in tens


class Became(StrEnum):
    """What became of a wish."""

    GOT = "got"
    GOT_HIGHER = "got-higher"
    BEHIND = "behind"
    OWN_ONLY = "own-only"
    DOES_NOT_FIT = "does-not-fit"
    KEPT_FOR_OTHERS = "kept-for-others"
    QUEUE_GIVES = "queue-gives"


class Lacks(StrEnum):
    """What a swap for a wish lacks."""

    NO_PRACTICE = "no-practice"
    NOT_TRADED = "not-traded"
    OWN_DOES_NOT_SWAP = "practice-does-not-swap"
    WISHED_DOES_NOT_SWAP = "does-not-swap"
    NO_LEAVER = "no-leaver"
    TAKER = "needs-taker"


@dataclass(frozen=True, slots=True)
class WishReason:
    """What became of one wish, as the one who made it may know it."""

    practice: Practice
    became: Became
    lacks: Lacks | None = None
    last: tuple[int, int] | None = None  # between which places stood the last newcomer let in
    own: tuple[int, int] | None = None
    ahead: Figure | None = None  # who stand before them and also want it more than what they got
    wishers: Figure | None = None  # who wish the place they could give


def keep_reasons(round_: Round, tables: Tables, result: RoundResult) -> None:
    """Keep with every entry what became of each of its wishes."""
    evidence = Evidence(build_problem(tables, round_.seed), tables, result)
    entries = Entry.objects.filter(round=round_).values_list("pk", "alias")
    update_rows(
        Entry,
        ("wish_reasons",),
        (
            (pk, (json.dumps([_facts(wish) for wish in evidence.explain(alias).wishes]),))
            for pk, alias in entries.iterator()
        ),
    )


def _facts(wish: WishExplained) -> dict[str, object]:
    match wish.why:
        case Got():
            return {"practice": wish.practice, "became": Became.GOT}
        case GotHigher():
            return {"practice": wish.practice, "became": Became.GOT_HIGHER}
        case NotGot(queue, swap):
            return {"practice": wish.practice, **_of_queue(queue), **(_of_swap(swap) if swap else {})}
        case _ as never:
            assert_never(never)


def _of_queue(code: InQueue) -> dict[str, object]:
    match code:
        case Behind(last, own, ahead):
            return {"became": Became.BEHIND, "last": last, "own": own, "ahead": ahead}
        case OwnOnly(ahead):
            return {"became": Became.OWN_ONLY, "ahead": ahead}
        case DoesNotFit():
            return {"became": Became.DOES_NOT_FIT}  # how many are free is for the practice to know
        case KeptForOthers():
            return {"became": Became.KEPT_FOR_OTHERS}
        case QueueGives():
            return {"became": Became.QUEUE_GIVES}
        case _ as never:
            assert_never(never)


def _of_swap(code: InSwaps) -> dict[str, object]:
    match code:
        case NothingToGive(why):
            lacks = {
                NoPlace.NO_PRACTICE: Lacks.NO_PRACTICE,
                NoPlace.NOT_TRADED: Lacks.NOT_TRADED,
                NoPlace.PRACTICE_DOES_NOT_SWAP: Lacks.OWN_DOES_NOT_SWAP,
            }
            return {"lacks": lacks[why]}
        case DoesNotSwap():
            return {"lacks": Lacks.WISHED_DOES_NOT_SWAP}
        case NoLeaver():
            return {"lacks": Lacks.NO_LEAVER}
        case NeedsTaker(_, wishers):  # not of which practices: a housemate's may have to stay unknown
            return {"lacks": Lacks.TAKER, "wishers": wishers}
        case _ as never:
            assert_never(never)


def reasons_of(entry: Entry, *, sees_everybody: bool) -> list[WishReason]:
    """Give what became of each wish, best first; of swaps nothing to who may not see everybody at home."""
    rows = entry.wish_reasons or []
    named = Practice.objects.filter(agb__in=[row["practice"] for row in rows])
    practices = {practice.agb: practice for practice in named}
    return [
        WishReason(
            practice=practices[row["practice"]],
            became=Became(row["became"]),
            lacks=Lacks(row["lacks"]) if sees_everybody and "lacks" in row else None,
            last=_band(row["last"]) if "last" in row else None,
            own=_band(row["own"]) if "own" in row else None,
            ahead=_figure(row["ahead"]) if "ahead" in row else None,
            wishers=_figure(row["wishers"]) if sees_everybody and "wishers" in row else None,
        )
        for row in rows
        if row["practice"] in practices
    ]


def _band(position: int) -> tuple[int, int]:
    before = (position - 1) // BAND * BAND
    return before + 1, before + BAND


def _figure(count: int) -> Figure:
    """A count of people as it may be told: beside one below ten every other is rounded, so one stands beside it."""
    return publishable({"told": count, "below ten": 1})["told"]
