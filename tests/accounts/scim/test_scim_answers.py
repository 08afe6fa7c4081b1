"""Servers that answer with something else than an answer."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from deskterm.accounts.model import AccountError, BadAnswer, NotAuthorised, Unavailable
from deskterm.accounts.scim import ScimProvider
from tests.accounts.exchanges import answer
from tests.accounts.newcomers import Provide, Serve, new_account
from tests.accounts.scim_server import AccountServer

NEW = new_account()
FOUND = {"totalResults": 1, "Resources": [{"id": "1", "userName": "Zoë", "active": True}]}
WRITTEN = json.dumps(FOUND, ensure_ascii=False)

VERBS: dict[str, Callable[[ScimProvider], object]] = {
    "find": lambda provider: provider.find("Zoë"),
    "create": lambda provider: provider.create(NEW),
    "status": lambda provider: provider.status("1"),
    "forget": lambda provider: provider.forget("1"),
    "check": lambda provider: provider.check(),
}

BAD: dict[str, tuple[bytes, type[AccountError]]] = {
    "HTML": (answer(200, b"<html><b>Welkom</b>", "text/html"), BadAnswer),
    "HTML that says it is SCIM": (answer(200, b"<html>"), BadAnswer),
    "nothing": (answer(200), BadAnswer),
    "no content": (answer(204), BadAnswer),
    "JSON of another kind": (answer(200, b'{"welcome": true}'), BadAnswer),
    "half of it": (answer(200, WRITTEN.encode()[:-9]), BadAnswer),
    "latin-1": (answer(200, WRITTEN.encode("latin-1")), BadAnswer),
    "UTF-16": (answer(200, WRITTEN.encode("utf-16")), BadAnswer),
    "packed": (
        answer(200, gzip.compress(WRITTEN.encode()), headers="Content-Encoding: gzip\r\n"),
        BadAnswer,
    ),
    "deep": (answer(200, b"[" * 200_000), BadAnswer),
    "a number without end": (answer(200, b"9" * 10_000), BadAnswer),
    "too long": (answer(200, b" " * 2_000_000 + WRITTEN.encode()), BadAnswer),
    "moved": (answer(301, headers="Location: /elsewhere\r\n"), BadAnswer),
    "moved to nowhere": (answer(302), BadAnswer),
    "not modified": (answer(304), BadAnswer),
    "no token": (answer(401, b"{}"), NotAuthorised),
    "no rights": (answer(403, b"<html>", "text/html"), NotAuthorised),
    "too slow": (answer(408), Unavailable),
    "too early": (answer(425), Unavailable),
    "too many": (answer(429), Unavailable),
    "broken": (answer(500, b"<html>", "text/html"), Unavailable),
    "broken below": (answer(502, b"<html>", "text/html"), Unavailable),
    "not there": (answer(503, b"{}"), Unavailable),
    "of no kind": (answer(999), Unavailable),
    "not HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n", Unavailable),
    "gone at once": (b"", Unavailable),
    "cut": (answer(200, WRITTEN.encode())[:-9], Unavailable),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_answer_is_told_apart(
    provide: Provide, serve: Serve, kind: str, verb: str
) -> None:
    reply, error = BAD[kind]
    stub = serve(lambda _question: reply)
    with pytest.raises(error) as raised:
        VERBS[verb](provide(stub.url))
    assert type(raised.value) is error
    assert len(stub.questions) == 1


def test_a_mark_before_the_text_does_no_harm(provide: Provide, serve: Serve) -> None:
    stub = serve(lambda _question: answer(200, b"\xef\xbb\xbf" + WRITTEN.encode()))
    found = provide(stub.url).find("Zoë")
    assert found is not None
    assert found.username == "Zoë"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_token_is_not_taken_elsewhere(provide: Provide, serve: Serve, status: int) -> None:
    elsewhere = serve(lambda _question: answer(200, WRITTEN.encode()))
    moved = answer(status, headers=f"Location: {elsewhere.url}/Users\r\n")
    with pytest.raises(BadAnswer, match=str(status)):
        provide(serve(lambda _question: moved).url).find("Zoë")
    assert elsewhere.questions == []


@pytest.mark.parametrize("proxy", ["HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"])
def test_a_proxy_of_the_environment_sees_nothing(
    server: AccountServer,
    provide: Provide,
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    proxy: str,
) -> None:
    spy = serve(lambda _question: answer(200, WRITTEN.encode()))
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv(proxy, spy.url.removesuffix("/v2"))
    assert provide(server.url).find("Zoë") is None
    assert spy.questions == []


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("999999999", 86_400),
        (timedelta(hours=2), 7200),
        (timedelta(hours=-2), 0),
        ("Sun, 22 Nov 2026 01:00:00 -0000", None),
        ("-5", None),
        ("nan", None),
        ("1e99", None),
        ("9" * 5000, None),
        ("straks", None),
        ("", None),
    ],
    ids=lambda value: str(value)[:12],
)
@pytest.mark.parametrize("status", [503, 429])
def test_the_wait_that_a_server_asks_for_is_passed_on(
    provide: Provide, serve: Serve, status: int, said: str | timedelta, seconds: float | None
) -> None:
    if isinstance(said, timedelta):
        said = format_datetime(datetime.now(UTC) + said, usegmt=True)
    later = answer(status, headers=f"Retry-After: {said}\r\n")
    with pytest.raises(Unavailable) as told:
        provide(serve(lambda _question: later).url).find("Zoë")
    if seconds is None:
        assert told.value.retry_after is None
    else:
        assert told.value.retry_after == pytest.approx(seconds, abs=60)


def test_a_token_that_has_ended_is_the_managers_to_replace(
    server: AccountServer, provide: Provide
) -> None:
    provider = provide(server.url, token="expired")
    for act in VERBS.values():
        with pytest.raises(NotAuthorised, match="401"):
            act(provider)
    assert server.users() == []
