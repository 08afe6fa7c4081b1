"""Take a deed back: every row as it was, except where something came in between."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deskterm.services.deeds.values import from_json

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table
    from sqlmodel import Session

    from deskterm.store.tables import Deed, DeedRow


@dataclass(frozen=True, slots=True)
class Left:
    """What cannot go back, as somebody changed it since: it stays as it is now."""

    table: str
    customer_id: int | None
    column: str
    """Empty for a whole row."""
    before: Any
    now: Any


def left_behind(session: "Session", deed: "Deed") -> tuple[Left, ...]:
    """What `take_back` would have to leave, without taking anything back."""
    mark = session.connection().begin_nested()
    try:
        return take_back(session, deed)
    finally:
        mark.rollback()


def take_back(session: "Session", deed: "Deed") -> tuple[Left, ...]:
    """Put back what a deed changed, the last row first; the answer is what had to be left.

    It writes past the ORM: rows that the session holds are stale afterwards, and are expired. The
    caller has the deed's own conditions checked, brings the search columns up to date, bumps the
    versions of the customers, logs it, and marks the deed as undone.
    """
    from sqlmodel import col, select

    from deskterm.store.tables import DeedRow, metadata

    session.flush()
    connection = session.connection()
    left: list[Left] = []
    rows = select(DeedRow).where(col(DeedRow.deed_id) == deed.id).order_by(col(DeedRow.id).desc())
    for row in session.exec(rows).all():
        left += _put_back(connection, metadata.tables[row.table_name], row)
    session.expire_all()
    return tuple(left)


def touched_customers(session: "Session", deed: "Deed") -> tuple[int, ...]:
    """The actor-ids of everybody whose own row or addresses the deed changed."""
    from sqlmodel import col, select

    from deskterm.store.tables import DeedRow, metadata

    found: set[int] = {one for one in (deed.customer_id, deed.other_id) if one is not None}
    rows = select(DeedRow).where(
        col(DeedRow.deed_id) == deed.id, col(DeedRow.table_name).in_(("customer", "address"))
    )
    for row in session.exec(rows):
        table = metadata.tables[row.table_name]
        for written in (row.row_key, row.before, row.after):
            values = from_json(table, written)
            name = "actor_id" if row.table_name == "customer" else "customer_id"
            if values.get(name) is not None:
                found.add(values[name])
    return tuple(sorted(found))


def _put_back(connection: "Connection", table: "Table", row: "DeedRow") -> list[Left]:
    from sqlalchemy import and_, delete, insert, select, update

    before, after = from_json(table, row.before), from_json(table, row.after)
    key = from_json(table, row.row_key)
    is_it = and_(*(table.c[name] == value for name, value in key.items()))
    found = connection.execute(select(table).where(is_it)).mappings().first()
    now: Mapping[str, Any] | None = None if found is None else dict(found)
    if not after:
        if now is not None and set(key) != {"id"}:
            return [_left(table, now, "", before, now)]
        if now is not None:
            # SQLite gives a number out again: it is another row's now, which has nothing to do
            # with this one.
            del before["id"]
        connection.execute(insert(table).values(before))
        return []
    if now is None:
        return [_left(table, after, "", before, None)]
    if not before:
        if any(now[name] != value for name, value in after.items()):
            return [_left(table, now, "", None, now)]
        connection.execute(delete(table).where(is_it))
        return []
    same = {name: value for name, value in before.items() if now[name] == after[name]}
    if same:
        connection.execute(update(table).where(is_it).values(same))
    return [
        _left(table, now, name, before[name], now[name])
        for name in before
        if name not in same and now[name] != before[name]
    ]


def _left(table: "Table", row: Mapping[str, Any], column: str, before: Any, now: Any) -> Left:
    owner = row.get("actor_id" if table.name == "customer" else "customer_id")
    return Left(table.name, owner, column, before, now)
