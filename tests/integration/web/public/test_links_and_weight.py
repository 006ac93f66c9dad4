# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every link leads somewhere, and the first visit is light."""

import gzip
import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve
from tests.builders import COORDINATOR, a_region, hours_after
from tests.integration.rounds.running import a_swap, frozen, published
from tests.integration.web.public.searching import HOME, for_all, full_stop, near, partial
from tests.unit.web.page import parse

from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.rounds.services import cancel_round
from huisartsplek.rules.intake import MovedIntoArea
from huisartsplek.rules.values import Postcode

pytestmark = pytest.mark.django_db

MOST_BYTES = 60 * 1024
BEHIND_LOGIN = ("/mijn", "/inloggen", "/praktijk", "/regio")


def a_small_world() -> None:
    """A page of practices of every kind, and rounds in three states."""
    home = chosen_postcodes().locate(Postcode.parse(HOME))
    centre = (home.lon, home.lat)
    policies = (
        for_all(),
        for_all(waiting_list=True),
        partial(MovedIntoArea(6)),
        full_stop(swaps=True),
        full_stop(),
    )
    for number in range(15):
        near(centre, number / 4, policies[number % 5], free=int(number % 5 in {0, 2}), phone="070 000 00 00")
    swapping, stopped = a_region(), a_region()
    a_swap(swapping)
    a_swap(stopped)
    published(swapping)
    cancel_round(COORDINATOR, frozen(stopped).pk, at=hours_after(2))


def test_every_link_of_the_public_pages_leads_somewhere(client: Client) -> None:
    a_small_world()
    waiting = deque(["/", f"/huisartsen?postcode={HOME}", "/huisartsen?postcode=Hengelo", "/huisartsen?postcode=x"])
    seen = set(waiting)
    broken = []
    while waiting:
        address = waiting.popleft()
        if address.startswith(BEHIND_LOGIN):
            resolve(urlsplit(address).path)  # its page is for somebody else's test, that it exists for this one
            continue
        answer = client.get(address)
        if answer.status_code >= 400:
            broken.append(address)
        elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            page = parse(answer.content.decode())
            ids = {element.attrs["id"] for element in page.all() if "id" in element.attrs}
            targets = [link.attrs["href"] for link in page.all("a")]
            broken += [f"{address} {one}" for one in targets if one.startswith("#") and one[1:] not in ids]
            for target in targets:
                found = urlsplit(urljoin(f"http://testserver{address}", target))
                wanted = found.path + (f"?{found.query}" if found.query else "")
                is_ours = found.netloc == "testserver" and found.scheme == "http"
                # The search can be narrowed in thousands of ways: its kinds of links are each followed once.
                kind = re.sub(r"=[^&]*", "", wanted)
                if is_ours and kind not in seen:
                    seen.add(kind)
                    waiting.append(wanted)
    assert broken == []
    for page_ in ("/over", "/privacy", "/toegankelijkheid", "/rondes", "/uitleg/ronde", "/mijn/verzoek"):
        assert page_ in seen


def weight(client: Client, address: str) -> int:
    """Count the compressed bytes of a page with its styles and scripts; fonts, map and pictures apart."""
    body = client.get(address).content
    page = parse(body.decode())
    parts = [body]
    sources = [link.attrs["href"] for link in page.all("link", rel="stylesheet")]
    sources += [script.attrs["src"] for script in page.all("script")]
    for source in sources:
        file = finders.find(source.removeprefix("/static/"))
        assert file is not None, source
        with open(file, "rb") as opened:  # noqa: PTH123  the finder gives a text
            parts.append(opened.read())
    return sum(len(gzip.compress(part, 6)) for part in parts)


def test_a_first_visit_is_at_most_sixty_kilobytes_apart_from_fonts_and_map(client: Client) -> None:
    a_small_world()
    for address in ("/", f"/huisartsen?postcode={HOME}", "/uitleg/ronde", "/rondes"):
        assert weight(client, address) <= MOST_BYTES, address
    together = weight(client, "/") + len(gzip.compress(client.get(f"/huisartsen?postcode={HOME}").content, 6))
    assert together <= MOST_BYTES


@pytest.mark.parametrize("address", ["/", f"/huisartsen?postcode={HOME}", "/uitleg/ronde", "/rondes", "/over"])
def test_a_public_page_sets_no_cookie(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.parametrize("address", ["/over", "/privacy", "/toegankelijkheid", "/uitleg/ronde", "/rondes", "/"])
def test_every_page_of_words_has_one_heading_and_a_title_of_its_own(client: Client, address: str) -> None:
    page = parse(client.get(address).content.decode())
    page.one("h1")
    pages = [parse(client.get(one).content.decode()) for one in ("/over", "/privacy", address)]
    titles = {one.one("head").one("title").text for one in pages}
    assert len(titles) == (2 if address in {"/over", "/privacy"} else 3)
