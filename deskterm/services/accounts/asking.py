"""Asking the account provider: its errors as something that staff can act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deskterm.accounts.model import AccountError, NoProvider, NotAuthorised, Rejected
from deskterm.services.errors import (
    AccountsRefused,
    AccountsUnavailable,
    DeskError,
    NoAccounts,
)
from deskterm.text import _

if TYPE_CHECKING:
    from deskterm.accounts.model import AccountProvider
    from deskterm.services.desk import Desk


def provider_of(desk: "Desk") -> "AccountProvider":
    """The provider of the desk; raises NoAccounts when the library has none."""
    if desk.accounts is None:
        raise _no_accounts()
    return desk.accounts


@contextmanager
def asking() -> Iterator[None]:
    """Raise what a provider did as something staff can act on.

    Raises:
        AccountsUnavailable: no answer, or none that can be understood.
        AccountsRefused: the token is wrong.
        NoAccounts: the library has no provider.
        DeskError: the provider refuses this very question.
    """
    try:
        yield
    except NoProvider as error:
        raise _no_accounts() from error
    except NotAuthorised as error:
        raise AccountsRefused(
            _("De accountdienst weigert deze bibliotheek."),
            _("Vraag de beheerder het toegangsbewijs (token) na te kijken."),
        ) from error
    except Rejected as error:
        raise DeskError(
            _("De accountdienst weigert deze vraag."), _("Kijk na wat er getypt is.")
        ) from error
    except AccountError as error:
        raise AccountsUnavailable(
            _("De accountdienst is niet bereikbaar; dat is iets anders dan niet gevonden."),
            _("Probeer het zo opnieuw, of ga verder zonder: het kan ook later."),
        ) from error


def _no_accounts() -> NoAccounts:
    return NoAccounts(
        _("Deze bibliotheek heeft geen accountdienst."),
        _("De beheerder stelt die in onder [accounts] in config.toml."),
    )
