"""A hash on every line of the change log, over itself and the line before."""

import sqlalchemy as sa
from alembic import op

from deskterm.store.chain import BEFORE_THE_FIRST, COLUMNS, hash_of

revision = "0009"
down_revision = "0008"

AT_A_TIME = 5000
PAGE = sa.text(
    f"SELECT {', '.join(COLUMNS)} FROM change_log WHERE id > :after ORDER BY id LIMIT :most"
)
WRITE = sa.text("UPDATE change_log SET hash = :hash WHERE id = :id")
NO_HASH = "a line of the change log without its hash"


def upgrade() -> None:
    """Add the column, fill it for the lines there are, and let no line in without it."""
    # Plain SQL, as for a NOT NULL Alembic would copy the table on SQLite.
    op.execute("ALTER TABLE change_log ADD COLUMN hash VARCHAR DEFAULT '' NOT NULL")
    if op.get_bind().dialect.name == "sqlite":
        (refusal,) = op.get_bind().scalars(
            sa.text("SELECT sql FROM sqlite_schema WHERE name = 'change_log_no_update'")
        )
        op.execute("DROP TRIGGER change_log_no_update")
        _chain()
        op.get_bind().exec_driver_sql(refusal)
        op.execute(
            "CREATE TRIGGER change_log_hashed BEFORE INSERT ON change_log"
            " WHEN length(NEW.hash) <> 64"
            f" BEGIN SELECT RAISE(ABORT, 'change_log: {NO_HASH}'); END"
        )
    else:
        op.execute("ALTER TABLE change_log DISABLE TRIGGER change_log_append_only")
        _chain()
        op.execute("ALTER TABLE change_log ENABLE TRIGGER change_log_append_only")
        op.create_check_constraint("ck_change_log_hash_whole", "change_log", "length(hash) = 64")


def _chain() -> None:
    connection = op.get_bind()
    after, last = 0, BEFORE_THE_FIRST
    while page := connection.execute(PAGE, {"after": after, "most": AT_A_TIME}).all():
        found = []
        for row in page:
            last = hash_of(last, row)
            found.append({"id": row.id, "hash": last})
        connection.execute(WRITE, found)
        after = page[-1].id
