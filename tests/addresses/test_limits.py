"""No question takes longer than its budget, and no server gets more than was meant for it."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from deskterm.addresses import wire
from deskterm.addresses.model import AddressRegister, BadAnswer, Unavailable
from deskterm.addresses.pdok import Pdok
from deskterm.addresses.vlaanderen import Vlaanderen
from tests.accounts.exchanges import Reply, Stub, answer
from tests.addresses.registers import as_json, host, pdok, pdok_doc, register
from tests.ports import free_port

BUDGET_S = 0.5
# A machine that others swamp may be late, but not as late as a limit that is missing.
LATE_S = 20.0
REGISTERS = pytest.mark.parametrize("kind", [Pdok, Vlaanderen])
Kind = Callable[[str, float], AddressRegister]


@contextmanager
def in_time() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < BUDGET_S + LATE_S


def ask(kind: Kind, address: str, budget_s: float = BUDGET_S) -> None:
    kind(address, budget_s).by_postcode("9468BG" if kind is Pdok else "2630", "41")


def hang(stub: Stub) -> Callable[[socket.socket], None]:
    def wait(_client: socket.socket) -> None:
        stub.ended.wait()

    return wait


@REGISTERS
def test_a_register_that_is_down_is_no_register(kind: Kind) -> None:
    with in_time(), pytest.raises(Unavailable, match="ConnectError"):
        ask(kind, f"http://127.0.0.1:{free_port()}", 60.0)


@REGISTERS
def test_a_register_that_never_answers_is_left(kind: Kind) -> None:
    stub: Stub
    with register(lambda _path, _query: hang(stub)) as stub:
        with in_time(), pytest.raises(Unavailable, match=r"deadline|ReadTimeout"):
            ask(kind, host(stub))
        # None when the time was over before it could be asked, but never a second one.
        assert len(stub.questions) <= 1


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nX-Filler: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\n\r\n",
    ],
    ids=["headers", "body", "body of no length"],
)
def test_a_register_that_dribbles_is_left(start: bytes) -> None:
    def reply(_path: str, _query: object) -> Reply:
        def talk(client: socket.socket) -> None:
            client.sendall(start)
            while not stub.ended.wait(0.02):
                client.sendall(b" ")

        return talk

    stub: Stub
    with register(reply) as stub, in_time(), pytest.raises(Unavailable, match="deadline"):
        ask(Pdok, host(stub))


def test_a_name_server_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with register(pdok(pdok_doc(41))) as stub:
        found, real, before = threading.Event(), socket.getaddrinfo, threading.enumerate()

        def wait(*arguments: object, **named: object) -> object:
            found.wait()
            return real(*arguments, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(socket, "getaddrinfo", wait)
        with in_time(), pytest.raises(Unavailable, match="deadline"):
            ask(Pdok, f"http://localhost:{stub.port}")
        found.set()
        for left in threading.enumerate():
            if left not in before and left.name == "address register":
                left.join(LATE_S)
                assert not left.is_alive(), "nobody waits for it, and it goes on for ever"
        # Nobody waits for the answer any more, so nothing is told to anybody.
        assert stub.questions == []


def test_an_answer_without_end_is_not_kept() -> None:
    sent = 0

    def flood(client: socket.socket) -> None:
        nonlocal sent
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            client.sendall(b" " * 65536)
            sent += 65536

    with (
        register(lambda _path, _query: flood) as stub,
        pytest.raises(BadAnswer, match="too long"),
    ):
        ask(Pdok, host(stub), 10.0)
    # What the buffers of two sockets hold comes on top.
    assert sent < 60 * wire.MOST_BYTES


@REGISTERS
@pytest.mark.parametrize(
    "said",
    [
        answer(200, b"<html><body>Log in</body></html>", "text/html"),
        answer(200, b"{", "application/json"),
        answer(200, b"", "application/json"),
        answer(200, b'{"a":' * 100_000, "application/json"),
        answer(200, b"\xff\xfe", "application/json"),
        answer(403, b"{}"),
        answer(400, b"{}"),
        answer(204),
    ],
    ids=["html", "half", "empty", "deep", "binary", "forbidden", "refused", "nothing"],
)
def test_what_is_no_answer_is_told_apart(kind: Kind, said: bytes) -> None:
    with register(lambda _path, _query: said) as stub, pytest.raises(BadAnswer):
        ask(kind, host(stub), 10.0)


@REGISTERS
@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_a_register_that_says_later_is_away(kind: Kind, status: int) -> None:
    said = answer(status, b"later", "text/plain", "Retry-After: 1\r\n")
    with register(lambda _path, _query: said) as stub, pytest.raises(Unavailable):
        ask(kind, host(stub), 10.0)
    assert len(stub.questions) == 1


@REGISTERS
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_else_is_told_what_was_asked(kind: Kind, status: int) -> None:
    with register(lambda _path, _query: as_json([])) as elsewhere:
        moved = answer(status, b"", headers=f"Location: {host(elsewhere)}/x\r\n")
        with register(lambda _path, _query: moved) as stub, pytest.raises(BadAnswer):
            ask(kind, host(stub), 10.0)
    assert (len(stub.questions), elsewhere.greeted) == (1, 0)


def test_settings_of_the_environment_send_nothing_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with register(pdok()) as stub, register(pdok()) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, host(proxy))
        ask(Pdok, host(stub), 10.0)
    assert (len(stub.questions), proxy.greeted) == (1, 0)


def test_the_log_never_has_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with register(lambda _path, _query: answer(503)) as stub, pytest.raises(Unavailable):
        ask(Pdok, host(stub), 10.0)
    with pytest.raises(Unavailable):
        ask(Pdok, f"http://127.0.0.1:{free_port()}", 10.0)
    with register(pdok(pdok_doc(41))) as stub:
        ask(Pdok, host(stub), 10.0)
    assert "unavailable 503" in caplog.text
    for secret in ("9468", "41&", "Kruisakkers"):
        assert secret not in caplog.text
