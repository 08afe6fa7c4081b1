"""Roles of staff and the rights that go with them (VL: bevoegdheden; customers.md section 7)."""

from enum import IntEnum, StrEnum


class Role(IntEnum):
    """Wise's five levels; each may do all that the one below may."""

    BALIEBHR = 1
    CATABASIS = 2
    CATAPLUS = 3
    BESTELBHR = 4
    ADMIN = 5


class Right(StrEnum):
    """One thing that a role may or may not do; services check it, screens grey by it."""

    CUSTOMER_READ = "customer.read"
    CUSTOMER_EDIT = "customer.edit"
    CUSTOMER_ENROL = "customer.enrol"
    CUSTOMER_MERGE = "customer.merge"
    CUSTOMER_DELETE = "customer.delete"
    CARD_BLOCK = "card.block"
    CARD_REPLACE = "card.replace"
    BLOCK_EDIT = "block.edit"
    BLOCK_COLLECTIONS = "block.collections"
    LOAN = "loan"
    HOLD = "hold"
    PAYMENT = "payment"
    WAIVE = "waive"
    STORNO = "storno"
    DIRECT_DEBIT = "direct.debit"
    WORK_DATE = "work.date"
    CATALOGUE_EDIT = "catalogue.edit"
    STAFF_MANAGE = "staff.manage"
    LIBRARY_MANAGE = "library.manage"
    IMPORT = "import"
    EXPORT = "export"


_LOWEST_ROLE: dict[Right, Role] = {
    Right.CATALOGUE_EDIT: Role.CATABASIS,
    Right.CUSTOMER_MERGE: Role.CATAPLUS,
    Right.CUSTOMER_DELETE: Role.BESTELBHR,
    Right.STORNO: Role.BESTELBHR,
    Right.DIRECT_DEBIT: Role.BESTELBHR,
    Right.BLOCK_COLLECTIONS: Role.ADMIN,
    Right.STAFF_MANAGE: Role.ADMIN,
    Right.LIBRARY_MANAGE: Role.ADMIN,
    Right.IMPORT: Role.ADMIN,
    Right.EXPORT: Role.ADMIN,
}
"""Storno and the collections block are attested; merging, deleting and the rest are our choice.
A right that is not named here belongs to every role."""


def lowest_role(right: Right) -> Role:
    """Give the lowest role that has a right."""
    return _LOWEST_ROLE.get(right, Role.BALIEBHR)


def rights_of(role: Role) -> frozenset[Right]:
    """Give everything a role may do."""
    return frozenset(right for right in Right if role >= lowest_role(right))
