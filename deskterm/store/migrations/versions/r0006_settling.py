"""Settling: acts on the ledger, marks on charges, counts of the till, direct debit."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

APPEND_ONLY = ("ledger_act", "till_entry")
REFUSAL = "rows are only ever added"

# One statement each, as SQLite adds a reference only together with its column.
NEW_COLUMNS = (
    "act_id INTEGER CONSTRAINT fk_ledger_entry_act_id REFERENCES ledger_act (id)",
    "undoes_id INTEGER CONSTRAINT fk_ledger_entry_undoes_id REFERENCES ledger_entry (id)",
    "status_before INTEGER",
)


def upgrade() -> None:
    """Make the tables, each after those it refers to."""
    _ledger_act()
    _ledger_entry()
    _charge_mark()
    _till_count()
    _till_entry()
    _debit_batch()
    _debit_line()
    _bank_answer()
    op.add_column(
        "staff", sa.Column("sign_tries", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("staff", sa.Column("sign_locked_until", sa.DateTime(timezone=True)))
    _refuse_changes()


def _ledger_act() -> None:
    op.create_table(
        "ledger_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("journal", sa.String(), nullable=False),
        sa.Column("received_cents", sa.Integer(), nullable=False),
        sa.Column("change_cents", sa.Integer(), nullable=False),
        sa.Column("receipt_number", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("signer_id", sa.Integer(), nullable=True),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("branch_code", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('charge', 'pay', 'register', 'waive', 'undo', 'storno', 'arrange',"
            " 'debit', 'bounce')",
            name="ck_ledger_act_kind_known",
        ),
        sa.CheckConstraint(
            "received_cents >= 0 AND change_cents >= 0", name="ck_ledger_act_money_not_negative"
        ),
        sa.ForeignKeyConstraint(["branch_code"], ["branch.code"], name="fk_ledger_act_branch_code"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_ledger_act_customer_id"
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_ledger_act_desk_id"),
        sa.ForeignKeyConstraint(["signer_id"], ["staff.id"], name="fk_ledger_act_signer_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_ledger_act_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_act"),
        sa.UniqueConstraint("key", name="uq_ledger_act_key"),
        sa.UniqueConstraint(
            "desk_id", "day", "receipt_number", name="uq_ledger_act_desk_id_day_receipt_number"
        ),
    )
    op.create_index("ix_ledger_act_customer_id", "ledger_act", ["customer_id"])


def _ledger_entry() -> None:
    for column in NEW_COLUMNS:
        op.execute(f"ALTER TABLE ledger_entry ADD COLUMN {column}")
    op.create_index("ix_ledger_entry_act_id", "ledger_entry", ["act_id"])
    op.create_index("ix_ledger_entry_undoes_id", "ledger_entry", ["undoes_id"], unique=True)
    # The overviews of a day and the count of a till read no more than that day.
    op.create_index("ix_ledger_entry_day", "ledger_entry", ["day"])


def _charge_mark() -> None:
    op.create_table(
        "charge_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mark IN ('F', 'H', 'D', 'I', 'R')", name="ck_charge_mark_mark_known"),
        sa.ForeignKeyConstraint(["act_id"], ["ledger_act.id"], name="fk_charge_mark_act_id"),
        sa.ForeignKeyConstraint(
            ["charge_id"], ["ledger_entry.id"], name="fk_charge_mark_charge_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_charge_mark"),
    )
    op.create_index("ix_charge_mark_charge_id", "charge_mark", ["charge_id"])
    op.create_index(
        "uq_charge_mark_in_force",
        "charge_mark",
        ["charge_id", "mark"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )


def _till_count() -> None:
    op.create_table(
        "till_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("journal", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("begin_cents", sa.Integer(), nullable=False),
        sa.Column("expected_cents", sa.Integer(), nullable=False),
        sa.Column("counted_cents", sa.Integer(), nullable=False),
        sa.Column("deposit_cents", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.String(), nullable=False),
        sa.Column("last_entry_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "counted_cents >= 0 AND deposit_cents >= 0 AND deposit_cents <= counted_cents",
            name="ck_till_count_deposit_was_there",
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name="fk_till_count_desk_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_till_count_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_till_count"),
        sa.UniqueConstraint("key", name="uq_till_count_key"),
    )
    op.create_index("ix_till_count_desk_id", "till_count", ["desk_id"])


def _till_entry() -> None:
    op.create_table(
        "till_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("booking_code", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.CheckConstraint(
            "booking_code IN ('4990', '5990')", name="ck_till_entry_booking_code_known"
        ),
        sa.ForeignKeyConstraint(["count_id"], ["till_count.id"], name="fk_till_entry_count_id"),
        sa.PrimaryKeyConstraint("id", name="pk_till_entry"),
    )
    op.create_index("ix_till_entry_count_id", "till_entry", ["count_id"])


def _debit_batch() -> None:
    op.create_table(
        "debit_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("collection_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_debit_batch_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_debit_batch"),
        sa.UniqueConstraint("message_id", name="uq_debit_batch_message_id"),
    )


def _debit_line() -> None:
    op.create_table(
        "debit_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("end_to_end_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.String(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("return_code", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('sent', 'paid', 'returned')", name="ck_debit_line_state_known"
        ),
        sa.CheckConstraint("sequence IN ('FRST', 'RCUR')", name="ck_debit_line_sequence_known"),
        sa.CheckConstraint("amount_cents > 0", name="ck_debit_line_amount_positive"),
        sa.ForeignKeyConstraint(["batch_id"], ["debit_batch.id"], name="fk_debit_line_batch_id"),
        sa.ForeignKeyConstraint(["charge_id"], ["ledger_entry.id"], name="fk_debit_line_charge_id"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.actor_id"], name="fk_debit_line_customer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_debit_line"),
        sa.UniqueConstraint("end_to_end_id", name="uq_debit_line_end_to_end_id"),
    )
    for column in ("batch_id", "charge_id", "customer_id", "mandate_id"):
        op.create_index(f"ix_debit_line_{column}", "debit_line", [column])


def _bank_answer() -> None:
    op.create_table(
        "bank_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_bank_answer_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bank_answer"),
        sa.UniqueConstraint("message_id", name="uq_bank_answer_message_id"),
    )


def _refuse_changes() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPEND_ONLY:
        for action in ("update", "delete") if sqlite else ():
            op.execute(
                f"""CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table} BEGIN
                    SELECT RAISE(ABORT, '{table}: {REFUSAL}');
                END"""
            )
        if not sqlite:
            op.execute(
                f"""CREATE TRIGGER {table}_append_only
                    BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"""
            )
