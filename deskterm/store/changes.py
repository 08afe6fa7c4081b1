"""The change log: one line per changed field, which nobody can alter afterwards."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from deskterm.store.tables import ChangeLogLine

if TYPE_CHECKING:
    from sqlmodel import Session


def log(
    session: "Session",
    *,
    at: datetime,
    day: date,
    action: str,
    customer_id: int | None = None,
    staff_actor_id: int | None = None,
    desk: str = "",
    branch_code: str = "",
    field: str = "",
    old: str = "",
    new: str = "",
) -> None:
    """Add a line to the log, in the transaction of the change itself.

    `at` is an aware moment and `day` the day at the desk, both by the desk's clock; `field` is the
    name of a form's field, and `old` and `new` are its texts.
    """
    session.add(
        ChangeLogLine(
            customer_id=customer_id,
            at=at,
            day=day,
            staff_actor_id=staff_actor_id,
            desk=desk,
            branch_code=branch_code,
            action=action,
            field=field,
            old=old,
            new=new,
        )
    )
