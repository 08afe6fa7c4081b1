"""Which provider the settings give, and what has to be imported for it."""

import subprocess
import sys
from typing import Literal

import pytest

from deskterm.accounts.choosing import choose
from deskterm.accounts.local import LocalProvider
from deskterm.accounts.options import AccountOptions, ScimOptions
from tests.accounts.hall import Hall


def test_a_library_keeps_its_own_accounts_unless_told_otherwise(sqlite_hall: Hall) -> None:
    provider = choose(AccountOptions(), sqlite_hall.store, sqlite_hall.clock)
    assert isinstance(provider, LocalProvider)


def test_a_library_can_have_none(sqlite_hall: Hall) -> None:
    assert choose(AccountOptions("none"), sqlite_hall.store, sqlite_hall.clock) is None


def test_a_server_needs_no_token_before_it_is_asked(sqlite_hall: Hall) -> None:
    scim = ScimOptions("https://id.example.org/scim/v2", token_file="nowhere")
    provider = choose(AccountOptions("scim", scim=scim), sqlite_hall.store, sqlite_hall.clock)
    assert provider is not None
    assert provider.name == "scim"
    provider.close()


@pytest.mark.parametrize("provider", ["none", "local"])
def test_nothing_slow_is_imported_without_a_server(provider: Literal["none", "local"]) -> None:
    source = f"""
import sys
from deskterm.accounts.choosing import choose
from deskterm.accounts.options import AccountOptions
from deskterm.services.desk import SystemClock
from deskterm.store.engine import Store
choose(AccountOptions({provider!r}), Store("x.db", None), SystemClock())
slow = {{"httpx", "sqlalchemy", "sqlmodel", "jinja2", "keyring"}} & set(sys.modules)
assert not slow, slow
"""
    subprocess.run([sys.executable, "-c", source], check=True, timeout=60)
