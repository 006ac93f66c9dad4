# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""What everybody who takes messages from us promises: the fake, the mail server and the message service alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from tests.unit.integrations.notify.mail_box import PASSWORD, USER, MailBox, a_mail_box
from tests.unit.integrations.notify.message_service import KEY, TEMPLATES, MessageService, a_message_service

from huisartsplek.integrations.notify.fake import LocalOutbox, Trouble
from huisartsplek.integrations.notify.mail_server import MailServer
from huisartsplek.integrations.notify.notify_nl import NotifyNl, ServiceKey
from huisartsplek.integrations.notify.port import Channel, Fate, Message, NotDelivered, NotifyPort

ADDRESS = "noor@example.org"


@dataclass
class Party:
    """Somebody who takes messages, and how a test sees and orders what happens there."""

    port: NotifyPort
    arrived: Callable[[], list[tuple[UUID, str, str]]]  # key, address, text
    order: Callable[[Trouble], None]


class OrderedOutbox(LocalOutbox):
    """The fake, to which a test says what goes wrong next."""

    def order(self, trouble: Trouble) -> None:
        self._troubles = iter([trouble])


def _of_fake(folder: Path) -> Iterator[Party]:
    box = OrderedOutbox(folder, wait=lambda _seconds: None)
    yield Party(box, lambda: [(one.key, one.to_address, one.body) for one in box.messages()], box.order)


def _of_mail(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Party]:
    with a_mail_box(folder) as box:
        monkeypatch.setenv("SSL_CERT_FILE", str(folder / "localhost.pem"))
        port = mail_server(box)

        def arrived() -> list[tuple[UUID, str, str]]:
            return [
                (UUID(mail["Message-ID"].strip("<>").partition("@")[0]), mail["To"], mail.get_content().strip())
                for mail in box.mails
            ]

        def order(trouble: Trouble) -> None:
            match trouble:
                case Trouble.FAIL:
                    box.to_recipient.append("451 4.7.1 try again later")
                case Trouble.REFUSE:
                    box.to_recipient.append("550 5.1.1 nobody by that name")
                case _:
                    box.to_data.append("451 4.3.0 something went wrong here")

        yield Party(port, arrived, order)


def _of_service() -> Iterator[Party]:
    with a_message_service() as service:

        def arrived() -> list[tuple[UUID, str, str]]:
            return [
                (UUID(row["reference"]), row["email_address"], row["personalisation"]["body"])
                for row in service.taken
            ]

        def order(trouble: Trouble) -> None:
            match trouble:
                case Trouble.FAIL:
                    service.refusals.append((503, "down"))
                case Trouble.REFUSE:
                    service.refusals.append((400, "email_address Not a valid email address"))
                case _:
                    service.unheard += 1

        yield Party(message_service(service), arrived, order)


def mail_server(box: MailBox, **more: str) -> MailServer:
    """Speak to a mail server of a test."""
    port = int(box.server_address[1])
    login = {"user": USER, "password": PASSWORD, **more}
    return MailServer("localhost", port, sender="Huisartsplek <post@huisartsplek.example>", seconds=2, **login)


def message_service(service: MessageService, **more: float) -> NotifyNl:
    """Speak to a message service of a test."""
    templates = {Channel(kind): template for kind, template in TEMPLATES.items()}
    return NotifyNl(service.url, ServiceKey.parse(KEY), templates, **({"seconds": 2.0} | more))  # type: ignore[arg-type]  # only seconds here


@pytest.fixture(params=["fake", "mail server", "message service"])
def party(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Party]:
    """Everybody who takes messages, one after the other."""
    match request.param:
        case "fake":
            yield from _of_fake(tmp_path)
        case "mail server":
            yield from _of_mail(tmp_path, monkeypatch)
        case _:
            yield from _of_service()


def a_message(channel: Channel = Channel.EMAIL, address: str = ADDRESS) -> Message:
    """Say that there is news."""
    return Message(uuid4(), channel, address, "Er is nieuws", "Er is nieuws. Log in op Huisartsplek.")


def test_a_message_arrives_whole_under_its_key(party: Party) -> None:
    message = a_message()
    receipt = party.port.send(message)
    assert party.arrived() == [(message.key, ADDRESS, message.body)]
    assert party.port.fate_of(Channel.EMAIL, receipt) in {Fate.UNDERWAY, Fate.DELIVERED}


def test_a_passing_fault_says_so_and_the_next_try_succeeds(party: Party) -> None:
    message = a_message()
    party.order(Trouble.FAIL)
    with pytest.raises(NotDelivered) as found:
        party.port.send(message)
    assert not found.value.is_final
    assert party.arrived() == []
    party.port.send(message)
    assert [key for key, _, _ in party.arrived()] == [message.key]


def test_an_address_that_is_refused_is_final_and_stays_out_of_the_reason(party: Party) -> None:
    party.order(Trouble.REFUSE)
    with pytest.raises(NotDelivered) as found:
        party.port.send(a_message())
    assert found.value.is_final
    assert "noor" not in f"{found.value} {found.value.__cause__} {found.value.because}"
    assert party.arrived() == []


def test_what_was_taken_without_our_hearing_it_is_known_by_the_same_key(party: Party) -> None:
    message = a_message()
    party.order(Trouble.FAIL_AFTER)
    with pytest.raises(NotDelivered) as found:
        party.port.send(message)
    assert not found.value.is_final
    party.port.send(message)
    assert {key for key, _, _ in party.arrived()} == {message.key}
