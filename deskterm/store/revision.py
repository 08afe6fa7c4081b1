"""Which shape a store has: the names of its migrations, oldest first.

They are listed here too, so that opening a store costs one SELECT and not the import of Alembic;
a test holds the list against the migrations themselves.
"""

from sqlalchemy import Connection, inspect, text

from deskterm.store.errors import NotADatabase

REVISIONS: tuple[str, ...] = ("0001", "0002", "0003", "0004", "0005", "0006")
HEAD = REVISIONS[-1]


def revision_of(connection: Connection) -> str | None:
    """The store's revision; None when there is nothing in it yet.

    Raises:
        NotADatabase: it holds tables, but none of ours.
    """
    names = inspect(connection).get_table_names()
    if not names:
        return None
    if "alembic_version" not in names or "customer" not in names:
        raise NotADatabase("the tables of another program")
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if revision is None else str(revision)
