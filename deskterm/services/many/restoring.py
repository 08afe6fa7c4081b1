"""Take a series back: every customer as before, but for what somebody changed since."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm.rules.rights import Right
from deskterm.services.deeds import undoing
from deskterm.services.deeds.standing import mark_undone
from deskterm.services.deeds.undoing import Left
from deskterm.services.deeds.values import from_json
from deskterm.services.desk import Desk
from deskterm.services.edit.draft import as_text
from deskterm.services.labels import label, shown
from deskterm.services.many.people import in_parts, people_of
from deskterm.services.many.writing import log_row
from deskterm.store.bulk import Row, write_rows
from deskterm.store.search import index_customer
from deskterm.text import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from deskterm.store.tables import Deed

_FOUND_BY = frozenset(
    {"sort_key", "name_text", "contact_text", "place_key", "postcode_key", "street_key"}
)
"""Columns that follow from others: nothing to tell staff."""


def left_of(desk: Desk, session: "Session", deed: "Deed") -> tuple[str, ...]:
    """Tell what would stay as it is now, customer by customer."""
    stays = _of_new_homes(session, deed)
    left = [one for one in undoing.left_behind(session, deed, stays) if one.column not in _FOUND_BY]
    names: dict[int, str] = {}
    for part in in_parts(list({one.customer_id or 0 for one in left})):
        names |= {key: one.name for key, one in people_of(session, part, desk.today).items()}
    return tuple(_sentence(one, names.get(one.customer_id or 0, "")) for one in left)


def take_back(desk: Desk, session: "Session", deed: "Deed") -> str:
    """Put everything back that can be, with a line in the log for each; say what was done."""
    from deskterm.store.tables import Deed

    deed_id, done_at, at = deed.id, deed.at, desk.clock.now()
    touched = undoing.touched_customers(session, deed)
    _require_blocks(desk, session, deed)
    left = undoing.take_back(session, deed, _of_new_homes(session, deed))
    session.expunge_all()
    _bump(desk, session, touched, at)
    stayed = {(one.customer_id, _subject(one)) for one in left}
    _log(desk, session, touched, done_at, at, stayed)
    _index(desk, session, sorted({one.customer_id for one in left if one.customer_id}))
    deed = session.get_one(Deed, deed_id)
    mark_undone(desk, deed)
    session.add(deed)
    told = ngettext(
        "Seriemutatie van {count} klant teruggedraaid.",
        "Seriemutatie van {count} klanten teruggedraaid.",
        deed.people,
    ).format(count=deed.people)
    if any(one.column not in _FOUND_BY for one in left):
        told += " " + _("Wat intussen gewijzigd was, bleef zo.")
    return told


def _require_blocks(desk: Desk, session: "Session", deed: "Deed") -> None:
    from sqlmodel import col, select

    from deskterm.store.tables import DeedRow

    rows = select(DeedRow.id).where(
        col(DeedRow.deed_id) == deed.id, col(DeedRow.table_name) == "block"
    )
    if session.exec(rows.limit(1)).first() is not None:
        desk.require(Right.BLOCK_EDIT)


def _of_new_homes(session: "Session", deed: "Deed") -> set[int]:
    """The rows of the deed that must stay as the new address was changed since.

    The old one keeps its end then: nobody has two homes.
    """
    from sqlmodel import col, select

    from deskterm.store.tables import Address, DeedRow, metadata

    table = metadata.tables["address"]
    query = select(DeedRow).where(
        col(DeedRow.deed_id) == deed.id, col(DeedRow.table_name) == table.name
    )
    rows: defaultdict[int, set[int]] = defaultdict(set)
    kept: set[int] = set()
    for row in session.exec(query):
        address = session.get(Address, from_json(table, row.row_key)["id"])
        if address is None:
            continue
        rows[address.customer_id].add(row.id or 0)
        after = from_json(table, row.after)
        if not row.before and any(getattr(address, name) != after[name] for name in after):
            kept.add(address.customer_id)
            rows[address.customer_id].discard(row.id or 0)
    return set().union(*(rows[one] for one in kept))


def _bump(desk: Desk, session: "Session", actor_ids: Sequence[int], at: "datetime") -> None:
    from sqlalchemy import update
    from sqlmodel import col

    from deskterm.store.tables import Customer

    by = (desk.staff.actor_id or None) if desk.staff else None
    for part in in_parts(actor_ids):
        session.connection().execute(
            update(Customer)
            .where(col(Customer.actor_id).in_(part))
            .values(version=col(Customer.version) + 1, changed_at=at, changed_by=by)
        )


def _log(
    desk: Desk,
    session: "Session",
    actor_ids: Sequence[int],
    done_at: "datetime",
    at: "datetime",
    stayed: set[tuple[int | None, str]],
) -> None:
    """Write the lines of the series the other way round, but for what stayed."""
    from sqlmodel import col, select

    from deskterm.store.tables import ChangeLogLine

    lines: list[Row] = []
    common = log_row(desk, at, "series.undo")
    for part in in_parts(actor_ids):
        query = select(
            ChangeLogLine.customer_id, ChangeLogLine.field, ChangeLogLine.old, ChangeLogLine.new
        ).where(
            col(ChangeLogLine.customer_id).in_(part),
            col(ChangeLogLine.action) == "series",
            col(ChangeLogLine.at) == done_at,
            ~col(ChangeLogLine.erased),
        )
        for actor_id, name, old, new in session.exec(query.order_by(col(ChangeLogLine.id))):
            if actor_id is not None and not {(actor_id, one) for one in _subjects(name)} & stayed:
                lines.append(
                    {**common, "customer_id": actor_id, "field": name, "old": new, "new": old}
                )
    write_rows(session.connection(), {"change_log": lines})


def _index(desk: Desk, session: "Session", actor_ids: Sequence[int]) -> None:
    """Bring the search columns up to date of those who kept a part of the series."""
    for part in in_parts(actor_ids):
        for person in people_of(session, part, desk.today).values():
            index_customer(person.customer, person.addresses)
    session.flush()


def _subject(left: Left) -> str:
    """What a line of the log about it begins or ends with."""
    return f"{left.table}.{left.column}" if left.column else left.table


def _subjects(name: str) -> tuple[str, ...]:
    """What of it can have stayed, for the field of a line: the column, or the whole row."""
    subject, _point, rest = name.partition(".")
    if subject == "block":
        is_note = rest.endswith(".note")
        return ("block", f"block.{'note' if is_note else 'lifted_at'}")
    if subject == "address":
        return ("address", f"address.{rest.rpartition('.')[2]}")
    return ("customer", f"customer.{name}")


def _sentence(left: Left, name: str) -> str:
    if left.table == "customer":
        field, now = label(left.column), shown(left.column, as_text(left.now))
    elif left.table == "address":
        field = label(f"address.1.{left.column}") if left.column else _("Adres")
        now = as_text(left.now) if left.column else ""
    else:
        field, now = _("Blokkade"), ""
    words = _("{name}: {field} is intussen {now} en blijft zo.")
    changed = _("{name}: {field} is intussen gewijzigd en blijft zo.")
    return (words if now else changed).format(name=name, field=field, now=now)
