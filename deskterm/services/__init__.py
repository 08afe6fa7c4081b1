"""Use cases: one function is one use case is one transaction.

Submodules are imported when they are first used, so that the screen is painted before the
database library is loaded (it costs as much as all of Textual).
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskterm.services import acknowledge as acknowledge
    from deskterm.services import addresses as addresses
    from deskterm.services import cards as cards
    from deskterm.services import deaths as deaths
    from deskterm.services import drafts as drafts
    from deskterm.services import editing as editing
    from deskterm.services import enrolment as enrolment
    from deskterm.services import errands as errands
    from deskterm.services import families as families
    from deskterm.services import finding as finding
    from deskterm.services import incasso as incasso
    from deskterm.services import insight as insight
    from deskterm.services import ledger as ledger
    from deskterm.services import libraries as libraries
    from deskterm.services import life as life
    from deskterm.services import login_accounts as login_accounts
    from deskterm.services import logins as logins
    from deskterm.services import memberships as memberships
    from deskterm.services import merging as merging
    from deskterm.services import month as month
    from deskterm.services import opening as opening
    from deskterm.services import overviews as overviews
    from deskterm.services import printing as printing
    from deskterm.services import removing as removing
    from deskterm.services import retention as retention
    from deskterm.services import roles as roles
    from deskterm.services import searches as searches
    from deskterm.services import series as series
    from deskterm.services import settling as settling
    from deskterm.services import staff as staff
    from deskterm.services import tariffs as tariffs
    from deskterm.services import tidying as tidying
    from deskterm.services import till as till
    from deskterm.services import undoing as undoing
    from deskterm.services import viewings as viewings
    from deskterm.services import warming as warming


def __getattr__(name: str) -> ModuleType:
    if name.startswith("_"):
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
