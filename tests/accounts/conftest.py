"""A library for every test of login accounts."""

import pytest

from deskterm.store.engine import Store
from tests.accounts.hall import Hall, fill


@pytest.fixture
def hall(store: Store) -> Hall:
    """One branch with one customer, on either engine."""
    return fill(store)


@pytest.fixture
def sqlite_hall(sqlite_store: Store) -> Hall:
    """The same on SQLite, for cases that are no matter of the engine."""
    return fill(sqlite_store)
