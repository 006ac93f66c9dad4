# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what the queries give to what the API answers."""

from collections.abc import Mapping
from typing import TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from huisartsplek.api.rest.v1 import schemas
from huisartsplek.requests.search import Found
from huisartsplek.rounds.models import Round
from huisartsplek.rounds.reports import PublicRound, Totals
from huisartsplek.rules.figures import Figure
from huisartsplek.rules.intake import PublicStatus
from huisartsplek.rules.lifecycles import RoundState
from huisartsplek.rules.sentences import sentence
from huisartsplek.rules.speakers import Language
from huisartsplek.rules.values import BadValue, Postcode

_COMPUTED = (RoundState.COMPUTED, RoundState.PUBLISHED, RoundState.SETTLED, RoundState.CARRIED_OUT)
Key = TypeVar("Key", str, int)


def reader_language() -> Language:
    """The language of the answer: Dutch unless English was asked for."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def practice(found: Found) -> schemas.Practice:
    """Tell about one practice what this visitor may know of it."""
    row, public = found.public.practice, found.public
    answer = found.verdict
    return schemas.Practice(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        address=schemas.Address(
            street=row.street, house_number=row.house_number, postcode=_postcode(row.postcode), place=row.place
        ),
        phone=row.phone,
        website=row.website,
        distance_km=None if public.km is None else round(public.km, 1),
        status=public.status,
        verdict=schemas.Verdict(
            kind=answer.kind, sentence=sentence(answer, reader_language()), missing=sorted(answer.missing)
        ),
        policy=_policy(found),
        confirmed_on=public.confirmed_on,
        links=_links("practice", row.slug, "public:practice"),
    )


def round_in_list(round_: Round) -> schemas.RoundInList:
    """Tell of a round which it is and where it stands."""
    return schemas.RoundInList(
        id=round_.pk,
        region=schemas.Region(slug=round_.region.slug, name=round_.region.name),
        number=round_.number,
        state=RoundState(round_.state),
        opened_at=round_.opened_at,
        links=_links("round_report", str(round_.pk), "public:round"),
    )


def round_report(found: PublicRound) -> schemas.Round:
    """Tell of a round what a stranger needs to check it."""
    row = found.round
    return schemas.Round(
        **round_in_list(row).model_dump(),
        frozen_at=row.frozen_at,
        published_at=row.published_at,
        settled_at=row.settled_at,
        switch_on=row.switch_on,
        input_sha256=row.input_sha256 or None,
        leaves_root=row.leaves_root or None,
        draw=_draw(row),
        mechanism=row.mechanism,
        rules_version=row.rules_version or None,
        is_verified=row.is_verified if row.state in _COMPUTED else None,
        totals=None if found.totals is None else _totals(found.totals),
    )


def _policy(found: Found) -> list[str]:
    """Say the rule that is in force and confirmed; of any other nobody knows whether it still holds."""
    policy = found.public.policy
    if policy is None or found.public.status is PublicStatus.UNKNOWN:
        return []
    return [sentence(policy, reader_language())]


def _postcode(text: str) -> str:
    try:
        return str(Postcode.parse(text))
    except BadValue:
        return text


def _links(operation: str, key: str, page: str) -> schemas.Links:
    return schemas.Links(
        self=settings.ORIGIN + reverse(f"api-v1:{operation}", args=[key]),
        page=settings.ORIGIN + reverse(page, args=[key]),
    )


def _draw(round_: Round) -> schemas.Draw | None:
    if not round_.beacon:
        return None
    return schemas.Draw(
        source=round_.beacon,
        number=round_.beacon_round,
        is_example=round_.is_example_draw,
        seed=round_.seed or None,
    )


def _totals(totals: Totals) -> schemas.Totals:
    return schemas.Totals(
        requests=_figure(totals.requests),
        persons=_figure(totals.persons),
        practices=_figure(totals.practices),
        persons_by_outcome=_figures(totals.by_outcome),
        persons_by_way=_figures(totals.by_way),
        requests_by_rank=_figures(totals.by_rank),
        exchanges_by_size=_figures(totals.by_size),
        persons_standing=None if totals.standing is None else _figure(totals.standing),
        requests_below_floor=None if totals.fell_below_floor is None else _figure(totals.fell_below_floor),
    )


def _figures(figures: Mapping[Key, Figure]) -> dict[str, schemas.Figure]:
    return {str(key): _figure(figure) for key, figure in figures.items()}


def _figure(figure: Figure) -> schemas.Figure:
    return schemas.Figure(count=figure.count, is_rounded=figure.is_rounded)
