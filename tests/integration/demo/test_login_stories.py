# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who one can log in as is told in the language of the reader."""

from types import SimpleNamespace
from typing import cast

import pytest
from django.utils import translation
from tests.builders import a_person, a_practice, a_request
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.demo.models import DemoPerson
from huisartsplek.demo.people import login_choices, story_of
from huisartsplek.integrations.login.port import Audience
from huisartsplek.people.models import Person
from huisartsplek.requests.facts import km_from_home
from huisartsplek.simulator.stories import MOVED_AWAY
from huisartsplek.simulator.world_model import World
from huisartsplek.web.components.wording import distance

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "told"), [("nl", "Heeft geen huisarts"), ("en", "Has no GP")])
def test_a_story_is_told_in_the_language_of_the_reader(language: str, told: str) -> None:
    DemoPerson.objects.create(
        subject="noor",
        audience=Audience.CITIZEN,
        name="Noor Voorbeeld",
        story="Heeft geen huisarts",
        story_in_english="Has no GP",
        position=1,
    )
    with translation.override(language):
        assert [choice.story for choice in login_choices()] == [told]


def test_how_far_somebody_lives_from_their_practice_is_in_the_story_as_on_their_own_page() -> None:
    here = a_practice(name="Ver weg", longitude=6.57, latitude=53.22)
    wished = a_practice(longitude=4.9, latitude=52.37)
    julia = a_person(enrolled_at=here, longitude=4.31, latitude=52.07)
    a_request(julia, wishes=[wished])
    member = SimpleNamespace(place="Den Haag", practice=0)
    request = SimpleNamespace(members=[0], wishes=[1])
    requests = SimpleNamespace(request=lambda _index: request, person=lambda _number: member)
    world = cast("World", SimpleNamespace(requests=requests, practices=[here, wished]))
    told = story_of(MOVED_AWAY, world, 0, [Person.objects.get(pk=julia.pk)], [here, wished])
    km = km_from_home([julia], here)
    assert km is not None
    assert f"{km:.0f} kilometer" in told.nl
    assert distance(km) in browser_of(julia).get("/mijn").content.decode()
