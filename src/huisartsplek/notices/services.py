# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deciding to tell somebody, and handing the message over.

The decision and its job stand in the transaction of what there is to tell. Delivery hands over outside any
transaction; a worker that dies in between hands over again under the same key. What does not arrive goes by another
way that the person has; where there is none left it is the operator's task.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import NOTICE_QUEUED
from huisartsplek.audit.services import advance, begin
from huisartsplek.audit.transactions import require_locking_transaction
from huisartsplek.integrations.notify.port import Channel, Fate, NotDelivered, NotifyPort
from huisartsplek.notices.models import BY_ANOTHER_WAY, Notice, NoticeKind
from huisartsplek.notices.schedule import next_question, next_try
from huisartsplek.notices.texts import message_of
from huisartsplek.rules.lifecycles import NoticeEvent, NoticeState

DELIVER = "notices.deliver"


def notify(
    person_id: UUID,
    kind: NoticeKind,
    *,
    to_address: str,
    key: str,
    at: datetime,
    actor: Actor,
    channel: Channel = Channel.EMAIL,
    language: str = "nl",
    others: Sequence[tuple[Channel, str]] = (),
) -> Notice:
    """Queue one message in the caller's transaction; the same key again is the same message.

    `others` are the further ways to reach the person, best first, for when this one fails.
    """
    require_locking_transaction()
    known = Notice.objects.filter(key=key).first()
    if known is not None:
        return known
    notice = Notice(
        person_id=person_id,
        kind=kind,
        channel=channel,
        to_address=to_address,
        language=language,
        key=key,
        others=[[other, address] for other, address in others],
        next_try_at=at,
    )
    begin(notice, kind=NOTICE_QUEUED, actor=actor, at=at, notice=kind, channel=channel)
    _defer(notice)
    return notice


def deliver_notice(notice_id: UUID, *, through: NotifyPort, actor: Actor, at: datetime) -> None:
    """Hand one queued message over; when it does not go out, plan the next try or make it somebody's task."""
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice_id)
        if notice.state != NoticeState.QUEUED:
            return
        notice.attempts += 1
        notice.save(update_fields=["attempts"])
    trouble: NotDelivered | None = None
    receipt = ""
    try:
        receipt = through.send(message_of(notice))
    except NotDelivered as found:
        trouble = found
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice_id)
        if notice.state != NoticeState.QUEUED:
            return
        if trouble is None:
            notice.receipt, notice.last_trouble = receipt, ""
            notice.next_try_at = next_question(at, at=at)
            notice.save(update_fields=["receipt", "last_trouble", "next_try_at"])
            advance(notice, NoticeEvent.SEND, actor=actor, at=at)
            return
        again_at = None if trouble.is_final else next_try(notice.attempts, at=at)
        if again_at is None:
            _fail(notice, NoticeEvent.FAIL, trouble.because, actor, at)
            return
        notice.next_try_at, notice.last_trouble = again_at, trouble.because[:40]
        notice.save(update_fields=["next_try_at", "last_trouble"])
        _defer(notice, wait=again_at - at)


def retry_notice(notice_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Queue a failed message once more, from the first attempt."""
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice_id)
        advance(notice, NoticeEvent.RETRY, actor=actor, at=at)
        notice.attempts, notice.next_try_at = 0, at
        notice.save(update_fields=["attempts", "next_try_at"])
        _defer(notice)


def give_up_notice(notice_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Close a failed message: the person was reached in another way."""
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice_id)
        advance(notice, NoticeEvent.GIVE_UP, actor=actor, at=at)


def ask_after(notice_id: UUID, *, through: NotifyPort, actor: Actor, at: datetime) -> None:
    """Ask what became of a message that was taken, and let it be when nothing more is to be expected."""
    notice = Notice.objects.get(pk=notice_id)
    if notice.state != NoticeState.SENT:
        return
    fate = Fate.UNDERWAY
    if notice.receipt:
        try:
            fate = through.fate_of(Channel(notice.channel), notice.receipt)
        except NotDelivered:
            fate = Fate.UNDERWAY  # it could not be asked now; the next question comes
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice_id)
        if notice.state != NoticeState.SENT:
            return
        again_at = next_question(notice.state_since, at=at) if fate is Fate.UNDERWAY else None
        match fate:
            case Fate.DELIVERED:
                _close(notice, NoticeEvent.ARRIVE, actor, at)
            case Fate.BOUNCED:
                _fail(notice, NoticeEvent.BOUNCE, "bounced", actor, at)
            case Fate.UNDERWAY if again_at is None:
                _close(notice, NoticeEvent.HEAR_NOTHING, actor, at)
            case Fate.UNDERWAY:
                notice.next_try_at = again_at
                notice.save(update_fields=["next_try_at"])


def take_bounce(notice_id: UUID, *, actor: Actor, at: datetime) -> bool:
    """Take it that a mail came back; False for a message we do not know, or that is no longer underway."""
    with transaction.atomic():
        notice = Notice.objects.select_for_update().filter(pk=notice_id, state=NoticeState.SENT).first()
        if notice is None:
            return False
        _fail(notice, NoticeEvent.BOUNCE, "bounced", actor, at)
        return True


def _close(notice: Notice, event: NoticeEvent, actor: Actor, at: datetime) -> None:
    notice.next_try_at = None
    notice.save(update_fields=["next_try_at"])
    advance(notice, event, actor=actor, at=at)


def _fail(notice: Notice, event: NoticeEvent, because: str, actor: Actor, at: datetime) -> None:
    notice.last_trouble = because[:40]
    notice.save(update_fields=["last_trouble"])
    _close(notice, event, actor, at)
    if not notice.others:
        return
    (channel, address), *rest = notice.others
    notify(
        notice.person_id,
        NoticeKind(notice.kind),
        to_address=address,
        key=f"{notice.news_key}{BY_ANOTHER_WAY}{channel}",
        at=at,
        actor=actor,
        channel=Channel(channel),
        language=notice.language,
        others=[(Channel(other), to) for other, to in rest],
    )
    advance(notice, NoticeEvent.REROUTE, actor=actor, at=at)


def _defer(notice: Notice, *, wait: timedelta = timedelta()) -> None:
    # The lock keeps two workers from handing over the same message side by side. The wait is counted by the
    # database's clock, as the demo's own clock may be days ahead.
    pause = {"seconds": int(wait.total_seconds())} if wait else None
    job = app.configure_task(DELIVER, lock=f"notice:{notice.id}", schedule_in=pause)
    job.defer(notice_id=str(notice.id))
