"""One row of every kind that hangs on a customer, by number so that each is another one."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlmodel import SQLModel

from deskterm.store import tables
from tests.services.library import TODAY

AT = datetime(2026, 3, 15, 9, tzinfo=UTC)
HIGH = 1_000_000
"""Numbers from here on are nobody else's."""


def _charge(who: int, number: int) -> tables.LedgerEntry:
    return tables.LedgerEntry(
        id=HIGH + number, customer_id=who, kind="charge", account="registration",
        booking_code="2101", amount_cents=100 + number, description="Boete", day=TODAY, at=AT,
        branch_code="9401",
    )  # fmt: skip


def _work(number: int) -> tuple[SQLModel, SQLModel]:
    title = tables.Title(id=HIGH + number, name=f"t{number}")
    item = tables.Item(
        id=HIGH + number, number=f"i{number}", title_id=HIGH + number, branch_code="9401"
    )
    return title, item


def _loan(who: int, number: int) -> tuple[SQLModel, ...]:
    loan = tables.Loan(
        customer_id=who, item_id=HIGH + number, branch_code="9401", lent_on=TODAY, due_on=TODAY
    )
    return (*_work(number), loan)


def _hold(who: int, number: int) -> tuple[SQLModel, ...]:
    hold = tables.Hold(
        number=f"h{number}", customer_id=who, title_id=HIGH + number, pickup_branch="9401",
        placed_on=TODAY,
    )  # fmt: skip
    return (*_work(number), hold)


def _collection(who: int, number: int) -> tuple[SQLModel, ...]:
    charge = _charge(who, number)
    batch = tables.DebitBatch(
        id=HIGH + number, message_id=f"m{number}", collection_on=TODAY, at=AT,
        total_cents=charge.amount_cents, content="",
    )  # fmt: skip
    line = tables.DebitLine(
        batch_id=HIGH + number, end_to_end_id=f"e{number}", customer_id=who,
        charge_id=HIGH + number, mandate_id="x", sequence="FRST", iban="NL91ABNA0417164300",
        amount_cents=charge.amount_cents,
    )  # fmt: skip
    return charge, batch, line


def _card(who: int, number: int, kind: str) -> tables.Card:
    return tables.Card(
        number=f"2940100{number:07}", customer_id=who, kind=kind, branch_code="9401",
        issued_on=TODAY,
    )  # fmt: skip


_ROWS: Mapping[str, Callable[[int, int], SQLModel | tuple[SQLModel, ...]]] = {
    "card": lambda who, n: _card(who, n, "extra"),
    "main card": lambda who, n: _card(who, n, "main"),
    "card issue": lambda who, n: tables.CardIssue(
        key=f"c{n}", customer_id=who, number="1", kind="extra", made=False, day=TODAY, at=AT,
        desk_id=1,
    ),
    "period": lambda who, _n: tables.MembershipPeriod(
        customer_id=who, branch_code="9401", membership_code="53", begin_on=TODAY, end_on=TODAY,
        status=5,
    ),
    "charge": _charge,
    "credit": lambda who, _n: tables.LedgerEntry(
        customer_id=who, kind="credit", account="credit", booking_code="R000", amount_cents=-100,
        description="Tegoed", day=TODAY, at=AT, branch_code="9401",
    ),
    "act": lambda who, n: tables.LedgerAct(
        key=f"a{n}", kind="arrange", customer_id=who, day=TODAY, at=AT, desk_id=1,
        branch_code="9401",
    ),
    "collection": _collection,
    "loan": _loan,
    "hold": _hold,
    "block": lambda who, n: tables.Block(
        customer_id=who, kind="general", note=f"b{n}", since=TODAY
    ),
    "lifted block": lambda who, _n: tables.Block(
        customer_id=who, kind="general", since=TODAY, lifted_at=AT
    ),
    "line 1": lambda who, n: tables.Message(customer_id=who, line=1, text=f"m{n % 3}"),
    "line 4": lambda who, n: tables.Message(customer_id=who, line=4, text=f"m{n % 3}"),
    "preference": lambda who, _n: tables.NotificationPreference(
        customer_id=who, message_kind="HR1", delivery="M"
    ),
    "label": lambda who, _n: tables.CustomerLabel(customer_id=who, kind="label", code="VRI"),
    "role": lambda who, _n: tables.CustomerRole(customer_id=who, code="ABO", begin_on=TODAY),
    "profile": lambda who, _n: tables.CustomerProfile(
        customer_id=who, kind="interest", code="THR"
    ),
    "badge": lambda who, _n: tables.CustomerBadge(customer_id=who, code="OPN", given_on=TODAY),
    "address": lambda who, n: tables.Address(
        customer_id=who, kind="work", position=2, street="Brink", house_number=str(n % 3)
    ),
    "account": lambda who, n: tables.LoginAccount(
        customer_id=who, provider="local", ref=f"r{n}", username=f"u{n}", state="active"
    ),
    "account job": lambda who, n: tables.AccountJob(
        key=f"j{n}", customer_id=who, state="done", at=AT
    ),
    "answer": lambda who, _n: tables.Acknowledgement(
        customer_id=who, staff_id=1, at=AT, kind="block", answer="end"
    ),
    "letter": lambda who, _n: tables.Letter(customer_id=who, kind="CAJ", day=TODAY, at=AT),
    "mail": lambda who, n: tables.MailJob(
        key=f"k{n}", kind="x", customer_id=who, at=AT, next_at=AT
    ),
    "page": lambda who, n: tables.PrintJob(
        key=f"p{n}", desk_id=1, printer="receipt", kind="card", customer_id=who, at=AT,
        updated_at=AT, next_at=AT,
    ),
}  # fmt: skip
KINDS_OF_ROWS = sorted(_ROWS)


def rows_of(kind: str, who: int, number: int) -> tuple[SQLModel, ...]:
    """What a customer has of a kind, with the rows that it needs."""
    made = _ROWS[kind](who, number)
    return made if isinstance(made, tuple) else (made,)
