# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is particular to the mail server and to the message service."""

import time
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from tests.unit.integrations.notify.mail_box import a_mail_box
from tests.unit.integrations.notify.message_service import KEY, SECRET, TEMPLATES, a_message_service
from tests.unit.integrations.notify.test_contract import a_message, mail_server, message_service

from huisartsplek.integrations.notify.bounces import bounced_key
from huisartsplek.integrations.notify.notify_nl import NotifyNl, ServiceKey
from huisartsplek.integrations.notify.port import Channel, Fate, NotDelivered

WINDOW = "Noor de Vries\nHuisnummer 12\n2514 GL Den Haag"


def test_a_mail_asks_to_come_back_under_its_key_when_it_cannot_arrive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = a_message()
    with a_mail_box(tmp_path) as box:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "localhost.pem"))
        mail_server(box).send(message)
        ((sender, recipient),) = box.envelopes
    assert f"ENVID={message.key}" in sender
    assert "NOTIFY=FAILURE" in recipient


def test_a_mail_server_that_we_cannot_trust_or_enter_or_hear_gets_nothing_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_mail_box(tmp_path) as box:
        with pytest.raises(NotDelivered) as untrusted:
            mail_server(box).send(a_message())
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "localhost.pem"))
        with pytest.raises(NotDelivered) as not_known:
            mail_server(box, password="another").send(a_message())
        box.hang_up = True
        with pytest.raises(NotDelivered) as gone:
            mail_server(box).send(a_message())
        assert box.mails == []
    for found in (untrusted, not_known, gone):
        assert (found.value.because, found.value.is_final) == ("mail_server_down", False)


@pytest.mark.parametrize(
    "address", ["", "noor", "a@example.org, b@example.org", "a@b.nl\r\nBcc: c@d.nl", "Noor <a@b.nl>"]
)
def test_one_address_is_one_address(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_mail_box(tmp_path) as box:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "localhost.pem"))
        with pytest.raises(NotDelivered) as found:
            mail_server(box).send(a_message(address=address))
        assert found.value.is_final
        assert box.mails == []


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.SMS])
def test_a_mail_server_carries_no_letters(channel: Channel, tmp_path: Path) -> None:
    with a_mail_box(tmp_path) as box, pytest.raises(NotDelivered) as found:
        mail_server(box).send(a_message(channel, WINDOW))
    assert (found.value.because, found.value.is_final) == (f"no_service_for_{channel}", True)


def test_the_service_gets_a_message_once_even_when_we_did_not_hear_that_it_was_taken() -> None:
    message = a_message()
    with a_message_service() as service:
        port = message_service(service)
        service.unheard = 1
        with pytest.raises(NotDelivered):
            port.send(message)
        receipts = {port.send(message) for _ in range(3)}
        assert receipts == {row["id"] for row in service.of(str(message.key))}
        assert len(service.taken) == 1


def test_letters_and_sms_go_to_their_own_window_and_number() -> None:
    with a_message_service() as service:
        port = message_service(service)
        port.send(a_message(Channel.LETTER, WINDOW))
        port.send(a_message(Channel.SMS, "+31612345678"))
    letter, sms = service.taken
    assert [letter["personalisation"][f"address_line_{number}"] for number in (1, 2, 3)] == WINDOW.split("\n")
    assert sms["phone_number"] == "+31612345678"
    assert [row["template_id"] for row in (letter, sms)] == [TEMPLATES["letter"], TEMPLATES["sms"]]


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        ("created", Fate.UNDERWAY),
        ("sending", Fate.UNDERWAY),
        ("pending", Fate.UNDERWAY),
        ("accepted", Fate.UNDERWAY),
        ("something new", Fate.UNDERWAY),
        ("delivered", Fate.DELIVERED),
        ("received", Fate.DELIVERED),
        ("permanent-failure", Fate.BOUNCED),
        ("temporary-failure", Fate.BOUNCED),
        ("technical-failure", Fate.BOUNCED),
    ],
)
def test_each_status_of_the_service_is_a_fate(status: str, fate: Fate) -> None:
    message = a_message()
    with a_message_service() as service:
        port = message_service(service)
        receipt = port.send(message)
        service.taken[0]["status"] = status
        assert port.fate_of(Channel.EMAIL, receipt) is fate
        port.send(message)
        assert len(service.taken) == (2 if fate is Fate.BOUNCED else 1), "what failed there may be tried anew"


@pytest.mark.parametrize(
    ("status", "told", "is_final"),
    [
        (400, "phone_number Not a valid phone number", True),
        (400, "Missing personalisation: body", False),
        (403, "Cannot send to this recipient using a team-only API key", False),
        (429, "Exceeded rate limit", False),
        (500, "Internal server error", False),
        (302, "elsewhere", False),
    ],
)
def test_a_fault_of_the_address_is_told_from_a_fault_of_the_service(status: int, told: str, is_final: bool) -> None:
    with a_message_service() as service:
        service.refusals.append((status, told))
        with pytest.raises(NotDelivered) as found:
            message_service(service).send(a_message())
        assert found.value.is_final is is_final


def test_a_service_that_answers_too_late_or_not_at_all_is_tried_again() -> None:
    with a_message_service() as service:
        service.slow_seconds = 1.0
        with pytest.raises(NotDelivered) as late:
            message_service(service, seconds=0.2).send(a_message())
        url = service.url
    with pytest.raises(NotDelivered) as gone:
        NotifyNl(url, ServiceKey.parse(KEY), {Channel.EMAIL: TEMPLATES["email"]}, seconds=1).send(a_message())
    assert [found.value.because for found in (late, gone)] == ["service_down"] * 2
    assert not any(found.value.is_final for found in (late, gone))


def test_a_wrong_key_or_a_wrong_clock_opens_nothing() -> None:
    with a_message_service() as service:
        wrong = ServiceKey(ServiceKey.parse(KEY).service_id, str(uuid4()))
        for port in (
            NotifyNl(service.url, wrong, {Channel.EMAIL: TEMPLATES["email"]}),
            NotifyNl(
                service.url,
                ServiceKey.parse(KEY),
                {Channel.EMAIL: TEMPLATES["email"]},
                clock=lambda: time.time() - 3600,
            ),
        ):
            with pytest.raises(NotDelivered) as found:
                port.send(a_message())
            assert (found.value.because, found.value.is_final) == ("service_refused_us", False)
        assert service.taken == []


def test_a_key_of_the_service_shows_its_secret_nowhere() -> None:
    assert SECRET not in repr(ServiceKey.parse(KEY))
    for text in ("", "abc", KEY[:-1], "x" + KEY[-36:]):
        with pytest.raises(ValueError, match="must end in"):
            ServiceKey.parse(text)


BOUNCE = """\
From: MAILER-DAEMON@mail.example
To: post@huisartsplek.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
{envelope}
Final-Recipient: rfc822; noor@example.org
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

{header}

--b--
"""
BACK = UUID("0b0e0c0a-0000-4000-8000-000000000001")


@pytest.mark.parametrize(
    ("envelope", "header"),
    [
        (f"Original-Envelope-Id: {BACK}\n", "Subject: x"),
        ("", f"Message-ID: <{BACK}@huisartsplek.example>"),
    ],
    ids=["by the envelope", "by the header that came back"],
)
def test_a_mail_that_comes_back_names_its_key(envelope: str, header: str) -> None:
    raw = BOUNCE.format(envelope=envelope, action="failed", status="5.1.1", header=header)
    assert bounced_key(raw.encode()) == BACK


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.4.7"), ("delivered", "2.0.0")])
def test_a_delay_is_no_bounce(action: str, status: str) -> None:
    raw = BOUNCE.format(envelope=f"Original-Envelope-Id: {BACK}\n", action=action, status=status, header="")
    assert bounced_key(raw.encode()) is None


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"Subject: hello\n\nhi", b"Content-Type: multipart/report\n\nx"])
def test_any_other_mail_is_no_bounce(raw: bytes) -> None:
    assert bounced_key(raw) is None
