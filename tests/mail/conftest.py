"""A certificate, a mail server, and a library that mails through it."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import trustme

from deskterm.mail.senders import SmtpSender
from tests.mail.servers import HOST, PASSWORD, Postman, mail_server, options_for
from tests.rows_store import NOON

ENVIRON = {"DESKTERM_MAIL_PASSWORD": PASSWORD}


@dataclass
class StoppedClock:
    """A clock that stands until a test moves it."""

    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass(frozen=True)
class Certificate:
    """What the server shows, and what its client has to trust."""

    server: ssl.SSLContext
    ca_file: str


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


def make_certificate(folder: Path, host: str) -> Certificate:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(server)
    ca_file = folder / f"{host}.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    return Certificate(server, str(ca_file))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"), HOST)


@pytest.fixture(scope="session")
def certificate_of_another(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"), "mail.example.org")


@pytest.fixture
def server(certificate: Certificate) -> Iterator[tuple[Postman, int]]:
    with mail_server(certificate.server) as running:
        yield running


@pytest.fixture
def postman(server: tuple[Postman, int]) -> Postman:
    """What the running mail server does and got."""
    return server[0]


@pytest.fixture
def sender(server: tuple[Postman, int], certificate: Certificate) -> SmtpSender:
    """A library that mails through it, with STARTTLS and a password."""
    return SmtpSender(options_for(server[1], ca_file=certificate.ca_file), ENVIRON)
