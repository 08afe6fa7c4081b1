"""Search indexes of each engine, and triggers that keep ledger and change log as written."""

from alembic import op

revision = "0004"
down_revision = "0003"

APPEND_ONLY = ("ledger_entry", "change_log")

SEARCHED = ("name_text", "contact_text")

# Wide enough to page through the names in order without touching the customers themselves.
SQLITE_ORDER = "CREATE INDEX ix_customer_sort ON customer (sort_key, actor_id, name_text)"

POSTGRESQL_SEARCH = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_customer_sort ON customer (sort_key, actor_id)",
    "CREATE INDEX ix_customer_name_text ON customer USING gin (name_text gin_trgm_ops)",
    "CREATE INDEX ix_customer_contact_text ON customer USING gin (contact_text gin_trgm_ops)",
)


REFUSAL = "rows are only ever added"

POSTGRESQL_REFUSAL = f"""
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%: {REFUSAL}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$
"""


def upgrade() -> None:
    """Add what SQLModel's tables cannot say, in the words of the engine."""
    if op.get_bind().dialect.name == "sqlite":
        statements = [SQLITE_ORDER, *_sqlite_search(), *_sqlite_refusals()]
    else:
        statements = [*POSTGRESQL_SEARCH, POSTGRESQL_REFUSAL, *_postgresql_refusals()]
    for statement in statements:
        op.execute(statement)


def _sqlite_search() -> list[str]:
    """One trigram index per column, kept by triggers.

    They hold no positions (`detail=none`): that is half the work of every write, and who reads
    them looks at the text itself anyway.
    """
    statements = []
    for column in SEARCHED:
        index = f"customer_{column}"
        forget = f"INSERT INTO {index} ({index}, rowid, {column})"
        forget += f" VALUES ('delete', old.actor_id, old.{column});"
        learn = f"INSERT INTO {index} (rowid, {column}) VALUES (new.actor_id, new.{column});"
        statements += [
            f"""CREATE VIRTUAL TABLE {index} USING fts5 (
                {column}, content='customer', content_rowid='actor_id',
                tokenize='trigram case_sensitive 1', detail='none', columnsize=0
            )""",
            f"CREATE TRIGGER {index}_insert AFTER INSERT ON customer BEGIN {learn} END",
            f"CREATE TRIGGER {index}_delete AFTER DELETE ON customer BEGIN {forget} END",
            f"""CREATE TRIGGER {index}_update AFTER UPDATE OF {column} ON customer
                WHEN old.{column} <> new.{column} BEGIN {forget} {learn} END""",
        ]
    return statements


def _sqlite_refusals() -> list[str]:
    return [
        f"""CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table} BEGIN
            SELECT RAISE(ABORT, '{table}: {REFUSAL}');
        END"""
        for table in APPEND_ONLY
        for action in ("update", "delete")
    ]


def _postgresql_refusals() -> list[str]:
    return [
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"""
        for table in APPEND_ONLY
    ]
