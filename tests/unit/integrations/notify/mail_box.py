# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""A mail server on this machine: real sockets, STARTTLS, a log-in, and orders to refuse, hang up or repeat."""

import base64
import email
import email.policy
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "huisartsplek", "a password of the mail server"


def a_certificate(folder: Path) -> Path:
    """Make a certificate of this machine, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "localhost.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


class MailBox(socketserver.ThreadingTCPServer):
    """What came in, and what to answer to the next mails."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        super().__init__(("localhost", 0), _Talk)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.mails: list[EmailMessage] = []
        self.envelopes: list[tuple[str, str]] = []
        self.to_recipient: list[str] = []  # answers to the next RCPT
        self.to_data: list[str] = []  # answers after the next message, kept already
        self.hang_up = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Be silent about who went away in the middle."""


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        plain = self.rfile
        try:
            self._talk()
        finally:
            plain.close()
            self.rfile.close()
            self.connection.close()

    def _talk(self) -> None:
        box = cast("MailBox", self.server)
        is_safe = is_known = False
        self._say("220 here")
        sender = recipient = ""
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ", 1)[0].upper()
            if box.hang_up:
                return
            if word == "EHLO":
                self._say("250-here\r\n250-DSN\r\n250 AUTH PLAIN" if is_safe else "250-here\r\n250 STARTTLS")
            elif word == "STARTTLS":
                self._say("220 go on")
                self.connection = box.context.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                is_safe = True
            elif word == "AUTH":
                told = base64.b64decode(line.split()[-1]).decode().split("\0")
                is_known = is_safe and told[1:] == [USER, PASSWORD]
                self._say("235 welcome" if is_known else "535 who are you")
            elif word == "MAIL":
                sender = line
                self._say("250 yes" if is_known else "530 log in first")
            elif word == "RCPT":
                recipient = line
                self._say(box.to_recipient.pop(0) if box.to_recipient else "250 yes")
            elif word == "DATA":
                self._say("354 go on")
                lines = []
                while (raw := self.rfile.readline()) != b".\r\n":
                    lines.append(raw)
                mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                box.mails.append(mail)
                box.envelopes.append((sender, recipient))
                self._say(box.to_data.pop(0) if box.to_data else "250 taken")
            else:
                self._say("221 bye" if word == "QUIT" else "250 yes")

    def _say(self, text: str) -> None:
        self.connection.sendall(f"{text}\r\n".encode())


@contextmanager
def a_mail_box(folder: Path) -> Iterator[MailBox]:
    """Run a mail server for the length of a test."""
    with MailBox(a_certificate(folder)) as box:
        threading.Thread(target=box.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield box
        box.shutdown()
