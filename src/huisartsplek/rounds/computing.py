# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Draw and compute a frozen round: the seed from a public source, the decision by the engine, then verified."""

import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import EXCHANGE_PROPOSED
from huisartsplek.audit.services import advance, begin_many
from huisartsplek.engine import run_round
from huisartsplek.engine.csvtext import rows_of
from huisartsplek.engine.files import input_sha256, read_tables
from huisartsplek.engine.tables import Tables
from huisartsplek.engine.verify import verify_files
from huisartsplek.integrations.beacon.port import BeaconPort, NotYet
from huisartsplek.practices.models import Practice
from huisartsplek.rounds.bulk import update_rows
from huisartsplek.rounds.models import Entry, EntryMember, Exchange, PlannedMove, Round, RoundFile
from huisartsplek.rounds.reasons import keep_reasons
from huisartsplek.rounds.services import lock_round
from huisartsplek.rules.lifecycles import ROUND, RoundEvent, RoundState

Row = dict[str, str]


class BrokenRoundError(RuntimeError):
    """The input is not what was frozen, or the verifier found a broken rule: nothing is published."""


def draw(actor: Actor, round_id: UUID, *, beacon: BeaconPort, at: datetime) -> bool:
    """Take the seed from the public source named at the freeze; False while its value is not there yet."""
    waiting = Round.objects.get(pk=round_id)
    if waiting.state != RoundState.FROZEN or waiting.beacon_round is None:
        return waiting.state != RoundState.FROZEN
    answer = beacon.value_of(waiting.beacon_round, at=at)
    if isinstance(answer, NotYet):
        return False
    with transaction.atomic():
        round_ = lock_round(round_id)
        if round_.state == RoundState.FROZEN:
            round_.seed = f"{round_.beacon}:{round_.beacon_round}:{answer.value}"
            round_.save(update_fields=["seed"])
            advance(round_, RoundEvent.DRAW, actor=actor, at=at)
    return True


def compute(actor: Actor, round_id: UUID, *, at: datetime) -> None:
    """Let the engine decide the frozen round, have it verified, and keep every file and row of the outcome."""
    with transaction.atomic():
        round_ = lock_round(round_id)
        if round_.state != RoundState.DRAWN:
            return
        tables = frozen_tables(round_)
        if input_sha256(tables) != round_.input_sha256:
            raise BrokenRoundError("the frozen files are not those of the published hash")
        result = run_round(tables, seed=round_.seed, mechanism=round_.mechanism)
        files = result.files()
        broken = verify_files(tables, files, round_.seed)
        if broken:
            raise BrokenRoundError(f"{len(broken)} broken rules, the first: {broken[0].rule}")
        RoundFile.objects.bulk_create(
            [RoundFile(round=round_, is_input=False, name=name, content=body) for name, body in files.items()]
        )
        _keep_outcomes(round_, rows_of(files["outcomes.csv"]))
        keep_reasons(round_, tables, result)
        _keep_exchanges(actor, round_, rows_of(files["exchanges.csv"]), rows_of(files["moves.csv"]), at)
        round_.is_verified = True
        round_.save(update_fields=["is_verified"])
        advance(round_, RoundEvent.COMPUTE, actor=actor, at=at)


def frozen_tables(round_: Round) -> Tables:
    """Read the frozen files of a round back as tables."""
    with tempfile.TemporaryDirectory() as folder:
        for file in round_.files.filter(is_input=True):
            (Path(folder) / file.name).write_bytes(bytes(file.content))
        return read_tables(Path(folder))


def _keep_outcomes(round_: Round, rows: list[Row]) -> None:
    practices = _practice_ids(row["practice"] for row in rows)
    entries = dict(Entry.objects.filter(round=round_).values_list("alias", "pk"))
    decided = (
        (
            entries[row["request"]],
            (
                row["outcome"],
                practices.get(row["practice"]),
                _number(row["rank"]),
                _number(row["queue_rank"]),
                row["reason"],
            ),
        )
        for row in rows
    )
    update_rows(Entry, ("outcome", "practice", "rank", "queue_rank", "reason"), decided)


def _keep_exchanges(actor: Actor, round_: Round, rows: list[Row], moves: list[Row], at: datetime) -> None:
    # Until the round is public nothing can be answered: what it waits for is the coordinator.
    publish_by = ROUND.watch[RoundState.COMPUTED].deadline.due_at(at)
    exchanges = {
        int(row["exchange"]): Exchange(
            round=round_,
            number=int(row["exchange"]),
            kind=row["kind"],
            persons=int(row["persons"]),
            requests=int(row["requests"]),
            own_moment_at=publish_by,
        )
        for row in rows
    }
    begin_many(
        list(exchanges.values()),
        kind=EXCHANGE_PROPOSED,
        actor=actor,
        at=at,
        round_id=round_.pk,
        each=lambda exchange: {"persons": getattr(exchange, "persons", 0)},
    )
    people = dict(EntryMember.objects.filter(round=round_).values_list("alias", "person_id"))
    requests = dict(Entry.objects.filter(round=round_).values_list("alias", "request_id"))
    practices = _practice_ids(name for row in moves for name in (row["from"], row["to"]))
    PlannedMove.objects.bulk_create(
        [
            PlannedMove(
                round=round_,
                exchange=exchanges[int(row["exchange"])],
                request_id=requests[row["request"]],
                person_id=people[row["person"]],
                from_practice_id=practices.get(row["from"]),
                to_practice_id=practices[row["to"]],
                source_id=people.get(row["source"]),
            )
            for row in moves
        ],
        batch_size=2000,
    )


def _practice_ids(names: Iterable[str]) -> dict[str, UUID]:
    return dict(Practice.objects.filter(agb__in={name for name in names if name}).values_list("agb", "pk"))


def _number(cell: str) -> int | None:
    return int(cell) if cell else None
