"""Rows that refer to the loser: everything moves to the keeper, but for what is named here."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from deskterm.services.deeds.recording import Recording

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Table

CUSTOMER = "customer.actor_id"
NOT_MOVED: Mapping[tuple[str, str], str] = {
    ("viewing", "customer_id"): "who looked at which record stays true",
    ("done_act", "customer_id"): "the answer to an act that was done; opening it finds the keeper",
    ("deed", "customer_id"): "what was done to which record stays true",
    ("deed", "other_id"): "what was done to which record stays true",
}
UNITED: Mapping[tuple[str, str], str] = {
    ("customer", "merged_into_id"): "older pointers follow, so that each names its keeper",
    ("address", "customer_id"): "a door that the keeper has too is not moved",
    ("block", "customer_id"): "a kind that is in force for both is there once",
    ("message", "customer_id"): "there are four lines",
    ("relation", "customer_id"): "a tie is there once, and nobody is tied to oneself",
    ("relation", "other_id"): "a tie is there once, and nobody is tied to oneself",
}
"""What `services.merge.uniting` moves."""


def move_all(recording: Recording, keeper_id: int, loser_id: int) -> None:
    """Move every row that refers to the loser and is not named above, by plain SQL.

    Where the customer is a part of the key (a preference, a label, the login account), what the
    keeper has already stays with the loser.
    """
    for table, column in references():
        if (table.name, column.name) in {**NOT_MOVED, **UNITED}:
            continue
        if column.primary_key:
            _move_keyed(recording, table, column, keeper_id, loser_id)
        else:
            move(recording, table, column, keeper_id, loser_id)


def references() -> "Iterator[tuple[Table, Column[Any]]]":
    """Every column of the store that names a customer."""
    from deskterm.store.tables import metadata

    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(one.target_fullname == CUSTOMER for one in column.foreign_keys):
                yield table, column


def move(
    recording: Recording,
    table: "Table",
    column: "Column[Any]",
    keeper_id: int,
    loser_id: int,
    but: Collection[int] = (),
) -> None:
    """Move the rows of a table that name the loser in a column, but for some by number."""
    connection, number = _connection(recording), table.c.id if "id" in table.c else None
    keys = list(table.primary_key.columns)
    where = column == loser_id
    if but and number is not None:
        where &= number.not_in(list(but))
    for row in connection.execute(table.select().with_only_columns(*keys).where(where)).mappings():
        recording.note(table.name, dict(row), {column.name: loser_id}, {column.name: keeper_id})
    connection.execute(table.update().where(where).values({column.name: keeper_id}))


def _move_keyed(
    recording: Recording, table: "Table", column: "Column[Any]", keeper_id: int, loser_id: int
) -> None:
    connection = _connection(recording)
    rest = [one for one in table.primary_key.columns if one is not column]
    if not rest:
        _move_only(recording, table, column, keeper_id, loser_id)
        return

    def keys_of(customer_id: int) -> list[tuple[Any, ...]]:
        columns = table.select().with_only_columns(column, *rest).where(column == customer_id)
        return [tuple(row)[1:] for row in connection.execute(columns)]

    there = set(keys_of(keeper_id))
    for key in keys_of(loser_id):
        if key in there:
            continue
        where = column == loser_id
        for one, value in zip(rest, key, strict=True):
            where &= one == value
        named = dict(zip((one.name for one in rest), key, strict=True))
        moved = {column.name: keeper_id}
        recording.note(table.name, {**moved, **named}, {column.name: loser_id}, moved)
        connection.execute(table.update().where(where).values(moved))


def _move_only(
    recording: Recording, table: "Table", column: "Column[Any]", keeper_id: int, loser_id: int
) -> None:
    """Move the one row that a customer can have: noted whole, as another may come in its place."""
    connection = _connection(recording)
    found = {
        row[column.name]: dict(row)
        for row in connection.execute(
            table.select().where(column.in_((keeper_id, loser_id)))
        ).mappings()
    }
    if loser_id not in found or keeper_id in found:
        return
    moved = {column.name: keeper_id}
    recording.note(table.name, moved, found[loser_id], found[loser_id] | moved)
    connection.execute(table.update().where(column == loser_id).values(moved))


def _connection(recording: Recording) -> "Connection":
    return recording.session.connection()
