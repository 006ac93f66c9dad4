# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/mijn/berichten`: each piece of news once, with every way in which it was sent and what became of it."""

from pathlib import Path

import pytest
from tests.builders import a_person
from tests.integration.notices.sending import JOBS
from tests.integration.notices.test_delivery import outbox
from tests.integration.notices.test_fates import LATER, deliver, tell
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.integrations.notify.fake import Trouble
from huisartsplek.integrations.notify.port import Channel
from huisartsplek.notices.models import Notice
from huisartsplek.notices.services import ask_after

pytestmark = pytest.mark.django_db


def test_news_says_whether_it_was_sent_and_whether_it_arrived(tmp_path: Path) -> None:
    person = a_person()
    browser = browser_of(person)
    notice = tell(person)
    assert "E-mail: gaat zo weg" in browser.get("/mijn/berichten").content.decode()
    box = outbox(tmp_path)
    deliver(notice, box)
    assert "E-mail: verstuurd" in browser.get("/mijn/berichten").content.decode()
    ask_after(notice.pk, through=box, actor=JOBS, at=LATER)
    page = browser.get("/mijn/berichten").content.decode()
    assert "E-mail: aangekomen" in page
    assert "kwam niet aan" not in page


def test_news_that_did_not_arrive_stands_there_once_with_its_other_way_and_what_to_do(tmp_path: Path) -> None:
    person = a_person()
    browser = browser_of(person)
    deliver(tell(person), outbox(tmp_path, Trouble.REFUSE))
    page = browser.get("/mijn/berichten").content.decode()
    assert page.count("Er is een plek voor u") == 1
    assert "E-mail: kwam niet aan" in page
    assert "Brief: gaat zo weg" in page
    assert "Ons laatste bericht kwam niet aan" in page
    assert "/mijn/gegevens" in page
    deliver(Notice.objects.get(channel=Channel.LETTER), outbox(tmp_path, Trouble.REFUSE))
    assert "Brief: kwam niet aan. Wij zoeken een andere weg" in browser.get("/mijn/berichten").content.decode()
    assert person.email not in page
