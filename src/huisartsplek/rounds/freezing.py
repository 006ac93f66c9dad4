# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Freeze a round: who takes part with which wishes and which places are held, under pseudonyms and hashed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from huisartsplek.audit.actors import Actor
from huisartsplek.engine.files import input_sha256, render_input
from huisartsplek.engine.tables import MemberTable, PracticeTable, RequestTable, Tables, WishTable
from huisartsplek.enrolments.queries import is_tradable
from huisartsplek.people.queries import among
from huisartsplek.people.services import complete_for_many
from huisartsplek.practices.locks import lock_places
from huisartsplek.practices.models import PlaceEntry, Places, PolicyVersion, Practice
from huisartsplek.practices.places import change_places, granted_since
from huisartsplek.requests.facts import Facts, load_facts
from huisartsplek.requests.models import Request, Wish
from huisartsplek.rounds.bulk import insert_rows
from huisartsplek.rounds.models import Entry, EntryMember, Round, RoundFile, RoundPlaces
from huisartsplek.rounds.proof import LEAVES_FILE, render_leaves, root_over_rows, rows_by_request
from huisartsplek.rules.intake import (
    Admitted,
    Applicant,
    IntakePolicy,
    as_in_round,
    assess_household,
    facts_weighed,
)
from huisartsplek.rules.lifecycles import RequestState
from huisartsplek.rules.queue import places_for_round


class CountingWish(NamedTuple):
    """A wish that counts in this round."""

    rank: int
    practice_id: UUID


@dataclass(slots=True)
class Participant:
    """A request in the round: its facts, its priority, the wishes that count, and its pseudonyms."""

    facts: Facts
    priority: int
    wishes: list[CountingWish]
    alias: str = ""
    member_aliases: tuple[str, ...] = ()

    def members(self, agb: dict[UUID, str], *, on: date) -> list[tuple[str, str, bool]]:
        """Give for each member the pseudonym, the present practice, and whether its place may be traded."""
        rows = []
        for alias, member in zip(self.member_aliases, self.facts.members, strict=True):
            enrolment = self.facts.enrolments.get(member.pk)
            rows.append(
                (
                    alias,
                    agb[enrolment.practice_id] if enrolment else "",
                    is_tradable(enrolment, on=on) if enrolment else True,
                )
            )
        return rows


@dataclass(slots=True)
class Market:
    """Everything a round of one region is decided on."""

    practices: dict[UUID, Practice]  # of the region
    policies: dict[UUID, IntakePolicy]
    participants: list[Participant]
    elsewhere: list[Practice]  # where members are now, outside the region


def places_of_region(region_id: UUID) -> list[UUID]:
    """Give the active practices of a region, whose places are locked before anything of a round is read."""
    return list(Practice.objects.filter(region_id=region_id, is_active=True).values_list("pk", flat=True))


def waiting_in(region_id: UUID) -> QuerySet[Request]:
    """Give the requests that wait with their first wish in a region and are in no round that is not settled."""
    elsewhere = Entry.objects.filter(request=OuterRef("pk"), is_unsettled=True)
    return Request.objects.filter(~Exists(elsewhere), region_id=region_id, state=RequestState.WAITING)


def read_market(round_: Round, *, on: date) -> Market:
    """Read who would take part now: open requests whose first wish lies in the region, with their wishes there.

    A request keeps its place in the round it is in until that one is settled, wherever its first wish lies since.
    """
    practices = Practice.objects.filter(region_id=round_.region_id, is_active=True).in_bulk()
    versions = PolicyVersion.objects.filter(practice__in=practices, replaced_at__isnull=True)
    policies = {version.practice_id: version.value() for version in versions}
    requests = waiting_in(round_.region_id).order_by("pk")
    facts = load_facts(requests)
    complete = complete_for_many({pk: fact.members for pk, fact in facts.items()}, on=on)
    wishes: dict[UUID, list[CountingWish]] = {pk: [] for pk in facts}
    counting = Wish.objects.filter(request__in=among(facts), practice_id__in=practices, rests_rounds=0)
    for request_id, rank, practice_id in counting.values_list("request_id", "rank", "practice_id"):
        wishes[request_id].append(CountingWish(rank, practice_id))
    admissions = {pk: Admissions(practices[pk], policy, on) for pk, policy in policies.items()}
    participants = [
        Participant(
            fact, fact.priority(), [w for w in wishes[pk] if _is_admitted(fact, admissions.get(w.practice_id))]
        )
        for pk, fact in facts.items()
        if pk in complete and not any(member.ended_on for member in fact.members)
    ]
    here = {e.practice_id for p in participants for e in p.facts.enrolments.values()} - practices.keys()
    return Market(practices, policies, participants, list(Practice.objects.filter(pk__in=here)))


class Admissions:
    """Whom one practice admits in this round: alike households are weighed once, by the only facts it looks at."""

    def __init__(self, practice: Practice, policy: IntakePolicy, on: date) -> None:
        self._practice, self._policy, self._on = practice, as_in_round(policy), on
        self._weighed = facts_weighed(self._policy, on=on)
        self._known: dict[tuple[Applicant, ...], bool] = {}

    def admits(self, facts: Facts) -> bool:
        """Tell whether the practice's own rule admits the whole household."""
        household = tuple(
            facts.applicant(member, self._practice, on=self._on, weighed=self._weighed) for member in facts.members
        )
        if household not in self._known:
            answer = assess_household(self._policy, household, on=self._on)
            self._known[household] = isinstance(answer, Admitted)
        return self._known[household]


def _is_admitted(facts: Facts, admissions: Admissions | None) -> bool:
    return admissions is not None and admissions.admits(facts)


def hold_places(actor: Actor, round_: Round, market: Market, *, at: datetime) -> dict[UUID, int]:
    """Put aside what each practice of the region brings: it leaves what is free until the round is settled."""
    held = {}
    locked = lock_places(market.practices)
    for practice_id, places in sorted(locked.items()):
        policy = market.policies.get(practice_id)
        number = brought(places, policy, at) if policy is not None else 0
        if number:
            change_places(
                places,
                PlaceEntry.Kind.HOLD,
                free=-number,
                held=number,
                reference=round_.pk,
                at=at,
                by=actor.user_id,
            )
        held[practice_id] = number
    Places.objects.filter(pk__in=held).update(last_freeze_at=at)
    RoundPlaces.objects.bulk_create(
        [
            RoundPlaces(
                round=round_,
                practice_id=practice_id,
                held=number,
                swaps=practice_id in market.policies and market.policies[practice_id].swaps,
                frozen_before_at=locked[practice_id].last_freeze_at,
            )
            for practice_id, number in held.items()
        ]
    )
    return held


def brought(places: Places, policy: IntakePolicy, at: datetime) -> int:
    """Give how many places a practice brings to a round that is frozen at this moment."""
    if policy.admits_nobody:
        return 0
    if places.last_freeze_at is None:
        return places_for_round(places.free, policy.weekly, 1, 0)
    weeks = max(0, (at - places.last_freeze_at).days // 7)
    given = granted_since(places.practice_id, places.last_freeze_at)
    return places_for_round(places.free, policy.weekly, weeks, given)


def give_aliases(participants: Sequence[Participant]) -> None:
    """Give requests and people random pseudonyms, so that the files name nobody and betray no order."""
    taken: set[str] = set()

    def fresh(prefix: str) -> str:
        while (alias := f"{prefix}{secrets.token_hex(6)}") in taken:
            pass
        taken.add(alias)
        return alias

    for participant in participants:
        participant.alias = fresh("r")
        participant.member_aliases = tuple(fresh("p") for _ in participant.facts.members)


def tables_of(round_: Round, market: Market, held: dict[UUID, int], *, on: date) -> Tables:
    """Give the four tables of the round. Practices elsewhere stand in it with no places."""
    practices = sorted([*market.practices.values(), *market.elsewhere], key=lambda practice: practice.agb)
    agb = {practice.pk: practice.agb for practice in practices}
    elsewhere = swaps_elsewhere(market)
    swaps = {pk: pk in market.policies and market.policies[pk].swaps for pk in market.practices} | elsewhere
    members = [(p, *row) for p in market.participants for row in p.members(agb, on=on)]
    wishes = [(p.alias, wish.rank, agb[wish.practice_id]) for p in market.participants for wish in p.wishes]
    region = {True: round_.region.slug, False: ""}
    return Tables(
        PracticeTable(
            [p.agb for p in practices],
            [held.get(p.pk, 0) for p in practices],
            [swaps[p.pk] for p in practices],
            [region[p.pk in market.practices] for p in practices],
        ),
        RequestTable(
            [p.alias for p in market.participants],
            [p.priority for p in market.participants],
            [_since(p.facts.request) for p in market.participants],
        ),
        MemberTable(
            [row[1] for row in members],
            [row[0].alias for row in members],
            [row[2] for row in members],
            [row[3] for row in members],
        ),
        WishTable([w[0] for w in wishes], [w[1] for w in wishes], [w[2] for w in wishes]),
    )


def swaps_elsewhere(market: Market) -> dict[UUID, bool]:
    """Tell which practices outside the region refill the place of a leaver."""
    ids = [practice.pk for practice in market.elsewhere]
    versions = PolicyVersion.objects.filter(practice_id__in=ids, replaced_at__isnull=True)
    return dict.fromkeys(ids, False) | {version.practice_id: version.value().swaps for version in versions}


def store_input(round_: Round, market: Market, tables: Tables) -> None:
    """Keep the frozen files, everybody's entry, and the root and hash that are published."""
    rows = rows_by_request(tables)
    salts = {request: secrets.token_bytes(16) for request in rows}
    files = render_input(tables) | {LEAVES_FILE: render_leaves(salts)}
    RoundFile.objects.bulk_create(
        [RoundFile(round=round_, is_input=True, name=name, content=content) for name, content in files.items()]
    )
    entries = [
        (
            *(round_.pk, p.facts.request.pk, p.alias, number, salts[p.alias], rows[p.alias], "", "", False),
            *(p.facts.request.goes_first, True),
        )
        for number, p in enumerate(sorted(market.participants, key=lambda p: p.alias))
    ]
    named = ("round", "request", "alias", "leaf", "salt", "rows", "outcome", "reason")
    fields = (*named, "fell_below_floor", "went_first", "is_unsettled")
    insert_rows(Entry, fields, entries)
    by_alias = dict(Entry.objects.filter(round=round_).values_list("alias", "pk"))
    members = (
        (by_alias[p.alias], round_.pk, person.pk, alias)
        for p in market.participants
        for alias, person in zip(p.member_aliases, p.facts.members, strict=True)
    )
    insert_rows(EntryMember, ("entry", "round", "person", "alias"), members)
    round_.input_sha256 = input_sha256(tables)
    round_.leaves_root = root_over_rows(rows, salts)


def let_wishes_rest_once_less(round_: Round) -> None:
    """A wish that sat out this round is one round nearer to counting again."""
    elsewhere = Entry.objects.filter(~Q(round=round_), request=OuterRef("request"), is_unsettled=True)
    resting = Wish.objects.filter(~Exists(elsewhere), request__region_id=round_.region_id, rests_rounds__gt=0)
    resting.update(rests_rounds=F("rests_rounds") - 1)


def _since(request: Request) -> str:
    return request.since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
