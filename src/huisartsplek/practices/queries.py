# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading practices as anyone may know them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from huisartsplek.practices.models import Practice


def practices_by_slug(slugs: Sequence[str]) -> list[Practice]:
    """Give the practices with these names in an address, in the order asked for; unknown ones are left out."""
    known = {practice.slug: practice for practice in Practice.objects.filter(slug__in=slugs, is_active=True)}
    return [known[slug] for slug in dict.fromkeys(slugs) if slug in known]


def practices_by_id(practice_ids: Sequence[UUID]) -> list[Practice]:
    """Give these practices, those that stopped too, in the order asked for."""
    known = Practice.objects.in_bulk(list(practice_ids))
    return [known[pk] for pk in dict.fromkeys(practice_ids) if pk in known]


def practices_like(text: str, *, most: int = 10) -> list[Practice]:
    """Give practices whose name, place or postcode has every word of the text, by name."""
    found = Practice.objects.filter(is_active=True)
    words = text.split()[:6]
    for word in words:
        found = found.filter(Q(name__icontains=word) | Q(place__icontains=word) | Q(postcode__istartswith=word))
    return list(found.order_by("name", "place", "pk")[:most]) if words else []
