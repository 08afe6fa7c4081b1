"""Write what a series changes, some customers at a time, within its one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from deskterm.services.deeds.recording import Recording
from deskterm.services.desk import Desk
from deskterm.services.edit.columns import COLUMNS
from deskterm.services.edit.draft import Draft
from deskterm.services.many.people import Person
from deskterm.services.versions import mark_changed
from deskterm.store.bulk import Row, new_row, write_rows
from deskterm.store.search import index_customer
from deskterm.store.search.keys import EMAIL_FIELDS, PHONE_FIELDS, contact_text

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

_CONTACTS = (*PHONE_FIELDS, *EMAIL_FIELDS)


def write_part(
    desk: Desk, recording: Recording, drafts: Sequence[tuple[Person, Draft]], at: "datetime"
) -> None:
    """Carry some drafts out, each change with its line in the log, and let go of the rows."""
    session = recording.session
    updates: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    lines: list[Row] = []
    common = log_row(desk, at, "series")
    for person, draft in drafts:
        lines += [
            {**common, "customer_id": person.actor_id, "field": one.name, "old": one.old,
             "new": one.new}
            for one in draft.changes
        ]  # fmt: skip
        if any(one.name.startswith("address.") for one in draft.changes):
            _write_moved(desk, person, draft, at)
        else:
            values = _write_beside(recording, person, draft)
            updates[tuple(values)].append(values)
    session.flush()
    for names, rows in updates.items():
        _update(desk, session, names, rows, at)
    write_rows(session.connection(), {"change_log": lines})
    session.expunge_all()


def _write_moved(desk: Desk, person: Person, draft: Draft, at: "datetime") -> None:
    """Change the rows themselves: every search column follows from an address."""
    for change in draft.changes:
        change.write()
    mark_changed(desk, draft.customer, at)
    index_customer(draft.customer, person.addresses)


def _write_beside(recording: Recording, person: Person, draft: Draft) -> dict[str, Any]:
    """Write what hangs on a customer, note the columns of the customer, and give them.

    They are written many at a time: as rows of their own they take three times as long.
    """
    customer = draft.customer
    after: dict[str, Any] = {}
    for change in draft.changes:
        if change.name in COLUMNS:
            after[change.name] = change.value
        else:
            change.write()
    if not after.keys().isdisjoint(_CONTACTS):
        contacts = {name: after.get(name, getattr(customer, name)) for name in _CONTACTS}
        after["contact_text"] = contact_text(contacts)
    before = {name: getattr(customer, name) for name in after}
    changed = {name: old for name, old in before.items() if old != after[name]}
    if changed:
        new = {name: after[name] for name in changed}
        recording.note("customer", {"actor_id": person.actor_id}, changed, new)
    return {"actor_id": person.actor_id, **after}


def _update(
    desk: Desk,
    session: "Session",
    names: tuple[str, ...],
    rows: Sequence[dict[str, Any]],
    at: "datetime",
) -> None:
    from sqlalchemy import bindparam, update

    from deskterm.store.tables import Customer, metadata

    table = metadata.tables[str(Customer.__tablename__)]
    values: dict[str, Any] = {
        name: bindparam(f"new_{name}") for name in names if name != "actor_id"
    }
    by = (desk.staff.actor_id or None) if desk.staff else None
    values |= {"version": table.c.version + 1, "changed_at": at, "changed_by": by}
    statement = update(table).where(table.c.actor_id == bindparam("new_actor_id")).values(values)
    given = [{f"new_{name}": value for name, value in row.items()} for row in rows]
    session.connection().execute(statement, given)


def log_row(desk: Desk, at: "datetime", action: str) -> Row:
    """What all lines of a series have in the log: one moment, and who did what at which desk."""
    return new_row(
        "change_log",
        {
            "at": at,
            "day": desk.today,
            "staff_actor_id": (desk.staff.actor_id or None) if desk.staff else None,
            "desk": desk.place.name,
            "branch_code": desk.place.branch.code,
            "action": action,
        },
    )
