"""Every table of the store, one file per subject; importing this fills `metadata`."""

from deskterm.store.tables.base import metadata
from deskterm.store.tables.cards import Card
from deskterm.store.tables.choices import (
    CustomerBadge,
    CustomerLabel,
    CustomerProfile,
    CustomerRole,
    NotificationPreference,
)
from deskterm.store.tables.circulation import Hold, Item, Loan, Title
from deskterm.store.tables.customer import Address, Customer, Relation
from deskterm.store.tables.ledger import LedgerEntry
from deskterm.store.tables.library import Branch, Desk, Institution, LibrarySetting, Word
from deskterm.store.tables.memberships import MembershipPeriod, MembershipType, Tariff
from deskterm.store.tables.notes import Acknowledgement, Block, ChangeLogLine, Message
from deskterm.store.tables.staff import Staff

__all__ = [
    "Acknowledgement", "Address", "Block", "Branch", "Card", "ChangeLogLine", "Customer",
    "CustomerBadge", "CustomerLabel", "CustomerProfile", "CustomerRole", "Desk", "Hold",
    "Institution", "Item", "LedgerEntry", "LibrarySetting", "Loan", "MembershipPeriod",
    "MembershipType", "Message", "NotificationPreference", "Relation", "Staff", "Tariff",
    "Title", "Word", "metadata",
]  # fmt: skip
