# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What anyone may read about rounds: where they stand, how to check them, and totals without small numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import ROUND_FILES_READ
from huisartsplek.audit.services import record
from huisartsplek.rounds.counts import practices_in
from huisartsplek.rounds.models import Entry, EntryMember, Exchange, Round, RoundFile
from huisartsplek.rounds.queries import PUBLIC_STATES
from huisartsplek.rules.figures import Figure, publishable
from huisartsplek.rules.lifecycles import RoundState

_SETTLED = (RoundState.SETTLED, RoundState.CARRIED_OUT)
LONGEST_TOLD = 5  # exchanges of this many people or more are told together


@dataclass(frozen=True, slots=True)
class Totals:
    """What a public round came to. Where one figure is below ten, all others are rounded to ten."""

    requests: Figure
    persons: Figure
    practices: Figure
    by_outcome: Mapping[str, Figure]  # persons: moved, stays, waits
    by_way: Mapping[str, Figure]  # persons who move: place, chain, cycle, mixed
    by_rank: Mapping[int, Figure]  # requests, by the wish they get; 4 is the fourth or a lower one
    by_size: Mapping[int, Figure]  # exchanges, by how many people move in them
    standing: Figure | None  # persons who go over, once the answers are in
    fell_below_floor: Figure | None  # requests

    @property
    def is_rounded(self) -> bool:
        """Whether the figures are rounded to ten."""
        return self.requests.is_rounded


@dataclass(frozen=True, slots=True)
class PublicRound:
    """A round as anyone may know it: its state, its hash and draw, and its totals once it is public."""

    round: Round
    totals: Totals | None

    @property
    def is_public(self) -> bool:
        """Whether its outcome may be told."""
        return self.round.state in PUBLIC_STATES


def open_rounds() -> list[Round]:
    """Give the rounds one can still take part in, by region."""
    until_frozen = Round.objects.filter(state__in=[RoundState.OPEN, RoundState.CLOSING])
    return list(until_frozen.select_related("region").order_by("region__name"))


def published_rounds() -> list[Round]:
    """List every round there is or was, the cancelled ones too, newest first."""
    return list(Round.objects.select_related("region").order_by("-opened_at", "region__name", "-number"))


def public_round(round_id: UUID) -> PublicRound | None:
    """Give what anyone may know about one round; its totals only once its outcome is public."""
    found = Round.objects.filter(pk=round_id).select_related("region").first()
    if found is None:
        return None
    return PublicRound(found, _totals(found) if found.state in PUBLIC_STATES else None)


def read_files(actor: Actor, round_id: UUID, *, at: datetime) -> dict[str, dict[str, bytes]]:
    """Give the whole files of a round whose outcome is public, and log who read them; empty for any other."""
    found = _files(round_id)
    if found:
        with transaction.atomic():
            record(ROUND_FILES_READ, actor=actor, at=at, round_id=round_id)
    return found


def _files(round_id: UUID) -> dict[str, dict[str, bytes]]:
    files = RoundFile.objects.filter(round_id=round_id, round__state__in=PUBLIC_STATES).order_by("is_input", "name")
    found: dict[str, dict[str, bytes]] = {}
    for file in files:
        found.setdefault("in" if file.is_input else "out", {})[file.name] = bytes(file.content)
    return found


def _totals(round_: Round) -> Totals:
    counts = _counts(round_)
    figures = publishable(counts, whole=("all", "persons"))

    def part(kind: str) -> dict[str, Figure]:
        return {key: figure for (one, key), figure in figures.items() if one == kind}

    return Totals(
        requests=figures["all", "requests"],
        persons=figures["all", "persons"],
        practices=figures["all", "practices"],
        by_outcome=part("outcome"),
        by_way=part("way"),
        by_rank={int(rank): figure for rank, figure in part("rank").items()},
        by_size={int(size): figure for size, figure in part("size").items()},
        standing=figures.get(("answers", "standing")),
        fell_below_floor=figures.get(("answers", "fell_below_floor")),
    )


def _counts(round_: Round) -> dict[tuple[str, str], int]:
    report = _report(round_)
    ranks: Counter[str] = Counter()
    for rank, requests in report.get("requests_by_rank", {}).items():
        ranks[str(min(int(rank), 4))] += int(requests)
    sizes: Counter[str] = Counter()
    for size, exchanges in report.get("exchanges_by_size", {}).items():
        sizes[str(min(int(size), LONGEST_TOLD))] += int(exchanges)
    counts = {
        ("all", "requests"): Entry.objects.filter(round=round_).count(),
        ("all", "persons"): EntryMember.objects.filter(round=round_).count(),
        ("all", "practices"): practices_in(round_, at=round_.state_since),
        **{("outcome", key): int(n) for key, n in report.get("persons_by_outcome", {}).items()},
        **{("rank", key): n for key, n in sorted(ranks.items())},
        **{("size", key): n for key, n in sorted(sizes.items())},
        **{("way", key): n for key, n in _by_way(round_).items()},
    }
    if round_.state in _SETTLED:
        counts["answers", "standing"] = round_.planned_moves.filter(stands=True).count()
        counts["answers", "fell_below_floor"] = round_.fell_below_floor or 0
    return counts


def _report(round_: Round) -> dict[str, dict[str, int]]:
    file = RoundFile.objects.filter(round=round_, is_input=False, name="report.json").first()
    if file is None:
        return {}
    report: dict[str, dict[str, int]] = json.loads(bytes(file.content))
    return report


def _by_way(round_: Round) -> dict[str, int]:
    """Count who moves by the kind of exchange; a chain of one is a plain placement."""
    found: Counter[str] = Counter()
    rows = Exchange.objects.filter(round=round_).values("kind", "persons").annotate(n=Count("pk"))
    for row in rows:
        way = "place" if row["kind"] == "chain" and row["persons"] == 1 else str(row["kind"])
        found[way] += row["persons"] * row["n"]
    return dict(found)
