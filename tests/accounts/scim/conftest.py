"""Account servers that run for the whole session, emptied before each test."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from deskterm.accounts.options import ScimOptions
from deskterm.accounts.scim import ScimProvider
from tests.accounts.exchanges import Stub
from tests.accounts.newcomers import Provide, Serve
from tests.accounts.proxy import Proxy
from tests.accounts.scim_server import TOKEN, AccountServer, account_server, case_exact_schema


@pytest.fixture(scope="session")
def standard_server() -> Iterator[AccountServer]:
    with account_server() as server:
        yield server


@pytest.fixture(scope="session")
def case_exact_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccountServer]:
    with account_server(case_exact_schema(tmp_path_factory.mktemp("schema"))) as server:
        yield server


@pytest.fixture(params=["standard", "case exact"])
def server(request: pytest.FixtureRequest) -> AccountServer:
    """Either kind of server, with nobody in it."""
    name = f"{request.param.replace(' ', '_')}_server"
    server: AccountServer = request.getfixturevalue(name)
    server.clear()
    return server


@pytest.fixture
def proxy(server: AccountServer) -> Iterator[Proxy]:
    """What stands between the desk and the server, and lets all through until it is told."""
    with Proxy(server.port) as proxy:
        yield proxy


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers of the test's own, which end after it."""
    with ExitStack() as stubs:
        yield lambda reply: stubs.enter_context(Stub(reply))


@pytest.fixture
def provide() -> Iterator[Provide]:
    """Makes providers that are closed after the test: `provide(url, search="get")`."""
    made: list[ScimProvider] = []

    def make(
        url: str, token: str = TOKEN, budget_s: float | None = None, **options: object
    ) -> ScimProvider:
        settings = ScimOptions(base_url=url, **options)  # type: ignore[arg-type]
        made.append(ScimProvider(settings, token, 24, budget_s=budget_s))
        return made[-1]

    yield make
    for provider in made:
        provider.close()


@pytest.fixture
def scim(proxy: Proxy, provide: Provide) -> ScimProvider:
    """A provider at the server, through the proxy."""
    return provide(proxy.url)
