# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Letters: what stands in them and what does not, and the code with which one answers by telephone."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.builders import SYSTEM, a_person, a_practice, a_region, a_request
from tests.integration.desk.at_a_desk import BORN, a_letter, by_code, desk_of, helped_at
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.audit.models import AuditEvent
from huisartsplek.desk.models import Help, LetterCode
from huisartsplek.integrations.notify.fake import LocalOutbox, Trouble
from huisartsplek.integrations.notify.port import Channel
from huisartsplek.notices.codes import code_of
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.notices.services import ask_after, deliver_notice
from huisartsplek.people.models import Person
from huisartsplek.requests.messages import tell_people
from huisartsplek.requests.models import OfferAnswer
from huisartsplek.rules.lifecycles import NoticeState
from huisartsplek.web.paper.letters import letter_of, sheet_of, write_letter

pytestmark = pytest.mark.django_db


def tell(person: Person, kind: NoticeKind) -> Notice:
    with transaction.atomic():
        tell_people(SYSTEM, [person], kind, reference=uuid4(), at=timezone.now())
    return Notice.objects.get(person_id=person.pk, kind=kind)


def words(notice: Notice) -> str:
    sheet = sheet_of(notice, code_of(notice.pk))
    parts = [(part.heading, *part.sentences, part.code) for part in sheet.sections]
    told = [sheet.window, sheet.title, sheet.greeting, *sheet.lead, sheet.deadline, *sheet.closing]
    return "\n".join([*told, *(line for part in parts for line in part)])


def test_a_letter_names_the_practice_the_deadline_and_a_code_and_is_the_same_twice() -> None:
    person, offer, notice = a_letter()
    paper = letter_of(notice)
    assert paper.startswith(b"%PDF")
    text, code = words(notice), code_of(notice.pk)
    assert offer.practice.name in text
    assert code in text
    assert "Laan 1" in text
    assert "Zeg ja of nee vóór" in text
    assert "088 000 00 00" in text
    assert "huisarts van nu" in text
    assert letter_of(notice) == paper
    assert LetterCode.objects.get().expires_at == offer.answer_by
    assert person.full_name in text


def test_who_is_protected_or_chose_mail_has_no_practice_named_on_paper() -> None:
    for changes in ({"is_protected": True}, {"channel": Person.Channel.EMAIL, "email": "iris@voorbeeld.example"}):
        person, offer, notice = a_letter()
        Person.objects.filter(pk=person.pk).update(**changes)
        text = words(notice)
        assert offer.practice.name not in text
        assert "Er is een plek voor u" in text


def test_large_print_is_eighteen_points_and_every_kind_of_message_has_its_letter() -> None:
    person, _offer, notice = a_letter()
    assert len(write_letter(notice, is_large=True)) != len(write_letter(notice, is_large=False))
    Person.objects.filter(pk=person.pk).update(wants_large_print=True)
    assert letter_of(notice) == write_letter(notice, is_large=True)
    for kind in NoticeKind:
        notice.kind = kind
        assert write_letter(notice).startswith(b"%PDF")
        assert "Met vriendelijke groet" in words(notice)


def test_the_code_is_kept_nowhere() -> None:
    _person, _offer, notice = a_letter()
    code = code_of(notice.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(c)::text FROM desk_lettercode c"
            " UNION ALL SELECT row_to_json(n)::text FROM notices_notice n"
        )
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert code not in kept
    assert code != code_of(Notice(person_id=notice.person_id).pk)


def test_a_letter_leaves_with_its_paper_and_a_bounce_goes_another_way(tmp_path: Path) -> None:
    person, _offer, notice = a_letter()
    Person.objects.filter(pk=person.pk).update(phone="+31612345678")
    Notice.objects.filter(pk=notice.pk).update(others=[["sms", "+31612345678"]])
    outbox, at = LocalOutbox(tmp_path, [Trouble.BOUNCE]), timezone.now()
    deliver_notice(notice.pk, through=outbox, actor=SYSTEM, at=at)
    assert next(tmp_path.glob("*.pdf")).read_bytes().startswith(b"%PDF")
    ask_after(notice.pk, through=outbox, actor=SYSTEM, at=at + timedelta(minutes=11))
    notice.refresh_from_db()
    assert notice.state == NoticeState.REROUTED
    by_sms = Notice.objects.get(person_id=person.pk, channel=Channel.SMS)
    deliver_notice(by_sms.pk, through=LocalOutbox(tmp_path, [Trouble.REFUSE]), actor=SYSTEM, at=at)
    by_sms.refresh_from_db()
    assert by_sms.state == NoticeState.FAILED  # no way left: the operator's task
    page = browser_of(person).get("/mijn/berichten").content.decode()
    assert "Brief: kwam niet aan" in page
    assert "Sms: kwam niet aan" in page


def test_an_offer_is_answered_by_telephone_and_nothing_else_opens() -> None:
    region = a_region()
    person, offer, notice = a_letter(region=region)
    client = desk_of(region)
    begun = client.post("/regio/loket", by_code(notice))
    below = f"/regio/loket/{Help.objects.get().pk}"
    assert begun["Location"] == f"{below}/mijn/aanbod/{offer.pk}"
    for path in (
        "/mijn/gegevens",
        "/mijn/berichten",
        "/mijn/verzoek",
        "/huisartsen",
        f"/mijn/meedoen/{offer.request_id}",
    ):
        assert client.get(f"{below}{path}").status_code == 404, path
    assert client.get(f"{below}/mijn")["Location"] == below

    answered = client.post(begun["Location"], {"antwoord": "ja"}, follow=True)
    assert "Uw antwoord is bewaard" in answered.content.decode()
    said = OfferAnswer.objects.get(offer=offer)
    assert (said.person, said.answered_by, said.says_yes) == (person, person, True)
    assert AuditEvent.objects.get(kind="offer_answered").on_behalf_of == person.pk
    assert Help.objects.get().identified_by == Help.IdentifiedBy.LETTER_CODE


@pytest.mark.parametrize("changes", [{"birth_date": "18-5-1980"}, {"code": "BBBBB BBBBB"}, {"code": ""}], ids=str)
def test_a_code_or_a_birth_date_alone_opens_nothing(changes: dict[str, str]) -> None:
    region = a_region()
    _person, _offer, notice = a_letter(region=region)
    client = desk_of(region)
    assert client.post("/regio/loket", by_code(notice, **changes)).status_code == 200
    assert not Help.objects.exists()


def test_guessing_codes_is_stopped_also_for_the_right_one() -> None:
    region = a_region()
    _person, _offer, notice = a_letter(region=region)
    client = desk_of(region)
    for guess in range(10):
        client.post("/regio/loket", by_code(notice, code=f"BCDFGHJKL{guess}"))
    assert "te vaak geprobeerd" in client.post("/regio/loket", by_code(notice)).content.decode()
    assert not Help.objects.exists()


def test_a_code_stops_working_with_the_deadline_of_its_matter() -> None:
    region = a_region()
    _person, _offer, notice = a_letter(region=region)
    LetterCode.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "Deze code werkt niet" in desk_of(region).post("/regio/loket", by_code(notice)).content.decode()


def test_a_letter_of_another_matter_opens_the_request_only() -> None:
    region, person = a_region(), a_person(email="", channel=Person.Channel.LETTER)
    request = a_request(person, wishes=[a_practice()])
    notice = tell(person, NoticeKind.YES_ASKED)
    letter_of(notice)
    client = desk_of(region)
    begun = client.post("/regio/loket", by_code(notice, birth_date=BORN))
    assert begun["Location"].endswith("/mijn")
    assert client.get(begun["Location"]).status_code == 200
    assert client.get(f"{begun['Location']}/verzoek/{request.pk}/stoppen").status_code == 200
    assert client.get(f"{begun['Location']}/gegevens").status_code == 404


def test_the_letter_of_the_help_tells_what_was_done() -> None:
    region, person = a_region(), a_person()
    client = desk_of(region)
    below = helped_at(client, person)
    client.post(f"{below}/mijn/gegevens/bericht", {"email": "", "channel": "letter", "street": "Laan"})
    client.post(f"{below}/klaar")
    person.refresh_from_db()
    notice = Notice.objects.get(person_id=person.pk, kind=NoticeKind.HELPED)
    text = words(notice)
    assert "Dit is in uw naam gedaan" in text
    assert "Uw gegevens veranderd" in text
    own = browser_of(person)
    assert own.get(f"/mijn/berichten/{notice.pk}/brief?groot=ja")["Content-Type"] == "application/pdf"
    assert browser_of(a_person()).get(f"/mijn/berichten/{notice.pk}/brief").status_code == 404
    assert "medewerker van het loket" in own.get("/mijn/inzage").content.decode()
