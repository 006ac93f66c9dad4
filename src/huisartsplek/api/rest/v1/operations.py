# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one may ask of version 1: practices and rounds, as anyone may know them."""

from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router

from huisartsplek.accounts.policies import operation_policy, public
from huisartsplek.api.rest.v1 import faults, mapping, schemas
from huisartsplek.api.rest.v1.parameters import AroundPostcode, ForVisitor
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.centre import Centre, find_centre
from huisartsplek.requests.search import Visitor, found_practice, search
from huisartsplek.rounds.reports import public_round, published_rounds

router = Router(by_alias=True)
WRONG, NOT_THERE = {400: schemas.Problem}, {404: schemas.Problem}


@router.get(
    "/practices",
    response={200: schemas.Practices, **WRONG},
    operation_id="practices",
    summary="Huisartsenpraktijken rond een postcode",
    description="Per praktijk of iemand er terecht kan, met de regel en sinds wanneer dat bevestigd is."
    " Het aantal plekken is van de praktijk en staat er nooit bij.",
    tags=["practices"],
)
@operation_policy(public())
def practices(request: HttpRequest, asked: Query[AroundPostcode]) -> schemas.Practices:  # noqa: ARG001  ninja passes it
    """Answer per practice whether somebody can go there, nearest first."""
    centre = _centre(asked.postcode)
    found = search(centre, _visitor(centre, asked), within_km=asked.radius, at=current_moment())
    return schemas.Practices(
        results=[mapping.practice(one) for one in found],
        place=centre.place,
        is_approximate=centre.is_approximate,
    )


@router.get(
    "/practices/{slug:slug}",
    response={200: schemas.Practice, **WRONG, **NOT_THERE},
    operation_id="practice",
    summary="Eén huisartsenpraktijk",
    description="Wat iedereen over deze praktijk mag weten, met een antwoord voor wie iets over zichzelf zegt.",
    tags=["practices"],
)
@operation_policy(public())
def practice(request: HttpRequest, slug: str, asked: Query[ForVisitor]) -> schemas.Practice:  # noqa: ARG001  ninja passes it
    """Tell what one practice means for somebody."""
    centre = _centre(asked.postcode) if asked.postcode else None
    found = found_practice(slug, _visitor(centre, asked), at=current_moment())
    if found is None:
        raise Http404
    return mapping.practice(found)


@router.get(
    "/rounds",
    response={200: schemas.Rounds, **WRONG},
    operation_id="rounds",
    summary="Alle ruilrondes",
    description="Elke ronde die er is of was, ook de afgelaste, de nieuwste eerst.",
    tags=["rounds"],
)
@operation_policy(public())
def rounds(request: HttpRequest) -> schemas.Rounds:  # noqa: ARG001  ninja passes it
    """List every round."""
    return schemas.Rounds(results=[mapping.round_in_list(one) for one in published_rounds()])


@router.get(
    "/rounds/{uuid:round_id}",
    response={200: schemas.Round, **WRONG, **NOT_THERE},
    operation_id="round_report",
    summary="Eén ruilronde",
    description="Wat nodig is om de ronde na te rekenen: de vingerafdruk van de invoer, de loting en de regels."
    " De aantallen staan erbij zodra de uitslag openbaar is; onder de tien staat er geen getal.",
    tags=["rounds"],
)
@operation_policy(public())
def round_report(request: HttpRequest, round_id: UUID) -> schemas.Round:  # noqa: ARG001  ninja passes it
    """Tell about one round what everybody may check."""
    found = public_round(round_id)
    if found is None:
        raise Http404
    return mapping.round_report(found)


def _centre(postcode: str) -> Centre:
    found = find_centre(chosen_postcodes(), postcode)
    if found is None:
        raise faults.WrongQuestion([faults.fault("query", "postcode", faults.BAD_POSTCODE)])
    return found


def _visitor(centre: Centre | None, asked: AroundPostcode | ForVisitor) -> Visitor:
    has_gp = None if asked.without_gp is None else not asked.without_gp
    return Visitor(centre, moved_in_on=asked.moved_in_on, has_gp=has_gp)
