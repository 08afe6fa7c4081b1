"""Addresses of a server: passwords that stand elsewhere, TLS, service files, more than one host."""

import select
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme
from sqlalchemy import text

from deskterm.store.engine import open_store
from deskterm.store.errors import Unreachable
from tests.breaking import line_to
from tests.server import Server

pytestmark = pytest.mark.postgresql

PASSWORD = "g3heim-" + "x" * 8
SSL_REQUEST = bytes.fromhex("0000000804d2162f")


@contextmanager
def tls_to(server_url: str, certificate: trustme.LeafCert) -> Iterator[str]:
    """`host=…&port=…` of a door that speaks TLS only, as a pooler before a server does."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    (folder,) = parse_qs(urlsplit(server_url).query)["host"]
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _address = door.accept()
                Thread(target=_pass_on, args=(client, context, folder), daemon=True).start()

    Thread(target=serve, daemon=True).start()
    yield f"host=localhost&port={door.getsockname()[1]}"
    with suppress(OSError):
        door.shutdown(socket.SHUT_RDWR)
    door.close()


def _pass_on(client: socket.socket, context: ssl.SSLContext, folder: str) -> None:
    with client, socket.socket(socket.AF_UNIX) as server, suppress(OSError):
        assert client.recv(8) == SSL_REQUEST
        client.sendall(b"S")
        server.connect(f"{folder}/.s.PGSQL.5432")
        with context.wrap_socket(client, server_side=True) as safe:
            while True:
                # What TLS has read already, no select tells of.
                ready = [safe] if safe.pending() else select.select([safe, server], [], [])[0]
                for one in ready:
                    sent = one.recv(65536)
                    if not sent:
                        return
                    (server if one is safe else safe).sendall(sent)


@pytest.fixture
def guarded(own_server: Server) -> str:
    """The URL of a store at which the role `desk` needs a password."""
    url = own_server.database("library")
    open_store(url).close()
    own_server.run(f"CREATE ROLE desk LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
    access = own_server.log.with_name("pg_hba.conf")
    access.write_text("local all postgres trust\nlocal all all scram-sha-256\n")
    own_server.run("SELECT pg_reload_conf()")
    return url.replace("//postgres:@", "//desk@")


def opens(url: str) -> bool:
    with closing(open_store(url)) as store:
        with store.look() as reader:
            seen = reader.execute(text("SELECT count(*) FROM customer")).scalar()
        with store.write() as session:
            session.connection().execute(text("UPDATE customer SET tag = ''"))
        return bool(seen == 0)


def refusal(url: str) -> str:
    with pytest.raises(Unreachable) as refused:
        open_store(url)
    said = str(refused.value)
    assert PASSWORD not in said
    return said


def test_the_password_stands_where_libpq_looks_for_it(
    guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    assert "password" in refusal(guarded)

    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert opens(guarded)
    monkeypatch.setenv("PGPASSWORD", "wrong")
    assert "password authentication failed" in refusal(guarded)
    monkeypatch.delenv("PGPASSWORD")

    passwords = tmp_path / "pgpass"
    passwords.write_text(f"*:*:library:desk:{PASSWORD}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    assert opens(guarded)

    (folder,) = parse_qs(urlsplit(guarded).query)["host"]
    services = tmp_path / "services"
    services.write_text(f"[library]\nhost={folder}\ndbname=library\nuser=desk\n")
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    for address in ("postgresql://?service=library", "postgresql+psycopg:///?service=library"):
        assert opens(address)


def test_the_line_is_secret_when_the_address_says_so(
    guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    ours, theirs = trustme.CA(), trustme.CA()
    ours.cert_pem.write_to_path(tmp_path / "ours.pem")
    theirs.cert_pem.write_to_path(tmp_path / "theirs.pem")
    database, place = guarded.partition("?")[::2]
    with tls_to(f"{database}?{place}", ours.issue_cert("localhost")) as door:
        strict = f"{database}?{door}&sslmode=verify-full&sslrootcert={tmp_path}"
        assert opens(f"{strict}/ours.pem")
        assert "certificate verify failed" in refusal(f"{strict}/theirs.pem")
    with tls_to(f"{database}?{place}", ours.issue_cert("elsewhere.example")) as door:
        strict = f"{database}?{door}&sslmode=verify-full&sslrootcert={tmp_path}"
        assert "does not match host name" in refusal(f"{strict}/ours.pem")
    with line_to(guarded) as line:
        assert "SSL" in refusal(f"{line.url}&sslmode=require")


def test_the_host_that_answers_and_may_be_written_is_taken(guarded: str, tmp_path: Path) -> None:
    owner = guarded.replace("//desk@", "//postgres@")
    (folder,) = parse_qs(urlsplit(guarded).query)["host"]
    both = owner.replace(f"host={folder}", f"host={tmp_path},{folder}")
    assert opens(f"{both}&target_session_attrs=read-write")


def test_what_the_address_says_of_the_line_goes_before_what_we_say(guarded: str) -> None:
    owner = guarded.replace("//desk@", "//postgres@")
    own = "&application_name=balie7&options=-c%20statement_timeout%3D7s"
    with closing(open_store(owner + own)) as store, store.read() as connection:
        asked = ("application_name", "statement_timeout", "lock_timeout", "timezone")
        found = [connection.scalar(text(f"SHOW {name}")) for name in asked]
    assert found == ["balie7", "7s", "5s", "UTC"]
