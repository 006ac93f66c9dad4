# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A telephone number for text messages: confirmed by its code, counted, and taken off."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import a_citizen, a_person
from tests.integration.web.citizen.logged_in import browser_of

from huisartsplek.integrations.notify.port import Channel
from huisartsplek.notices.codes import digits_of
from huisartsplek.notices.models import Notice
from huisartsplek.notices.texts import message_of
from huisartsplek.people.models import Person, PhoneToConfirm
from huisartsplek.people.phones import MOST_CODES_A_DAY, ask_to_confirm, confirm_phone, read_number, remove_phone
from huisartsplek.people.reaching import only_reached_by_letter, ways_to_reach
from huisartsplek.rules.refusals import Refusal, RefusalCode

db = pytest.mark.django_db
NUMBER = "+31612345678"


@pytest.mark.parametrize(
    "typed", ["06 12345678", "06-1234 5678", "+31612345678", "0031 6 12345678", "+31 (0)612345678"]
)
def test_a_mobile_number_is_read_as_people_write_it(typed: str) -> None:
    assert read_number(typed) == NUMBER


@given(st.text(max_size=30))
def test_what_is_read_is_a_number_one_can_dial_or_nothing(typed: str) -> None:
    found = read_number(typed)
    assert found is None or (
        found.startswith("+") and found[1:].isdecimal() and found.isascii() and len(found) <= 16
    )


@db
def test_a_number_counts_once_its_code_was_typed() -> None:
    person = a_person()
    client = browser_of(person)
    client.post("/mijn/gegevens/telefoon", {"wat": "stuur", "phone": "06 12345678"})
    notice = Notice.objects.get(person_id=person.pk)
    assert (notice.channel, notice.to_address, notice.others) == (Channel.SMS, NUMBER, [])
    assert digits_of(notice.pk) in message_of(notice).body
    person.refresh_from_db()
    assert person.phone == ""

    wrong = client.post("/mijn/gegevens/telefoon", {"wat": "code", "code": "0000000"})
    assert "Deze code klopt niet" in wrong.content.decode()
    client.post("/mijn/gegevens/telefoon", {"wat": "code", "code": digits_of(notice.pk)})
    person.refresh_from_db()
    assert person.phone == NUMBER
    client.post("/mijn/gegevens/bericht", {"email": person.email, "channel": "sms", "street": "Laan"})
    person.refresh_from_db()
    assert [way for way, _ in ways_to_reach(person)] == [Channel.SMS, Channel.EMAIL, Channel.LETTER]

    client.post("/mijn/gegevens/telefoon", {"wat": "weg"})
    person.refresh_from_db()
    assert (person.phone, person.channel) == ("", Person.Channel.EMAIL)


@db
def test_a_code_is_guessed_five_times_at_most_and_works_a_quarter_of_an_hour() -> None:
    person, at = a_person(), timezone.now()
    actor = a_citizen(person)
    asked = ask_to_confirm(actor, person, NUMBER, at=at)
    right = digits_of(asked.notice_id)
    assert not confirm_phone(actor, person, right, at=at + timedelta(minutes=16))
    for _ in range(5):
        assert not confirm_phone(actor, person, "x", at=at)
    with pytest.raises(Refusal) as refused:
        confirm_phone(actor, person, right, at=at)
    assert refused.value.code is RefusalCode.TOO_MANY_TRIES


@db
def test_nobody_has_codes_sent_without_end_nor_confirms_a_number_for_somebody_else() -> None:
    person, at = a_person(), timezone.now()
    actor = a_citizen(person)
    for number in range(MOST_CODES_A_DAY):
        ask_to_confirm(actor, person, NUMBER, at=at + timedelta(minutes=number))
    with pytest.raises(Refusal):
        ask_to_confirm(actor, person, NUMBER, at=at + timedelta(hours=1))
    thief = a_citizen(a_person())
    for act in (
        lambda: ask_to_confirm(thief, person, NUMBER, at=at),
        lambda: confirm_phone(thief, person, "1", at=at),
        lambda: remove_phone(thief, person, at=at),
    ):
        with pytest.raises(Refusal):
            act()
    assert PhoneToConfirm.objects.count() == 1


@db
@pytest.mark.parametrize("channel", Person.Channel)
@pytest.mark.parametrize("is_protected", [True, False])
def test_the_chosen_way_comes_first_and_the_others_follow(channel: Person.Channel, *, is_protected: bool) -> None:
    person = Person(
        given_name="Iris", email="iris@voorbeeld.example", phone=NUMBER, channel=channel, is_protected=is_protected
    )
    ways = [way for way, _ in ways_to_reach(person)]
    assert ways[0] == Channel(channel)
    assert (Channel.LETTER in ways) == (not is_protected or channel == Person.Channel.LETTER)
    assert not only_reached_by_letter(person)
    person.email = person.phone = ""
    assert [way for way, _ in ways_to_reach(person)] == [Channel.LETTER]
    assert only_reached_by_letter(person)
    assert person.is_reached_by_letter
