"""The fields of two records: in words, whether they differ, and which of them staff choose."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from deskterm.services.labels import label
from deskterm.services.viewing import postal_address
from deskterm.text import N_, _, date_text
from deskterm.views.customer import AddressView, CustomerView, Person
from deskterm.views.merging import FieldPair, Side

ADDRESS = "address"
"""The home address: where letters go."""
ADDED_UP = ("punches", "bypassed_checkins", "loans_this_year", "loans_last_year", "loans_total")
_EARLIEST = ("registered_on",)
_ACCOUNT = "username"
"""Goes with the login account."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "iban": (
        "iban", "bic", "direct_debit", "switch_service", "mandate_given_on", "mandate_revoked_on",
    ),
    "id_number": ("id_number", "id_kind", "id_country"),
}  # fmt: skip
"""What is chosen as one by its first: a mandate holds for one account, a number for one paper."""
_FOLLOWERS = {name: head for head, names in GROUPS.items() for name in names if name != head}
_REFUSAL = "no_"
"""How the columns begin in which a customer said no."""
_SEXES = {"M": N_("Man"), "V": N_("Vrouw"), "I": N_("Instelling"), "X": N_("Onbekend")}


def pairs_of(keeper: CustomerView, loser: CustomerView, today: date) -> tuple[FieldPair, ...]:
    """Lay the fields of two records side by side; those that both leave empty are left out."""
    found = []
    for name in (one.name for one in fields(Person)):
        mine, theirs = getattr(keeper.person, name), getattr(loser.person, name)
        if not mine and not theirs:
            continue
        found.append(
            FieldPair(
                name=name,
                label=label(name),
                keeper=_text(keeper, name),
                loser=_text(loser, name),
                differs=mine != theirs,
                choosable=is_choosable(name, keeper, loser),
                suggested=_suggested(keeper.person, loser.person, name),
            )
        )
        if name == "born":
            found += _address_pair(keeper, loser, today)
    return tuple(found)


def columns_of(name: str) -> tuple[str, ...]:
    """The columns that a choice is about."""
    return GROUPS.get(name, (name,))


def is_choosable(name: str, keeper: CustomerView, loser: CustomerView) -> bool:
    """Tell whether staff choose a field: not what is added up, or follows from something else."""
    if name == _ACCOUNT:
        return not keeper.account.provider and not loser.account.provider
    return name not in (*ADDED_UP, *_EARLIEST, *_FOLLOWERS)


def door(address: AddressView) -> str:
    """An address in one line."""
    street = (address.street, address.house_number, address.house_addition)
    parts = (" ".join(filter(None, street)), f"{address.postcode} {address.place}".strip())
    return ", ".join(filter(None, parts))


def _suggested(keeper: Person, loser: Person, name: str) -> Side:
    """The loser's where the keeper has none; a refusal counts whoever of the two gave it."""
    head = _FOLLOWERS.get(name, name)
    mine, theirs = getattr(keeper, head), getattr(loser, head)
    if isinstance(mine, bool):
        return "loser" if head.startswith(_REFUSAL) and theirs and not mine else "keeper"
    is_empty = not mine or (head == "sex" and mine == "X")
    return "loser" if is_empty and theirs else "keeper"


def _address_pair(keeper: CustomerView, loser: CustomerView, today: date) -> list[FieldPair]:
    mine, theirs = _home(keeper, today), _home(loser, today)
    if not mine and not theirs:
        return []
    side: Side = "keeper" if mine else "loser"
    differs = mine.casefold() != theirs.casefold()
    return [FieldPair(ADDRESS, _("Adres"), mine, theirs, differs, True, side)]


def _home(view: CustomerView, today: date) -> str:
    address = postal_address(view.addresses, today)
    return door(address) if address else ""


def _text(view: CustomerView, name: str) -> str:
    value: Any = getattr(view.person, name)
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    if value is None or isinstance(value, date):
        return date_text(value)
    if name == "sex":
        return _(_SEXES.get(value, value))
    if name == "branch_code":
        return f"{value} {view.block.branch_name}"
    return view.names.get(name) or str(value)
