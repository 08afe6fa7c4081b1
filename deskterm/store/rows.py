"""Whole stores row by row: how a copy goes from one engine to the other."""

from sqlalchemy import Connection, Integer, text

from deskterm.store.engine import Store
from deskterm.store.migrate import upgrade
from deskterm.store.tables import metadata

_AT_A_TIME = 2000


def copy_rows(source: Connection, target: Store) -> None:
    """Copy every row of a source to a target that has the tables and nothing in them."""
    with target.write_plain() as connection:
        _copy_tables(source, connection)


def replace_rows(source: Store, target: Store) -> None:
    """Empty a PostgreSQL target and fill it from a source, in one transaction."""
    with source.read() as rows, target.write_plain() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP FUNCTION refuse_change"))
        connection.execute(text("DROP TABLE alembic_version"))
        upgrade(connection)
        _copy_tables(rows, connection)


def catch_up_sequences(connection: Connection) -> None:
    """Let PostgreSQL number new rows above those that came with their own number.

    To be called by who writes rows with given ids; SQLite needs nothing.
    """
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        key = table.autoincrement_column
        if key is not None and isinstance(key.type, Integer):
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key.name}'),"
                    f" greatest(max({key.name}), 1), max({key.name}) IS NOT NULL)"
                    f" FROM {table.name}"
                )
            )


def _copy_tables(source: Connection, target: Connection) -> None:
    for table in metadata.sorted_tables:
        # In the order of their keys, so that a ledger entry comes after the charge it settles.
        ordered = table.select().order_by(*table.primary_key)
        found = source.execution_options(yield_per=_AT_A_TIME).execute(ordered)
        for rows in found.mappings().partitions():
            target.execute(table.insert(), [dict(row) for row in rows])
    catch_up_sequences(target)
