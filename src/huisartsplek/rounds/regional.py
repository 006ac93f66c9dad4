# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the rounds of a region, as its coordinator may: counts, never a name, never one practice's number."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from huisartsplek.audit.models import Step
from huisartsplek.practices.models import Region
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.services import last_answer_by, open_offers_in
from huisartsplek.rules.lifecycles import RoundState

FINISHED = (RoundState.SETTLED, RoundState.CARRIED_OUT, RoundState.CANCELLED)


def regions(region_ids: Collection[UUID]) -> list[Region]:
    """Give the regions somebody coordinates, by name."""
    return list(Region.objects.filter(pk__in=region_ids).order_by("name"))


def rounds_of(region_ids: Collection[UUID]) -> list[Round]:
    """List the rounds of these regions, newest first; a cancelled one stays listed."""
    found = Round.objects.filter(region_id__in=region_ids).select_related("region")
    return list(found.order_by("-opened_at", "pk"))


def round_in(region_ids: Collection[UUID], round_id: UUID) -> Round | None:
    """Give a round of one of these regions; nothing for another region's."""
    return Round.objects.filter(pk=round_id, region_id__in=region_ids).select_related("region").first()


def is_running(round_: Round) -> bool:
    """Tell whether a round still stands in the way of the region's next."""
    return round_.state not in FINISHED


def moments_of(round_: Round) -> dict[str, datetime]:
    """Give when a round came into each of its states."""
    steps = Step.objects.filter(thing_type=round_._meta.label_lower, thing_id=str(round_.pk)).order_by("pk")
    return dict(steps.values_list("to_state", "at"))


def unanswered_offers(region_id: UUID) -> tuple[int, datetime | None]:
    """Count the offers by the queue for which a freeze waits, and give the last moment to answer one."""
    return open_offers_in(region_id).count(), last_answer_by(region_id)


def halted_rounds() -> list[Round]:
    """List the rounds everywhere that were left to a person, longest first."""
    return list(Round.objects.exclude(halted_by="").select_related("region").order_by("alarmed_at", "pk"))
