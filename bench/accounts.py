"""Looking up a login account at an account server on this machine, against the bare request."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from bench.table import Row, median_and_p95, milliseconds

ASKED = 200
WARM = 10


def account_rows() -> list[Row]:
    """Look-ups and bare requests in turn, so that both meet the same server and machine."""
    import httpx

    from deskterm.accounts.options import ScimOptions
    from deskterm.accounts.scim import ScimProvider
    from deskterm.accounts.scim_resources import equal, search_for
    from tests.accounts.scim_server import TOKEN, account_server

    bare: list[float] = []
    ours: list[float] = []
    with account_server() as server, httpx.Client(trust_env=False) as client:
        names = [server.add(f"klant{number}")["userName"] for number in range(100)]
        provider = ScimProvider(ScimOptions(base_url=server.url), TOKEN, 24)

        def ask(name: str) -> None:
            answer = client.post(
                f"{server.url}/Users/.search",
                json=search_for(equal("userName", name)),
                headers={"Authorization": f"Bearer {TOKEN}"},
            )
            assert len(answer.json()["Resources"]) == 1

        def find(name: str) -> None:
            assert provider.find(name) is not None

        for number in range(WARM + ASKED):
            name = names[number % len(names)]
            bare.append(_taken(ask, name))
            ours.append(_taken(find, name))
        provider.close()
    floor = statistics.median(milliseconds(bare[WARM:]))
    taken = milliseconds(ours[WARM:])
    return [
        Row(
            "look-up of a login account",
            statistics.median(taken),
            "ms",
            1.5,
            floor,
            median_and_p95(taken),
        )
    ]


def _taken(act: Callable[[str], None], name: str) -> float:
    started = time.perf_counter()
    act(name)
    return time.perf_counter() - started
