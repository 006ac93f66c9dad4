# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The front door and the list of practices around a postcode or a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huisartsplek.accounts.policies import policy, public
from huisartsplek.integrations.addresses.chosen import chosen_addresses
from huisartsplek.integrations.clock.chosen import current_moment
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.integrations.postcodes.port import PostcodePort
from huisartsplek.practices.centre import Centre
from huisartsplek.requests.search import Found, Visitor, search, search_places
from huisartsplek.rules.dates import day_in_amsterdam
from huisartsplek.web.components.map import MapPicture, Pin, Place, map_picture
from huisartsplek.web.components.parts import Pill, SearchResult
from huisartsplek.web.public.asked import (
    RADII,
    Asked,
    ChoicesForm,
    FactsForm,
    Group,
    SearchForm,
    read_asked,
)
from huisartsplek.web.public.found import as_result, chosen, group_of

PAGE_SIZE = 12
CHOICES = ("rolstoel", "avond", "vrouw", "man", "grootte", "taal-balie", "volgorde")
NAMES_ON_MAP = 6


@policy(public())
def front(request: HttpRequest) -> HttpResponse:
    """Ask where somebody lives, and say what this is."""
    return render(request, "web/public/start.html", {"form": SearchForm(postcodes=chosen_postcodes())})


@policy(public())
def practices(request: HttpRequest) -> HttpResponse:
    """Answer per practice whether the visitor can go there, nearest first."""
    at = current_moment()
    postcodes = chosen_postcodes()
    asked = read_asked(request.GET)
    data = request.GET if "postcode" in request.GET else None
    form = SearchForm(data, postcodes=postcodes, addresses=chosen_addresses(), province=asked.province)
    if not form.is_valid() and data is None:
        form.take_position(asked.position)
    carried = asked.hidden_beside("postcode", "huisnummer", "provincie", "bij")
    if form.centre is None:
        alike = [
            (place.name, place.province, asked.query(postcode=place.name, province=place.province))
            for place in form.alike
        ]
        return render(request, "web/public/search.html", {"form": form, "carried": carried, "alike": alike})
    facts = FactsForm(request.GET or None, today=day_in_amsterdam(at))
    visitor = visitor_of(form.centre, facts)
    found = search(form.centre, visitor, within_km=asked.radius, at=at)
    context = {
        "form": form,
        "facts": facts,
        "centre": form.centre,
        "asked": asked,
        "carried": carried,
        "carried_by_facts": asked.hidden_beside("verhuisd", "zonder-huisarts"),
        "carried_by_choices": asked.hidden_beside(*CHOICES),
        "choices": ChoicesForm(initial=_initial(asked)),
        "has_choices": asked.has_choices,
        "namesakes": [
            (place.name, place.province, asked.query(postcode=place.name, province=place.province))
            for place in form.centre.namesakes
        ],
        **_list(chosen(found, asked), asked, form.centre, visitor, postcodes, at=at),
    }
    return render(request, "web/public/results.html", context)


def visitor_of(centre: Centre | None, facts: FactsForm) -> Visitor:
    """Take what the visitor told; what was filled in wrongly is as if it was not told."""
    facts.is_valid()
    told = getattr(facts, "cleaned_data", {})
    without_gp = told.get("zonder_huisarts", "")
    return Visitor(centre, moved_in_on=told.get("verhuisd"), has_gp=None if not without_gp else without_gp == "nee")


def _initial(asked: Asked) -> dict[str, object]:
    return {
        "rolstoel": asked.step_free,
        "avond": asked.evening,
        "vrouw": asked.female_gp,
        "man": asked.male_gp,
        "grootte": asked.size,
        "taal_balie": asked.language,
        "volgorde": asked.order.value,
    }


def _list(
    found: Sequence[Found], asked: Asked, centre: Centre, visitor: Visitor, postcodes: PostcodePort, *, at: datetime
) -> dict[str, object]:
    on = day_in_amsterdam(at)
    counts = Counter(group_of(one) for one in found)
    shown = [one for one in found if asked.group is None or group_of(one) is asked.group]
    first = (asked.page - 1) * PAGE_SIZE
    on_page = shown[first : first + PAGE_SIZE]
    numbered = list(enumerate(on_page, first + 1))
    results = [as_result(one, number, query=asked.person_query(), on=on) for number, one in numbered]
    wider = next((radius for radius in RADII if radius > asked.radius), None)
    return {
        "heading": _heading(counts[Group.NOW], len(found)),
        "later": counts[Group.LATER],
        "total": len(found),
        "pills": _pills(asked, counts, len(found)),
        "results": results,
        "first_number": first + 1,
        "rest": min(PAGE_SIZE, max(0, len(shown) - first - PAGE_SIZE)),
        "next_url": _address(asked.query(page=asked.page + 1)),
        "back_url": _address(asked.query(page=asked.page - 1)) if asked.page > 1 else "",
        "radius": asked.radius,
        "wider": wider,
        "alert_url": f"{reverse('public:alert')}?{urlencode({'postcode': asked.postcode, 'straal': asked.radius})}",
        "wider_url": _address(asked.query(radius=wider)) if wider else "",
        "later_url": _address(asked.query(group=Group.LATER)),
        "all_url": _address(asked.query(group=None)),
        "nearest_now": _nearest_now(found, asked, centre, visitor, at=at, on=on) if not counts[Group.NOW] else None,
        "map": _map(numbered, centre, postcodes) if results else None,
        "is_yes": bool(counts[Group.NOW]),
    }


def _address(query: str) -> str:
    return f"{reverse('public:practices')}?{query}"


def _heading(now: int, total: int) -> str:
    if not total:
        return _("Hier vonden wij geen praktijk")
    if not now:
        return ngettext(
            "Bij de enige praktijk in de buurt kunt u nu niet meteen terecht",
            "Bij geen van de %(total)d praktijken kunt u nu meteen terecht",
            total,
        ) % {"total": total}
    if total == 1:
        return _("Bij de enige praktijk in de buurt kunt u nu terecht")
    return _("Bij %(now)d van de %(total)d praktijken kunt u nu terecht") % {"now": now, "total": total}


def _pills(asked: Asked, counts: Counter[Group | None], total: int) -> list[Pill]:
    texts: tuple[tuple[Group | None, str], ...] = (
        (None, _("Alle %(count)d") % {"count": total}),
        (Group.NOW, _("Nu inschrijven (%(count)d)") % {"count": counts[Group.NOW]}),
        (Group.LATER, _("Wachtlijst of ruilen (%(count)d)") % {"count": counts[Group.LATER]}),
        (Group.MAYBE, _("Misschien (%(count)d)") % {"count": counts[Group.MAYBE]}),
    )
    return [Pill(text, _address(asked.query(group=group)), current=group is asked.group) for group, text in texts]


def _nearest_now(
    found: Sequence[Found], asked: Asked, centre: Centre, visitor: Visitor, *, at: datetime, on: date
) -> SearchResult | None:
    """Look farther away for the nearest practice that says yes, where none nearby does."""
    near = {one.public.practice.pk for one in found}
    for radius in (one for one in RADII if one > asked.radius):
        farther = chosen(search_places(centre, visitor, within_km=radius, at=at), asked)
        yes = [one for one in farther if group_of(one) is Group.NOW and one.public.practice.pk not in near]
        if yes:
            nearest = min(yes, key=lambda one: one.public.km or 0.0)
            return as_result(nearest, 1, query=asked.person_query(), on=on)
    return None


def _map(numbered: Sequence[tuple[int, Found]], centre: Centre, postcodes: PostcodePort) -> MapPicture:
    pins = [
        Pin(
            number,
            one.public.practice.name,
            one.public.status,
            one.public.practice.latitude,
            one.public.practice.longitude,
        )
        for number, one in numbered
    ]
    reach = max((one.public.km or 0.0 for _number, one in numbered), default=0.0)
    names = postcodes.places_around(centre.lon, centre.lat, km=max(2.2, reach), most=NAMES_ON_MAP)
    return map_picture(
        pins,
        here=Place(_("u") if centre.pc4 or centre.is_position else centre.name, centre.lat, centre.lon),
        places=[Place(place.name, place.lat, place.lon) for place in names if place.name != centre.place],
    )
