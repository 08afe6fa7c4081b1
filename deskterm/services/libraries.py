"""The library itself, as screens ask for it: places, pick lists, choices, shapes of codes."""

from typing import TYPE_CHECKING

from deskterm.rules.cards import CardScheme, CodeShapes
from deskterm.services.desk import Desk
from deskterm.services.settings import value_of
from deskterm.services.trouble import reading
from deskterm.store.reads import library
from deskterm.views.desk import BranchView, DeskView, WordView

if TYPE_CHECKING:
    from deskterm.store.engine import Store


def branches(desk: Desk) -> tuple[BranchView, ...]:
    """Give every branch, by number."""
    with reading(desk) as connection:
        return library.branches(connection)


def desks(desk: Desk) -> tuple[DeskView, ...]:
    """Give every desk, by branch."""
    with reading(desk) as connection:
        return library.desks(connection)


def words(desk: Desk, kind: str) -> tuple[WordView, ...]:
    """Give a pick list in the reader's language; empty when the library has none of that name."""
    with reading(desk) as connection:
        return library.words(connection, kind)


def setting(desk: Desk, key: str) -> str:
    """Give a choice of the library, else its default; KeyError for a key nobody knows."""
    with reading(desk) as connection:
        return value_of(library.settings(connection), key)


def card_shapes(desk: Desk) -> CodeShapes:
    """Give the shapes of the codes this library scans.

    Cards of every branch count; cards without a check digit are only known by their branch.
    """
    with reading(desk) as connection:
        by_branch = library.card_schemes(connection)
        settings = library.settings(connection)
    schemes = dict.fromkeys(scheme_of(name) for name in by_branch.values())
    return CodeShapes(
        schemes=tuple(schemes) or (CardScheme.STANDARD_14,),
        branches=frozenset(by_branch),
        national_number=value_of(settings, "card.national_number") == "1",
    )


def scheme_of(name: str) -> CardScheme:
    """Give the scheme a branch names; its number of digits will do where that says enough."""
    try:
        return CardScheme(name)
    except ValueError:
        return next(
            (scheme for scheme in CardScheme if scheme.value.endswith(f"-{name}")),
            CardScheme.STANDARD_14,
        )


def is_empty(store: "Store") -> bool:
    """Tell whether nothing was set up yet: the library has no branch."""
    with store.look() as connection:
        return library.is_empty(connection)
