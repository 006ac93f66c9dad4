# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A map service on this machine that speaks the documented protocol of PDOK's Locatieserver over real sockets."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit


class MapService(ThreadingHTTPServer):
    """The houses it knows by postcode and number, and what it was asked."""

    daemon_threads = True

    def __init__(self, houses: Mapping[tuple[str, str], str]) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.houses = houses
        self.asked: list[str] = []
        self.status = 200
        self.text = ""  # instead of an answer in its own form
        self.slow_seconds = 0.0

    def handle_error(self, request: object, client_address: object) -> None:
        """Be silent about who went away in the middle."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/bzk/locatieserver/search/v3_1"


class _Talk(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name in the parent
        """Keep the tests' output clean."""

    def do_GET(self) -> None:
        """Answer as the service does: what matches every filter, in an envelope."""
        service = cast("MapService", self.server)
        service.asked.append(self.path)
        time.sleep(service.slow_seconds)
        address = urlsplit(self.path)
        filters = dict(one.split(":", 1) for one in parse_qs(address.query)["fq"])
        known = address.path.endswith("/free") and filters["type"] == "adres"
        point = service.houses.get((filters["postcode"], filters["huisnummer"])) if known else None
        docs: list[dict[str, Any]] = [{"centroide_ll": point}] if point else []
        body = service.text or json.dumps({"response": {"numFound": len(docs), "start": 0, "docs": docs}})
        self.send_response(service.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())


@contextmanager
def a_map_service(houses: Mapping[tuple[str, str], str]) -> Iterator[MapService]:
    """Run one for as long as a test needs it."""
    service = MapService(houses)
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        service.shutdown()
        thread.join()
        service.server_close()
