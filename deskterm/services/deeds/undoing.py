"""Take a deed back: every row as it was, except where something came in between."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from deskterm.services.deeds.values import from_json

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Delete, Select, Table, Update
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


def left_behind(session: "Session", deed: "Deed", leave: Collection[int] = ()) -> tuple[Left, ...]:
    """What `take_back` would have to leave, without taking anything back."""
    mark = session.connection().begin_nested()
    try:
        return take_back(session, deed, leave)
    finally:
        mark.rollback()


def take_back(session: "Session", deed: "Deed", leave: Collection[int] = ()) -> tuple[Left, ...]:
    """Put back what a deed changed, the last row first; the answer is what had to be left.

    `leave` numbers the rows of the deed that must stay as they are, whoever changed them since.
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
        if row.id not in leave:
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
    from sqlalchemy import insert

    before, after = from_json(table, row.before), from_json(table, row.after)
    key = {f"key_{name}": value for name, value in from_json(table, row.row_key).items()}
    names = (*before, _owner(table)) if before and after else tuple(table.columns.keys())
    found = connection.execute(_reading(table, names), key).mappings().first()
    now: Mapping[str, Any] | None = None if found is None else dict(found)
    if not after:
        if now is not None and set(key) != {"key_id"}:
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
        connection.execute(_removing(table), key)
        return []
    same = {name: value for name, value in before.items() if now[name] == after[name]}
    if same:
        connection.execute(_changing(table, tuple(same)), {**same, **key})
    return [
        _left(table, now, name, before[name], now[name])
        for name in before
        if name not in same and now[name] != before[name]
    ]


# The statements are kept: making one takes several times as long as carrying it out.
@cache
def _reading(table: "Table", names: tuple[str, ...]) -> "Select[Any]":
    from sqlalchemy import select

    columns = [table.c[name] for name in dict.fromkeys(names) if name in table.c]
    return select(*columns).where(_is_it(table))


@cache
def _changing(table: "Table", names: tuple[str, ...]) -> "Update":
    from sqlalchemy import bindparam, update

    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return update(table).where(_is_it(table)).values(values)


@cache
def _removing(table: "Table") -> "Delete":
    from sqlalchemy import delete

    return delete(table).where(_is_it(table))


def _is_it(table: "Table") -> "ColumnElement[bool]":
    from sqlalchemy import and_, bindparam

    keys = table.primary_key.columns
    return and_(*(column == bindparam(f"key_{column.name}") for column in keys))


def _owner(table: "Table") -> str:
    """The column that says whose row it is, in most tables."""
    return "actor_id" if table.name == "customer" else "customer_id"


def _left(table: "Table", row: Mapping[str, Any], column: str, before: Any, now: Any) -> Left:
    return Left(table.name, row.get(_owner(table)), column, before, now)
