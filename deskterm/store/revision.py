"""Which shape a store has: the names of its migrations, oldest first.

They are listed here too, so that opening a store costs one SELECT and not the import of Alembic;
a test holds the list against the migrations themselves.
"""

from deskterm.store.errors import NotADatabase
from deskterm.store.light import Reader, text

REVISIONS: tuple[str, ...] = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010",
    "0011",
)  # fmt: skip
HEAD = REVISIONS[-1]


_TABLES = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'table'"),
    "postgresql": text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"),
}
_REVISION = text("SELECT version_num FROM alembic_version")


def revision_of(reader: Reader) -> str | None:
    """The store's revision; None when there is nothing in it yet.

    Raises:
        NotADatabase: it holds tables, but none of ours.
    """
    names = set(reader.execute(_TABLES[reader.dialect.name]).scalars())
    if not names:
        return None
    if "alembic_version" not in names or "customer" not in names:
        raise NotADatabase("the tables of another program")
    revision = reader.execute(_REVISION).scalar()
    return None if revision is None else str(revision)
