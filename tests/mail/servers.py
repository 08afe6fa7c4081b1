"""Mail servers that tests start: a real one that refuses when told to, and one that mumbles."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ssl import SSLContext
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from deskterm.mail.options import MailOptions, Security
from tests.ports import free_port

HOST = "127.0.0.1"
USER, PASSWORD = "balie", "geheim woord"


@dataclass
class Postman:
    """What the server does with mail, and what it got."""

    rcpt_answer: str = "250 OK"
    mail_answer: str = "250 OK"
    data_answer: str = "250 OK"
    logged_in: list[bool] = field(default_factory=list)
    got: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    secure: list[bool] = field(default_factory=list)
    noops: int = 0

    async def handle_MAIL(
        self,
        server: Any,
        session: Session,
        envelope: Envelope,
        address: str,
        mail_options: list[str],
    ) -> str:
        envelope.mail_from = address
        return self.mail_answer

    async def handle_RCPT(
        self,
        server: Any,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_NOOP(self, server: Any, session: Session, envelope: Envelope, arg: str) -> str:
        self.noops += 1
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        if self.data_answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.got.append(message)
            self.recipients += envelope.rcpt_tos
            self.secure.append(session.ssl is not None)
        return self.data_answer

    def authenticate(self, server: Any, session: Any, envelope: Any, way: str, data: Any) -> Any:
        right = isinstance(data, LoginPassword) and (
            (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        )
        self.logged_in.append(right)
        # Unhandled: otherwise the server says nothing, and the client waits.
        return AuthResult(success=right, handled=False)


@contextmanager
def mail_server(
    certificate: SSLContext | None, *, tls_at_once: bool = False, login: bool = True, **more: Any
) -> Iterator[tuple[Postman, int]]:
    """A server on a free port of this machine: STARTTLS when it has a certificate."""
    postman = Postman()
    port = free_port()
    server = Controller(
        postman,
        HOST,
        port,
        ssl_context=certificate if tls_at_once else None,
        tls_context=None if tls_at_once else certificate,
        require_starttls=certificate is not None and not tls_at_once,
        authenticator=postman.authenticate,
        # The TLS it knows of is STARTTLS: with the other kind it lets log in and requires nothing.
        auth_required=login and not tls_at_once,
        auth_require_tls=not tls_at_once and certificate is not None,
        **more,
    )
    server.start()
    try:
        yield postman, port
    finally:
        server.stop()


@contextmanager
def mumbling_server(words: bytes = b"") -> Iterator[int]:
    """A server that says these bytes again and again, never a whole line; without any: nothing."""
    over = Event()

    def serve(listener: socket.socket) -> None:
        # Who gave up before it was accepted is never accepted.
        listener.settimeout(0.05)
        while not over.is_set():
            with suppress(TimeoutError), closing(listener.accept()[0]) as connection:
                mumble(connection)

    def mumble(connection: socket.socket) -> None:
        connection.settimeout(0.05)
        while not over.wait(0.02):
            try:
                connection.sendall(words)
            except TimeoutError:
                continue
            except OSError:
                return

    with closing(socket.create_server((HOST, 0))) as listener:
        thread = Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            thread.join()


def options_for(
    port: int, security: Security = "starttls", ca_file: str = "", user: str = USER, **more: Any
) -> MailOptions:
    """How a library would reach that server."""
    return MailOptions(
        sender="balie@bibliotheek.example.org",
        library="Bibliotheek Annen",
        host=HOST,
        port=port,
        security=security,
        user=user,
        ca_file=ca_file,
        **more,
    )
