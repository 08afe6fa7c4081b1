"""Afrekenen: what is open of a customer, and every way to settle it.

Each act takes a key that the screen makes once per form: pressed twice, the second press finds
what the first one booked. Nothing in the ledger is ever altered; what is wrong is taken back with
counter-entries.
"""

from deskterm.rules import money
from deskterm.rules.faults import RuleFault
from deskterm.rules.rights import Right
from deskterm.services.desk import Desk
from deskterm.services.errors import FormFaults
from deskterm.services.settle.charging import arrange, charge
from deskterm.services.settle.correcting import storno, undo
from deskterm.services.settle.lines import AlreadySettled, settlement
from deskterm.services.settle.paying import pay, register
from deskterm.services.settle.waiving import SignerMayNot, waive
from deskterm.services.trouble import reading
from deskterm.text import _
from deskterm.views.money import Settlement

__all__ = [
    "AlreadySettled",
    "SignerMayNot",
    "arrange",
    "charge",
    "open_lines",
    "parse_received",
    "pay",
    "register",
    "storno",
    "undo",
    "waive",
]


def open_lines(desk: Desk, actor_id: int) -> Settlement:
    """Give what is open of a customer and of whom they pay for, and the credit in hand."""
    desk.require(Right.PAYMENT)
    with reading(desk) as connection:
        return settlement(connection, actor_id)


def parse_received(text: str, total: int) -> int:
    """Read the amount received, in cents; nothing typed is the total.

    Raises:
        FormFaults: `received` is no amount.
    """
    try:
        return money.parse_received(text, total)
    except RuleFault as fault:
        raise FormFaults((("received", _(fault.msgid).format(**fault.params)),)) from fault
