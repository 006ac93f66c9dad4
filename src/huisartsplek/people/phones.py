# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A telephone number for text messages: given, confirmed with a code that was sent to it, and taken off again."""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import PERSON_CHANGED
from huisartsplek.audit.services import record
from huisartsplek.integrations.notify.port import Channel
from huisartsplek.notices.codes import digits_of
from huisartsplek.notices.models import NoticeKind
from huisartsplek.notices.queries import count_notices_since
from huisartsplek.notices.services import notify
from huisartsplek.people.locks import lock_people
from huisartsplek.people.models import Person, PhoneToConfirm
from huisartsplek.people.permissions import may_speak_for
from huisartsplek.rules.refusals import Refusal, RefusalCode

CODE_WORKS = timedelta(minutes=15)
MOST_TRIES = 5
MOST_CODES_A_DAY = 5
_ABROAD = re.compile(r"\+[1-9][0-9]{7,13}")
_MOBILE = re.compile(r"06[0-9]{8}")


def read_number(text: str) -> str | None:
    """Read a number to which a text message can be sent: a Dutch mobile number, or any other with its country."""
    plain = re.sub(r"[\s().-]", "", text)
    if _MOBILE.fullmatch(plain):
        return f"+31{plain[1:]}"
    plain = f"+{plain[2:]}" if plain.startswith("00") else plain
    plain = f"+31{plain[4:]}" if plain.startswith("+310") else plain
    return plain if _ABROAD.fullmatch(plain) and plain.isascii() else None


def ask_to_confirm(actor: Actor, person: Person, number: str, *, at: datetime) -> PhoneToConfirm:
    """Send a code to a number; the code that was sent before works no more."""
    with transaction.atomic():
        locked = _own(actor, person)
        day_ago = at - timedelta(days=1)
        sent = count_notices_since(person.pk, NoticeKind.PHONE_CODE, since=day_ago)
        if sent >= MOST_CODES_A_DAY:
            raise Refusal(RefusalCode.TOO_MANY_TRIES)
        notice = notify(
            locked.pk,
            NoticeKind.PHONE_CODE,
            to_address=number,
            key=f"{NoticeKind.PHONE_CODE}:{at.timestamp()}:{locked.pk}",
            at=at,
            actor=actor,
            channel=Channel.SMS,
            language=locked.language,
        )
        told = {"number": number, "notice_id": notice.pk, "expires_at": at + CODE_WORKS, "tries": 0}
        asked, _is_new = PhoneToConfirm.objects.update_or_create(person=locked, defaults=told)
    return asked


def confirm_phone(actor: Actor, person: Person, code: str, *, at: datetime) -> bool:
    """Take the number on when the code is right; False when it is not, or works no more. Each try counts."""
    with transaction.atomic():
        locked = _own(actor, person)
        asked = PhoneToConfirm.objects.filter(person=locked).first()
        if asked is None or asked.expires_at < at:
            return False
        if asked.tries >= MOST_TRIES:
            raise Refusal(RefusalCode.TOO_MANY_TRIES)
        if not constant_time_compare(re.sub(r"\s", "", code), digits_of(asked.notice_id)):
            asked.tries += 1
            asked.save(update_fields=["tries"])
            return False
        locked.phone = asked.number
        locked.save(update_fields=["phone"])
        asked.delete()
        record(PERSON_CHANGED, actor=actor, at=at, person=locked.pk, thing=locked, field="phone")
    return True


def remove_phone(actor: Actor, person: Person, *, at: datetime) -> Person:
    """Forget the number; who chose text messages is reached by what is left."""
    with transaction.atomic():
        locked = _own(actor, person)
        PhoneToConfirm.objects.filter(person=locked).delete()
        if locked.phone:
            locked.phone = ""
            if locked.channel == Person.Channel.SMS:
                locked.channel = Person.Channel.EMAIL if locked.email else Person.Channel.LETTER
            locked.save(update_fields=["phone", "channel"])
            record(PERSON_CHANGED, actor=actor, at=at, person=locked.pk, thing=locked, field="phone")
    return locked


def phone_to_confirm(person: Person, *, at: datetime) -> PhoneToConfirm | None:
    """Give the number that waits for its code."""
    return PhoneToConfirm.objects.filter(person=person, expires_at__gte=at).first()


def _own(actor: Actor, person: Person) -> Person:
    locked = lock_people([person.pk])[person.pk]
    if not may_speak_for(actor, locked):
        raise Refusal(RefusalCode.NOT_YOUR_TURN)
    return locked
