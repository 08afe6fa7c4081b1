"""The row of a customer, or the sentence that says that there is none."""

from deskterm.services.errors import NoCustomer
from deskterm.store.light import Reader, text
from deskterm.store.reads.person import CustomerRow, customer_row

_KNOWN = text("SELECT 1 FROM customer WHERE actor_id = :actor_id")


def the_row(connection: Reader, actor_id: int) -> CustomerRow:
    """Read a customer, also one who was merged or removed; raises NoCustomer."""
    row = customer_row(connection, actor_id)
    if row is None:
        raise NoCustomer(actor_id)
    return row


def require_known(connection: Reader, actor_id: int) -> None:
    """Raise as `the_row`, for acts that need nothing of the row."""
    if connection.execute(_KNOWN, {"actor_id": actor_id}).first() is None:
        raise NoCustomer(actor_id)
