"""Search indexes of each engine, and triggers that keep ledger and change log as written."""

from alembic import op

revision = "0004"
down_revision = "0003"

APPEND_ONLY = ("ledger_entry", "change_log")

SQLITE_SEARCH = (
    # Wide enough to page through the names in order without touching the customers themselves.
    "CREATE INDEX ix_customer_sort ON customer (sort_key, actor_id, name_text)",
    """CREATE VIRTUAL TABLE customer_text USING fts5 (
        name_text, contact_text, content='customer', content_rowid='actor_id',
        tokenize='trigram case_sensitive 1', detail='column', columnsize=0
    )""",
    """CREATE TRIGGER customer_text_insert AFTER INSERT ON customer BEGIN
        INSERT INTO customer_text (rowid, name_text, contact_text)
        VALUES (new.actor_id, new.name_text, new.contact_text);
    END""",
    """CREATE TRIGGER customer_text_delete AFTER DELETE ON customer BEGIN
        INSERT INTO customer_text (customer_text, rowid, name_text, contact_text)
        VALUES ('delete', old.actor_id, old.name_text, old.contact_text);
    END""",
    """CREATE TRIGGER customer_text_update AFTER UPDATE OF name_text, contact_text ON customer
    WHEN old.name_text <> new.name_text OR old.contact_text <> new.contact_text BEGIN
        INSERT INTO customer_text (customer_text, rowid, name_text, contact_text)
        VALUES ('delete', old.actor_id, old.name_text, old.contact_text);
        INSERT INTO customer_text (rowid, name_text, contact_text)
        VALUES (new.actor_id, new.name_text, new.contact_text);
    END""",
)

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
        statements = [*SQLITE_SEARCH, *_sqlite_refusals()]
    else:
        statements = [*POSTGRESQL_SEARCH, POSTGRESQL_REFUSAL, *_postgresql_refusals()]
    for statement in statements:
        op.execute(statement)


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
