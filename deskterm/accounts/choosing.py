"""Which provider a library's login accounts have."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.accounts.clock import Clock
from deskterm.accounts.model import AccountProvider, NoProvider, Unavailable
from deskterm.accounts.options import AccountOptions, ScimOptions
from deskterm.store.engine import Store

if TYPE_CHECKING:
    from deskterm.config import Section


def choose_by(
    section: "Section[AccountOptions]", store: Store, clock: Clock, budget_s: float | None
) -> AccountProvider:
    """The provider of what the settings say; raises AccountError when it cannot be made."""
    from deskterm.accounts.scim_settings import SettingError

    if section.faults:
        raise Unavailable("settings")
    try:
        made = choose(section.options, store, clock, budget_s)
    except SettingError as error:
        raise Unavailable(error.setting) from error
    if made is None:
        raise NoProvider
    return made


def choose(
    options: AccountOptions, store: Store, clock: Clock, budget_s: float | None = None
) -> AccountProvider | None:
    """The provider that the options name; None for a library without login accounts.

    `budget_s` is how long each verb of an account server may take; without it that is what its
    settings allow.

    Nothing is connected to or asked yet, and the token of an account server is looked for at each
    use of it: one that is missing is the matter of who asks, and one that is replaced counts.

    Raises:
        SettingError: the account server's settings cannot work.
    """
    if options.provider == "none":
        return None
    if options.provider == "scim":
        return _scim(options.scim, options.activation_hours, budget_s)
    from deskterm.accounts.local import LocalProvider

    return LocalProvider(store, clock, options)


def _scim(options: ScimOptions, activation_hours: int, budget_s: float | None) -> AccountProvider:
    from deskterm.accounts.scim import ScimProvider
    from deskterm.accounts.token import find_token

    file = Path(options.token_file).expanduser() if options.token_file else None
    return ScimProvider(
        options, lambda: find_token(os.environ, file), activation_hours, budget_s=budget_s
    )
