"""Looking an address up: the register, what it told before, what other customers have.

Nothing is sent but postcode and house number, and in Flanders the street; each of them is checked
first. Kept answers are no records of anybody, so keeping one leaves no line in the log.
"""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from deskterm.addresses.model import RegisterError
from deskterm.rules.doors import part_house_number, street_name
from deskterm.rules.faults import RuleFault
from deskterm.rules.names import fold
from deskterm.rules.postcodes import normalise_postcode
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError, StoreTrouble
from deskterm.services.labels import label
from deskterm.services.trouble import reading, writing_plain
from deskterm.store.reads import addresses as reads
from deskterm.store.reads.addresses import Door
from deskterm.store.search.keys import compact
from deskterm.text import _
from deskterm.views.addresses import AddressAnswer, AskedAddress, FoundAddress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deskterm.addresses.model import AddressRegister

Value = TypeVar("Value")

COUNTRIES = ("NL", "BE")
"""Where a postcode tells enough to look for."""

_log = logging.getLogger(__name__)


def look_up(desk: Desk, asked: AskedAddress, *, only_register: bool = False) -> AddressAnswer:
    """Give the addresses that may be meant; blocks within the register's budget.

    An answer of this day is not asked for again: the registers are for fair use. With
    `only_register` it is, and nobody else is asked.

    Raises:
        NotAllowed: the employee may not edit customers.
        DeskError: what was typed cannot be asked; the sentence names the field.
    """
    desk.require(Right.CUSTOMER_EDIT)
    if asked.country not in COUNTRIES or not asked.postcode.strip():
        return AddressAnswer()
    door, addition = _checked(asked)
    with reading(desk) as connection:
        known = None if only_register else reads.kept(connection, door)
        customers = () if only_register else reads.of_customers(connection, door)
    if known is not None and known.told_on == desk.today:
        return AddressAnswer(_meant(known.found, addition), "kept", told_on=known.told_on)
    answer = _asked_of_register(desk, door, addition)
    if answer.found:
        return answer
    if known is not None and (answer.trouble or not answer.register):
        found = _meant(known.found, addition)
        return replace(answer, found=found, source="kept", told_on=known.told_on)
    if customers:
        return replace(answer, found=tuple(customers), source="customers")
    return answer


def _checked(asked: AskedAddress) -> tuple[Door, str]:
    """What may be asked, and the addition that is meant; raises DeskError."""
    country = asked.country
    postcode = _read("postcode", lambda: normalise_postcode(asked.postcode, country))
    number, addition, street = "", "", ""
    if asked.house_number.strip():
        number, addition = _read(
            "house_number", lambda: part_house_number(asked.house_number, country)
        )
    if country == "BE" and asked.street.strip():
        street = _read("street", lambda: street_name(asked.street))
    return Door(country, compact(postcode), number, street), asked.house_addition or addition


def _read(part: str, read: "Callable[[], Value]") -> "Value":
    try:
        return read()
    except RuleFault as fault:
        sentence = _(fault.msgid).format(**fault.params)
        words = _("{field}: {sentence}")
        named = words.format(field=label(f"address.1.{part}"), sentence=sentence)
        raise DeskError(named, _("Er is niets opgezocht.")) from None


def _asked_of_register(desk: Desk, door: Door, addition: str) -> AddressAnswer:
    register = desk.addresses
    if register is None or register.country != door.country:
        return AddressAnswer()
    if door.country == "NL" and not door.house_number:
        return AddressAnswer()
    try:
        found = tuple(_found_by(register, door))
    except RegisterError as error:
        return AddressAnswer(register=register.name, trouble=error.code, detail=error.detail)
    if not found:
        return AddressAnswer(register=register.name)
    if found[0].house_number or not door.street:
        _keep(desk, door, found, register.name)
    return AddressAnswer(_meant(found, addition), "register", register.name)


def _found_by(register: "AddressRegister", door: Door) -> "Sequence[FoundAddress]":
    if door.street:
        return register.suggest(door.postcode, door.street, door.house_number)
    return register.by_postcode(door.postcode, door.house_number)


def _keep(desk: Desk, door: Door, found: tuple[FoundAddress, ...], source: str) -> None:
    try:
        with writing_plain(desk) as connection:
            reads.keep(connection, door, found, source, desk.today)
    except StoreTrouble as trouble:
        # The answer is as good; whoever saves the form is told what is wrong with the store.
        _log.warning("not kept: %s", type(trouble.__cause__).__name__)


def _meant(found: tuple[FoundAddress, ...], addition: str) -> tuple[FoundAddress, ...]:
    """Those with the addition that was typed; all of them when there is none, or none was."""
    wanted = compact(fold(addition))
    exact = tuple(one for one in found if compact(fold(one.house_addition)) == wanted)
    return exact if wanted and exact else found
