# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading rounds: what became of somebody's own request, and their proof that it took part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PEOPLE_EXPORTED
from huisartsplek.audit.services import record
from huisartsplek.people.models import Person
from huisartsplek.people.queries import person_of, visible_to
from huisartsplek.requests.facts import facts_of
from huisartsplek.requests.models import Offer, Wish
from huisartsplek.requests.permissions import is_hidden_from
from huisartsplek.rounds.models import Entry, Exchange, PlannedMove, Round
from huisartsplek.rounds.proof import Step, leaf_digest, levels_over, path_in
from huisartsplek.rounds.reasons import WishReason, reasons_of
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.rules.lifecycles import OfferState, RoundState

PUBLIC_STATES = (RoundState.PUBLISHED, RoundState.SETTLED, RoundState.CARRIED_OUT)


@dataclass(frozen=True, slots=True)
class OwnOutcome:
    """What a round means for somebody's own request. Of the exchange they learn the kind and the size only."""

    round: Round
    entry: Entry
    exchange: Exchange | None
    offer: Offer | None
    wishes: Sequence[Wish]  # as they are now
    sees_everybody: bool  # the proof holds where each member was enrolled: it is for who may see them all

    def reasons(self) -> list[WishReason]:
        """What became of each wish, once it may be told."""
        return reasons_of(self.entry, sees_everybody=self.sees_everybody) if self.is_public else []

    @property
    def is_public(self) -> bool:
        """Whether the outcome may be told."""
        return self.round.state in PUBLIC_STATES


def _own_entries(viewer: Person) -> Q:
    return Q(members__person=viewer) | Q(request__filed_by=viewer)


def own_rounds(actor: Actor) -> list[Round]:
    """List the rounds the one who acts took part in, newest first."""
    viewer = person_of(actor)
    if viewer is None:
        return []
    entries = Entry.objects.filter(_own_entries(viewer), request__household_id=viewer.household_id)
    seen = [entry.pk for entry in entries.select_related("request", "round") if not _is_hidden(viewer, entry)]
    rounds = Round.objects.filter(
        pk__in=Entry.objects.filter(pk__in=seen).values("round_id"), frozen_at__isnull=False
    )
    return list(rounds.select_related("region").order_by("-frozen_at", "pk"))


def own_outcome(actor: Actor, round_id: UUID) -> OwnOutcome | None:
    """Give what a round means for the request of the one who acts; nothing when they took no part in it."""
    viewer = person_of(actor)
    if viewer is None:
        return None
    entries = Entry.objects.filter(_own_entries(viewer), round_id=round_id)
    entry = (
        entries.filter(request__household_id=viewer.household_id)
        .select_related("round__region", "request", "practice")
        .order_by("leaf")
        .first()
    )
    if entry is None or _is_hidden(viewer, entry):
        return None
    return _outcome(viewer, entry)


def _outcome(viewer: Person, entry: Entry) -> OwnOutcome:
    of_request = {"round_id": entry.round_id, "request": entry.request}
    move = PlannedMove.objects.filter(**of_request).select_related("exchange").first()
    is_public = entry.round.state in PUBLIC_STATES
    return OwnOutcome(
        round=entry.round,
        entry=entry,
        exchange=move.exchange if move is not None and is_public else None,
        offer=Offer.objects.filter(**of_request).first(),
        wishes=list(Wish.objects.filter(request=entry.request).select_related("practice").order_by("rank")),
        sees_everybody=_sees_everybody(viewer, entry),
    )


def not_this_round(actor: Actor) -> list[OwnOutcome]:
    """Give the rounds that brought the one who acts nothing, once that is public, newest first.

    Where it was their own no or their silence there is nothing to tell.
    """
    viewer = person_of(actor)
    if viewer is None:
        return []
    own = Entry.objects.filter(
        _own_entries(viewer), request__household_id=viewer.household_id, round__state__in=PUBLIC_STATES
    )
    fell = Offer.objects.filter(round_id=OuterRef("round_id"), request=OuterRef("request"), state=OfferState.FALLEN)
    offered = Offer.objects.filter(round_id=OuterRef("round_id"), request=OuterRef("request"))
    nothing = own.filter(~Exists(offered) | Exists(fell)).values("pk")
    newest = Entry.objects.filter(pk__in=nothing).select_related("round__region", "request", "practice")
    ordered = newest.order_by("-round__published_at", "pk")
    return [_outcome(viewer, entry) for entry in ordered if not _is_hidden(viewer, entry)]


def _is_hidden(viewer: Person, entry: Entry) -> bool:
    """Whether the outcome would tell where somebody protected goes."""
    on = day_in_amsterdam(entry.round.frozen_at or entry.request.since)
    return is_hidden_from(viewer, facts_of(entry.request), on=on)


def _sees_everybody(viewer: Person, entry: Entry) -> bool:
    return not Person.objects.filter(round_entries__entry=entry).exclude(visible_to(viewer)).exists()


def reasons_last_time(viewer: Person, request_id: UUID) -> list[WishReason]:
    """Give what became of each wish of a request in the last round whose outcome is public, if it took part."""
    entries = Entry.objects.filter(_own_entries(viewer), request_id=request_id, round__state__in=PUBLIC_STATES)
    entry = entries.order_by("-round__published_at").first()
    if entry is None or _is_hidden(viewer, entry):
        return []
    return reasons_of(entry, sees_everybody=_sees_everybody(viewer, entry))


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything needed to check that somebody's own rows are in the frozen input of a round."""

    round: Round
    rows: str
    salt: bytes
    path: Sequence[Step]


def own_proof(actor: Actor, round_id: UUID, *, at: datetime) -> Proof | None:
    """Give the one who acts their own rows with the way up to the published root; nothing for others' rows.

    Nor for rows that tell about somebody at home whom they may not see: a desk helps them.
    """
    found = own_outcome(actor, round_id)
    viewer = person_of(actor)
    if found is None or viewer is None or not found.sees_everybody:
        return None
    with transaction.atomic():
        record(PEOPLE_EXPORTED, actor=actor, at=at, person=viewer.pk, view="round_proof", rows=1)
    entry = found.entry
    levels = _levels_of(round_id, found.round.leaves_root)
    return Proof(found.round, entry.rows, bytes(entry.salt), path_in(levels, entry.leaf))


@lru_cache(maxsize=8)
def _levels_of(round_id: UUID, leaves_root: str) -> tuple[tuple[bytes, ...], ...]:  # noqa: ARG001  part of the key
    """Give the tree of a frozen round, which never changes: read and hashed once, not for everybody's page."""
    rows = Entry.objects.filter(round_id=round_id).order_by("leaf").values_list("salt", "rows")
    return levels_over([leaf_digest(bytes(salt), text) for salt, text in rows])


def exchange_of(exchange_id: UUID) -> Exchange | None:
    """Give an exchange, of which an offer tells the kind and the size."""
    return Exchange.objects.filter(pk=exchange_id).first()
