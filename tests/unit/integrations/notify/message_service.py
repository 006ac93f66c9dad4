# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A message service on this machine that speaks NotifyNL's documented protocol over real sockets.

It takes the same reference twice, as the real one does, and checks the token of every question.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"huisartsplek-test-{SERVICE}-{SECRET}"
TEMPLATES = {
    "email": "f33517ff-2a88-4f6e-b855-c550268ce08a",
    "sms": "f33517ff-2a88-4f6e-b855-c550268ce08b",
    "letter": "f33517ff-2a88-4f6e-b855-c550268ce08c",
}
_NEEDS = {"email": "email_address", "sms": "phone_number"}
Answer = tuple[int, dict[str, Any]]


class MessageService(ThreadingHTTPServer):
    """What it took, and what to answer to the next hand-overs."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: list[dict[str, Any]] = []
        self.refusals: list[tuple[int, str]] = []  # answers to the next hand-overs, which are not taken
        self.unheard = 0  # hand-overs that are taken, and answered with an error
        self.slow_seconds = 0.0

    def handle_error(self, request: object, client_address: object) -> None:
        """Be silent about who went away in the middle."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def of(self, reference: str) -> list[dict[str, Any]]:
        """Give what was taken under a reference."""
        return [row for row in self.taken if row["reference"] == reference]


class _Talk(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name in the parent
        """Be silent."""

    def do_GET(self) -> None:
        self._answer(self._asked())

    def do_POST(self) -> None:
        self._answer(self._handed())

    @property
    def _service(self) -> MessageService:
        return cast("MessageService", self.server)

    def _asked(self) -> Answer:
        if (no := self._stranger()) is not None:
            return no
        parts = urlsplit(self.path)
        if parts.path == "/v2/notifications":
            reference = parse_qs(parts.query).get("reference", [""])[0]
            return 200, {"notifications": [_shown(row) for row in self._service.of(reference)], "links": {}}
        wanted = parts.path.rpartition("/")[2]
        found = next((row for row in self._service.taken if row["id"] == wanted), None)
        return (200, _shown(found)) if found else _fault(404, "NoResultFound", "No result found")

    def _handed(self) -> Answer:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if (no := self._stranger()) is not None:
            return no
        service, kind = self._service, self.path.rpartition("/")[2]
        time.sleep(service.slow_seconds)
        if service.refusals:
            status, told = service.refusals.pop(0)
            return _fault(status, "ValidationError", told)
        if told := _lacking(kind, body):
            return _fault(400, "BadRequestError", told)
        UUID(body["reference"])
        row = {**body, "id": str(uuid4()), "type": kind, "status": "created"}
        service.taken.append(row)
        if service.unheard:
            service.unheard -= 1
            return _fault(500, "Exception", "Internal server error")
        return 201, {"id": row["id"], "reference": row["reference"], "content": {}, "uri": "", "template": {}}

    def _stranger(self) -> Answer | None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            found = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"])
        except (JoseError, ValueError):
            return _fault(403, "AuthError", "Invalid token: signature")
        if found.claims.get("iss") != SERVICE or abs(found.claims.get("iat", 0) - time.time()) > 30:
            return _fault(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")
        return None

    def _answer(self, answer: Answer) -> None:
        status, body = answer
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


def _lacking(kind: str, body: dict[str, Any]) -> str:
    if body["template_id"] != TEMPLATES[kind]:
        return "Template not found"
    if kind == "letter" and "address_line_3" not in body["personalisation"]:
        return "Address must be at least 3 lines"
    return f"{_NEEDS[kind]} is a required property" if kind in _NEEDS and _NEEDS[kind] not in body else ""


def _fault(status: int, error: str, told: str) -> Answer:
    return status, {"status_code": status, "errors": [{"error": error, "message": told}]}


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "reference", "type", "status")}


@contextmanager
def a_message_service() -> Iterator[MessageService]:
    """Run a message service for the length of a test."""
    with MessageService() as service:
        threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield service
        service.shutdown()
