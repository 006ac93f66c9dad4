# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who one can log in as is told in the language of the reader."""

import pytest
from django.utils import translation

from huisartsplek.demo.models import DemoPerson
from huisartsplek.demo.people import login_choices
from huisartsplek.integrations.login.port import Audience

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
