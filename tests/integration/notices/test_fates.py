# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What becomes of a message: it arrives, it comes back and goes by another way, or it is somebody's task."""

import io
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import a_person
from tests.integration.notices.sending import JOBS, NOON, OPERATOR, queue_notice
from tests.integration.notices.test_delivery import outbox

from huisartsplek.integrations.notify.fake import LocalOutbox, Trouble
from huisartsplek.integrations.notify.port import Channel, Fate, NotDelivered
from huisartsplek.notices.models import Notice, NoticeKind
from huisartsplek.notices.queries import failed_notices, notices_of, notices_to_ask_after
from huisartsplek.notices.schedule import HEARD_WITHIN, next_question
from huisartsplek.notices.services import ask_after, deliver_notice, notify, take_bounce
from huisartsplek.people.models import Person
from huisartsplek.people.reaching import ways_to_reach
from huisartsplek.requests.messages import tell_people

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def tell(person: Person, key: str = "k") -> Notice:
    """Tell somebody that there is news, as a service does."""
    (channel, address), *others = ways_to_reach(person)
    with transaction.atomic():
        return notify(
            person.pk,
            NoticeKind.OFFER_MADE,
            to_address=address,
            key=key,
            at=NOON,
            actor=JOBS,
            channel=channel,
            others=others,
        )


def deliver(notice: Notice, box: LocalOutbox) -> Notice:
    deliver_notice(notice.pk, through=box, actor=JOBS, at=NOON)
    notice.refresh_from_db()
    return notice


def test_a_message_that_arrived_is_asked_after_and_done(tmp_path: Path) -> None:
    box = outbox(tmp_path)
    notice = deliver(queue_notice(), box)
    assert notices_to_ask_after(at=NOON) == []
    assert notices_to_ask_after(at=LATER) == [notice.pk]
    for _ in range(2):
        ask_after(notice.pk, through=box, actor=JOBS, at=LATER)
    notice.refresh_from_db()
    assert (notice.state, notice.deadline_at, notice.next_try_at) == ("delivered", None, None)
    assert notices_to_ask_after(at=LATER) == []


def test_a_message_that_comes_back_goes_by_the_other_way_the_person_has(tmp_path: Path) -> None:
    box = outbox(tmp_path, Trouble.BOUNCE)
    person = a_person()
    notice = deliver(tell(person), box)
    ask_after(notice.pk, through=box, actor=JOBS, at=LATER)
    notice.refresh_from_db()
    assert (notice.state, notice.deadline_at) == ("rerouted", None)
    assert failed_notices(OPERATOR) == []
    letter = Notice.objects.get(channel=Channel.LETTER)
    assert (letter.state, letter.person_id, letter.news_key) == ("queued", person.pk, notice.news_key)
    assert letter.to_address.splitlines()[0] == person.full_name
    deliver(letter, box)
    assert [sent.channel for sent in box.messages()] == [Channel.LETTER, Channel.EMAIL]


def test_when_every_way_fails_it_is_the_operators_task_with_a_deadline(tmp_path: Path) -> None:
    box = outbox(tmp_path, Trouble.REFUSE, Trouble.REFUSE)
    first = deliver(tell(a_person()), box)
    last = deliver(Notice.objects.get(channel=Channel.LETTER), box)
    assert (first.state, last.state) == ("rerouted", "failed")
    assert failed_notices(OPERATOR) == [last]
    assert last.deadline_at == NOON + timedelta(hours=24)


def test_who_is_protected_and_chose_e_mail_gets_no_letter_unasked(tmp_path: Path) -> None:
    person = a_person(is_protected=True)
    assert [channel for channel, _ in ways_to_reach(person)] == [Channel.EMAIL]
    notice = deliver(tell(person), outbox(tmp_path, Trouble.REFUSE))
    assert failed_notices(OPERATOR) == [notice]


def test_who_chose_letters_is_mailed_only_when_the_letter_fails() -> None:
    by_letter = a_person(channel=Person.Channel.LETTER)
    without_mail = a_person(email="")
    assert [channel for channel, _ in ways_to_reach(by_letter)] == [Channel.LETTER, Channel.EMAIL]
    assert [channel for channel, _ in ways_to_reach(without_mail)] == [Channel.LETTER]


def test_the_same_news_is_told_once_even_after_it_went_by_another_way(tmp_path: Path) -> None:
    person = a_person()
    for _ in range(2):
        with transaction.atomic():
            tell_people(JOBS, [person], NoticeKind.MOVED, reference=person.pk, at=NOON)
        deliver(Notice.objects.get(channel=Channel.EMAIL), outbox(tmp_path, Trouble.REFUSE))
    assert sorted(notice.channel for notice in notices_of(person.pk)) == ["email", "letter"]


def test_a_mail_of_which_nothing_is_heard_for_a_week_is_let_be(tmp_path: Path) -> None:
    silent = SimpleNamespace(send=lambda _message: "", fate_of=lambda *_: Fate.UNDERWAY)
    notice = queue_notice()
    deliver_notice(notice.pk, through=silent, actor=JOBS, at=NOON)
    asked = 0
    while notice.state != "unheard":
        notice.refresh_from_db()
        assert notice.next_try_at is not None or notice.state == "unheard"
        if notice.next_try_at is not None:
            ask_after(notice.pk, through=silent, actor=JOBS, at=notice.next_try_at)
            asked += 1
    assert notice.state_since == NOON + HEARD_WITHIN
    assert notice.deadline_at is None
    assert asked < 12
    del tmp_path


def test_a_service_that_cannot_be_asked_now_is_asked_again() -> None:
    def no_answer(*_: object) -> Fate:
        raise NotDelivered("service_down")

    down = SimpleNamespace(send=lambda _message: "receipt", fate_of=no_answer)
    notice = queue_notice()
    deliver_notice(notice.pk, through=down, actor=JOBS, at=NOON)
    ask_after(notice.pk, through=down, actor=JOBS, at=LATER)
    notice.refresh_from_db()
    assert notice.state == "sent"
    assert notice.next_try_at is not None
    assert notice.next_try_at > LATER


def test_a_mail_that_came_back_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = deliver(tell(a_person()), outbox(tmp_path))
    raw = (
        "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
        f"Original-Envelope-Id: {notice.pk}\n\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    said = []
    for _ in range(2):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw.encode())))
        out = io.StringIO()
        call_command("take_bounce", stdout=out)
        said.append(out.getvalue())
    assert [text.startswith("Taken") for text in said] == [True, False]
    notice.refresh_from_db()
    assert notice.state == "rerouted"
    assert not take_bounce(uuid4(), actor=JOBS, at=NOON)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.integers(0, 20_000))
def test_the_next_question_is_always_later_and_there_is_a_last_one(minutes: int) -> None:
    at = NOON + timedelta(minutes=minutes)
    moment = next_question(NOON, at=at)
    assert (moment is None) == (at >= NOON + HEARD_WITHIN)
    assert moment is None or at < moment <= NOON + HEARD_WITHIN
