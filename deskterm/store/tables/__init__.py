"""Every table of the store, one file per subject; importing this fills `metadata`."""

from deskterm.store.tables.accounts import AccountJob, LocalAccount, LoginAccount
from deskterm.store.tables.base import metadata
from deskterm.store.tables.cards import Card, CardIssue
from deskterm.store.tables.choices import (
    CustomerBadge,
    CustomerLabel,
    CustomerProfile,
    CustomerRole,
    NotificationPreference,
)
from deskterm.store.tables.circulation import Hold, Item, Loan, Title
from deskterm.store.tables.customer import Address, Customer, Relation
from deskterm.store.tables.dealings import ChargeMark, LedgerAct, TillCount, TillEntry
from deskterm.store.tables.debits import BankAnswer, DebitBatch, DebitLine
from deskterm.store.tables.deeds import Deed, DeedRow
from deskterm.store.tables.errands import MailJob, PrinterSight, PrintJob, Worker
from deskterm.store.tables.ledger import LedgerEntry
from deskterm.store.tables.library import Branch, Desk, Institution, LibrarySetting, Word
from deskterm.store.tables.looking_after import (
    KnownAddress,
    PrivacyRun,
    SavedSearch,
    Viewing,
)
from deskterm.store.tables.memberships import MembershipPeriod, MembershipType, Tariff
from deskterm.store.tables.notes import Acknowledgement, Block, ChangeLogLine, Message
from deskterm.store.tables.staff import PinTries, Staff
from deskterm.store.tables.tariffs import Cost, Discount, FeeZone
from deskterm.store.tables.tasks import DoneAct, Draft, Letter, MonthRun

__all__ = [
    "AccountJob", "Acknowledgement", "Address", "BankAnswer", "Block", "Branch", "Card",
    "CardIssue", "ChangeLogLine", "ChargeMark", "Cost", "Customer", "CustomerBadge",
    "CustomerLabel", "CustomerProfile", "CustomerRole", "DebitBatch", "DebitLine", "Deed",
    "DeedRow", "Desk", "Discount", "DoneAct", "Draft", "FeeZone", "Hold", "Institution",
    "Item", "KnownAddress", "LedgerAct", "LedgerEntry", "Letter", "LibrarySetting", "Loan",
    "LocalAccount", "LoginAccount", "MailJob", "MembershipPeriod", "MembershipType",
    "Message", "MonthRun", "NotificationPreference", "PinTries", "PrintJob", "PrinterSight",
    "PrivacyRun", "Relation", "SavedSearch", "Staff", "Tariff", "TillCount", "TillEntry",
    "Title", "Viewing", "Word", "Worker", "metadata",
]  # fmt: skip
