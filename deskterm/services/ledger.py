"""The books themselves: every entry of a customer, and the proof that all sums follow from them."""

from deskterm.rules.names import display_name
from deskterm.rules.rights import Right
from deskterm.services.customer_rows import the_row
from deskterm.services.desk import Desk
from deskterm.services.trouble import reading
from deskterm.store.ledger_check import disorders
from deskterm.store.reads import books
from deskterm.views.money import Disorder, LedgerOf


def check(desk: Desk) -> tuple[Disorder, ...]:
    """Look the whole ledger over; empty when it is in order. Takes seconds on a large store.

    Raises:
        NotAllowed: the employee may not look into customers.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        return tuple(disorders(connection))


def entries(desk: Desk, actor_id: int) -> LedgerOf:
    """Give every entry of a customer, oldest first, with the sums of the customer block.

    Raises:
        NotFound: nobody has this actor-id.
    """
    desk.require(Right.CUSTOMER_READ)
    with reading(desk) as connection:
        row = the_row(connection, actor_id)
        found = books.entries(connection, actor_id)
        sums = books.sums(connection, actor_id)
    person = row.person
    return LedgerOf(
        actor_id=actor_id,
        name=display_name(
            person.surname,
            prefix=person.prefix,
            initials=person.initials,
            first=person.first_name,
        ),
        contribution_cents=sums.get("contribution", 0),
        registration_cents=sums.get("registration", 0),
        credit_cents=-sums.get("credit", 0),
        entries=found,
    )
