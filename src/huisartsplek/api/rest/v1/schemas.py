# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the API answers: fields in English, sentences in the language that was asked for."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from huisartsplek.rules.intake import Fact, PublicStatus, VerdictKind
from huisartsplek.rules.lifecycles import RoundState


class _Answer(Schema):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Links(_Answer):
    """Where the same is found: here, and as a page for people."""

    self: str
    page: str


class Address(_Answer):
    """Where a practice is."""

    street: str
    house_number: str
    postcode: str
    place: str


class Verdict(_Answer):
    """What the one who asks can do at a practice today, as far as they told who they are."""

    kind: VerdictKind
    sentence: str
    missing: list[Fact] = Field(description="De gegevens die van misschien een ja of een nee maken")


class Practice(_Answer):
    """A practice as anyone may know it; how many places it has is private to it."""

    id: UUID
    slug: str
    name: str
    address: Address
    phone: str
    website: str
    distance_km: float | None = Field(description="Hemelsbreed; null zonder postcode")
    status: PublicStatus
    verdict: Verdict
    policy: list[str] = Field(description="De regel van de praktijk in zinnen; leeg als die niet bekend is")
    confirmed_on: date | None = Field(description="De dag waarop de praktijk dit het laatst bevestigde")
    links: Links


class Practices(_Answer):
    """The practices around a postcode, nearest first."""

    results: list[Practice]
    place: str = Field(description="De plaats van de postcode")
    is_approximate: bool = Field(description="Of de plek van de postcode, en dus elke afstand, bij benadering is")


class Region(_Answer):
    """The region of a round."""

    slug: str
    name: str


class RoundInList(_Answer):
    """A round in the list."""

    id: UUID
    region: Region
    number: int
    state: RoundState
    opened_at: datetime
    links: Links


class Rounds(_Answer):
    """Every round there is or was, newest first."""

    results: list[RoundInList]


class Draw(_Answer):
    """The public draw: its source and number are named before its value exists."""

    source: str
    number: int | None
    is_example: bool
    seed: str | None = Field(description="De getrokken waarde; null tot zij er is")


class Figure(_Answer):
    """A count as it may be told; without a count there are fewer than ten, and more than none."""

    count: int | None
    is_rounded: bool


class Totals(_Answer):
    """What a public round came to."""

    requests: Figure
    persons: Figure
    practices: Figure
    persons_by_outcome: dict[str, Figure]
    persons_by_way: dict[str, Figure]
    requests_by_rank: dict[str, Figure]
    exchanges_by_size: dict[str, Figure]
    persons_standing: Figure | None
    requests_below_floor: Figure | None


class Round(RoundInList):
    """A round as anyone may check it."""

    frozen_at: datetime | None
    published_at: datetime | None
    settled_at: datetime | None
    switch_on: date | None
    input_sha256: str | None
    leaves_root: str | None
    draw: Draw | None
    mechanism: str
    rules_version: str | None
    is_verified: bool | None = Field(description="Of een tweede programma alles narekende; null tot de uitkomst")
    totals: Totals | None = Field(description="Null tot de uitslag openbaar is")


class ProblemError(_Answer):
    """What is wrong with one part of a question."""

    place: Literal["query", "path"] = Field(alias="in")
    field: str
    code: str
    detail: str


class Problem(_Answer):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str | None = None
    errors: list[ProblemError] | None = None
