"""Write what a series changes, some customers at a time, within its one transaction."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm.services.desk import Desk
from deskterm.services.edit.draft import Change, Draft
from deskterm.services.many.people import Person
from deskterm.services.versions import mark_changed
from deskterm.store.bulk import Row, new_row, write_rows
from deskterm.store.search import index_customer
from deskterm.store.search.keys import EMAIL_FIELDS, PHONE_FIELDS

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

_FOUND_BY = frozenset({*PHONE_FIELDS, *EMAIL_FIELDS})


def write_part(
    desk: Desk, session: "Session", drafts: Sequence[tuple[Person, Draft]], at: "datetime"
) -> None:
    """Carry some drafts out, each change with its line in the log, and let go of the rows."""
    lines: list[Row] = []
    for person, draft in drafts:
        for change in draft.changes:
            change.write()
            lines.append(
                log_row(desk, at, person.actor_id, "series", change.name, change.old, change.new)
            )
        mark_changed(desk, draft.customer, at)
        if any(map(_is_found_by, draft.changes)):
            index_customer(draft.customer, person.addresses)
    session.flush()
    write_rows(session.connection(), {"change_log": lines})
    session.expunge_all()


def log_row(
    desk: Desk, at: "datetime", actor_id: int, action: str, field: str, old: str, new: str
) -> Row:
    """A line of the log as many are written at once; those of a series have one moment."""
    return new_row(
        "change_log",
        {
            "customer_id": actor_id,
            "at": at,
            "day": desk.today,
            "staff_actor_id": (desk.staff.actor_id or None) if desk.staff else None,
            "desk": desk.place.name,
            "branch_code": desk.place.branch.code,
            "action": action,
            "field": field,
            "old": old,
            "new": new,
        },
    )


def _is_found_by(change: Change) -> bool:
    return change.name in _FOUND_BY or change.name.startswith("address.")
