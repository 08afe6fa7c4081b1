"""Cards (tab 8): hand out, replace, take that back, block, and say which is the hoofdpas.

Every use case checks its right and the customer's version, writes the change log, and gives the
customer as it then is. Vervangen makes the old number dead for good; only Herstel of the same day
brings it back (customers.md 1.8 and 5.10).
"""

from deskterm.services.card.issuing import CardKind, add, offer, replace
from deskterm.services.card.kinds import block, to_extra, to_main, unblock
from deskterm.services.card.numbers import GENERATE
from deskterm.services.card.undoing import undo

__all__ = [
    "GENERATE",
    "CardKind",
    "add",
    "block",
    "offer",
    "replace",
    "to_extra",
    "to_main",
    "unblock",
    "undo",
]
