"""Vervangen and Nieuwe pas: hand out a card, in the place of another or beside the others."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from deskterm.rules.rights import Right
from deskterm.services import opening
from deskterm.services.card import numbers
from deskterm.services.card.rows import living_main, require_usable, the_card
from deskterm.services.desk import Desk
from deskterm.services.errors import DeskError
from deskterm.services.logbook import Logbook
from deskterm.services.settle.book import Book, begin
from deskterm.services.trouble import reading_rows, writing
from deskterm.services.versions import mark_changed, require_version, the_customer
from deskterm.store.reads import tariffs
from deskterm.text import _, cents_text
from deskterm.views.cards import CardIssued, CardOffer

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.reads.tariffs import CostRow
    from deskterm.store.tables import Card, CardIssue, Customer

CardKind: TypeAlias = Literal["main", "extra"]
COST = "card"
"""What a replacement card is called among the library's costs."""


@dataclass(frozen=True, slots=True)
class _Handed:
    """What one act hands out, to whom, and which card stops being one for it."""

    desk: Desk
    session: "Session"
    customer: "Customer"
    kind: str
    number: str
    made: bool
    old: "Card | None" = None

    @property
    def actor_id(self) -> int:
        return self.customer.actor_id or 0


def offer(desk: Desk, actor_id: int, typed: str, card_id: int | None = None) -> CardOffer:
    """Tell what handing out this card would do, in the place of `card_id` if there is one.

    Raises:
        FormFaults: `card`, as `replace`.
        DeskError: the old card was replaced already.
        NotAllowed, NotFound: as `replace`.
    """
    desk.require(Right.CARD_REPLACE)
    with reading_rows(desk) as session:
        the_customer(session, actor_id)
        if card_id is None:
            return CardOffer(numbers.new_number(session, typed, actor_id))
        old = the_card(session, actor_id, card_id)
        require_usable(old)
        number = numbers.new_number(session, typed, actor_id, old.number)
        cost = _cost(desk, session)
        if cost is None:
            return CardOffer(number)
        return CardOffer(number, cost.name, cost.price_cents)


def replace(
    desk: Desk, actor_id: int, version: int, card_id: int, typed: str, key: str
) -> CardIssued:
    """Vervangen: the old card is dead for good, the new one is what it was, and may cost something.

    `typed` is the new number as scanned or typed; `V` makes one. The same key again gives the
    first answer. Loans, holds and costs are the customer's and stay where they are.

    Raises:
        FormFaults: `card`: it is no card of this library, the old one, an item, or in use.
        DeskError: the old card was replaced already.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CARD_REPLACE)
    with writing(desk) as session:
        issue = done_before(session, key, actor_id)
        repeated = issue is not None
        if issue is None:
            customer = the_customer(session, actor_id)
            require_version(session, customer, version)
            old = the_card(session, actor_id, card_id)
            require_usable(old)
            number, made = _number(session, typed, customer, old.number)
            handed = _Handed(desk, session, customer, old.kind, number, made, old)
            issue = _hand_out(handed, key, _cost(desk, session))
    return _issued(desk, issue, repeated=repeated)


def add(
    desk: Desk, actor_id: int, version: int, kind: CardKind, typed: str, key: str
) -> CardIssued:
    """Hand out a card that replaces none: a volgpas, or the hoofdpas of who has none. It is free.

    Raises:
        FormFaults: `card`, as `replace`.
        DeskError: there is a hoofdpas already.
        NotAllowed, Conflict, NotFound: as `editing.save`.
    """
    desk.require(Right.CARD_REPLACE)
    with writing(desk) as session:
        issue = done_before(session, key, actor_id)
        repeated = issue is not None
        if issue is None:
            customer = the_customer(session, actor_id)
            require_version(session, customer, version)
            if kind == "main" and (main := living_main(session, actor_id)) is not None:
                raise DeskError(
                    _("De klant heeft al hoofdpas {number}.").format(number=main.number),
                    _("Kies Vervangen voor een nieuwe hoofdpas."),
                )
            number, made = _number(session, typed, customer)
            handed = _Handed(desk, session, customer, kind, number, made)
            issue = _hand_out(handed, key, None)
    return _issued(desk, issue, repeated=repeated)


def done_before(session: "Session", key: str, actor_id: int) -> "CardIssue | None":
    """What was handed out with a key, if anything was.

    Raises:
        ValueError: no key, or one that stands for another customer; a screen made a mistake.
    """
    from sqlmodel import col, select

    from deskterm.store.tables import CardIssue

    if not key:
        raise ValueError("handing out a card needs a key")
    known = session.exec(select(CardIssue).where(col(CardIssue.key) == key)).first()
    if known is not None and known.customer_id != actor_id:
        raise ValueError(f"key {key!r} stands for a card of another customer")
    return known


def _number(
    session: "Session", typed: str, customer: "Customer", old: str = ""
) -> tuple[str, bool]:
    """The number to hand out, and whether it was made."""
    number = numbers.new_number(session, typed, customer.actor_id or 0, old)
    if number:
        return number, False
    return numbers.made_number(session, customer.branch_code), True


def _cost(desk: Desk, session: "Session") -> "CostRow | None":
    """What a replacement card costs here today; None when it is free."""
    row = tariffs.cost(session.connection(), COST, desk.place.branch.code, desk.today)
    return row if row is not None and row.price_cents else None


def _hand_out(handed: _Handed, key: str, cost: "CostRow | None") -> "CardIssue":
    desk, session, actor_id = handed.desk, handed.session, handed.actor_id
    issue = _issue(handed, key)
    if handed.old is not None:
        # What was replaced is a volgpas, as in Wise (customers.md 5.10).
        handed.old.status, handed.old.kind = "replaced", "extra"
        session.add(handed.old)
        session.flush()
    _write_card(handed)
    book = _charge(handed, key, cost, issue) if cost is not None else None
    logbook = book.log(actor_id) if book else Logbook(desk, session, actor_id)
    logbook.line(_action(handed), "card", issue.old_number, handed.number)
    if book is not None:
        book.close()
    else:
        mark_changed(desk, handed.customer, logbook.at)
        session.add(handed.customer)
    session.add(issue)
    session.flush()
    return issue


def _action(handed: _Handed) -> str:
    """What the change log calls it."""
    if handed.old is not None:
        return "card.replace"
    return "card.new" if handed.kind == "main" else "card.extra"


def _issue(handed: _Handed, key: str) -> "CardIssue":
    from deskterm.store.tables import CardIssue

    desk, old = handed.desk, handed.old
    return CardIssue(
        key=key,
        customer_id=handed.actor_id,
        number=handed.number,
        kind=handed.kind,
        made=handed.made,
        old_number=old.number if old else "",
        old_kind=old.kind if old else "",
        old_status=old.status if old else "",
        day=desk.today,
        at=desk.clock.now(),
        # A script has no row among the staff.
        staff_id=(desk.staff.id or None) if desk.staff else None,
        desk_id=desk.place.id,
    )


def _write_card(handed: _Handed) -> None:
    from deskterm.store.tables import Card

    handed.session.add(
        Card(
            number=handed.number,
            customer_id=handed.actor_id,
            kind=handed.kind,
            branch_code=handed.customer.branch_code,
            issued_on=handed.desk.today,
        )
    )
    handed.session.flush()


def _charge(handed: _Handed, key: str, cost: "CostRow", issue: "CardIssue") -> Book:
    """Book what the card costs; the caller closes the book."""
    book = begin(handed.desk, handed.session, f"card:{key}", "charge", handed.actor_id, reason=COST)
    account = "contribution" if cost.booking_code.startswith("1") else "registration"
    charge_id = book.entry(
        handed.actor_id,
        kind="charge",
        account=account,
        booking_code=cost.booking_code,
        amount_cents=cost.price_cents,
        description=cost.name,
        reason=COST,
    )
    book.log(handed.actor_id).line(
        "charge", account, "", f"{cost.name} {cents_text(cost.price_cents)}"
    )
    issue.charge_id = charge_id
    return book


def _issued(desk: Desk, issue: "CardIssue", *, repeated: bool) -> CardIssued:
    return CardIssued(
        customer=opening.refresh(desk, issue.customer_id),
        number=issue.number,
        made=issue.made,
        old_number=issue.old_number,
        charge_id=issue.charge_id,
        repeated=repeated,
    )
