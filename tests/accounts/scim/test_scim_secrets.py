"""Nobody's name, address or key, and no token, is in a log or in an error."""

import logging
from collections.abc import Callable, Iterator

import pytest

from deskterm.accounts.model import AccountError
from deskterm.accounts.scim import ScimProvider
from tests.accounts.exchanges import answer
from tests.accounts.newcomers import Provide, Serve, new_account
from tests.accounts.proxy import Fault, Proxy
from tests.accounts.scim_server import TOKEN, AccountServer

NEW = new_account(username="jdevries.geheim", key="key-geheim", email="geheim@devries.example")
PRIVATE = ("geheim", "Zoë", "Zo\\u", "%C3%AB", "Vries", "devries", TOKEN)


def private_in(text: str) -> list[str]:
    """What of it says something about somebody."""
    return [secret for secret in PRIVATE if secret.casefold() in text.casefold()]


def told_by(error: BaseException | None) -> Iterator[str]:
    """What an error, and those it came from, would show."""
    while error is not None:
        yield f"{error!s} {error!r} {error.args} {vars(error)}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


@pytest.fixture(autouse=True)
def _every_line(caplog: pytest.LogCaptureFixture) -> None:
    # An earlier provider may have quieted these; each has to do so itself.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    caplog.set_level(logging.DEBUG)


@pytest.mark.parametrize("search", ["post", "get"])
def test_a_day_of_accounts_leaves_no_names_in_the_log(
    server: AccountServer,
    proxy: Proxy,
    provide: Provide,
    caplog: pytest.LogCaptureFixture,
    search: str,
) -> None:
    provider = provide(proxy.url, search=search)
    made = provider.create(NEW)
    assert provider.find(NEW.username) == made
    provider.status(made.ref)
    provider.forget(made.ref, made.etag)
    assert "POST Users: 201" in caplog.text
    assert private_in(caplog.text) == []
    assert made.ref not in caplog.text


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.SWALLOW, Fault.CUT])
@pytest.mark.parametrize("search", ["post", "get"])
def test_trouble_tells_no_names(
    proxy: Proxy,
    provide: Provide,
    caplog: pytest.LogCaptureFixture,
    search: str,
    fault: Fault,
) -> None:
    provider = provide(proxy.url, search=search)
    proxy.fault = lambda _line: fault
    acts: list[Callable[[], object]] = [
        lambda: provider.create(NEW),
        lambda: provider.find(NEW.username),
        lambda: provider.status("ref-geheim"),
    ]
    for act in acts:
        with pytest.raises(AccountError) as raised:
            act()
        assert private_in(" ".join(told_by(raised.value))) == []
    assert "RemoteProtocolError" in caplog.text
    assert private_in(caplog.text) == []


@pytest.mark.parametrize("status", [200, 301, 400, 401, 404, 409, 412, 429, 500])
def test_what_a_server_says_about_somebody_stays_there(
    provide: Provide, serve: Serve, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    body = (
        f'{{"schemas": [], "scimType": "{NEW.username}", "detail": "{NEW.email} {TOKEN}",'
        f' "Resources": [{{"userName": "{NEW.username}"}}]}}'
    ).encode()
    headers = f"Location: /Users/{NEW.username}\r\nETag: {NEW.username}\r\nRetry-After: {TOKEN}\r\n"
    stub = serve(lambda _question: answer(status, body, headers=headers))
    provider = provide(stub.url, search="get")
    for act in (provider.create, lambda new: provider.find(new.username)):
        with pytest.raises(AccountError) as raised:
            act(NEW)
        assert private_in(" ".join(told_by(raised.value))) == []
    assert "GET Users" in caplog.text
    assert private_in(caplog.text) == []


def test_a_provider_does_not_show_its_token(provide: Provide) -> None:
    provider: ScimProvider = provide("http://127.0.0.1:9/v2")
    assert private_in(f"{provider!r} {provider!s} {vars(provider)}") == []
