"""Looking after records: deeds that can be taken back, pointers of merged customers, erased ones.

Entries of the ledger may now move, whole, between a customer and the one it was merged into, and
may lose their words, all of them at once; lines of the log may lose their values when the person
was erased. All else is refused as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

MOMENT = sa.DateTime(timezone=True)
REFUSAL = "rows are only ever added"
LEDGER = {
    "ledger_entry": {"description": "= ''", "reason": "= ''", "item_id": "IS NULL"},
    "ledger_act": {"reason": "= ''"},
}
"""The tables of the books, with their words and what those are when they have gone: they may name
a person or tell what was read. Amounts, days and codes have no such way out."""
MOVED = """EXISTS (
    SELECT 1 FROM customer
    WHERE (actor_id = {old}.customer_id AND merged_into_id = {new}.customer_id)
       OR (actor_id = {new}.customer_id AND merged_into_id = {old}.customer_id)
)"""
BLANKED = """{new}.old = '' AND {new}.new = '' AND {new}.erased AND EXISTS (
    SELECT 1 FROM customer WHERE actor_id = {old}.customer_id AND erased_on IS NOT NULL
)"""
POSTGRESQL_GUARD = """
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {allowed} THEN RETURN NEW; END IF;
        RAISE EXCEPTION '%: {refusal}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$
"""


def upgrade() -> None:
    """Make the tables and columns, and let the two kinds of change through."""
    # Plain SQL, as Alembic would copy the table on SQLite, which others refer to.
    op.execute(
        "ALTER TABLE customer ADD COLUMN merged_into_id INTEGER"
        " CONSTRAINT fk_customer_merged_into_id REFERENCES customer (actor_id)"
    )
    merged = sa.text("merged_into_id IS NOT NULL")
    op.create_index(
        "ix_customer_merged_into_id",
        "customer",
        ["merged_into_id"],
        sqlite_where=merged,
        postgresql_where=merged,
    )
    op.execute("ALTER TABLE customer ADD COLUMN erased_on DATE")
    op.execute("ALTER TABLE address ADD COLUMN returned_on DATE")
    no = "0" if _is_sqlite() else "false"
    op.execute(f"ALTER TABLE change_log ADD COLUMN erased BOOLEAN DEFAULT {no} NOT NULL")
    _deed()
    _others()
    guard = _sqlite_guard if _is_sqlite() else _postgresql_guard
    for table, words in LEDGER.items():
        guard(table, {"customer_id", *words})
    guard("change_log", {"old", "new", "erased"})


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _kept(table: str, free: set[str]) -> list[str]:
    """The columns of a table but for those that may change."""
    columns = sa.inspect(op.get_bind()).get_columns(table)
    return [f'"{column["name"]}"' for column in columns if column["name"] not in free]


def _allowed(table: str, same: str) -> str:
    """The changes of a row that are let through; `same` is how the engine compares."""
    names = {"old": "OLD", "new": "NEW"}
    if table not in LEDGER:
        return BLANKED.format(**names)
    words = LEDGER[table]
    kept = " AND ".join(f"OLD.{name} {same} NEW.{name}" for name in words)
    gone = " AND ".join(f"NEW.{name} {empty}" for name, empty in words.items())
    moved = MOVED.format(**names)
    return f"(({kept} AND {moved}) OR (OLD.customer_id = NEW.customer_id AND {gone}))"


def _sqlite_guard(table: str, free: set[str]) -> None:
    same = " AND ".join(f"old.{name} IS new.{name}" for name in _kept(table, free))
    allowed = _allowed(table, "IS")
    op.execute(f"DROP TRIGGER {table}_no_update")
    op.execute(
        f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
            WHEN NOT ({same} AND {allowed})
            BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END"""
    )


def _postgresql_guard(table: str, free: set[str]) -> None:
    kept = ", ".join(_kept(table, free))
    allowed = _allowed(table, "IS NOT DISTINCT FROM")
    op.execute(POSTGRESQL_GUARD.format(name=f"keep_{table}", allowed=allowed, refusal=REFUSAL))
    op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE DELETE OR TRUNCATE OR UPDATE OF {kept}"
        f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_guarded BEFORE UPDATE ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION keep_{table}()"
    )


def _deed() -> None:
    op.create_table(
        "deed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("emptied_at", MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('merge', 'series', 'remove')", name="ck_deed_kind_known"),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_deed_branch_code"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.actor_id"], name="fk_deed_customer_id"),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_deed_desk_id"),
        sa.ForeignKeyConstraint(["other_id"], ["customer.actor_id"], name="fk_deed_other_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_deed_staff_id"),
        sa.ForeignKeyConstraint(["undone_by"], ["staff.id"], name="fk_deed_undone_by"),
        sa.PrimaryKeyConstraint("id", name="pk_deed"),
        sa.UniqueConstraint("key", name="uq_deed_key"),
    )
    for column in ("customer_id", "other_id", "until_on"):
        op.create_index(f"ix_deed_{column}", "deed", [column])
    op.create_table(
        "deed_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["deed_id"], ["deed.id"], name="fk_deed_row_deed_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deed_row"),
    )
    op.create_index("ix_deed_row_deed_id", "deed_row", ["deed_id"])


def _others() -> None:
    op.create_table(
        "viewing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_viewing_customer_id"
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_viewing_desk_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_viewing_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_viewing"),
    )
    op.create_index("ix_viewing_customer_id", "viewing", ["customer_id"])
    op.create_index("ix_viewing_day", "viewing", ["day"])
    address = ("country", "postcode", "house_number", "house_addition", "street", "place")
    op.create_table(
        "known_address",
        *(sa.Column(name, sa.String(), nullable=False) for name in (*address, "source")),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint(*address, name="pk_known_address"),
    )
    for table, columns in (
        ("saved_search", [sa.Column("name", sa.String(), nullable=False)]),
        ("privacy_run", [sa.Column("id", sa.Integer(), nullable=False)]),
    ):
        is_run = table == "privacy_run"
        op.create_table(
            table,
            *columns,
            *([sa.Column("day", sa.Date(), nullable=False)] if is_run else []),
            sa.Column("report" if is_run else "asked", sa.String(), nullable=False),
            sa.Column("at", MOMENT, nullable=False),
            sa.Column("staff_id", sa.Integer(), nullable=True),
            sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=f"fk_{table}_staff_id"),
            sa.PrimaryKeyConstraint(columns[0].name, name=f"pk_{table}"),
        )
