# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tell me when one opens near me: asked without an account, confirmed by mail, stopped with one press.

An alert is a wish to be told and no request: nobody's place in a queue hangs on it, and it knows no person. It
lives beside requests because what "opens" means is what the search says, for somebody of whom only a postcode is
known; messages to people live below and know no practices.

A link in a mail opens a page with one button, and does nothing by itself: programs that read mail for people
follow every link.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import connection, transaction

from huisartsplek.audit.actors import Actor
from huisartsplek.audit.events import ALERT_ASKED
from huisartsplek.audit.services import advance, begin
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.centre import find_centre
from huisartsplek.requests.alert_addresses import mark_of, seal_address
from huisartsplek.requests.alert_mails import AlertMail, send_after_commit
from huisartsplek.requests.models import PlaceAlert
from huisartsplek.requests.search import Visitor, search
from huisartsplek.rules.intake import VerdictKind
from huisartsplek.rules.lifecycles import AlertEvent, AlertState
from huisartsplek.rules.lifecycles.alert import CONFIRM_HOURS, STANDS_DAYS, STILL_LOOKING_DAYS
from huisartsplek.rules.refusals import Refusal, RefusalCode

MOST_OF_AN_ADDRESS = 3  # alerts at a time, and mails that ask to confirm in a day
MOST_OF_A_VISITOR = 10  # in a day: a library or a desk helps more people than one
DAY = timedelta(days=1)
AT_ONCE = 500
LIVE = (AlertState.STANDING, AlertState.ASKED_AGAIN)
_SALT = "huisartsplek.alert"

COUNTS_AS_OPEN: dict[str, frozenset[VerdictKind]] = {
    PlaceAlert.Counts.SURE: frozenset({VerdictKind.YES_NOW}),
    PlaceAlert.Counts.PERHAPS: frozenset({VerdictKind.YES_NOW, VerdictKind.MAYBE}),
    PlaceAlert.Counts.QUEUE: frozenset({VerdictKind.YES_NOW, VerdictKind.MAYBE, VerdictKind.QUEUE}),
}


def token_of(alert_id: UUID) -> str:
    """Give what stands in the links of one alert: signed, so that nobody can make another's."""
    return Signer(salt=_SALT).sign(alert_id.hex)


def alert_of(token: str) -> PlaceAlert | None:
    """Give the alert that a link is of; nothing when we never gave that link."""
    try:
        alert_id = UUID(hex=Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
    return PlaceAlert.objects.filter(pk=alert_id).first()


def ask_for_alert(
    actor: Actor,
    *,
    address: str,
    pc4: int,
    radius_km: int,
    counts: str,
    language: str,
    visitor: str,
    at: datetime,
) -> None:
    """Note that somebody wants to be told, and ask by mail whether it was them.

    Whether an address asked before gets the same answer, so that nobody learns who else looks for a GP. A visitor
    who asks too often is refused; no address gets more than a few mails that it never confirmed.
    """
    of_address, of_visitor = mark_of("address", address), mark_of("visitor", visitor)
    with transaction.atomic():
        _one_at_a_time(of_address, of_visitor)
        lately = PlaceAlert.objects.filter(asked_at__gt=at - DAY)
        if lately.filter(visitor=of_visitor).count() >= MOST_OF_A_VISITOR:
            raise Refusal(RefusalCode.NOT_ALLOWED_NOW)
        theirs = PlaceAlert.objects.filter(mark=of_address).exclude(state=AlertState.ENDED)
        has_enough = max(theirs.count(), lately.filter(mark=of_address).count()) >= MOST_OF_AN_ADDRESS
        if has_enough or theirs.filter(state__in=LIVE, pc4=pc4, radius_km=radius_km, counts=counts).exists():
            return
        alert = PlaceAlert(
            mark=of_address,
            visitor=of_visitor,
            pc4=pc4,
            radius_km=radius_km,
            counts=counts,
            language=language,
            asked_at=at,
        )
        sealed = seal_address(address.strip(), alert.pk)
        alert.key_id, alert.sealed = sealed.key_id, sealed.content
        begin(alert, kind=ALERT_ASKED, actor=actor, at=at)
        send_after_commit(alert, AlertMail.CONFIRM)


def confirm_alert(actor: Actor, alert_id: UUID, *, at: datetime) -> None:
    """Let an alert stand: from here on, what opens is news. Pressed twice is once."""
    with transaction.atomic():
        alert = _locked(alert_id)
        if alert.state in LIVE:
            return
        advance(alert, AlertEvent.CONFIRM, actor=actor, at=at)
        alert.seen = sorted(_open_for(alert, at=at))
        alert.visitor = ""
        alert.save(update_fields=["seen", "visitor"])


def go_on_with_alert(actor: Actor, alert_id: UUID, *, at: datetime) -> None:
    """Let an alert stand for another while: its owner still looks. Pressed twice is once."""
    with transaction.atomic():
        alert = _locked(alert_id)
        if alert.state != AlertState.STANDING:
            advance(alert, AlertEvent.GO_ON, actor=actor, at=at)


def stop_alert(actor: Actor, alert_id: UUID, *, at: datetime) -> None:
    """End an alert and forget its address. Pressed twice is once."""
    with transaction.atomic():
        alert = _locked(alert_id)
        if alert.state != AlertState.ENDED:
            _end(alert, AlertEvent.STOP, actor, at)


def end_undeliverable(actor: Actor, alert_id: UUID, *, at: datetime) -> None:
    """End an alert whose address takes no mail, or can no longer be opened."""
    with transaction.atomic():
        alert = _locked(alert_id)
        if alert.state != AlertState.ENDED:
            _end(alert, AlertEvent.FAIL, actor, at)


def keep_alerts_short(actor: Actor, *, at: datetime) -> int:
    """End what nobody confirmed or answered in time, ask who has stood for long, and give how many these were."""
    asked = _since(AlertState.ASKED, at - timedelta(hours=CONFIRM_HOURS))
    silent = _since(AlertState.ASKED_AGAIN, at - timedelta(days=STILL_LOOKING_DAYS))
    for alert_id in (*asked, *silent):
        with transaction.atomic():
            alert = _locked(alert_id)
            if alert.state in {AlertState.ASKED, AlertState.ASKED_AGAIN}:
                _end(alert, AlertEvent.LAPSE, actor, at)
    long = _since(AlertState.STANDING, at - timedelta(days=STANDS_DAYS))
    for alert_id in long:
        with transaction.atomic():
            alert = _locked(alert_id)
            if alert.state == AlertState.STANDING:
                advance(alert, AlertEvent.ASK_AGAIN, actor=actor, at=at)
                send_after_commit(alert, AlertMail.STILL_LOOKING)
    return len(asked) + len(silent) + len(long)


def tell_what_opened(*, at: datetime) -> int:
    """Tell everybody near whom a practice opened since the last look, at most once a day each; give how many."""
    areas = PlaceAlert.objects.filter(state__in=LIVE).values_list("pc4", "radius_km").distinct()
    return sum(_tell_area(pc4, radius_km, at=at) for pc4, radius_km in areas.order_by("pc4", "radius_km"))


def _tell_area(pc4: int, radius_km: int, *, at: datetime) -> int:
    kinds = _kinds_around(pc4, radius_km, at=at)
    told = 0
    with transaction.atomic():
        here = PlaceAlert.objects.filter(state__in=LIVE, pc4=pc4, radius_km=radius_km).order_by("pk")
        for alert in here.select_for_update(skip_locked=True):
            matching = _matching(kinds.items(), alert.counts)
            has_news = not matching <= set(alert.seen)
            if has_news and alert.told_at is not None and at - alert.told_at < DAY:
                # It stays news until tomorrow; what closed in between is forgotten then.
                alert.seen = sorted(set(alert.seen) & matching)
            else:
                alert.seen = sorted(matching)
                if has_news:
                    alert.told_at = at
                    send_after_commit(alert, AlertMail.NEWS)
                    told += 1
            alert.save(update_fields=["seen", "told_at"])
    return told


def _kinds_around(pc4: int, radius_km: int, *, at: datetime) -> dict[UUID, VerdictKind]:
    centre = find_centre(chosen_postcodes(), str(pc4))
    if centre is None:
        return {}
    found = search(centre, Visitor(centre), within_km=radius_km, at=at)
    return {one.public.practice.pk: one.verdict.kind for one in found}


def _open_for(alert: PlaceAlert, *, at: datetime) -> set[UUID]:
    return _matching(_kinds_around(alert.pc4, alert.radius_km, at=at).items(), alert.counts)


def _matching(kinds: Iterable[tuple[UUID, VerdictKind]], counts: str) -> set[UUID]:
    return {practice_id for practice_id, kind in kinds if kind in COUNTS_AS_OPEN[counts]}


def _since(state: AlertState, before: datetime) -> list[UUID]:
    late = PlaceAlert.objects.filter(state=state, state_since__lte=before).order_by("state_since", "pk")
    return list(late.values_list("pk", flat=True)[:AT_ONCE])


def _one_at_a_time(*marks: str) -> None:
    """Let what is counted here be counted by one transaction at a time for each address and visitor."""
    with connection.cursor() as cursor:
        for mark in sorted(marks):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mark])


def _locked(alert_id: UUID) -> PlaceAlert:
    return PlaceAlert.objects.select_for_update().get(pk=alert_id)


def _end(alert: PlaceAlert, event: AlertEvent, actor: Actor, at: datetime) -> None:
    # The address goes first: the database allows no ended alert that still has one.
    alert.sealed, alert.mark, alert.visitor, alert.seen = b"", "", "", []
    alert.save(update_fields=["sealed", "mark", "visitor", "seen"])
    advance(alert, event, actor=actor, at=at)
