# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""NotifyNL, the message service of the Dutch public sector: e-mail, SMS and letters through one HTTP interface.

A template there for each channel has two gaps, `subject` and `body`. The service takes the same reference twice, so
what it knows under our key is asked before anything is handed over. A letter that we made up
ourselves goes as it is.
"""

import base64
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey

from huisartsplek.integrations.notify.port import Channel, Fate, Message, NotDelivered

_UUID_LENGTH = 36
_MOST_LINES = 7
_FATES = {
    "delivered": Fate.DELIVERED,
    "sent": Fate.DELIVERED,  # abroad nothing more is ever told
    "received": Fate.DELIVERED,  # a letter, printed and posted
    "permanent-failure": Fate.BOUNCED,
    "temporary-failure": Fate.BOUNCED,  # given up there after days of trying
    "technical-failure": Fate.BOUNCED,
    "validation-failed": Fate.BOUNCED,
    "virus-scan-failed": Fate.BOUNCED,
    "returned-letter": Fate.BOUNCED,
    "cancelled": Fate.BOUNCED,
}
_ADDRESS_WORDS = ("email_address", "phone_number", "address", "recipient", "postcode")


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """A key of the service: which of its users we are, and the secret that signs for it."""

    service_id: UUID
    secret: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "ServiceKey":
        """Read a key as the service shows it once: a name, its id and the secret, joined by dashes."""
        secret, rest = text[-_UUID_LENGTH:], text[: -_UUID_LENGTH - 1]
        service_id = rest[-_UUID_LENGTH:]
        try:
            return cls(UUID(service_id), str(UUID(secret)))
        except ValueError:
            raise ValueError("must end in the id of the service and a secret, as the service shows it") from None


class NotifyNl:
    """The service, with the template that it fills for each channel it may carry."""

    def __init__(
        self,
        url: str,
        key: ServiceKey,
        templates: Mapping[Channel, str],
        *,
        seconds: float = 10,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._url = url.rstrip("/")
        self._key = key
        self._templates = dict(templates)
        self._seconds = seconds
        self._clock = clock

    def send(self, message: Message) -> str:
        """Hand over one message, unless the service has it already."""
        template = self._templates.get(message.channel)
        if template is None:
            raise NotDelivered(f"no_service_for_{message.channel}", is_final=True)
        if known := self._known(message):
            return known
        if message.paper:
            paper = base64.b64encode(message.paper).decode()
            ready = {"reference": str(message.key), "content": paper}
            return _text(self._ask("POST", "/v2/notifications/letter", json=ready), "id")
        personalisation = {"subject": message.subject, "body": message.body}
        body: dict[str, Any] = {"template_id": template, "reference": str(message.key)}
        match message.channel:
            case Channel.EMAIL:
                body["email_address"] = message.to_address
            case Channel.SMS:
                body["phone_number"] = message.to_address
            case Channel.LETTER:
                personalisation |= _window(message.to_address)
        answer = self._ask(
            "POST", f"/v2/notifications/{message.channel}", json=body | {"personalisation": personalisation}
        )
        return _text(answer, "id")

    def fate_of(self, channel: Channel, receipt: str) -> Fate:
        """Ask what became of a message by its receipt."""
        del channel
        status = _text(self._ask("GET", f"/v2/notifications/{receipt}"), "status")
        return _FATES.get(status, Fate.UNDERWAY)

    def _known(self, message: Message) -> str:
        answer = self._ask("GET", "/v2/notifications", params={"reference": str(message.key)})
        rows = answer.get("notifications")
        for row in rows if isinstance(rows, list) else []:
            # What failed there may be handed over anew: somebody asked for it.
            is_ours = isinstance(row, dict) and row.get("reference") == str(message.key)
            if is_ours and _FATES.get(str(row.get("status"))) is not Fate.BOUNCED:
                return _text(row, "id")
        return ""

    def _ask(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        claims = {"iss": str(self._key.service_id), "iat": int(self._clock())}
        token = jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(self._key.secret))
        headers = {"Authorization": f"Bearer {token}"}
        try:
            answer = httpx.request(method, self._url + path, headers=headers, timeout=self._seconds, **more)
        except httpx.HTTPError:
            raise NotDelivered("service_down") from None
        if answer.is_success:
            return _object(answer)
        raise _refusal(answer)


def _refusal(answer: httpx.Response) -> NotDelivered:
    """Tell a fault of the address, which stays, from one of the service or of our settings, which can be mended."""
    if answer.status_code not in {400, 404}:
        return NotDelivered("service_refused_us" if answer.status_code in {401, 403} else "service_down")
    try:
        faults = _object(answer).get("errors")
    except NotDelivered as unreadable:
        return unreadable
    told = (
        " ".join(str(fault.get("message", "")) for fault in faults if isinstance(fault, dict))
        if isinstance(faults, list)
        else ""
    )
    if any(word in told.lower() for word in _ADDRESS_WORDS):
        return NotDelivered("address_refused", is_final=True)
    return NotDelivered("service_refused_message")


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotDelivered("service_unreadable")
    return found


def _text(row: Mapping[str, Any], name: str) -> str:
    found = row.get(name)
    if not isinstance(found, str) or not found:
        raise NotDelivered("service_unreadable")
    return found


def _window(address: str) -> dict[str, str]:
    lines = [line.strip() for line in address.splitlines() if line.strip()][:_MOST_LINES]
    return {f"address_line_{number}": line for number, line in enumerate(lines, 1)}
