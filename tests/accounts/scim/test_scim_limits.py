"""No verb takes longer than its budget, whatever the network does or does not do."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from deskterm.accounts import scim_wire
from deskterm.accounts.model import BadAnswer, NewAccount, Unavailable
from deskterm.accounts.scim import ScimProvider
from deskterm.accounts.token import Token, TokenTrouble
from tests.accounts.exchanges import Reply, Stub, answer
from tests.accounts.newcomers import Provide, Serve, new_account
from tests.accounts.proxy import Fault, Proxy
from tests.accounts.scim_server import TOKEN, AccountServer

BUDGET_S = 0.8
# A machine that others swamp may be late, but not as late as a limit that is missing.
LATE_S = 20.0
NEW: NewAccount = new_account()


@contextmanager
def in_time(least: float = 0.0) -> Iterator[None]:
    started = time.monotonic()
    yield
    assert least <= time.monotonic() - started < BUDGET_S + LATE_S


def dribble(start: bytes) -> Callable[[Stub], Reply]:
    """A server that goes on and on, each byte well within the time for one read."""

    def reply(stub: Stub) -> Reply:
        def talk(client: socket.socket) -> None:
            client.sendall(start)
            while not stub.ended.wait(0.02):
                client.sendall(b" ")

        return talk

    return reply


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\nX-Filler: "


@pytest.mark.parametrize(
    "start",
    [HEAD, HEAD + b"\r\nContent-Length: 999999\r\n\r\n{", HEAD + b"\r\n\r\n"],
    ids=["headers", "body", "body of no length"],
)
def test_a_server_that_dribbles_is_left(provide: Provide, start: bytes) -> None:
    endless = True
    stub: Stub
    with Stub(lambda _question: dribble(start)(stub) if endless else answer(404)) as stub:
        provider = provide(stub.url, budget_s=BUDGET_S, read_s=10.0)
        before = threading.enumerate()
        with in_time(BUDGET_S / 2), pytest.raises(Unavailable, match="deadline"):
            provider.find("kees")
        for left in threading.enumerate():
            if left not in before and left.name == "account server":
                left.join(LATE_S)
                assert not left.is_alive(), "nobody waits for it, and it goes on for ever"
        endless = False
        # The next question meets a new connection.
        with pytest.raises(BadAnswer):
            provider.find("kees")


def test_a_server_that_never_answers_is_left(provide: Provide, serve: Serve) -> None:
    asked, ended = threading.Event(), threading.Event()

    def wait(_client: socket.socket) -> None:
        asked.set()
        ended.wait()

    stub = serve(lambda _question: wait)
    with in_time(), pytest.raises(Unavailable, match="ReadTimeout"):
        provide(stub.url, read_s=0.2).find("kees")
    assert asked.wait(LATE_S)
    ended.set()
    assert len(stub.questions) == 1


def test_an_answer_without_end_is_not_kept(provide: Provide, serve: Serve) -> None:
    sent = 0

    def flood(client: socket.socket) -> None:
        nonlocal sent
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            client.sendall(b" " * 65536)
            sent += 65536

    with pytest.raises(BadAnswer, match="too long"):
        provide(serve(lambda _question: flood).url).find("kees")
    # What the buffers of two sockets hold comes on top.
    assert sent < 30 * scim_wire.MOST_BYTES


def test_a_name_server_that_hangs_is_not_waited_for(
    provide: Provide, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub = serve(lambda _question: answer(404))
    found, real, before = threading.Event(), socket.getaddrinfo, threading.enumerate()

    def hang(*arguments: object, **named: object) -> object:
        found.wait()
        return real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    provider = provide(f"http://localhost:{stub.port}/v2", budget_s=BUDGET_S, connect_s=5.0)
    with in_time(BUDGET_S), pytest.raises(Unavailable, match="deadline"):
        provider.create(NEW)
    found.set()
    [left] = [thread for thread in threading.enumerate() if thread not in before]
    left.join()
    # Nobody waits for the account any more, so it may not be made.
    assert stub.questions == []


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port whose queue of connections is full: what comes gets no answer at all."""
    with ExitStack() as sockets:
        listener = sockets.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        port: int = listener.getsockname()[1]
        for _ in range(4):
            filler = sockets.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        yield port


def test_connecting_has_a_budget_of_its_own(
    provide: Provide, silent_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scim_wire, "CONNECT_BUDGET_S", BUDGET_S)
    provider = provide(f"http://127.0.0.1:{silent_port}/v2", budget_s=120, connect_s=40.0)
    with in_time(BUDGET_S / 2), pytest.raises(Unavailable):
        provider.find("kees")


def test_only_connecting_is_tried_again(
    server: AccountServer, provide: Provide, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals, attempts, real = 2, 0, socket.create_connection

    def connect(*arguments: object, **named: object) -> socket.socket:
        nonlocal attempts
        attempts += 1
        if attempts <= refusals:
            raise ConnectionRefusedError(111, "Connection refused")
        return real(*arguments, **named)  # type: ignore[arg-type]

    provider = provide(server.url)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert provider.find("kees") is None
    assert attempts == 3
    attempts, refusals = 0, 3
    with pytest.raises(Unavailable, match="ConnectError"):
        provider.find("kees")
    assert attempts == 3


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.SWALLOW, Fault.CUT])
def test_what_was_sent_is_not_sent_again(proxy: Proxy, provide: Provide, fault: Fault) -> None:
    proxy.once("POST /v2/Users ", fault)
    provider = provide(proxy.url)
    try:
        provider.create(NEW)
    except Unavailable:
        assert fault is Fault.DROP
    assert proxy.lines().count("POST /v2/Users") == 1


def test_a_server_that_is_not_there_is_soon_known(provide: Provide) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with in_time(0.4), pytest.raises(Unavailable, match="ConnectError"):
        provide(f"http://127.0.0.1:{port}/v2").find("kees")


def test_threads_share_a_provider(server: AccountServer, provide: Provide) -> None:
    ref = server.add("Kees")["id"]
    provider, found = provide(server.url), []

    def look() -> None:
        account = provider.find("Kees")
        found.append(account and account.ref)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [ref] * 8


def test_a_provider_that_was_closed_connects_anew(server: AccountServer, provide: Provide) -> None:
    provider = provide(server.url)
    provider.close()
    provider.check()
    provider.close()
    provider.check()


def test_a_token_is_looked_for_at_each_verb(server: AccountServer, provide: Provide) -> None:
    tokens: list[Token] = []

    def find() -> Token:
        if not tokens:
            raise TokenTrouble("token_missing", "...")
        return tokens[-1]

    provider = ScimProvider(provide(server.url)._options, find, 24)
    with pytest.raises(TokenTrouble):
        provider.check()
    tokens.append(Token(TOKEN))
    provider.check()
    provider.close()
