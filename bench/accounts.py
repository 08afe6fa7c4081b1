"""Looking up a login account at an account server on this machine, against the bare request."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from bench.table import Row, median_and_p95, milliseconds

if TYPE_CHECKING:
    from deskterm.accounts.scim import ScimProvider

ASKED = 200
WARM = 10
SEARCH = "Users/.search"


def account_rows() -> list[Row]:
    """Look-ups and bare requests in turn, so that both meet the same server and machine."""
    from tests.accounts.scim_server import account_server

    bare: list[float] = []
    ours: list[float] = []
    with account_server() as server, closing(_provider(server.url)) as provider:
        names = [server.add(f"klant{number}")["userName"] for number in range(100)]
        ask = _bare(server.url)
        for number in range(WARM + ASKED):
            name = names[number % len(names)]
            bare.append(_taken(ask, name))
            ours.append(_taken(provider.find, name))
    floor = statistics.median(milliseconds(bare[WARM:]))
    taken = milliseconds(ours[WARM:])
    note = median_and_p95(taken)
    return [
        Row("look-up of a login account", statistics.median(taken), "ms", 1.5, floor, note),
    ]


def _provider(url: str) -> ScimProvider:
    from deskterm.accounts.options import ScimOptions
    from deskterm.accounts.scim import ScimProvider
    from tests.accounts.scim_server import TOKEN

    return ScimProvider(ScimOptions(base_url=url), TOKEN, 24)


def _bare(url: str) -> Callable[[str], object]:
    """The request alone, as a program would send it that is sure of its server."""
    import httpx

    from deskterm.accounts.scim_resources import equal, search_for
    from tests.accounts.scim_server import TOKEN

    client = httpx.Client(trust_env=False, headers={"Authorization": f"Bearer {TOKEN}"})

    def ask(name: str) -> object:
        answer = client.post(f"{url}/{SEARCH}", json=search_for(equal("userName", name)))
        return answer.json()["Resources"][0]

    return ask


def _taken(act: Callable[[str], object], name: str) -> float:
    started = time.perf_counter()
    found = act(name)
    taken = time.perf_counter() - started
    assert found, "every name that is asked for is there"
    return taken
