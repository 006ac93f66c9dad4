# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two employees who type the code of one letter at the same moment."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from tests.builders import a_region
from tests.concurrency.racing import faults, race, refusals
from tests.integration.desk.at_a_desk import READ, a_letter, desk_employee, place_of

from huisartsplek.audit.actors import Actor
from huisartsplek.desk.models import Help
from huisartsplek.desk.services import begin_help_by_code
from huisartsplek.notices.codes import code_of
from huisartsplek.rules.refusals import RefusalCode

pytestmark = pytest.mark.usefixtures("committed")


def test_of_two_employees_with_one_code_one_helps_and_the_other_is_told() -> None:
    region, at = a_region(), timezone.now()
    person, offer, notice = a_letter(region=region)
    employees = [desk_employee(region), desk_employee(region)]
    place, code, born = place_of(region), code_of(notice.pk), person.born_on

    def answering(actor: Actor) -> Callable[[], Help]:
        return lambda: begin_help_by_code(actor, place, code=code, birth_date=born, read=READ, at=at)

    answers = race([answering(actor) for actor in employees])
    assert faults(answers) == []
    assert refusals(answers) == [RefusalCode.HELPED_ALREADY]
    begun = Help.objects.get()
    assert (begun.person, begun.matter_id) == (person, offer.pk)
