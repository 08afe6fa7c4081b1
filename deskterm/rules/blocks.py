"""Blocks (blokkades) on a customer: kinds, what each forbids and who may set or lift it.

The kinds are those of Wise's block checklist; customers.md 6.3 marks which Dutch words are ours.
"""

from enum import Enum, StrEnum

from deskterm.rules.faults import N_
from deskterm.rules.rights import Right


class BlockKind(StrEnum):
    """Why a customer is held back."""

    GENERAL = "general"
    COLLECTIONS = "collections"
    PAYMENT = "payment"
    INTERNET = "internet"
    MISSING = "missing"
    ADDRESS = "address"
    PUBLIC = "public"


class Service(Enum):
    """What a customer asks of the library and a block can forbid."""

    LOAN = "loan"
    RENEWAL = "renewal"
    HOLD = "hold"
    SELF_SERVICE = "self-service"
    WEB = "web"


BLOCK_WORDS: dict[BlockKind, str] = {
    BlockKind.GENERAL: N_("Algemene blokkade"),
    BlockKind.COLLECTIONS: N_("Deurwaarderblokkade"),
    BlockKind.PAYMENT: N_("Betaalblokkade"),
    BlockKind.INTERNET: N_("Internetblokkade"),
    BlockKind.MISSING: N_("Pas als vermist gemeld"),
    BlockKind.ADDRESS: N_("Adresblokkade"),
    BlockKind.PUBLIC: N_("Blokkade publieksfuncties"),
}
"""The name of a block on the screen: message ids."""

_EVERYTHING = frozenset(Service)
_FORBIDS: dict[BlockKind, frozenset[Service]] = {
    BlockKind.GENERAL: _EVERYTHING,
    BlockKind.COLLECTIONS: _EVERYTHING,
    BlockKind.PAYMENT: frozenset({Service.LOAN, Service.RENEWAL, Service.HOLD}),
    BlockKind.INTERNET: frozenset({Service.LOAN, Service.HOLD, Service.SELF_SERVICE}),
    BlockKind.MISSING: frozenset({Service.LOAN, Service.SELF_SERVICE}),
    BlockKind.ADDRESS: frozenset(),
    BlockKind.PUBLIC: frozenset({Service.SELF_SERVICE, Service.WEB}),
}


def forbids(kind: BlockKind) -> frozenset[Service]:
    """Give what a block forbids; an address block only asks staff to mend the address."""
    return _FORBIDS[kind]


def right_to_change(kind: BlockKind) -> Right:
    """Give the right that setting or lifting a block needs: collections is for ADMIN alone."""
    if kind is BlockKind.COLLECTIONS:
        return Right.BLOCK_COLLECTIONS
    return Right.CARD_BLOCK if kind is BlockKind.MISSING else Right.BLOCK_EDIT
