"""Accounts for tests to make, and who makes them."""

from collections.abc import Callable

from deskterm.accounts.model import NewAccount
from deskterm.accounts.scim import ScimProvider
from tests.accounts.exchanges import Reply, Stub

Serve = Callable[[Callable[[bytes], Reply]], Stub]
"""Starts a server that says this: `serve(lambda question: answer(500))`."""
Provide = Callable[..., ScimProvider]
"""Makes a provider at an address: `provide(url, budget_s=2, search="get")`."""


def new_account(username: str = "jdevries", key: str = "key-1", **more: object) -> NewAccount:
    """An account to be made for the same customer each time."""
    fields: dict[str, object] = {
        "key": key,
        "username": username,
        "name": "Mevr. Zoë de Vries-Jansen",
        "family_name": "de Vries-Jansen",
        "email": "zoe@devries.example",
        "language": "nl",
        "customer_id": 5,
    }
    return NewAccount(**{**fields, **more})  # type: ignore[arg-type]
