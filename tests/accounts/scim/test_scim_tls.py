"""The certificate of the account server, and of one that pretends to be it."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from deskterm.accounts.model import Unavailable
from tests.accounts.exchanges import Stub, answer
from tests.accounts.newcomers import Provide

NOBODY = b'{"totalResults": 0, "Resources": []}'


@contextmanager
def secure(authority: trustme.CA, host: str) -> Iterator[Stub]:
    """A server with a certificate for this host, given out by this authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    with Stub(lambda _question: answer(200, NOBODY), context) as stub:
        yield stub


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    file = tmp_path / "library-ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return str(file)


def test_an_authority_of_the_library_is_trusted(
    authority: trustme.CA, ca_file: str, provide: Provide
) -> None:
    with secure(authority, "127.0.0.1") as stub:
        assert provide(stub.url, ca_file=ca_file).find("kees") is None
        assert len(stub.questions) == 1


def test_a_certificate_of_somebody_else_gets_no_token(ca_file: str, provide: Provide) -> None:
    with secure(trustme.CA(), "127.0.0.1") as stub:
        with pytest.raises(Unavailable, match="certificate"):
            provide(stub.url, ca_file=ca_file).find("kees")
        assert (stub.questions, stub.greeted) == ([], 1)


def test_a_certificate_for_another_host_gets_no_token(
    authority: trustme.CA, ca_file: str, provide: Provide
) -> None:
    with secure(authority, "elsewhere.example") as stub:
        with pytest.raises(Unavailable, match="certificate"):
            provide(stub.url, ca_file=ca_file).find("kees")
        assert stub.questions == []


def test_without_a_file_the_systems_authorities_count(
    authority: trustme.CA, provide: Provide
) -> None:
    with secure(authority, "127.0.0.1") as stub:
        with pytest.raises(Unavailable, match="certificate"):
            provide(stub.url).find("kees")
        assert stub.questions == []


def test_a_server_that_speaks_no_tls_gets_no_token(provide: Provide) -> None:
    with Stub(lambda _question: answer(200, NOBODY)) as stub:
        with pytest.raises(Unavailable, match="Connect"):
            provide(stub.url.replace("http:", "https:"), connect_s=0.2).find("kees")
        assert b"Bearer" not in b"".join(stub.questions)
