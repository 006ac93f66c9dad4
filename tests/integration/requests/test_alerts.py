# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tell me when one opens near me: only who confirmed is told, once a day at most, and stopping forgets them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.builders import AT, COORDINATOR, days_after, hours_after
from tests.integration.requests.alerting import (
    ADDRESS,
    JOBS,
    STRANGER,
    Post,
    an_alert,
    ask,
    deliver,
    mails_waiting,
)
from tests.integration.web.public.searching import HOME, for_all, full_stop, near, partial

from huisartsplek.audit.models import AuditEvent
from huisartsplek.integrations.notify.port import NotDelivered
from huisartsplek.integrations.postcodes.chosen import chosen_postcodes
from huisartsplek.practices.models import PlaceEntry, Places, Practice
from huisartsplek.practices.places import change_places
from huisartsplek.practices.services import set_intake
from huisartsplek.requests.alert_addresses import SealedAddress, open_address, seal_address
from huisartsplek.requests.alert_mails import AlertMail
from huisartsplek.requests.alerts import (
    MOST_OF_A_VISITOR,
    alert_of,
    confirm_alert,
    go_on_with_alert,
    keep_alerts_short,
    stop_alert,
    tell_what_opened,
    token_of,
)
from huisartsplek.requests.models import PlaceAlert
from huisartsplek.rounds.alarms import overdue_things
from huisartsplek.rules.intake import IntakePolicy, LivesIn, MovedIntoArea
from huisartsplek.rules.lifecycles import AlertState, Owner
from huisartsplek.rules.refusals import Refusal
from huisartsplek.rules.values import Postcode

pytestmark = pytest.mark.django_db


def practice_near(policy: IntakePolicy, free: int = 0, km: float = 1) -> Practice:
    home = chosen_postcodes().locate(Postcode.parse(HOME))
    return near((home.lon, home.lat), km, policy, free, at=AT)


def opens(practice: Practice, policy: IntakePolicy, free: int = 3, *, at: datetime) -> None:
    places = Places.objects.get(practice=practice)
    set_intake(COORDINATOR, practice.pk, policy=policy, people_more=free, seen_version=places.version, at=at)


def standing(**more: Any) -> PlaceAlert:
    alert = an_alert(**more)
    confirm_alert(STRANGER, alert.pk, at=AT)
    return alert


def test_a_practice_that_opens_is_news_once() -> None:
    practice = practice_near(full_stop())
    alert = standing()
    assert tell_what_opened(at=hours_after(1)) == 0
    opens(practice, for_all(), at=hours_after(2))
    assert tell_what_opened(at=hours_after(3)) == 1
    assert mails_waiting()[-1] == {"alert_id": str(alert.pk), "mail": "news", "number": 2}
    assert tell_what_opened(at=hours_after(4)) == 0
    assert tell_what_opened(at=days_after(3)) == 0


def test_what_was_open_at_the_start_is_no_news_and_what_opens_again_is() -> None:
    practice = practice_near(for_all(), free=1)
    standing()
    assert tell_what_opened(at=hours_after(1)) == 0
    opens(practice, full_stop(), 0, at=hours_after(2))
    assert tell_what_opened(at=hours_after(3)) == 0
    opens(practice, for_all(), at=hours_after(4))
    assert tell_what_opened(at=hours_after(5)) == 1


def test_nobody_is_told_twice_a_day_and_what_came_meanwhile_is_told_the_next_day() -> None:
    one, other = practice_near(full_stop()), practice_near(full_stop(), km=2)
    standing()
    opens(one, for_all(), at=hours_after(1))
    assert tell_what_opened(at=hours_after(2)) == 1
    opens(other, for_all(), at=hours_after(3))
    assert tell_what_opened(at=hours_after(4)) == 0
    assert tell_what_opened(at=hours_after(25)) == 0
    assert tell_what_opened(at=hours_after(26)) == 1


def test_who_did_not_confirm_or_stopped_is_told_nothing() -> None:
    practice = practice_near(full_stop())
    an_alert(address="een@example.org")
    stopped = standing(address="twee@example.org")
    stop_alert(STRANGER, stopped.pk, at=hours_after(1))
    opens(practice, for_all(), at=hours_after(2))
    assert tell_what_opened(at=hours_after(3)) == 0


@pytest.mark.parametrize(
    ("policy", "free", "told"),
    [
        (for_all(), 1, {"sure", "perhaps", "queue"}),
        (partial(LivesIn(((8300, 8399),))), 1, {"sure", "perhaps", "queue"}),
        (partial(MovedIntoArea(6)), 1, {"perhaps", "queue"}),
        (for_all(waiting_list=True), 0, {"queue"}),
        (partial(LivesIn(((1000, 1099),))), 1, set()),
        (full_stop(), 0, set()),
    ],
)
def test_what_counts_as_open_is_what_somebody_chose(policy: IntakePolicy, free: int, told: set[str]) -> None:
    practice = practice_near(full_stop())
    alerts = {counts: standing(address=f"{counts}@example.org", counts=counts) for counts in PlaceAlert.Counts}
    opens(practice, policy, free, at=hours_after(1))
    tell_what_opened(at=hours_after(2))
    heard = {counts for counts, alert in alerts.items() if PlaceAlert.objects.get(pk=alert.pk).told_at}
    assert heard == told


def test_a_practice_outside_the_circle_is_no_news() -> None:
    practice = practice_near(full_stop(), km=6)
    near_by, wide = standing(), standing(radius_km=10)
    opens(practice, for_all(), at=hours_after(1))
    tell_what_opened(at=hours_after(2))
    near_by.refresh_from_db()
    wide.refresh_from_db()
    assert (near_by.told_at, wide.told_at) == (None, hours_after(2))


def test_a_mail_says_no_more_than_that_there_is_news_and_how_to_stop() -> None:
    practice = practice_near(full_stop())
    alert, post = standing(), Post()
    opens(practice, for_all(), at=hours_after(1))
    tell_what_opened(at=hours_after(2))
    for mail in AlertMail:
        deliver(post, alert, mail)
    for message in post.taken:
        assert message.to_address == ADDRESS
        assert f"/seintje/{token_of(alert.pk).replace(':', '%3A')}?stop=ja" in message.body
        for word in ("8333", practice.name, "huisarts ", "praktijk", "patiënt", ADDRESS):
            assert word not in message.subject + message.body
    assert post.taken[1].subject == "Er is nieuws"


def test_the_same_mail_again_has_the_same_key_and_another_has_another() -> None:
    alert, post = standing(), Post()
    deliver(post, alert, AlertMail.CONFIRM)
    deliver(post, alert, AlertMail.CONFIRM)
    PlaceAlert.objects.update(mails=2)
    deliver(post, alert, AlertMail.NEWS)
    first, again, news = (message.key for message in post.taken)
    assert first == again != news


def test_an_address_that_takes_no_mail_is_forgotten_and_a_server_that_is_down_is_tried_again() -> None:
    alert = standing()
    with pytest.raises(NotDelivered):
        deliver(Post(NotDelivered("mail_server_down")), alert, AlertMail.NEWS)
    assert PlaceAlert.objects.get().state == AlertState.STANDING
    deliver(Post(NotDelivered("address_refused", is_final=True)), alert, AlertMail.NEWS)
    ended = PlaceAlert.objects.get()
    assert (ended.state, bytes(ended.sealed), ended.mark) == (AlertState.ENDED, b"", "")


def test_a_mail_that_waits_while_somebody_stops_does_not_go_out() -> None:
    alert, post = standing(), Post()
    stop_alert(STRANGER, alert.pk, at=hours_after(1))
    deliver(post, alert, AlertMail.NEWS)
    assert post.taken == []


def test_no_address_stands_readable_in_the_database_a_job_or_the_log() -> None:
    alert = standing()
    row = PlaceAlert.objects.values().get(pk=alert.pk)
    everything = f"{row} {bytes(row['sealed'])!r} {mails_waiting()} {list(AuditEvent.objects.values())}"
    assert "noor" not in everything.casefold()
    assert "192.0.2.1" not in str(row)


def test_a_sealed_address_opens_for_its_own_alert_only() -> None:
    one, other = uuid4(), uuid4()
    sealed = seal_address(ADDRESS, one)
    assert open_address(sealed, one) == ADDRESS
    assert open_address(sealed, other) is None
    assert open_address(SealedAddress(sealed.key_id + 1, sealed.content), one) is None


@pytest.mark.parametrize("change", [{"sealed": b"x"}, {"mark": "x"}, {"visitor": "x"}, {"seen": [uuid4()]}])
def test_the_database_refuses_an_ended_alert_with_an_address(change: dict[str, object]) -> None:
    alert = standing()
    stop_alert(STRANGER, alert.pk, at=hours_after(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceAlert.objects.filter(pk=alert.pk).update(**change)


def test_a_link_is_of_one_alert_and_nobody_can_make_another() -> None:
    alert, other = an_alert(), an_alert(address="ander@example.org")
    token = token_of(alert.pk)
    assert alert_of(token) == alert
    assert alert_of(token.replace(alert.pk.hex, other.pk.hex)) is None
    for forged in ("", ":", alert.pk.hex, token[:-1], token + "x", "\udcff"[:0] + "é:é"):
        assert alert_of(forged) is None


def test_asking_for_the_same_again_makes_no_second_one() -> None:
    standing()
    ask(address=ADDRESS.upper())
    assert PlaceAlert.objects.count() == 1


def test_no_address_gets_more_than_three_mails_that_it_never_confirmed() -> None:
    for pc4 in range(2500, 2510):
        ask(pc4=pc4, visitor=f"192.0.2.{pc4 - 2500}")
    assert len(mails_waiting()) == 3


def test_a_visitor_who_asks_for_many_is_refused_until_tomorrow() -> None:
    for number in range(MOST_OF_A_VISITOR):
        ask(address=f"n{number}@example.org")
    with pytest.raises(Refusal):
        ask(address="meer@example.org")
    ask(address="meer@example.org", visitor="192.0.2.2")
    ask(address="morgen@example.org", at=days_after(1) + timedelta(minutes=1))
    assert PlaceAlert.objects.count() == MOST_OF_A_VISITOR + 2


def test_what_nobody_confirms_in_two_days_is_gone() -> None:
    alert = an_alert()
    keep_alerts_short(JOBS, at=hours_after(47))
    assert PlaceAlert.objects.get().state == AlertState.ASKED
    keep_alerts_short(JOBS, at=hours_after(48))
    alert.refresh_from_db()
    assert (alert.state, bytes(alert.sealed)) == (AlertState.ENDED, b"")
    with pytest.raises(Refusal):
        confirm_alert(STRANGER, alert.pk, at=hours_after(49))


def test_after_ninety_days_one_question_and_silence_ends_it() -> None:
    quiet, busy = standing(), standing(address="ander@example.org")
    keep_alerts_short(JOBS, at=days_after(90))
    assert [job["mail"] for job in mails_waiting()[2:]] == ["still_looking", "still_looking"]
    go_on_with_alert(STRANGER, busy.pk, at=days_after(91))
    keep_alerts_short(JOBS, at=days_after(104))
    states = {alert.pk: PlaceAlert.objects.get(pk=alert.pk).state for alert in (quiet, busy)}
    assert states == {quiet.pk: AlertState.ENDED, busy.pk: AlertState.STANDING}


def test_who_is_asked_whether_they_still_look_is_still_told() -> None:
    practice = practice_near(full_stop())
    standing()
    keep_alerts_short(JOBS, at=days_after(90))
    opens(practice, for_all(), at=days_after(91))
    assert tell_what_opened(at=days_after(92)) == 1


def test_pressing_twice_is_pressing_once() -> None:
    alert = an_alert()
    for service in (confirm_alert, confirm_alert, go_on_with_alert, stop_alert, stop_alert):
        service(STRANGER, alert.pk, at=hours_after(1))
    assert PlaceAlert.objects.get().state == AlertState.ENDED


@pytest.mark.parametrize(
    ("confirms", "days", "alarm"), [(False, 4, "alert_not_lapsed"), (True, 92, "alert_not_asked_again")]
)
def test_an_alert_that_no_job_looks_after_is_the_operators_to_see(confirms: bool, days: int, alarm: str) -> None:
    alert = an_alert()
    if confirms:
        confirm_alert(STRANGER, alert.pk, at=AT)
    assert overdue_things(Owner.OPERATOR, None, at=AT) == []
    assert [found.alarm for found in overdue_things(Owner.OPERATOR, None, at=days_after(days))] == [alarm]


def test_places_given_out_are_no_news() -> None:
    practice = practice_near(for_all(), free=2)
    standing()
    change_places(Places.objects.get(practice=practice), PlaceEntry.Kind.SET, free=-1, reference=None, at=AT)
    assert tell_what_opened(at=hours_after(1)) == 0
