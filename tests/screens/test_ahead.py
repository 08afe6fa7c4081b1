"""What asks other servers is loaded when a form opens that may ask one, and by nobody else."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from deskterm import ahead
from deskterm.addresses.pdok import Pdok
from deskterm.app import DesktermApp
from deskterm.screens import flows
from deskterm.screens.accounts.menu import open_menu
from deskterm.services.desk import Desk
from tests.screens.apps import opened, press, until
from tests.services.fake_accounts import FakeAccounts

ACTOR_ID = 413701


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Desk]:
    """The desks for which something was loaded; nothing is, so that the next form wants it too."""
    seen: list[Desk] = []
    monkeypatch.delitem(sys.modules, "httpx", raising=False)
    monkeypatch.setattr(ahead, "load", seen.append)
    return seen


async def customer(app: DesktermApp) -> None:
    """The customer without pop-ups, on tab 2."""
    await flows.open_customer(app, ACTOR_ID)
    await app.main.customer_place.open_tab("2")


async def test_a_form_with_addresses_loads_what_asks_a_register(
    small_library: Path, tmp_path: Path, loads: list[Desk]
) -> None:
    async with opened(small_library, tmp_path) as app:
        app.desk = replace(app.desk, addresses=Pdok())
        await customer(app)
        assert loads == []
        press(app, "alt+w")
        await until(lambda: loads == [app.desk])


async def test_the_menu_of_the_account_loads_what_asks_a_server(
    small_library: Path, tmp_path: Path, loads: list[Desk]
) -> None:
    async with opened(small_library, tmp_path) as app:
        app.desk = replace(app.desk, accounts=FakeAccounts("scim"))
        await customer(app)
        app.work.start(open_menu(app.main.customer_place))
        await until(lambda: loads == [app.desk] and app.question is not None)


async def test_a_desk_that_asks_no_server_loads_nothing(
    small_library: Path, tmp_path: Path, loads: list[Desk]
) -> None:
    async with opened(small_library, tmp_path) as app:
        await customer(app)
        press(app, "alt+w")
        await until(lambda: app.main.customer_place.editing)
        assert not ahead.is_wanted(app.desk)
        assert loads == []
