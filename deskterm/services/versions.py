"""Two desks, one customer: who saves second is told what the first one changed."""

from datetime import datetime
from typing import TYPE_CHECKING

from deskterm.services.desk import Desk
from deskterm.services.edit.draft import Draft
from deskterm.services.errors import Conflict, Erased, Merged, NoCustomer
from deskterm.services.labels import label, shown
from deskterm.store.light import Reader, text
from deskterm.store.values import as_date, moment_text
from deskterm.text import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskterm.store.tables import ChangeLogLine, Customer

_LIVING = text("SELECT merged_into_id, erased_on FROM customer WHERE actor_id = :actor_id")
_MARK = text(
    "UPDATE customer SET version = version + 1, changed_at = :at, changed_by = :by"
    " WHERE actor_id = :actor_id"
)
_NO_SAVES = frozenset(
    (
        "privacy.insight",
        *(
            f"account.{what}"
            for what in ("create", "dismiss", "made", "renamed", "active", "expired", "failed")
        ),
    )
)
"""Actions in the log that make no new version of a customer: jobs that are asked for, what the
account service told, and what was given to the customer to read."""


def the_customer(session: "Session", actor_id: int) -> "Customer":
    """Read the row that is to be changed.

    Raises:
        NotFound: it is gone; Merged when it was merged into another, Erased when the person is
            gone.
    """
    from deskterm.store.tables import Customer

    customer = session.get(Customer, actor_id)
    if customer is None:
        raise NoCustomer(actor_id)
    if customer.merged_into_id is not None:
        raise Merged(actor_id, customer.merged_into_id)
    if customer.erased_on is not None:
        raise Erased(actor_id, customer.erased_on)
    return customer


def require_living(connection: Reader, actor_id: int) -> None:
    """Raise as `the_customer`, for acts that change nothing of the row itself."""
    row = connection.execute(_LIVING, {"actor_id": actor_id}).first()
    if row is None:
        raise NoCustomer(actor_id)
    merged_into, erased_on = row[0], as_date(row[1])
    if merged_into is not None:
        raise Merged(actor_id, merged_into)
    if erased_on is not None:
        raise Erased(actor_id, erased_on)


def require_version(session: "Session", customer: "Customer", version: int) -> None:
    """Raise Conflict when the customer was saved since; for acts that type nothing."""
    if customer.version != version:
        lines = _lines_since(session, customer, version)
        raise Conflict(_who(session, customer), tuple(_difference(line) for line in lines))


def mark_changed(desk: Desk, customer: "Customer", now: datetime) -> None:
    """Make a change count: the next version, by whom and when. Once per use case."""
    customer.version += 1
    customer.changed_at = now
    customer.changed_by = _changed_by(desk)


def mark_living(desk: Desk, connection: Reader, actor_id: int, now: datetime) -> None:
    """The same for acts that read no row; raises as `the_customer`.

    A row that a session holds keeps the version that it was read with.
    """
    require_living(connection, actor_id)
    values = {"actor_id": actor_id, "at": moment_text(now), "by": _changed_by(desk)}
    connection.execute(_MARK, values)


def _changed_by(desk: Desk) -> int | None:
    return (desk.staff.actor_id or None) if desk.staff else None


def conflict(draft: Draft, version: int) -> Conflict:
    """Make the Conflict of an edit: what was typed against what stands there now.

    What the other desk changed in further fields comes after that, with the value that the screen
    still shows as yours.
    """
    typed = {change.name for change in draft.changes}
    differences = [
        (label(change.name), shown(change.name, change.old), shown(change.name, change.new))
        for change in draft.changes
    ]
    for line in _lines_since(draft.session, draft.customer, version):
        if line.field not in typed:
            differences.append(_difference(line))
    return Conflict(_who(draft.session, draft.customer), tuple(differences))


def _difference(line: "ChangeLogLine") -> tuple[str, str, str]:
    return label(line.field), shown(line.field, line.new), shown(line.field, line.old)


def _lines_since(session: "Session", customer: "Customer", version: int) -> "list[ChangeLogLine]":
    """Read the log lines of the saves after a version.

    A save bumps the version once and writes its lines with one moment, so as many moments back as
    there are versions between is where the screen was read.
    """
    from sqlmodel import col, select

    from deskterm.store.tables import ChangeLogLine

    # What is printed is in the log, and is no save.
    query = select(ChangeLogLine).where(
        col(ChangeLogLine.customer_id) == customer.actor_id,
        ~col(ChangeLogLine.action).startswith("print."),
        col(ChangeLogLine.action).not_in(_NO_SAVES),
    )
    found: list[ChangeLogLine] = []
    moments = set()
    for line in session.exec(query.order_by(col(ChangeLogLine.id).desc()).limit(200)):
        moments.add(line.at)
        if len(moments) > customer.version - version:
            break
        if line.field:
            found.append(line)
    return found


def _who(session: "Session", customer: "Customer") -> str:
    from sqlmodel import col, select

    from deskterm.store.tables import Staff

    if customer.changed_by is None:
        return _("Een programma")
    query = select(Staff.name).where(col(Staff.actor_id) == customer.changed_by)
    return session.exec(query).first() or str(customer.changed_by)
